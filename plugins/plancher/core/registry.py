"""The whole contract between a plugin and the reader of authors' text.

A plugin that adds blocks to the grammar holds, in its ``__init__``, a tuple
named ``BLOCKS``. Nothing else is needed: the reader asks each plugin named in
``PLUGINS`` for it.
"""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, Protocol, TypeVar

from plancher.core.french import fold
from plancher.core.html import Element
from plancher.core.problems import Problem
from plancher.core.scan import Block

M = TypeVar("M")


class Markdown(Protocol):
    """What a renderer may ask of the Markdown that is running."""

    def blocks(self, parent: Element, text: str) -> None:
        """Read ``text`` as Markdown, blocks included, at the end of ``parent``."""


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


Kinds = Mapping[str, BlockKind[object]]
"""Block kinds by folded name."""


def collect(plugins: Iterable[str]) -> Kinds:
    """The block kinds of the named plugin modules, in their order.

    :raises ValueError: two plugins give the same name to a block.
    """
    kinds: dict[str, BlockKind[object]] = {}
    for module in plugins:
        for kind in getattr(importlib.import_module(module), "BLOCKS", ()):
            if fold(kind.name) in kinds:
                raise ValueError(f"deux extensions définissent le bloc « {kind.name} »")
            kinds[fold(kind.name)] = kind
    return kinds
