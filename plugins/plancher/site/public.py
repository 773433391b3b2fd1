"""What the site has published under an address, kept in the content folder as a text that git shows and merges.

One line a thing, sorted: « articles/2024/un#preuve-1 : du bruit » is an anchor
of a post and what stands there. « → » in the place of « : » is the author's
answer once it is gone: nobody is warned of it any more. Lines that begin with
a slash, which are no anchors, are kept as they are: they are for addresses.
"""

from __future__ import annotations

import collections
import dataclasses
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from plancher.base import atomic, files
from plancher.base.problems import Problem

FILE = "adresses.txt"
"""From the content folder."""
HEAD = "# Ce que le site a publié : « invoke publish » tient cette liste, gardez-la dans git. Une ancre disparue exprès : « → rien » à la place de ses mots."
_LINE = re.compile(r"(?P<post>.+?)#(?P<anchor>[^\s#]+) (?P<sign>:|→|->)(?: (?P<rest>.*))?")
_MOST = 50_000_000
"""Bytes of a file that somebody may have put there by mistake."""


@dataclasses.dataclass(frozen=True, slots=True)
class Public:
    """What was published."""

    anchors: Mapping[str, Mapping[str, tuple[str, ...]]] = dataclasses.field(default_factory=dict)
    """For each post, by its identifier, each anchor and the words that stood there; several when branches differ."""
    lines: Mapping[tuple[str, str], int] = dataclasses.field(default_factory=dict)
    """Where the file says so."""
    answered: Mapping[tuple[str, str], str] = dataclasses.field(default_factory=dict)
    """The anchors of which the author has said what became, and his line."""
    others: tuple[str, ...] = ()
    """Lines of another kind."""


def load(path: Path) -> tuple[Public, list[Problem]]:
    """The list; an empty one when there is none, or none that can be read."""
    try:
        if not path.is_file():
            return Public(), []
        if path.stat().st_size > _MOST:
            return Public(), [Problem(1, "PDV065", "ce fichier est trop gros pour être la liste des ancres publiées. Rendez-lui sa dernière version.")]
        return parse(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return Public(), [Problem(1, "PDV065", "ce fichier ne peut pas être lu, ou n'est pas en UTF-8. Rendez-lui sa dernière version, ou retirez-le.")]


def parse(text: str) -> tuple[Public, list[Problem]]:
    """The list, and the lines of it that nobody understands."""
    anchors: dict[str, dict[str, tuple[str, ...]]] = collections.defaultdict(dict)
    lines: dict[tuple[str, str], int] = {}
    answered: dict[tuple[str, str], str] = {}
    others, problems = [], []
    for number, typed in enumerate(text.split("\n"), 1):
        line = typed.strip()
        found = _LINE.fullmatch(line)
        if line.startswith("/"):
            others.append(line)
        elif found and found["sign"] == ":":
            known = anchors[found["post"]].get(found["anchor"], ())
            anchors[found["post"]][found["anchor"]] = tuple(dict.fromkeys((*known, found["rest"] or "")))
            lines.setdefault((found["post"], found["anchor"]), number)
        elif found:
            answered[found["post"], found["anchor"]] = line
        elif line and not line.startswith("# "):
            advice = "Écrivez « texte#ancre : mots », et retirez les marques qu'une fusion de git a laissées."
            problems.append(Problem(number, "PDV065", f"cette ligne ne se lit pas : « {files.shown(line[:40])} ». {advice}"))
    return Public(anchors, lines, answered, tuple(others)), problems


def text(kept: Iterable[str]) -> str:
    """The file, its lines in the order that git merges best."""
    return "\n".join([HEAD, *sorted(set(kept))]) + "\n"


def line(post: str, anchor: str, words: str) -> str:
    """One anchor."""
    return f"{post}#{anchor} : {' '.join(words.split())}".rstrip()


def write(path: Path, made: str) -> bool:
    """Put the list in its place, whole, if it has changed.

    :returns: whether it had.
    :raises OSError: the folder cannot be written.
    """
    if (path.read_text(encoding="utf-8") if path.is_file() else "") == made:
        return False
    atomic.write(path, made.encode())
    return True
