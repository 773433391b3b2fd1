"""The mail that is ready for a reader: what its subject and its body ask, each thing apart; and how these lines are found again in an answer."""

from __future__ import annotations

import dataclasses
import re
import urllib.parse
from collections.abc import Mapping

MARK = "appel-"
"""Before the token, in the subject."""
_TOKEN = re.compile(r"(?<![\w-])appel-([0-9a-f]{8})(?![\w-])", re.IGNORECASE)
_LONGEST_SUBJECT = 80

ANSWER, BEFORE, AFTER, PUBLISH, NAME, COUNT, AGE = "answer", "before", "after", "publish", "name", "count", "age"
_LABELS: Mapping[str, str] = {
    ANSWER: "Ma réponse, en une phrase :",
    BEFORE: "Avant, en chiffre ou en mots (facultatif) :",
    AFTER: "Après, de même (facultatif) :",
    PUBLISH: "Peut-elle être publiée ? (oui ou non)",
    NAME: "Sous quel nom ? (vide : sans nom)",
    COUNT: "Peut-elle compter au registre des preuves, sous la licence du blog ? (oui ou non)",
    AGE: "J'ai 15 ans ou plus, ou l'accord de mes parents (oui ou non) :",
}
"""Each stands on a line of its own; no answer is given beforehand."""
_ADVICE = "N'écrivez rien de personnel sur d'autres que vous."


def _pattern(label: str) -> str:
    """A label as a mail program may have cut it: other spaces, other apostrophes, lines that begin with « > »."""
    words = [re.escape(word).replace("'", "['’]") for word in label.split()]
    return r"(?:\s|>)+".join(words).replace(r"(?:\s|>)+\?", r"(?:\s|>)*\?").replace(r"(?:\s|>)+:", r"(?:\s|>)*:")


_ANY = re.compile("|".join(f"(?P<{name}>{_pattern(label)})" for name, label in _LABELS.items()), re.IGNORECASE)

_AFTER = re.compile(_pattern(_ADVICE), re.IGNORECASE)
"""What stands below the advice, a signature say, answers no question."""


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
        return "\n\n".join((*(f"{label}\n" for label in _LABELS.values()), _ADVICE))

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
