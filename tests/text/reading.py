"""A text read on its own, without any site."""

from __future__ import annotations

import zoneinfo

from plancher.text import document, source
from plancher.text.document import Document
from plancher.text.front import FrontRules

from tests.grammar import grammar_of

PARIS = zoneinfo.ZoneInfo("Europe/Paris")


def read(text: str, path: str = "2024/un.md", *, is_page: bool = False) -> Document:
    """:param path: from the folder of texts."""
    rules = FrontRules(is_page=is_page, templates=("article",), timezone=PARIS, path=path)
    return document.parse(source.decode(text.encode()), grammar_of([], {}), rules)


def said(text: str, path: str = "2024/un.md") -> list[tuple[int, str]]:
    """The line and the code of each problem."""
    return [(problem.line, problem.code) for problem in sorted(read(text, path).problems, key=lambda problem: problem.line)]
