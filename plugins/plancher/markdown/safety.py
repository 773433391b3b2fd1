"""What HTML may leave an author's file, and what is refused with its line.

Two walls: raw HTML is looked at tag by tag so that the author learns the line;
then the whole body goes through nh3, so that nothing passes that was missed.
"""

from __future__ import annotations

import dataclasses
import html
import re
from html.parser import HTMLParser

import nh3

from plancher.base import addresses

_INLINE = "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr"
_BLOCKS = "blockquote caption col colgroup dd details div dl dt figcaption figure h2 h3 h4 h5 h6 hr img li ol p pre summary table tbody td tfoot th thead tr ul"
AUTHOR_TAGS = frozenset(f"{_INLINE} {_BLOCKS}".split())
"""Raw HTML an author may type."""
OUTPUT_TAGS = AUTHOR_TAGS | {"section", "video", "source", "track", "h1", "svg", "rect", "text", "talk-player", "talk-words", "input", "label"}
"""What our own renderers may add."""
_EVERYWHERE = frozenset({"class", "dir", "id", "lang", "title"})
ATTRIBUTES: dict[str, set[str]] = {
    "*": set(_EVERYWHERE),
    "a": {"href", "hreflang", "rel", "type"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "div": {"role", "tabindex"},
    "figure": {"role"},
    "img": {"alt", "decoding", "height", "loading", "src", "width"},
    "input": {"checked", "disabled", "type"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "pre": {"tabindex"},
    "q": {"cite"},
    "rect": {"height", "width", "x", "y"},
    "source": {"src", "type"},
    "sup": {"role"},
    "svg": {"role", "viewBox"},
    "text": {"x", "y"},
    "td": {"colspan", "headers", "rowspan"},
    "th": {"abbr", "colspan", "headers", "rowspan", "scope"},
    "time": {"datetime"},
    "track": {"default", "kind", "label", "src", "srclang"},
    "video": {"controls", "height", "poster", "preload", "width"},
}
_PREFIXES = {"aria-", "data-"}
_ADDRESSES = frozenset({"action", "cite", "data", "formaction", "href", "poster", "src", "srcset", "xlink:href"})

_LOADED = frozenset({"poster", "src", "srcset"})
_SPACELESS = frozenset({"cite", "href", "poster", "src"})


def clean(body: str) -> str:
    """The body without anything that could run, load or restyle."""
    return _CLEANER.clean(body).replace("&nbsp;", "\u00a0")


def _here_only(_tag: str, attribute: str, value: str) -> str | None:
    """Nothing that a page loads by itself comes from another site; an address holds no space."""
    if attribute in _LOADED and addresses.is_elsewhere(value):
        return None
    return value.strip().replace(" ", "%20") if " " in value and attribute in _SPACELESS else value


_CLEANER = nh3.Cleaner(
    tags=set(OUTPUT_TAGS),
    attributes=ATTRIBUTES,
    generic_attribute_prefixes=_PREFIXES,
    url_schemes=set(addresses.SAFE_SCHEMES),
    link_rel=None,
    attribute_filter=_here_only,
)
"""Made once: to make one costs as much as to clean a short post."""


def is_allowed(tag: str, attribute: str) -> bool:
    """Whether this attribute may stand on this tag."""
    named = attribute in _EVERYWHERE or attribute in ATTRIBUTES.get(tag, ())
    return named or attribute.startswith(tuple(_PREFIXES))


@dataclasses.dataclass(slots=True)
class Inspection:
    """What a piece of raw HTML holds."""

    refused: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    """Code and message of each thing that is not permitted."""
    links: list[str] = dataclasses.field(default_factory=list)
    images: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    """Address and text."""


def inspect(raw: str) -> Inspection:
    """Look at every tag, attribute and address of a piece of raw HTML."""
    inspector = _Inspector()
    inspector.feed(raw)
    inspector.close()
    found = inspector.found
    if not found.refused and "<" in raw and (inspector.rawdata or re.match(r"<!--(?:-?>|(?!.*-->\s*$))", raw, re.DOTALL)):
        found.refused.append(("PDV050", f"HTML illisible « {raw.strip()[:40]} ». Refermez la balise, ou écrivez &lt; pour le signe."))
    return found


def closes_nothing(raw: str) -> bool:
    """Whether a piece only closes a tag that is refused."""
    found = re.match(r"</\s*([a-zA-Z][\w-]*)", raw)
    return found is not None and found[1].lower() not in AUTHOR_TAGS


def shown_as_text(raw: str) -> str:
    """A refused piece, as harmless text: nothing the author typed is lost."""
    return html.escape(raw, quote=False)


class _Inspector(HTMLParser):
    """Names every tag, attribute and address that is not allowed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Inspection()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in AUTHOR_TAGS:
            self.found.refused.append(("PDV050", f"balise <{tag}> interdite. Retirez-la, ou utilisez un bloc prévu pour cela."))
            return
        values = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in values:
            self.found.links.append(values["href"])
        elif tag == "img":
            self.found.images.append((values.get("src", ""), values.get("alt", "")))
        for name, value in attrs:
            if name in _LOADED and any(addresses.is_elsewhere(part) for part in (value or "").split(",")):
                self.found.refused.append(("PDV054", f"« {(value or '')[:40]} » serait chargé chez un tiers. Gardez une copie dans content/."))
            elif name in _ADDRESSES and not addresses.is_safe(value or ""):
                self.found.refused.append(("PDV052", f"adresse dangereuse « {(value or '')[:40]} ». Donnez une adresse http ou https."))
            elif not is_allowed(tag, name):
                self.found.refused.append(("PDV051", f"attribut « {name} » interdit sur <{tag}>. Retirez-le."))

    def handle_decl(self, decl: str) -> None:
        self.found.refused.append(("PDV050", f"déclaration <!{decl[:20]}> interdite. Retirez-la."))

    def handle_pi(self, data: str) -> None:
        self.found.refused.append(("PDV050", f"instruction <?{data[:20]}> interdite. Retirez-la."))

    def unknown_decl(self, data: str) -> None:
        self.found.refused.append(("PDV050", f"section <![{data[:20]}]> interdite. Retirez-la."))
