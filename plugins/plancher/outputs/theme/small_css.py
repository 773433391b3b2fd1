"""A style sheet in few bytes, which says what its author wrote."""

from __future__ import annotations

import re

import rcssmin

_PSEUDO = re.compile(
    r"""("(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | /\*.*?\*/ | @page\b[^{;]*)"""  # left as they are: « @page :first » is no selector
    r"""| (?<=[\w\])*&/-])\s+(?=:(?:[^;{}()] | \((?:[^()] | \([^()]*\))*\))*\{)""",
    re.DOTALL | re.VERBOSE,
)
"""The space of « .a :hover { », where no parenthesis of a condition is open."""


def small(sheet: str) -> str:
    """The same, joined. In a layer or a container rcssmin takes « .a :hover » for a declaration and drops its space; « .a *:hover » says the same."""
    return str(rcssmin.cssmin(_PSEUDO.sub(lambda found: found[1] or " *", sheet)))
