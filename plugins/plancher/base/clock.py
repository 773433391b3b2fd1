"""The time of a build: one moment, the same for all of it."""

from __future__ import annotations

import datetime as dt
import os
import re

_LAST = 221_845_132_800
"""The first of January 9000: what a time zone adds still makes a date."""


def bare(moment: dt.datetime) -> dt.datetime:
    """The moment without what a subclass of ``datetime`` (Pelican's) adds to it."""
    return dt.datetime.combine(moment.date(), moment.timetz())


def now() -> dt.datetime:
    """``SOURCE_DATE_EPOCH`` (seconds, reproducible-builds.org) or the real time, in UTC.

    :raises SettingsError: the variable holds anything but such a number; empty, it is as good as absent.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return dt.datetime.now(dt.UTC)
    if re.fullmatch(r"[0-9]{1,12}", epoch) and int(epoch) < _LAST:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    from plancher.base.settings import SettingsError, shown  # noqa: PLC0415 - a command that has nothing to do needs neither

    raise SettingsError(f"variable SOURCE_DATE_EPOCH : {shown(epoch)}, alors qu'il faut un nombre entier de secondes depuis 1970, comme « 1735732800 ».")
