"""Regular expressions that are compiled when they are first used.

Compiling all of ours takes a tenth of the time of a build that makes one text
again, which needs few of them.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    """Stands in for a pattern until it is first used."""

    def __init__(self, shape: str, flags: int) -> None:
        self._shape, self._flags = shape, flags

    def __getattr__(self, name: str) -> Any:  # a pattern has attributes of many types
        """One of the pattern's own methods; kept here, so that this runs once for each."""
        found = self.__dict__[name] = getattr(re.compile(self._shape, self._flags), name)
        return found


def pattern(shape: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile`` at the first use. The value is not the pattern itself: do not compare it with ``match.re``."""
    return cast("re.Pattern[str]", _Lazy(shape, flags))
