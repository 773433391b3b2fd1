"""The whole contract between a plugin and the reader of authors' text.

The reader asks each plugin named in ``PLUGINS`` for what its ``__init__`` holds:

- ``BLOCKS``, a tuple of block kinds, adds to the grammar;
- ``polisher(settings)`` returns who sets the texts once they are read;
- ``SUGGESTIONS``, a tuple of rules, is what ``invoke check`` says and no build does; ``advice(settings)`` returns those that a site's choices decide;
- ``TOGETHER``, a function of all models of a text, gives them what only the whole tells;
- ``LEGACY_TAG_LINES``, a function of the lines of a text, reads what former engines wrote there and a header says today;
- ``LAYOUTS`` maps a kind of text (``Kind:`` in its header; empty: any) to what reads blocks in its plain lines;
- ``GENERATORS`` maps a generator of Pelican to the one that takes its place.

A plugin that knows which posts go with which gives templates a name for it,
``context[RELATIONS][name][source_path]``; one that knows more of a tag or of a
category, ``context[ABOUT][kind][name][its name]``.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Generic, Protocol, TypeVar

from plancher.base.french import fold
from plancher.base.problems import Problem, Problems
from plancher.text.blocks import Block, Line, Scan
from plancher.text.html import Element

M = TypeVar("M")
RELATIONS = "PLANCHER_RELATIONS"
"""In Pelican's context: for each name a template may use, what it means for each post."""
ABOUT = "PLANCHER_ABOUT"
"""In Pelican's context: for ``tag`` and for ``category``, each name a template may use, and what it means for each of them."""
FORMER = "PLANCHER_FORMER"
"""In Pelican's context: the other names of each tag, by its own: its feeds stand under them too."""
MOVED = "PLANCHER_MOVED"
"""In Pelican's context: former addresses of pages, from the root of the site, each with the one that it leads to now."""
LED = "PLANCHER_LED"
"""In Pelican's context: the same, of pages that are not worth a file: hosts that read ``_redirects`` lead readers on, others do not."""
FRAMES = "PLANCHER_FRAMES"
"""In Pelican's context: the hosts that a page may show in a frame, after a click, and no other (« https://exemple.fr »)."""
STATES = "PLANCHER_STATES"
"""In Pelican's context: the state of each address of another site that is known (« dead »…)."""
SWAPS = "PLANCHER_SWAPS"
"""In Pelican's context: the links that no longer lead where they did, by their address (``core.body.LinkReplacement``)."""
ADDRESSES = "PLANCHER_ADDRESSES"
"""In Pelican's context: the pages that plugins write, by their address, for the site map."""
TURNS = "BUILD_TURNS"
"""In the settings of a build: when time alone will change a page of the site, in seconds since the epoch."""


PROBLEMS = "BUILD_PROBLEMS"
"""In the settings of a build: what plugins found in texts once they knew them all, each with its file from the content folder."""
VERDICT = "BUILD_VERDICT"
"""In the settings of a build: a function that is told what was found once the whole site was planned, and stops a publication that has errors."""
ADVICE = "BUILD_ADVICE"
"""In the settings of a build: functions that give such problems, called by « invoke check » alone."""


def foreign(plugins: Iterable[str]) -> list[str]:
    """The plugins that are not ours: nobody knows what their output depends on."""
    return [name for name in plugins if not name.startswith("plancher.")]


def modules(plugins: Iterable[str]) -> list[ModuleType]:
    """The named plugins; Pelican also takes objects, whose names are those of no module."""
    found = []
    for name in plugins:
        try:
            found.append(sys.modules.get(name) or importlib.import_module(name))
        except ImportError:
            if not foreign([name]):
                raise
    return found


def has_own_theme(settings: Mapping[str, Any]) -> bool:
    """Whether the theme is ours, or made from it: its style sheets have their order of layers."""
    return Path(settings["THEME"], "static", "css", "layers.css").is_file()


def is_open(settings: Mapping[str, Any]) -> bool:
    """Whether somebody else's plugin or theme is at work: it finds all that Pelican has, and what is made may depend on anything."""
    return bool(foreign(settings["PLUGINS"])) or not has_own_theme(settings)


class Markdown(Protocol):
    """What a renderer may ask of the Markdown that is running."""

    @property
    def lang(self) -> str:
        """Of the text around: « fr »."""

    def text(self, markdown: str) -> str:
        """The words of a piece of inline Markdown, set, without markup."""

    def blocks(self, parent: Element, text: str) -> None:
        """Read ``text`` as Markdown, blocks included, at the end of ``parent``."""

    def file(self, address: str) -> bytes | None:
        """What a file of the content folder holds, named as in ``{static}/videos/nom.vtt``; None when there is none."""

    def say(self, problem: Problem) -> None:
        """Something its author should know, found while the block was made."""


class Inline(Protocol):
    """What a block may ask of a piece of inline Markdown."""

    @property
    def lang(self) -> str:
        """Of the text around: « fr »."""

    def text(self, markdown: str) -> str:
        """Its words, set, without markup."""

    def link(self, markdown: str) -> str:
        """Where its first link leads, as typed; empty when there is none, or none that may be followed."""

    def file(self, address: str) -> bytes | None:
        """What a file of the content folder holds, named as in ``{static}/videos/nom.vtt``; None when there is none."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """What a post holds, as a page about something else names it."""

    kind: str
    """« preuves », « liens » or « vidéos »: the heading it stands under."""
    text: str
    anchor: str = ""
    """Where it stands in its post; empty: the post."""
    address: str = ""
    """Elsewhere; empty: the post."""
    lang: str = ""
    """Of the words, when they are not French."""
    proves: bool = False
    """Whether it is a proof on the ground."""


@dataclasses.dataclass(frozen=True, slots=True)
class LegacyTagLine:
    """A line that a former engine wrote at the foot of a text."""

    line: int
    tags: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class FirstPage:
    """What only the first page of a list shows: the others do not depend on it."""

    value: object


class Polisher(Protocol):
    """What sets a text once it is read."""

    def text(self, text: str) -> str:
        """A title or a name, without markup."""

    def tree(self, root: Element, raw: Sequence[object]) -> None:
        """A text with its markup, in place; ``raw`` is Markdown's stash of HTML."""


LegacyTagLines = Callable[[Sequence[Line]], tuple[Sequence[Line], Sequence[LegacyTagLine]]]
"""The lines of a text without those that a header says today, and what these said."""
Layout = Callable[[Scan], Scan]
"""What a whole text of a kind is read as."""
Together = Callable[[Sequence[object]], tuple[tuple[object, ...], tuple[Problem, ...]]]
"""Gives the models of a text what only all of them tell."""


@dataclasses.dataclass(frozen=True, slots=True)
class Read(Generic[M]):
    """A block understood: its model, and what was wrong with it."""

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
    """Whether what stands in it is only shown: nothing of it is gathered."""
    shelf: str = ""
    """Where the pages of the whole site find what they show of such blocks (``gather``); empty: they show nothing."""
    gather: Callable[[M, Inline], list[dict[str, Any]]] = lambda _model, _inline: []
    """What these pages need to know of a block, as JSON has it."""
    mention: Callable[[Mapping[str, Any]], Mention | None] = lambda _kept: None
    """How a page about something else names one of the things gathered; None: it does not."""
    turns: Callable[[M], Sequence[dt.date]] = lambda _model: ()
    """Days on which the block changes by itself: it is read again once each of them is over (UTC)."""


Kinds = Mapping[str, BlockKind[object]]
"""Block kinds by folded name."""


@dataclasses.dataclass(frozen=True, slots=True)
class Contributions:
    """All that the plugins of a site bring to reading."""

    kinds: Kinds
    polishers: tuple[Polisher, ...] = ()
    suggestions: tuple[Callable[[Any], Problems], ...] = ()
    """Each takes a ``Document``."""
    together: tuple[Together, ...] = ()
    legacy_tag_lines: tuple[LegacyTagLines, ...] = ()
    layouts: tuple[tuple[str, Layout], ...] = ()
    """Each with the kind of text it is for; empty: any."""

    def for_language(self, lang: str) -> Contributions:
        """The same, without polishers for a text that is not in French (the default)."""
        return self if not lang or lang.lower().startswith("fr") else dataclasses.replace(self, polishers=())

    def polish(self, text: str) -> str:
        """A title or a name, set."""
        for polisher in self.polishers:
            text = polisher.text(text)
        return text


def contributions(plugins: Iterable[str], settings: Mapping[str, Any]) -> Contributions:
    """What the named plugin modules bring, in their order."""
    names = list(plugins)
    found = modules(names)
    return Contributions(
        kinds=collect(names),
        polishers=tuple(module.polisher(settings) for module in found if hasattr(module, "polisher")),
        suggestions=tuple(rule for module in found for rule in (*getattr(module, "SUGGESTIONS", ()), *_advice(module, settings))),
        together=tuple(module.TOGETHER for module in found if hasattr(module, "TOGETHER")),
        layouts=tuple(pair for module in found for pair in getattr(module, "LAYOUTS", {}).items()),
        legacy_tag_lines=tuple(module.LEGACY_TAG_LINES for module in found if hasattr(module, "LEGACY_TAG_LINES")),
    )


def _advice(module: Any, settings: Mapping[str, Any]) -> Iterable[Callable[[Any], Problems]]:
    return module.advice(settings) if hasattr(module, "advice") else ()


def collect(plugins: Iterable[str]) -> Kinds:
    """The block kinds of the named plugin modules, in their order.

    :raises ValueError: two plugins give the same name to a block.
    """
    kinds: dict[str, BlockKind[object]] = {}
    for module in modules(plugins):
        for kind in getattr(module, "BLOCKS", ()):
            for name in (kind.name, *kind.aliases):
                if fold(name) in kinds:
                    raise ValueError(f"deux extensions définissent le bloc « {name} »")
                kinds[fold(name)] = kind
    return kinds


def mentions(gathered: Mapping[str, Iterable[Mapping[str, Any]]], kinds: Kinds) -> list[Mention]:
    """What a text holds, in the order of the plugins, then of the text.

    :param gathered: what its blocks left on their shelves.
    """
    if not gathered:
        return []
    ways = {kind.shelf: kind.mention for kind in kinds.values() if kind.shelf}
    found = (way(kept) for shelf, way in ways.items() for kept in gathered.get(shelf, ()))
    return [mention for mention in found if mention]
