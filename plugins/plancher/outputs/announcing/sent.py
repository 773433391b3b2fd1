"""``content/webmentions.txt``: which page was told of which post, and in which state, as sorted text that git shows and merges."""

from __future__ import annotations

import dataclasses
import enum
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from plancher.base import atomic, files

FILE = "webmentions.txt"
"""From the content folder."""
_HEAD = "# Les pages citées, et ce qu'elles ont su : « invoke publish » tient cette liste, gardez-la dans git. Une ligne ôtée : tout est dit à nouveau."
_LINE = re.compile(
    r"(?P<source>/\S*) → (?P<target>\S+) : (?P<result>envoyée|ne reçoit rien|refusée|à refaire)(?: \((?P<failures>\d)\))?"
    r" le (?P<day>\d{4}-\d\d-\d\d), texte (?P<digest>[0-9a-f]+)"
)
_LONGEST = 2000
"""Characters of a target that is told: longer ones are no address that somebody typed."""


class Result(enum.StrEnum):
    """What became of a webmention."""

    SENT = "envoyée"
    NOWHERE = "ne reçoit rien"
    """The page names nobody who takes webmentions."""
    REFUSED = "refusée"
    RETRY = "à refaire"


class Link(NamedTuple):
    """A post and what it cites."""

    source: str
    """The address of the post, from the root of the site."""
    target: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What is known of one link."""

    result: Result
    day: str
    """Of the last attempt, ISO 8601."""
    digest: str
    """Of the text that the page was told of."""
    failures: int = 0
    """How often in a row nobody answered."""


Known = Mapping[Link, Sent]


def parse(text: str) -> tuple[dict[Link, Sent], list[int]]:
    """What is known of each link, and the numbers of the lines that nobody understands.

    Two branches of git may each have a line for a link: the later one counts.
    """
    known: dict[Link, Sent] = {}
    wrong = []
    for number, typed in enumerate(text.split("\n"), 1):
        line = typed.strip()
        if not line or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            wrong.append(number)
            continue
        link = Link(found["source"], found["target"])
        sent = Sent(result=Result(found["result"]), day=found["day"], digest=found["digest"], failures=int(found["failures"] or 0))
        if link not in known or (known[link].day, known[link].result is Result.SENT) < (sent.day, sent.result is Result.SENT):
            known[link] = sent
    return known, wrong


def text(known: Known) -> str:
    """The whole file."""
    return "\n".join([_HEAD, *sorted(_line(link, sent) for link, sent in known.items()), ""])


def load(path: Path) -> tuple[dict[Link, Sent], list[int]]:
    """What a file says; nothing when there is none.

    :raises UnreadableError: it cannot be read.
    """
    return parse(files.read_text(path)) if path.exists() else ({}, [])


def save(path: Path, known: Known) -> bool:
    """Replace the file in one step; whether it changed."""
    content = text(known).encode()
    if (not known and not path.exists()) or (path.exists() and path.read_bytes() == content):
        return False
    atomic.write(path, content)
    return True


def may_be_kept(target: str) -> bool:
    """Whether a line can hold this address."""
    return len(target) <= _LONGEST and target.isprintable() and not re.search(r"\s", target)


def _line(link: Link, sent: Sent) -> str:
    again = f" ({sent.failures})" if sent.failures else ""
    return f"{link.source} → {link.target} : {sent.result}{again} le {sent.day}, texte {sent.digest}"
