"""Which of many readers of a text have anything to do with it, told by the signs it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from markdown.util import Registry

T = TypeVar("T")


class Chooser(Generic[T]):
    """Those things of one of Markdown's registries that a text may concern, in their order.

    Few combinations of signs ever come up: each is worked out once.
    """

    def __init__(self, things: Registry[T], signs: Mapping[str, tuple[str, ...]]) -> None:
        """Learn what each thing needs.

        :param signs: by name in the registry, pieces of text of which the
            thing needs one; what is not named is always chosen.
        """
        needed = [(things[name], needs) for name, needs in signs.items() if name in things]
        self._things = [(thing, next((needs for named, needs in needed if named is thing), ("",))) for thing in things]
        self._signs = tuple(sorted({sign for _, needs in self._things for sign in needs}))
        self._chosen: dict[tuple[bool, ...], tuple[tuple[int, T], ...]] = {}

    def of(self, text: str) -> tuple[tuple[int, T], ...]:
        """Each with its place in the registry."""
        held = tuple([sign in text for sign in self._signs])
        chosen = self._chosen.get(held)
        if chosen is None:
            present = {sign for sign, is_held in zip(self._signs, held, strict=True) if is_held}
            chosen = tuple((place, thing) for place, (thing, needs) in enumerate(self._things) if not present.isdisjoint(needs))
            self._chosen[held] = chosen
        return chosen
