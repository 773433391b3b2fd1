"""Names that nobody looks at: patterns as in Pelican's ``IGNORE_FILES``, of names without their folder.

« racine//*~ » is a pattern of the folder « racine » at the root, where those
without a folder do not hold: what is hidden elsewhere may be wanted there.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable


def compiled(ignored: Iterable[str]) -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """The names that are left out everywhere, and in each folder that has patterns of its own."""
    shapes: dict[str, list[str]] = {"": [r"(?!)"]}
    for pattern in ignored:
        folder, mark, name = pattern.partition("//")
        shapes.setdefault(folder if mark else "", []).append(fnmatch.translate(name if mark else pattern))
    own = {folder: re.compile("|".join(patterns)) for folder, patterns in shapes.items()}
    return own.pop(""), own
