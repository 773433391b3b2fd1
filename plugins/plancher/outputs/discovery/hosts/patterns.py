"""Text that stands in a regular expression for itself, and for nothing else."""

from __future__ import annotations

import re

_OTHERS = re.compile(rb"[^A-Za-z0-9/_-]")
_RUNES = re.compile(r"[^A-Za-z0-9/_-]")
_PLAIN = re.compile(r"[A-Za-z0-9/._~!()*,;:@&=+?%\u00a1-\u1fff\u2070-\ud7ff\uf900-\ufdcf-]+")
"""Signs that mean nothing between the quotes of nginx and of Caddy."""


def is_plain(text: str) -> bool:
    """Whether the text can stand between quotes as it is."""
    return _PLAIN.fullmatch(text) is not None


def of_bytes(text: str) -> str:
    """For PCRE, which nginx and Apache have look at bytes."""
    return _OTHERS.sub(lambda found: f"\\x{found[0][0]:02x}".encode(), text.encode("utf-8", "surrogateescape")).decode("ascii")


def of_runes(text: str) -> str:
    """For Go, which Caddy is written in: it looks at characters, and takes what is no UTF-8 for U+FFFD."""
    return _RUNES.sub(lambda found: f"\\x{{{_rune(found[0]):x}}}", text)


def _rune(sign: str) -> int:
    return 0xFFFD if "\udc80" <= sign <= "\udcff" else ord(sign)
