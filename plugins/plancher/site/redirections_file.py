"""``content/redirections.txt``: one former address a line, and where it leads now.

« /ancienne/adresse/ → /nouvelle/adresse/ ». The left side may have a query
(« /?p=123 »), or end with a star, which stands for whatever follows. The right
side may be a whole address. A line that begins with « # » is a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from plancher.base import addresses, files, former_address, links
from plancher.base.french import clip
from plancher.base.problems import Problem
from plancher.site.redirect import Redirect, safe

FILE = "redirections.txt"
"""From the content folder."""
_ARROW = re.compile(r"\s+(?:→|->|=>)\s+")
_LONGEST = 60
_EXPECTED = "Écrivez « /ancienne/adresse/ → /nouvelle/adresse/ »."


def load(content: Path, site: str) -> tuple[list[Redirect], list[Problem]]:
    """What the file says, and the lines of it that say nothing.

    :param content: the content folder.
    :param site: the address of the site.
    """
    path = content / FILE
    if not path.is_file():
        return [], []
    try:
        text = files.read_text(path)
    except files.UnreadableError as error:
        return [], [Problem(1, "PDV140", f"ce fichier ne peut pas être lu : {error}.")]
    found = list(parse(text, site))
    return [item for item in found if isinstance(item, Redirect)], [item for item in found if isinstance(item, Problem)]


def parse(text: str, site: str) -> Iterator[Redirect | Problem]:
    """The redirection of each line, or what is wrong with it."""
    for number, typed in enumerate(text.split("\n"), 1):
        line = typed.strip()
        if not line or line.startswith("#"):
            continue
        sides = _ARROW.split(line)
        if len(sides) != 2:  # noqa: PLR2004 - left and right
            yield Problem(number, "PDV140", f"« {clip(files.shown(line), _LONGEST)} » ne se lit pas. {_EXPECTED}")
            continue
        try:
            source, target = former_address.parse_prefix(sides[0], site), _target(sides[1], site)
        except ValueError as error:
            yield Problem(number, "PDV140", f"« {clip(files.shown(line), _LONGEST)} » refusé : {error}. {_EXPECTED}")
        else:
            yield Redirect(source=source, target=target, path=FILE, line=number)


def _target(typed: str, site: str) -> str:
    """Where a line leads: an address from the root of the site, or a whole one.

    :raises ValueError: it is neither.
    """
    if re.match("https?://", typed, re.IGNORECASE):
        if not addresses.is_web(typed.replace(" ", "%20")):
            raise ValueError("l'adresse de droite ne se lit pas")
        inside = typed.removeprefix(site.rstrip("/")) if site and f"{typed}/".startswith(f"{site.rstrip('/')}/") else ""
        return safe(inside) if inside.startswith("/") else safe(typed)
    if not links.is_rooted(typed):
        raise ValueError("à droite, une adresse commence par « / » ou par « https:// »")
    former_address.parse(typed)  # the same signs are refused on both sides
    return "/" + safe(links.within(typed, site) if links.path_of(site) else typed.lstrip("/"))
