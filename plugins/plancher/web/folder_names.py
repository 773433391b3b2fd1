"""Names of folders as IMAP writes them: modified UTF-7 (RFC 3501, section 5.1.3), between quotation marks."""

from __future__ import annotations

import base64
import re

_OTHERS = re.compile(r"[^\x20-\x7e]+")


def quoted(name: str) -> str:
    """A name as a command of IMAP takes it."""
    return '"' + encoded(name).replace("\\", "\\\\").replace('"', '\\"') + '"'


def encoded(name: str) -> str:
    """« Réponses » is « R&AOk-ponses »; an ampersand is « &- »."""
    return _OTHERS.sub(lambda found: f"&{_base64(found[0])}-", name.replace("&", "&-"))


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-16-be", "surrogatepass")).decode().rstrip("=").replace("/", ",")
