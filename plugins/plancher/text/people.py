"""The people that a header names."""

from __future__ import annotations

import re


def people(typed: str) -> list[str]:
    """The names of a list of people: « A ; B », « A, B et C », « Anne Un et Bo Deux ».

    With a semicolon, commas belong to the names (« Doyle, Conan; Un, Anne »), as
    Pelican has it. « Martin et fils » is one name.
    """
    if ";" in typed:
        return [name.strip() for name in typed.split(";") if name.strip()]
    names = [name.strip() for name in typed.split(",") if name.strip()]
    if not names:
        return []
    two = re.fullmatch(r"(?P<one>.+?) +(?:et|&|and) +(?P<other>.+)", names[-1])
    whole = [_FULL_NAME.fullmatch(part) is not None for part in two.groups()] if two else []
    if two and (all(whole) or (len(names) > 1 and whole[1])):
        names[-1:] = [two["one"], two["other"]]
    return names


_FULL_NAME = re.compile(r"[^\W\d_a-zà-ÿ][\w.'’-]*(?: (?:d[eu]|des|la|le|von|van|der|da|dos|[^\W\d_a-zà-ÿ][\w.'’-]*))+")
"""At least a first name and a family name, each with its capital."""
