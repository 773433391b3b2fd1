"""What the site has published under an address, kept in the content folder as a text that git shows and merges.

One line a thing, sorted: « articles/2024/un#preuve-1 : du bruit » is an anchor
of a post and what stands there. « → » in the place of « : » is the author's
answer once it is gone: nobody is warned of it any more. A line that begins with
a slash is an address (``site.standing``): of a text it says which it was.
"""

from __future__ import annotations

import collections
import dataclasses
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from plancher.base import atomic, files
from plancher.base.problems import Problem
from plancher.site import redirections_file, standing
from plancher.site.standing import Stood

FILE = "adresses.txt"
"""From the content folder."""
HEAD = "# Ce que le site a publié : « invoke publish » tient cette liste, gardez-la dans git. Disparu exprès : « → rien » à la place des mots."
_LINE = re.compile(r"(?P<post>.+?)#(?P<anchor>[^\s#]+) (?P<sign>:|→|->)(?: (?P<rest>.*))?")
_OF_AN_ADDRESS = f"Une adresse disparue exprès : « /adresse/ → rien » ; là où elle mène désormais se dit dans content/{redirections_file.FILE}."
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
    addresses: Mapping[str, tuple[Stood, ...]] = dataclasses.field(default_factory=dict)
    """What stood at each address; several when branches differ."""
    let_go: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """The addresses that the author has given up, and his line."""

    @property
    def address_lines(self) -> list[str]:
        """The lines of addresses, as they are."""
        return [*(str(one) for known in self.addresses.values() for one in known), *self.let_go.values()]


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
    addresses: dict[str, tuple[Stood, ...]] = {}
    let_go: dict[str, str] = {}
    problems = []
    for number, typed in enumerate(text.split("\n"), 1):
        line = typed.strip()
        found = _LINE.fullmatch(line)
        if line.startswith("/"):
            stood = standing.parse(line, number)
            if stood is None:
                problems.append(Problem(number, "PDV065", f"cette ligne ne se lit pas : « {files.shown(line[:40])} ». {_OF_AN_ADDRESS}"))
            elif stood.is_let_go:
                let_go[stood.address] = line
            else:
                addresses[stood.address] = (*addresses.get(stood.address, ()), stood)
        elif found and found["sign"] == ":":
            known = anchors[found["post"]].get(found["anchor"], ())
            anchors[found["post"]][found["anchor"]] = tuple(dict.fromkeys((*known, found["rest"] or "")))
            lines.setdefault((found["post"], found["anchor"]), number)
        elif found:
            answered[found["post"], found["anchor"]] = line
        elif line and not line.startswith("# "):
            advice = "Écrivez « texte#ancre : mots », et retirez les marques qu'une fusion de git a laissées."
            problems.append(Problem(number, "PDV065", f"cette ligne ne se lit pas : « {files.shown(line[:40])} ». {advice}"))
    return Public(anchors, lines, answered, addresses, let_go), problems


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
