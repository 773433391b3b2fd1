"""What the owner's own mail server found out about who sent a mail (``Authentication-Results``, RFC 8601).

Why this, and not a check of the signature by us: the server looked on the day
the mail came, when the keys of its sender stood in the DNS; months later, in a
file of mails, they may be gone. It asks no network, and needs no library.
"""

from __future__ import annotations

import email.message
import re
from collections.abc import Iterator

_LONGEST = 4000
"""Letters of one header."""
_PASSED = re.compile(r"\s*dkim\s*(?:/\s*\d+\s*)?=\s*pass(?![\w-])", re.IGNORECASE)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"?')
_NAME = re.compile(r"[\w.@-]*")
_SIGNER = re.compile(r"(?<![\w.])header\.(?:d|i)\s*=\s*\"?(?:[^\s\"@;]*@)?([\w.-]+)", re.IGNORECASE)


def is_aligned(message: email.message.Message, authserv_id: str, sender: str) -> bool:
    """Whether the server says that the domain of the sender signed the mail (DKIM), or the domain above it.

    Only the topmost of the server's headers counts: a server writes its own above
    all that came with a mail, and takes out what pretends to be one. A domain below
    that of the sender proves nothing: without the list of public suffixes nobody
    knows who may have one.

    :param authserv_id: the name by which the server signs; empty: nothing is believed.
    :param sender: the address of « From ».
    """
    if not authserv_id or len(message.get_all("From", [])) != 1:
        return False
    domain = sender.rpartition("@")[2].casefold()
    for header in message.get_all("Authentication-Results", []):
        name, *results = (_QUOTED.sub(_unquoted, part) for part in _parts(str(header)[:_LONGEST]))
        if name.casefold().split()[:1] == [authserv_id.casefold()]:
            signers = [found[1].casefold().strip(".") for one in results if _PASSED.match(one) for found in _SIGNER.finditer(one)]
            return any("." in signer and (domain == signer or domain.endswith("." + signer)) for signer in signers)
    return False


def _unquoted(quoted: re.Match[str]) -> str:
    """A name that stands in quotes; nothing in the place of anything else, which a sender may have written."""
    return quoted[1] if _NAME.fullmatch(quoted[1]) else ""


def _parts(header: str) -> Iterator[str]:
    """What stands between semicolons, without comments, which may hold others."""
    part: list[str] = []
    depth, is_quoted, is_escaped = 0, False, False
    for sign in header:
        if is_escaped:
            is_escaped = False
        elif sign == "\\":
            is_escaped = True
        elif sign == '"' and not depth:
            is_quoted = not is_quoted
        elif sign in "()" and not is_quoted:
            depth = max(0, depth + (1 if sign == "(" else -1))
            continue
        elif sign == ";" and not depth and not is_quoted:
            yield "".join(part)
            part = []
            continue
        if not depth:
            part.append(" " if sign in "\r\n\t" else sign)
    yield "".join(part)
