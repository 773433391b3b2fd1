"""Which of many rules may apply to a text: the signs it holds tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from markdown.util import Registry

T = TypeVar("T")


class RuleFilter(Generic[T]):
    """Those rules of one of Markdown's registries that may apply to a text, in their order.

    Few combinations of signs ever come up: each is worked out once.
    """

    def __init__(self, rules: Registry[T], signs: Mapping[str, tuple[str, ...]]) -> None:
        """Learn what each rule needs.

        :param signs: by name in the registry, pieces of text of which the
            rule needs one; what is not named is always chosen.
        """
        needed = [(rules[name], needs) for name, needs in signs.items() if name in rules]
        self._rules = [(rule, next((needs for named, needs in needed if named is rule), ("",))) for rule in rules]
        every = sorted({sign for _, needs in self._rules for sign in needs})
        self._letters = tuple(sorted({_rarest(sign) for sign in every}))
        self._signs = {letter: tuple(sign for sign in every if _rarest(sign) == letter) for letter in self._letters}
        self._possible: dict[tuple[bool, ...], tuple[str, ...]] = {}
        self._chosen: dict[tuple[tuple[str, ...], tuple[bool, ...]], tuple[tuple[int, T], ...]] = {}

    def of(self, text: str) -> tuple[tuple[int, T], ...]:
        """The rules that may match, each with its place in the registry.

        One letter is found several times as fast as two: a whole sign is looked for where its rarest letter is.
        """
        letters = tuple([letter in text for letter in self._letters])
        possible = self._possible.get(letters)
        if possible is None:
            present = [letter for letter, is_present in zip(self._letters, letters, strict=True) if is_present]
            possible = self._possible[letters] = tuple(sign for letter in present for sign in self._signs[letter])
        pattern = possible, tuple([sign in text for sign in possible])
        chosen = self._chosen.get(pattern)
        if chosen is None:
            present_signs = {sign for sign, is_present in zip(*pattern, strict=True) if is_present}
            chosen = tuple((place, rule) for place, (rule, needs) in enumerate(self._rules) if not present_signs.isdisjoint(needs))
            self._chosen[pattern] = chosen
        return chosen


def _rarest(sign: str) -> str:
    return next((letter for letter in sign if letter not in _COMMON), sign[:1])


_COMMON = frozenset(" .:[")
"""Letters of our signs that most texts contain."""
