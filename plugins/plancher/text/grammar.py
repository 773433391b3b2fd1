"""What components bring to the reading of a text: blocks, transforms of lines, text filters, advice."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from plancher.base.french import fold
from plancher.base.problems import Problem, Problems
from plancher.text.blocks import Block, Line, Scan
from plancher.text.html import Element

M = TypeVar("M")
Row = tuple[Any, ...]  # Any: of a NamedTuple, whose fields only its component knows
"""An index entry: a NamedTuple of strings, numbers, booleans, None and lists of these, as JSON has them."""


class Around(Protocol):
    """What a block may ask of the text around it."""

    @property
    def lang(self) -> str:
        """Its language: « fr »."""

    def text(self, markdown: str) -> str:
        """The words of a piece of inline Markdown, set, without markup."""

    def file(self, address: str) -> bytes | None:
        """What a file of the content folder holds, named as in ``{static}/videos/nom.vtt``; None when there is none."""


class Markdown(Around, Protocol):
    """What a renderer may ask of the Markdown that is running."""

    def blocks(self, parent: Element, text: str) -> None:
        """Read ``text`` as Markdown, blocks included, at the end of ``parent``."""

    def say(self, problem: Problem) -> None:
        """Something its author should know, found while the block was made."""


class Inline(Around, Protocol):
    """What a block may ask of a piece of inline Markdown."""

    def link(self, markdown: str) -> str:
        """Where its first link leads, as typed; empty when there is none, or none that may be followed."""


@dataclasses.dataclass(frozen=True, slots=True)
class LegacyTagLine:
    """A line of tags that a former engine wrote at the foot of a text."""

    line: int
    tags: tuple[str, ...]


class TextFilter(Protocol):
    """What sets a text once it is read: typography, for instance."""

    def text(self, text: str) -> str:
        """A title or a name, without markup."""

    def tree(self, root: Element, raw: Sequence[object]) -> None:
        """A text with its markup, in place; ``raw`` is Markdown's stash of HTML."""


LegacyTagLines = Callable[[Sequence[Line]], tuple[Sequence[Line], Sequence[LegacyTagLine]]]
"""The lines of a text without those that a header says today, and what these said."""
ScanTransform = Callable[[Scan], Scan]
"""Reads blocks in the plain lines of a text."""
ResolveDocument = Callable[[Sequence[object]], tuple[tuple[object, ...], tuple[Problem, ...]]]
"""Completes the models of a text with what only all of them tell: numbers, anchors."""


@dataclasses.dataclass(frozen=True, slots=True)
class Passage:
    """Words of a text that stand together: those of one proof, of one moment of a film; or all the others."""

    words: str
    kind: str = ""
    """Empty: what stands in no passage of its own."""
    anchor: str = ""
    """What stands after the address of the page, to lead there: « #preuve-1 »."""
    label: str = ""


KeepWords = Callable[[Sequence[Passage]], str]
"""From the words of a text, first those that stand in no passage, to what is kept beside it in the cache (``Outline.kept``)."""
Advice = Callable[[Any], Problems]  # Any: a ``Document``, which is made by what this module describes
"""A rule that « invoke check » alone applies; its docstring is the rule."""


def nothing(*_: object) -> tuple[()]:
    """What most blocks have to say; a function of a module, so that it travels to any process."""
    return ()


@dataclasses.dataclass(frozen=True, slots=True)
class Read(Generic[M]):
    """A block that was parsed: its model, and what was wrong with it."""

    model: M
    problems: tuple[Problem, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BlockKind(Generic[M]):
    """One ``[!name]`` of the grammar."""

    name: str
    purpose: str
    """What it is for, in one French line of the author's guide."""
    read: Callable[[Block], Read[M]]
    """Pure: from what was typed to a model, yielding problems, never raising."""
    render: Callable[[M, Markdown], Element]
    """From a model to semantic HTML that reads well with no style sheet."""
    aliases: tuple[str, ...] = ()
    """Other names that authors know it by: GitHub's, Obsidian's."""
    is_example: bool = False
    """Whether what stands in it is only shown: nothing of it is indexed."""
    index: type[Row] | None = None
    """The NamedTuple of its index entries (``Post.entries``); None: pages of the whole site show nothing of such blocks."""
    index_entries: Callable[[M, Inline], Iterable[Row]] = nothing
    """What pages of the whole site show of a block, kept with the text so that they open no text."""
    expires_on: Callable[[M], Sequence[dt.date]] = nothing
    """Days on which the block changes by itself: it is read again once each of them is over (UTC)."""


Kinds = Mapping[str, BlockKind[object]]
"""Block kinds by folded name."""


@dataclasses.dataclass(frozen=True, slots=True)
class Grammar:
    """All that the components of a site bring to reading."""

    kinds: Kinds = dataclasses.field(default_factory=dict)
    text_filters: tuple[TextFilter, ...] = ()
    advice: tuple[Advice, ...] = ()
    resolve_document: tuple[ResolveDocument, ...] = ()
    legacy_tag_lines: tuple[LegacyTagLines, ...] = ()
    scan_transforms: tuple[tuple[str, ScanTransform], ...] = ()
    """Each with the kind of text it is for (``Kind:`` in its header); empty: any."""
    keep_words: KeepWords | None = None

    def for_language(self, lang: str) -> Grammar:
        """The same, without filters for a text that is not in French (the default)."""
        return self if not lang or lang.lower().startswith("fr") else dataclasses.replace(self, text_filters=())

    def filtered(self, text: str) -> str:
        """A title or a name, set."""
        for text_filter in self.text_filters:
            text = text_filter.text(text)
        return text


def kinds_by_name(blocks: Iterable[BlockKind[Any]]) -> Kinds:  # Any: each kind has its own model
    """Block kinds by each of their names, in their order.

    :raises ValueError: two of them have one name.
    """
    kinds: dict[str, BlockKind[object]] = {}
    for kind in blocks:
        for name in (kind.name, *kind.aliases):
            if fold(name) in kinds:
                raise ValueError(f"deux extensions définissent le bloc « {name} »")
            kinds[fold(name)] = kind
    return kinds
