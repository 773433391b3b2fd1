"""What the reading of any text of a site depends on: a value that each worker has."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import zoneinfo
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from plancher.base import digest, files
from plancher.base.deadline import Expired
from plancher.base.problems import Problem, Problems
from plancher.build.reading_settings import ReadingSettings
from plancher.cache.store import Row
from plancher.markdown import record
from plancher.markdown.place import Place
from plancher.markdown.record import Origin
from plancher.text.front import FrontRules
from plancher.text.grammar import Grammar

if TYPE_CHECKING:
    from plancher.markdown.convert import Converter
    from plancher.text.document import Document
    from plancher.text.grammar import Advice

Fields = tuple[tuple[str, str], ...]


@dataclasses.dataclass
class ReadingContext:
    """The settings of a site, as far as they decide of what a text becomes."""

    settings: ReadingSettings
    root: Path
    """The content folder."""
    page_folders: tuple[Path, ...]
    text_folders: tuple[Path, ...]
    """Where texts are read: posts and pages."""
    timezone: zoneinfo.ZoneInfo
    slugify: Callable[[str], str]
    """From a file's name to the last segment of an address."""
    grammar: Grammar
    metadata_of: Callable[[str], Fields]
    """What the settings say of a text, by its path from the content folder."""
    is_open: bool
    """Whether fields that we do not know may be another plugin's."""
    fingerprint: str
    """All that decides of a reading beside the text: code, versions, settings."""
    _rules: dict[Path, tuple[FrontRules, str]] = dataclasses.field(default_factory=dict)
    """Of each folder, with its path from the content folder: its texts are many."""
    _converter: Converter | None = None

    def __getstate__(self) -> dict[str, object]:
        """What a process needs that is no copy of this one: it makes its own converter."""
        return {**self.__dict__, "_converter": None, "_rules": {}}

    @property
    def converter(self) -> Converter:
        """What reads; made, and Markdown loaded, when there is something to read."""
        if self._converter is None:
            from plancher.markdown.convert import Converter  # noqa: PLC0415 - most builds have nothing to read

            self._converter = Converter(self.root, self.grammar)
        return self._converter

    @contextlib.contextmanager
    def reading(self) -> Iterator[Converter]:
        """The converter, for one text; one that was stopped in the middle of it is of no more use."""
        try:
            yield self.converter
        except Expired:
            self._converter = None
            raise

    def name(self, path: Path) -> str:
        """The path of a file from the content folder, with slashes."""
        return os.path.relpath(path, self.root).replace(os.sep, "/")

    @property
    def text_folders_inside(self) -> tuple[str, ...]:
        """The folders of texts, from the content folder, with their slash."""
        return tuple(f"{folder.relative_to(self.root).as_posix()}/".removeprefix("./") for folder in self.text_folders)

    def rules(self, path: Path) -> FrontRules:
        """What the header of this file must hold."""
        parent = path.parent
        known = self._rules.get(parent)
        if known is None:
            known = self._rules[parent] = self._rules_inside(parent), f"{self.name(parent)}/".removeprefix("./")
        rules, folder = known
        return dataclasses.replace(rules, path=f"{rules.path}{path.name}", given=self.metadata_of(f"{folder}{path.name}"))

    def _rules_inside(self, parent: Path) -> FrontRules:
        """What the headers of all texts of a folder must hold; each path begins with that of the folder."""
        is_page = any(parent.is_relative_to(folder) for folder in self.page_folders)
        folder = next((folder for folder in self.text_folders if parent.is_relative_to(folder)), self.root)
        inside = parent.relative_to(folder).as_posix() if parent.is_relative_to(folder) else "."
        return FrontRules(
            is_page=is_page,
            templates=self.settings.page_templates if is_page else self.settings.article_templates,
            timezone=self.timezone,
            path=f"{inside}/".removeprefix("./"),
            takes_others=self.is_open,
        )


def read(context: ReadingContext, name: str) -> Row:
    """Read one text of the site, in any process.

    :param name: its path from the content folder, with slashes.
    :raises UnreadableError: it cannot be read.
    """
    return read_bytes(context, name, files.read(context.root / name))


def read_bytes(context: ReadingContext, name: str, raw: bytes) -> Row:
    """Read what stands, or would stand, in a file of the content folder."""
    return _read(context, name, raw, context.rules(context.root / name))


def read_own(context: ReadingContext, named: tuple[str, bytes]) -> Row:
    """Read a text that a component brings: a page, of which the site's settings for single files know nothing.

    :param named: its name, which no file of the content folder has, and its bytes.
    """
    name, raw = named
    return _read(context, name, raw, FrontRules(is_page=True, templates=(), timezone=context.timezone, path=name))


def _read(context: ReadingContext, name: str, raw: bytes, rules: FrontRules) -> Row:
    place = Place(context.root, (context.root / name).parent)
    with context.reading() as converter:
        reading = converter.read_bytes(raw, rules, place)
    advice: list[Problem] = []
    if context.settings.mode == "check":
        advice = [problem for rule in context.grammar.advice for problem in _advice(rule, reading.document)]
    key = key_of(context, name, digest.of_bytes(raw))
    return record.row(Origin(name, key, context.slugify, context.settings.words_per_minute), reading, place.consulted, advice)


def key_of(context: ReadingContext, path: str, content: str) -> str:
    """Where the cache keeps a text.

    :param content: the digest of its bytes.
    """
    return digest.of_text(context.fingerprint, path, content)


def _advice(rule: Advice, document: Document) -> list[Problem]:
    """What one rule suggests; a rule that fails costs its own advice only."""
    with contextlib.suppress(Exception):
        found: Problems = rule(document)
        return list(found)
    return []
