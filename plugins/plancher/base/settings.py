"""One typed settings object per plugin, loaded and checked before anything is read.

Each field says what it accepts: its annotation gives the type, ``one_of``,
``between`` or ``shaped`` the rest. A wrong value stops the build with a sentence.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import typing
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Generic, TypeVar

from plancher.base.french import did_you_mean, nearest

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

S = TypeVar("S", bound="DataclassInstance")
T = TypeVar("T")
N = TypeVar("N", int, float)
Texts = TypeVar("Texts", str, tuple[str, ...])
_SHOWN = 60
"""Characters of a value that a sentence shows."""
A_FOLDER = "un dossier qui existe"
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Characters that no line of text holds."""


class SettingsError(SystemExit):
    """A setting is wrong: the build stops with this French sentence and exit code 1."""


@dataclasses.dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """What a field takes, beside its type."""

    expected: str
    """As the sentence says it: « un nombre de 1 à 9 »."""
    fits: Callable[[T], bool]
    choices: tuple[str, ...] = ()
    """Where there are few: one of them may have been meant."""


def one_of(default: str, *others: str) -> str:
    """A field that takes one of these texts."""
    choices = tuple(dict.fromkeys((default, *others)))
    named = [f"« {choice} »" if choice else "rien (« »)" for choice in choices]
    return _field(default, Rule(f"{', '.join(named[:-1])} ou {named[-1]}", lambda value: value in choices, choices))


def between(default: N, low: float, high: float) -> N:
    """A field that takes a number, both bounds included."""
    return _field(default, Rule(f"un nombre de {low} à {high}", lambda value: low <= value <= high))  # no « not a number » is between two


def shaped(default: Texts, expected: str, pattern: str) -> Texts:
    """A field whose text, or each of whose texts, has this shape.

    :param expected: what the sentence says is expected.
    """
    shape = re.compile(pattern)
    return _field(default, Rule(expected, lambda value: all(shape.fullmatch(text) for text in _texts(value))))


def _texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _field(default: T, rule: Rule[T]) -> T:
    return dataclasses.field(default=default, metadata={"rule": rule})


def load(settings: Mapping[str, object], key: str, kind: type[S]) -> S:
    """The settings object stored under ``key``, or its defaults.

    A ``dict`` is accepted as well: ``pelican -e KEY='{"a": 1}'`` gives one.

    :raises SettingsError: an unknown name, a value of another type, or out of bounds.
    """
    value = settings.get(key)
    return kind() if value is None else _loaded(key, value, kind)


def _loaded(key: str, value: object, kind: type[S]) -> S:
    names = [field.name for field in dataclasses.fields(kind)]
    if isinstance(value, kind):
        given: Mapping[object, object] = {name: getattr(value, name) for name in names}
    elif isinstance(value, Mapping):
        given = value
    else:
        raise SettingsError(f"réglage {key} : reçu {shown(value)}, attendu {kind.__name__}(…).")
    for name in given:
        if name not in names:
            raise SettingsError(f"réglage {key} : nom inconnu {shown(name)}. {did_you_mean(str(name), names)}")
    types = _types(kind)
    return kind(**{field.name: _checked(key, field, given[field.name], types[field.name]) for field in dataclasses.fields(kind) if field.name in given})


def _are_rows(width: int, value: object) -> bool:
    """Whether it is a list of lists of so many texts."""
    rows = list(value) if isinstance(value, tuple | list) else [None]
    return all(isinstance(row, tuple | list) and len(row) == width and all(map(_KINDS[str][1], row)) for row in rows)


_types = functools.cache(typing.get_type_hints)
_KINDS: dict[object, tuple[str, Callable[[object], bool]]] = {
    bool: ("True ou False", lambda value: isinstance(value, bool)),
    int: ("un nombre entier", lambda value: isinstance(value, int) and not isinstance(value, bool)),
    float: ("un nombre", lambda value: isinstance(value, int | float) and not isinstance(value, bool)),
    str: ("un texte entre guillemets, sur une ligne", lambda value: isinstance(value, str) and not _UNSEEN.search(value)),
    tuple[str, ...]: ('une liste de textes, comme ("un", "deux")', lambda value: isinstance(value, tuple | list) and all(map(_KINDS[str][1], value))),
    tuple[tuple[str, str], ...]: ('une liste de paires, comme (("Nos services", "/services/"),)', functools.partial(_are_rows, 2)),
    tuple[tuple[str, str, str], ...]: (
        'une liste de triplets, comme (("Débuter", "/debuter/", "En dix minutes."),)',
        functools.partial(_are_rows, 3),
    ),
}
"""For each type a field may have, how a sentence names it, and what is of it: no more types than these, and settings objects."""


def _checked(key: str, field: dataclasses.Field[object], value: object, kind: object) -> object:
    """The value of a field, of its type: a list, all that JSON has, becomes a tuple."""
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _loaded(f"{key}.{field.name}", value, kind)
    expected, is_of = _KINDS[kind]
    rule: Rule[object] | None = field.metadata.get("rule")
    expected = rule.expected if rule and kind != tuple[str, ...] else expected
    if not is_of(value):
        raise SettingsError(f"réglage {key} : « {field.name} » vaut {shown(value)}, alors qu'il faut {expected}.")
    if rule and not rule.fits(value):
        meant = nearest(str(value), rule.choices) if rule.choices else None
        remedy = f" Vouliez-vous dire « {meant} » ?" if meant else ""
        raise SettingsError(f"réglage {key} : « {field.name} » vaut {shown(value)}, alors qu'il faut {rule.expected}.{remedy}")
    if kind in {tuple[tuple[str, str], ...], tuple[tuple[str, str, str], ...]}:
        return tuple(tuple(row) for row in typing.cast("list[list[str]]", value))
    return tuple(value) if isinstance(value, list) else value


def wrong(name: str, value: object, expected: str) -> str:
    """The sentence on a setting of Pelican's that no site can be made with."""
    return f"réglage {name} : {shown(value)}, alors qu'il faut {expected}."


def shown(value: object) -> str:
    """A value as a sentence quotes it, whatever it is: on one line, and not too long."""
    try:
        text = value if isinstance(value, str) else repr(value)
    except ValueError:  # a number of thousands of digits
        text = type(value).__name__
    line = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text[: _SHOWN + 1])
    return f"« {line[:_SHOWN]}… »" if len(text) > _SHOWN else f"« {line} »"
