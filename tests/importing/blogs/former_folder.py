"""Small folders of other generators, read and checked as the site would."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from pathlib import Path

from plancher.base.catalogue import CATALOGUE
from plancher.importing.blogs.model import FormerText, Item
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers.folders import FOLDER_READERS
from plancher.importing.blogs.readers.folders.links import rewrite_links
from plancher.importing.blogs.source import Source
from plancher.markdown.convert import Converter
from plancher.text import header
from plancher.text.front import FrontRules

from tests.grammar import grammar_of

PLUGINS = tuple(f"plancher.components.{name}" for name in ("callouts", "tangible", "links", "talks", "tags", "typography", "answers"))


class Addresses:
    """Links as they are; each picture is one that the site has."""

    def link(self, address: str) -> str:
        return address if address.startswith(("http", "/", "#", "mailto:", "{")) else f"/{address.lstrip('./')}"

    def picture(self, _address: str) -> str:
        return "/images/une.png"


def written(folder: Path, files: Mapping[str, str]) -> Source:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Source(folder)


def reader_of(source: Source) -> Reader:
    return next(reader for reader in FOLDER_READERS if reader.recognises(source))


def items_of(folder: Path, files: Mapping[str, str]) -> list[Item]:
    source = written(folder, files)
    return list(reader_of(source).read(source))


def texts_of(folder: Path, files: Mapping[str, str]) -> dict[str, FormerText]:
    return {item.place.file: item for item in items_of(folder, files) if isinstance(item, FormerText)}


def blocking(text: FormerText, folder: Path) -> list[str]:
    """What would stop the publication of a text, written with the plainest header."""
    page = folder / "articles" / "un.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    lines = [header.line("Title", text.title), "Date: 2020-01-01"]
    lines += [f"Tags: {', '.join(text.tags)}"] if text.tags else []
    page.write_text("\n".join(lines) + "\n\n" + rewrite_links(text.body, Addresses()), encoding="utf-8")
    rules = FrontRules(is_page=False, templates=("page",), timezone=zoneinfo.ZoneInfo("Europe/Paris"))
    reading = Converter(folder, grammar_of(PLUGINS, {})).read(page, rules)
    return [f"{problem.code} {problem.message}" for problem in reading.problems if CATALOGUE[problem.code].severity == "erreur"]
