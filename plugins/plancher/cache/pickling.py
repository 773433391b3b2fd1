"""Values as bytes of a cache, which come back as the same values and run no code.

Pickle, and not JSON: a page is made of some hundred values of thirty kinds,
and Python's own C code reads them ten times as fast. What makes it unsafe,
that it runs any name it finds, is closed here.
"""

from __future__ import annotations

import copyreg
import dataclasses
import io
import pickle
import sys
import zoneinfo

from plancher.base import digest


def zone(name: str) -> zoneinfo.ZoneInfo:
    """A time zone by its name: all that is kept of it."""
    return zoneinfo.ZoneInfo(name)


_PLAIN = {("datetime", name) for name in ("datetime", "date", "timedelta", "timezone")} | {("decimal", "Decimal")}
"""Python's own types that a value may hold, beside those that pickle writes by itself."""


class _Packer(pickle.Pickler):
    dispatch_table = copyreg.dispatch_table | {zoneinfo.ZoneInfo: lambda found: (zone, (found.key,))}


class DamagedError(ValueError):
    """These bytes are not what was kept, or hold what nobody here would keep."""


class _Unpacker(pickle.Unpickler):
    """Makes our own values, dates and decimal numbers, and nothing else: a cache restored from elsewhere runs no code."""

    without: frozenset[type] = frozenset()

    def find_class(self, module: str, name: str) -> object:
        found = _value(module, name)
        if found is None or found in self.without:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


def _value(module: str, name: str) -> object:
    """A kind of value that a cache may hold; None for any other name.

    A frozen dataclass of ours that runs nothing when it is made, by the name it
    was defined under, in a module that this build has loaded: no name is
    imported, none is followed from one thing to another.
    """
    if (module, name) == (__name__, "zone"):
        return zone
    if (module, name) not in _PLAIN and not module.startswith("plancher."):
        return None
    found = vars(sys.modules[module]).get(name) if module in sys.modules else None
    if (module, name) in _PLAIN:
        return found
    is_value = isinstance(found, type) and dataclasses.is_dataclass(found) and found.__dataclass_params__.frozen  # type: ignore[attr-defined] # of dataclasses; no public name says it
    own = (getattr(found, "__module__", ""), getattr(found, "__qualname__", "")) == (module, name)
    return found if is_value and own and not hasattr(found, "__post_init__") else None


def dumps(value: object) -> bytes:
    """Our own dataclasses, dates and plain values, as bytes."""
    buffer = io.BytesIO()
    _Packer(buffer, pickle.HIGHEST_PROTOCOL).dump(value)
    return buffer.getvalue()


def loads(raw: bytes, *, without: frozenset[type] = frozenset()) -> object:
    """What ``dumps`` was given.

    :param without: kinds of our values that have no place here.
    :raises DamagedError: these bytes hold anything else, whatever it is.
    """
    try:
        unpacker = _Unpacker(io.BytesIO(raw))
        unpacker.without = without
        return unpacker.load()
    except Exception as error:  # pickle raises nearly anything, for want of memory too
        raise DamagedError(str(error)) from error


def sealed(value: object) -> bytes:
    """The same as ``dumps``, with its digest, so that any damage shows."""
    made = dumps(value)
    return digest.of_bytes(made).encode() + b"\n" + made


def unsealed(raw: bytes, *, without: frozenset[type] = frozenset()) -> object:
    """What ``sealed`` was given.

    :raises DamagedError: it is damaged, or holds anything else.
    """
    try:
        raw_value = digest.unsealed(raw)
    except (TypeError, ValueError, AttributeError) as error:  # SQLite gives any type that stands in a column
        raise DamagedError(str(error)) from error
    return loads(raw_value, without=without)
