"""Data that somebody else may have written: JSON and TOML as their standards have them, or a reason in French.

Python's own readers take more than that (two values for one key, numbers that
are none, halves of letters) and raise nearly anything on what is too deep.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any, NoReturn

Json = Any  # of whatever shape: each caller looks

_WHERE = re.compile(r"line (\d+)")
_HALF = re.compile("[\ud800-\udfff]")


class DataError(ValueError):
    """A text is no such data; the message says why, in French, without full stop."""

    def __init__(self, why: str, line: int = 1) -> None:
        super().__init__(why)
        self.line = line


def from_json(text: str) -> Json:
    """What a text of JSON (RFC 8259) says.

    :raises DataError: it is none.
    """
    try:
        found = json.loads(text, parse_constant=_no_number, object_pairs_hook=_once, parse_int=_whole)
    except DataError:
        raise
    except json.JSONDecodeError as error:
        raise DataError("ce n'est pas du JSON à partir d'ici", error.lineno) from error
    except RecursionError as error:
        raise DataError("il est imbriqué sur trop de niveaux") from error
    if "\\u" in text and _HALF.search(json.dumps(found, ensure_ascii=False)):
        raise DataError("un « \\u… » n'y est que la moitié d'une lettre")
    return found


def from_toml(text: str) -> dict[str, Any]:  # the same
    """What a text of TOML says.

    :raises DataError: it is none.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = _WHERE.search(str(error))
        raise DataError("ce n'est pas du TOML à partir d'ici", int(where[1]) if where else text.rstrip().count("\n") + 1) from error
    except RecursionError as error:
        raise DataError("il est imbriqué sur trop de niveaux") from error
    except ValueError as error:  # Python reads no number of so many digits, and no such day
        raise DataError("un nombre ou une date y est impossible") from error


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise DataError(f"« {ascii(double)[1:-1] if _HALF.search(double) else double} » y est deux fois")
    return found


def _no_number(_: str) -> NoReturn:
    raise DataError("NaN et Infinity n'y sont pas des nombres")


def _whole(digits: str) -> int:
    if len(digits) > 300:  # noqa: PLR2004 - as many as the largest number with a fraction
        raise DataError("un nombre y a trop de chiffres")
    return int(digits)
