"""A mail as its sender wrote it: its words, its answers to what the letter asks. Pictures, attached files and headers are left."""

from __future__ import annotations

import datetime as dt
import email
import email.message
import email.policy
import email.utils
import re
from collections.abc import Iterator

from plancher.base.french import fold
from plancher.components.answers import letter, questions
from plancher.importing.answers import authentication, confirmation, html_words, oddities
from plancher.importing.answers.charsets import decoded
from plancher.importing.answers.model import Arrived, Left, Received, Way, cleaned, dated, one_line
from plancher.importing.blogs.home import replies

_MOST_PARTS = 200
"""Of a mail; what comes after is not looked at."""
_MOST_BOUNDARIES = 40
"""Python's reader asks each line whether it is one of them: a mail may take hours with thousands."""
_BOUNDARY = re.compile(rb"boundary[\s*\d]*=", re.IGNORECASE)
"""However it is written (RFC 2231)."""
_CONTENT = re.compile(rb"(?:\A|[\r\n])content-[\w-]+[ \t]*:[^\r\n]*(?:(?:\r\n|[\r\n])[ \t][^\r\n]*)*", re.IGNORECASE)
_LONGEST_CONTENT = 4000
"""Bytes of a header that says what a part is: Python's reader takes hours for one of a megabyte."""
_MOST_LETTERS = 1_000_000
_MAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\\x00-\x1f\x7f-\x9f]{1,64}@[^\s@<>,;:\"()\[\]\\\x00-\x1f\x7f-\x9f]{1,255}")
_SIGNATURE = re.compile(r"^-- ?$.*", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"^[ \t]*>.*(?:\n|$)", re.MULTILINE)


def read(raw: bytes, authserv_id: str = "") -> Arrived:
    """One mail.

    Whatever it holds, it is an answer, a confirmation, or the reason why it is none.

    :param authserv_id: the name by which the owner's own mail server signs what it found out; empty: nothing is believed.
    """
    if sum(1 for _ in _BOUNDARY.finditer(raw)) > _MOST_BOUNDARIES:
        return Left("courriel aux parties trop emboîtées")
    if any(len(header[0]) > _LONGEST_CONTENT for header in _CONTENT.finditer(raw)):
        return Left("courriel dont un en-tête est démesuré")
    try:
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        return _received(message, authserv_id)
    except Exception as error:  # noqa: BLE001 - Python's reader of mails raises nearly anything on what is forged
        return Left(f"courriel illisible ({type(error).__name__})")


def _received(message: email.message.Message, authserv_id: str) -> Arrived:
    subject, sender = _header(message, "Subject"), _sender(message)
    token = letter.token_in(subject)
    if not token:
        return Left("courriel sans la marque d'un appel dans son objet")
    if not sender:
        return Left("courriel sans expéditeur lisible")
    if _header(message, "Auto-Submitted").casefold() not in {"", "no"}:
        return Left("courriel qu'une machine a envoyé d'elle-même (absence, erreur de remise)")
    text, notes = _text(message)
    text = _SIGNATURE.sub("", _QUOTED.sub("", text))
    confirmed = confirmation.read(subject, sender, text)
    if confirmed is not None:
        return Left(confirmed) if isinstance(confirmed, str) else confirmed
    said = letter.parts(text)
    words, changes = cleaned(said.get(questions.ANSWER, ""))
    if not words:
        return Left("courriel sans réponse")
    name = _name(said.get(questions.NAME, ""))
    return Received(
        way=Way.MAIL,
        source="\n".join((Way.MAIL, sender, token, fold(" ".join(words.split())))),
        token=token,
        sender=sender,
        date=_date(message),
        words=words,
        name=name,
        before=one_line(said.get(questions.BEFORE, "")),
        after=one_line(said.get(questions.AFTER, "")),
        may_be_published=letter.consent(said.get(questions.PUBLISH, "")),
        may_be_counted=letter.consent(said.get(questions.COUNT, "")),
        is_old_enough=letter.consent(said.get(questions.AGE, "")),
        is_verified=authentication.is_aligned(message, authserv_id, sender),
        notes=(*notes, *changes, *oddities.of(words, name)),
    )


def _header(message: email.message.Message, name: str) -> str:
    """The text of a header; of two of them, the first."""
    raw = str(message.get(name, ""))[:2000]
    try:
        parts = [decoded(part, charset or "") if isinstance(part, bytes) else part for part, charset in email.header.decode_header(raw)]
    except (LookupError, ValueError):
        parts = [raw]
    return " ".join("".join(parts).split())


def _sender(message: email.message.Message) -> str:
    """The address that « From » gives, in small letters; a name that holds another address fools nobody."""
    _, address = email.utils.parseaddr(str(message.get("From", ""))[:2000])
    return address.lower() if _MAIL.fullmatch(address) else ""


def _name(typed: str) -> str:
    """The name as asked; of an e-mail address, what stands before its sign."""
    return replies.shown_name(one_line(typed.partition("\n")[0]))


def _date(message: email.message.Message) -> dt.datetime | None:
    """When it says that it was sent; None when that cannot be."""
    try:
        moment = email.utils.parsedate_to_datetime(str(message.get("Date", ""))[:200])
        return dated(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC))
    except (ValueError, TypeError, OverflowError):
        return None


def _text(message: email.message.Message) -> tuple[str, tuple[str, ...]]:
    """The first plain text, else the words of the first HTML; and what was left."""
    plain, rich, others = "", "", 0
    for part in _parts(message):
        kind = part.get_content_type()
        is_file = bool(part.get_filename()) or str(part.get("Content-Disposition", "")).lower().startswith("attachment")
        if kind == "text/plain" and not plain and not is_file:
            plain = _decoded(part)
        elif kind == "text/html" and not rich and not is_file:
            rich = html_words.of(_decoded(part))
        elif kind not in {"text/plain", "text/html"} or is_file:
            others += 1
    notes = (f"{others} pièce jointe laissée" if others == 1 else f"{others} pièces jointes laissées",) if others else ()
    return plain or rich, notes


def _parts(message: email.message.Message) -> Iterator[email.message.Message]:
    """Its leaves, in order, without recursion: a mail may hold mails without end."""
    waiting, seen = [message], 0
    while waiting and seen < _MOST_PARTS:
        part = waiting.pop()
        seen += 1
        inner = part.get_payload()
        if isinstance(inner, list):
            waiting += [one for one in reversed(inner) if isinstance(one, email.message.Message)]
        else:
            yield part


def _decoded(part: email.message.Message) -> str:
    """Its text, whatever it says of its own letters."""
    raw = part.get_payload(decode=True)
    return decoded(raw[:_MOST_LETTERS] if isinstance(raw, bytes) else b"", part.get_content_charset() or "")
