"""What only the page of a text needs of it, as the cache keeps it."""

from __future__ import annotations

import copyreg
import dataclasses
import io
import pickle
import zoneinfo
from typing import Any

from plancher.core import digest
from plancher.core.travel import swift


@swift
@dataclasses.dataclass(frozen=True, slots=True)
class Heading:
    """One line of the table of contents."""

    level: int
    id: str
    title: str


@swift
@dataclasses.dataclass(frozen=True, slots=True)
class Outline:
    """What a template may say of a text before showing it."""

    headings: tuple[Heading, ...] = ()
    minutes: int = 1
    """To read it in silence."""


@dataclasses.dataclass(frozen=True, slots=True)
class Facts:
    """What only the text's own page needs."""

    outline: Outline = Outline()
    models: tuple[object, ...] = ()
    """The blocks, in the order of the text."""


def zone(name: str) -> zoneinfo.ZoneInfo:
    """A time zone by its name: all that is kept of it."""
    return zoneinfo.ZoneInfo(name)


_PLAIN = {("datetime", name) for name in ("datetime", "date", "timedelta", "timezone")} | {("decimal", "Decimal")}
"""Python's own types that a value may hold, beside those that pickle writes by itself."""


class _Packer(pickle.Pickler):
    dispatch_table = copyreg.dispatch_table | {zoneinfo.ZoneInfo: lambda found: (zone, (found.key,))}


class _Unpacker(pickle.Unpickler):
    """Makes our own dataclasses, dates and decimal numbers, and nothing else: a cache restored from elsewhere runs no code."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (__name__, "zone"):
            return zone
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        found = super().find_class(module, name) if module.startswith("plancher.") else None
        if not (isinstance(found, type) and dataclasses.is_dataclass(found)):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


def dumped(value: object) -> bytes:
    """Our own dataclasses, dates and plain values, as bytes."""
    buffer = io.BytesIO()
    _Packer(buffer, pickle.HIGHEST_PROTOCOL).dump(value)
    return buffer.getvalue()


def loaded(raw: bytes) -> Any:
    """What ``dumped`` was given.

    :raises pickle.UnpicklingError: these bytes hold anything else.
    """
    return _Unpacker(io.BytesIO(raw)).load()


def sealed(value: object) -> bytes:
    """The same as ``dumped``, with its digest, so that any damage shows."""
    made = dumped(value)
    return digest.of_bytes(made).encode() + b"\n" + made


def unsealed(raw: bytes) -> Any:
    """What ``sealed`` was given.

    :raises ValueError: it is damaged.
    :raises pickle.UnpicklingError: these bytes hold anything else.
    """
    return loaded(digest.unsealed(raw))


def packed(facts: Facts) -> bytes:
    """Facts as the cache keeps them."""
    return dumped(facts)


def unpacked(raw: bytes) -> Facts:
    """What only the text's own page needs.

    :raises pickle.UnpicklingError: these bytes are not ours.
    """
    found = loaded(raw)
    if not isinstance(found, Facts):
        raise pickle.UnpicklingError("Facts")
    return found
