"""A path with a star, as a regular expression of a server."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def expression(base: str, globs: Iterable[str], literal: Callable[[str], str]) -> str:
    """What fits the paths of a site, from their beginning.

    :param base: the folder of its host in which the site stands.
    :param literal: writes a text that stands for itself.
    """
    choices = "|".join(".*".join(map(literal, glob.split("*"))) for glob in globs)
    return f"{literal(base)}(?:{choices})"
