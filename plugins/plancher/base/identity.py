"""Whose blog it is: ``IDENTITY`` in ``pelicanconf.py``, the one place that says so.

Templates, feeds, pictures, messages and requests to the web take it from here.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata

from plancher.base.settings import one_of, shaped

KEY = "IDENTITY"
COUNTRIES = {
    "FR": ("fr_FR", "Europe/Paris"),
    "BE": ("fr_BE", "Europe/Brussels"),
    "CA": ("fr_CA", "America/Toronto"),
    "CH": ("fr_CH", "Europe/Zurich"),
    "LU": ("fr_FR", "Europe/Luxembourg"),
}
"""Whose custom a country's typography follows (``TypographySettings``), and its hour."""
_CREATIVE_COMMONS = re.compile(r"CC (BY(?:-NC)?(?:-SA|-ND)?) 4\.0")
_COLOUR = ("une couleur, comme « #1d1a16 »", r"#[0-9a-fA-F]{6}")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of the blog that its owner may choose."""

    tangible: str = "De l’intangible au tangible"
    """Above each promise and its proof."""
    promise: str = "La promesse"
    proof: str = "La preuve"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The colours of the blog, light then dark; the softer ones are mixed from them."""

    paper: str = shaped("#fcf9f2", *_COLOUR)
    """Behind the text."""
    ink: str = shaped("#291f18", *_COLOUR)
    """The text."""
    ground: str = shaped("#71381c", *_COLOUR)
    """The floor line, links, and all that is proved."""
    cloud: str = shaped("#2f5677", *_COLOUR)
    """What is only promised."""
    dark_paper: str = shaped("#1c1714", *_COLOUR)
    dark_ink: str = shaped("#e5e1d9", *_COLOUR)
    dark_ground: str = shaped("#eab583", *_COLOUR)
    dark_cloud: str = shaped("#a1cae8", *_COLOUR)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whose blog this is."""

    name: str = shaped("Sans nom", "un nom, sur une ligne", r".*\S.*")
    motto: str = ""
    """One line under the name; empty: none."""
    address: str = ""
    """Where the blog is public, without a slash at its end: « https://exemple.fr/blog »; empty: nowhere yet."""
    author: str = ""
    """Who signs the posts that name nobody."""
    is_person: bool = False
    """Whether that is one person, as search engines are told; else a company, an association, several people."""
    email: str = shaped("", "une adresse électronique, comme « nom@exemple.fr »", r"(?:[^@\s]+@[^@\s]+)?")
    """Where readers write; empty: it is shown nowhere."""
    licence: str = "Tous droits réservés"
    """Of texts and pictures: « CC BY-SA 4.0 » or another of Creative Commons, or any words."""
    country: str = one_of("FR", *COUNTRIES)
    """Whose typography and hour the blog follows."""
    wordmark: str = shaped("", "un dessin du dossier des textes, comme « images/enseigne.svg »", r"(?:[^\\:/.][^\\:]*\.svg)?")
    """A drawing that stands for the name above each page: an SVG of 2 kB at most, of one colour, in the content folder; empty: the name is text."""
    menu: tuple[tuple[str, str], ...] = ()
    """The main menu, each entry its words and its address: (("Nos services", "/services/"),); empty: that of the engine.

    What it leaves out stands at the foot of each page."""
    doors: tuple[tuple[str, str, str], ...] = ()
    """Where a newcomer may begin, on the home page: words, address, and what is there: (("Débuter", "/debuter/", "En dix minutes."),); empty: none."""
    promise: str = ""
    """The sentence that opens the home page; empty: none."""
    words: Words = dataclasses.field(default_factory=Words)
    colours: Colours = dataclasses.field(default_factory=Colours)

    @property
    def locale(self) -> str:
        """« fr_CH »."""
        return COUNTRIES[self.country][0]

    @property
    def lang(self) -> str:
        """« fr-CH » (BCP 47): how pages are read aloud and hyphenated."""
        return "fr" if self.country == "FR" else f"fr-{self.country}"

    @property
    def timezone(self) -> str:
        """« Europe/Zurich »."""
        return COUNTRIES[self.country][1]

    @property
    def host(self) -> str:
        """The name of the machine in the address: « exemple.fr »; empty when there is no address."""
        return self.address.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]

    @property
    def licence_name(self) -> str:
        """« Creative Commons BY-SA 4.0 »; the words of a licence that is none of theirs."""
        return self.licence.replace("CC ", "Creative Commons ", 1) if self.licence_address else self.licence

    @property
    def licence_address(self) -> str:
        """Of the licence's text; empty when it is none of Creative Commons."""
        known = _CREATIVE_COMMONS.fullmatch(self.licence)
        return f"https://creativecommons.org/licenses/{known[1].lower()}/4.0/deed.fr" if known else ""

    @property
    def agent(self) -> str:
        """How commands that ask the web say who they are (RFC 9110, section 10.1.5), in plain letters."""
        plain = unicodedata.normalize("NFKD", self.name.replace("’", "'")).encode("ascii", "ignore").decode()
        token = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "blog"
        return f"{token}/1.0 (+{self.address}/)" if self.address else f"{token}/1.0"
