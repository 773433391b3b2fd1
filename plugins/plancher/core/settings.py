"""One typed settings object per plugin, loaded and checked before anything is read."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from plancher.core.french import did_you_mean

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

S = TypeVar("S", bound="DataclassInstance")


class SettingsError(SystemExit):
    """A setting is wrong: the build stops with this French sentence and exit code 1."""


def load(settings: Mapping[str, Any], key: str, kind: type[S]) -> S:
    """The settings object stored under ``key``, or its defaults.

    A ``dict`` is accepted as well: ``pelican -e KEY='{"a": 1}'`` gives one.

    :raises SettingsError: an unknown name, or a value of another type.
    """
    value = settings.get(key)
    if value is None:
        return kind()
    if isinstance(value, kind):
        return value
    if not isinstance(value, Mapping):
        raise SettingsError(f"réglage {key} : attendu {kind.__name__}(…), reçu {value!r}.")
    known = {field.name: field for field in dataclasses.fields(kind)}
    for name in value:
        if name not in known:
            raise SettingsError(f"réglage {key} : nom inconnu « {name} ». {did_you_mean(str(name), list(known))}")
    return kind(**value)
