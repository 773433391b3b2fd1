"""The one moment a build believes it is."""

from __future__ import annotations

import datetime as dt
import os


def bare(moment: dt.datetime) -> dt.datetime:
    """The moment without what a subclass of ``datetime`` (Pelican's) adds to it."""
    return dt.datetime.combine(moment.date(), moment.timetz())


def now() -> dt.datetime:
    """``SOURCE_DATE_EPOCH`` (seconds, reproducible-builds.org) or the real time, in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    return dt.datetime.now(dt.UTC)
