"""Slugs, and the dates that names of files begin with."""

from __future__ import annotations

import datetime as dt
import re

from plancher.base.french import fold

MAX_SLUG = 100
"""Characters; file systems stop at 255 bytes and readers long before."""
_DATED_NAME = re.compile(r"(?:^|/)(\d{4})-(\d{1,2})-(\d{1,2})[-_. ](?=[^/]+$)")


def date_in_name(path: str) -> dt.datetime | None:
    """The day at the head of a file's name, as Jekyll has it; none where there is none."""
    found = _DATED_NAME.search(path)
    if found is None:
        return None
    try:
        return dt.datetime(int(found[1]), int(found[2]), int(found[3]))  # noqa: DTZ001 - whoever asks knows the time zone
    except ValueError:
        return None


def without_date(stem: str) -> str:
    """The name of a file without the day at its head."""
    return _DATED_NAME.sub("", stem) if date_in_name(stem) else stem


def slug(title: str) -> str:
    """« L'été à Paris » becomes ``l-ete-a-paris``."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")
    return words[:MAX_SLUG].rstrip("-")


def from_the_root(typed: str) -> str:
    """« https://exemple.fr/2019/03/un/ » or « /2019/03/un » as a path from the root of the site: « 2019/03/un/ »."""
    path = re.sub(r"^https?://[^/]+", "", typed).lstrip("/")
    return path if path.endswith(("/", ".html")) or not path else f"{path}/"
