"""What our engine makes of a converted text: its page, its words, its problems."""

from __future__ import annotations

import dataclasses
import functools
import html
import re
import zoneinfo
from pathlib import Path

from plancher.base.catalogue import CATALOGUE
from plancher.importing.blogs.habits.settle import Settled, settle
from plancher.importing.blogs.html.convert import Converted, to_markdown
from plancher.importing.blogs.model import FormerText, Place
from plancher.markdown.convert import Converter, Reading
from plancher.markdown.place import Place as FilePlace
from plancher.text.front import FrontRules

from tests.grammar import grammar_of

PLACE = Place(file="export.xml", line=12)
COMPONENTS = tuple(f"plancher.components.{name}" for name in ("callouts", "tangible", "links", "talks", "tags", "typography", "answers"))


class Links:
    """Addresses as they are; pictures are here."""

    def link(self, address: str) -> str:
        return address

    def picture(self, address: str) -> str:
        return "{static}/images/" + address.rpartition("/")[2].replace(" ", "-") if not address.startswith("https://ailleurs.") else address


@dataclasses.dataclass(frozen=True)
class Page:
    html: str
    problems: tuple[str, ...]
    blocking: tuple[str, ...]
    advice: tuple[str, ...]
    reading: Reading

    @property
    def words(self) -> list[str]:
        return words_of(self.html)


def words_of(markup: str) -> list[str]:
    markup = re.sub(r"<img[^>]*?alt=\"([^\"]*)\"[^>]*>", r" \1 ", markup)
    bare = re.sub(r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|label|mark|q|s|samp|small|span|strong|sub|sup|time|u|var)(?:\s[^>]*)?>", "", markup)
    return re.findall(r"[^\W_]+", html.unescape(re.sub(r"<[^>]*>", " ", bare)))


def convert(markup: str) -> Converted:
    return to_markdown(markup, PLACE, Links())


def settled(markup: str, *without: str, **fields: object) -> Settled:
    return settle(convert(markup).markdown, FormerText(identifier="x:1", place=PLACE, **fields), frozenset(without))


@functools.cache
def _converter() -> Converter:
    return Converter(Path("/nonexistent"), grammar_of(COMPONENTS))


def read(markdown: str) -> Page:
    """The page of a text, and its problems (without those of pictures that no test has)."""
    converter = _converter()
    raw = f"Title: Un titre\nDate: 2008-10-01\nSummary: Un résumé.\n\n{markdown}".encode()
    rules = FrontRules(is_page=False, templates=("article",), timezone=zoneinfo.ZoneInfo("Europe/Paris"))
    reading = converter.read_bytes(raw, rules, FilePlace(converter.root, converter.root))
    found = [problem for problem in reading.problems if problem.code != "PDV042"]
    told = tuple(f"{problem.code} {problem.message}" for problem in found)
    advice = tuple(f"{problem.code} {problem.message}" for rule in converter.grammar.advice for problem in rule(reading.document))
    blocking = tuple(text for text in told if CATALOGUE[text[:6]].severity == "erreur")
    return Page(reading.html, told, blocking, advice, reading)
