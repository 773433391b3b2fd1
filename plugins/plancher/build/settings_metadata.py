"""What the settings say of a text, where its own header does not: Pelican's ways to do so, as it documents them."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

SETTINGS = ("DEFAULT_METADATA", "EXTRA_PATH_METADATA", "FILENAME_METADATA", "PATH_METADATA", "USE_FOLDER_AS_CATEGORY")


def reader(settings: Mapping[str, Any]) -> Callable[[str], tuple[tuple[str, str], ...]]:  # Any: settings of Pelican
    """What gives these fields of a text, by its path from the content folder."""
    return functools.partial(fields, {name: settings.get(name) for name in SETTINGS})


def fields(settings: Mapping[str, Any], path: str) -> tuple[tuple[str, str], ...]:  # Any: settings of Pelican
    """Names and values; what is said of a narrower place is said last, and counts."""
    found: dict[str, str] = {}
    for name, value in dict(settings.get("DEFAULT_METADATA") or {}).items():
        found[name.lower()] = str(value)
    for place, known in sorted((settings.get("EXTRA_PATH_METADATA") or {}).items()):
        if path == place or path.startswith(f"{place.rstrip('/')}/"):
            found |= {name.lower(): str(value) for name, value in known.items()}
    return tuple((found | dict(_from_names(settings, path))).items())


def _from_names(settings: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:  # Any: settings of Pelican
    """What the name of the file and those of its folders say; of two that say the same thing, the first counts."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    seen: set[str] = set()
    for pattern, text in ((settings.get("FILENAME_METADATA"), stem), (settings.get("PATH_METADATA"), path)):
        match = re.match(str(pattern), text) if pattern else None
        for name, value in match.groupdict().items() if match else ():
            if value is not None and name.lower() not in seen:
                seen.add(name.lower())
                yield name.lower(), value
    folder = posixpath.basename(posixpath.dirname(path))
    if settings.get("USE_FOLDER_AS_CATEGORY") and "category" not in seen:
        yield "category", folder
