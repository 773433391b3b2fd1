"""The mail that is ready for a reader: its subject, and the questions in its body; and how these are found again in an answer."""

from __future__ import annotations

import dataclasses
import re
import urllib.parse
from collections.abc import Mapping

from plancher.components.answers.questions import ANSWER, CAUTION, QUESTIONS

MARK = "appel-"
"""Before the token, in the subject."""
_TOKEN = re.compile(r"(?<![\w-])appel-([0-9a-f]{8})(?![\w-])", re.IGNORECASE)
_LONGEST_SUBJECT = 80


def _pattern(label: str) -> str:
    """A label as a mail program may have cut it: other spaces, other apostrophes, lines that begin with « > »."""
    words = [re.escape(word).replace("'", "['’]") for word in label.split()]
    return r"(?:\s|>)+".join(words).replace(r"(?:\s|>)+\?", r"(?:\s|>)*\?").replace(r"(?:\s|>)+:", r"(?:\s|>)*:")


_LABELS = tuple((question.name, question.in_mail) for question in QUESTIONS)
"""Each stands on a line of its own."""
_ANY = re.compile("|".join(f"(?P<{name}>{_pattern(label)})" for name, label in _LABELS), re.IGNORECASE)

_AFTER = re.compile(_pattern(CAUTION.in_mail), re.IGNORECASE)
"""What stands below the last words, a signature say, answers no question."""


@dataclasses.dataclass(frozen=True, slots=True)
class Letter:
    """A mail to write."""

    address: str
    question: str
    token: str

    @property
    def subject(self) -> str:
        """It bears the token, without which no mail is read."""
        question = " ".join(self.question.split())[:_LONGEST_SUBJECT]
        return f"{question} [{MARK}{self.token}]".strip()

    @property
    def body(self) -> str:
        """What a reader fills in."""
        return "\n\n".join((*(f"{label}\n" for _, label in _LABELS), CAUTION.in_mail))

    @property
    def link(self) -> str:
        """``mailto:`` (RFC 6068): line ends are CRLF, all signs are percent-encoded."""
        subject, body = (urllib.parse.quote(text.replace("\n", "\r\n"), safe="") for text in (self.subject, self.body))
        return f"mailto:{urllib.parse.quote(self.address, safe='@')}?subject={subject}&body={body}"


def token_in(subject: str) -> str:
    """The token of a subject, whatever « Re: » stands before it; empty: it has none."""
    found = _TOKEN.search(subject)
    return found[1].lower() if found else ""


def parts(text: str) -> Mapping[str, str]:
    """What stands after each label of a mail, by the name of the label.

    The answer of whoever wrote nothing at its place is what stands above all
    labels: many write there. Without any label it is all of the text.
    """
    labels = list(_ANY.finditer(text))
    if not labels:
        return {ANSWER: text.strip()}
    found: dict[str, str] = {}
    ends = [*(label.start() for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=True):
        value = _AFTER.split(text[label.end() : end], maxsplit=1)[0].strip(" \t\r\n>:")
        found.setdefault(label.lastgroup or "", value)
    return found if found.get(ANSWER) else {**found, ANSWER: text[: labels[0].start()].strip(" \t\r\n>:")}


_YES, _NO = re.compile(r"\b(?:oui|yes|ok|d['’]accord)\b", re.IGNORECASE), re.compile(r"\b(?:non|no|pas|jamais|ni)\b", re.IGNORECASE)


def consent(value: str) -> bool | None:
    """What was answered to a question of yes or no; None: neither, or both."""
    yes, no = _YES.search(value), _NO.search(value)
    return None if bool(yes) == bool(no) else bool(yes)
