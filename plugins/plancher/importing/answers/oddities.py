"""What looks like an advertisement in an answer, and why; it decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plancher.base.french import fold

_LINKS = re.compile(r"https?://", re.IGNORECASE)
_MANY_LINKS = 3
_SELLS = re.compile(r"\b(?:seo|backlinks?|casino|crypto|viagra|referencement garanti|article sponsorise|guest post)\b")


def of(words: str) -> Iterator[str]:
    """Each of them, in French."""
    links = len(_LINKS.findall(words))
    if links >= _MANY_LINKS:
        yield f"ressemble à une publicité : {links} liens"
    found = _SELLS.search(fold(words))
    if found:
        yield f"ressemble à une publicité : « {found[0]} »"
