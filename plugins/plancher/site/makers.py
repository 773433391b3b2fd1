"""The closed list of what may make a file of the site again from what the cache remembers.

A recipe in the cache names what made a file. Such a name is looked up here and
nowhere else: it never becomes an import, so that a cache that came from
elsewhere can ask for nothing that these functions do not do for any page. What
reads a file of the machine, or gives back a text as it is, is not of the list:
no page that holds an author's text is made by it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, TypeVar


@dataclasses.dataclass(frozen=True, slots=True)
class Partial:
    """A file of the site that was made without some of its parts: one text that fails costs no reader the others."""

    content: str
    lost: tuple[tuple[str, str], ...]
    """For each text that is left out, its address from the root of the site, and why, in French."""


Maker = Callable[[Any], "str | bytes | Partial"]  # Any: each takes values of its own
"""From plain values to what a file holds."""
F = TypeVar("F", bound=Maker)
_known: dict[str, Maker] = {}


def maker(function: F) -> F:
    """Enter a function of a module in the list, under its own name."""
    _known[name_of(function)] = function
    return function


Follow = Callable[..., Mapping[str, str]]
"""From what a file was made of, what it is made of now, and a way to read a file of the site as it is: the text of other files that follow."""
_followers: dict[Maker, Follow] = {}


def followed(by: Maker) -> Callable[[Follow], Follow]:
    """Enter what has other files follow a maker's when only the words of a text change; it raises a ``LookupError`` where it cannot tell."""

    def enter(follow: Follow) -> Follow:
        _followers[by] = follow
        return follow

    return enter


def follower(of: Maker) -> Follow | None:
    """What has other files follow those of a maker."""
    return _followers.get(of)


def name_of(function: Maker) -> str:
    """How a recipe names what made a file."""
    return f"{function.__module__}:{function.__qualname__}"


def named(name: object) -> Maker:
    """The function of this name.

    :raises LookupError: there is none in the list.
    """
    found = _known.get(name) if isinstance(name, str) else None
    if found is None:
        raise LookupError(name)
    return found
