"""What nothing can be made of: told where a text shows it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from pathlib import Path

from plancher.base import files
from plancher.base.problems import Problem
from plancher.markdown.record import Record
from plancher.site.site_checks import Found


def pictures_can_be_shown(refused: Mapping[str, str], root: Path, records: Iterable[Record]) -> Found:
    """A picture of which nothing can be made is not published, and the texts that show it lack it.

    :param refused: why, by path from the content folder.
    """
    told = set()
    for record in records if refused else ():
        for name in sorted(refused.keys() & {*record.consulted, record.image}):
            told.add(name)
            line = record.line("image") if name == record.image else _line(root / record.path, posixpath.basename(name))
            yield record.path, Problem(line, "PDV056", f"« {name} » : {refused[name]}.")
    for name in sorted(refused.keys() - told):
        yield name, Problem(1, "PDV056", f"{refused[name]}.")


def _line(text: Path, name: str) -> int:
    """The first line that names a file; 1 when none does, or nobody can tell."""
    try:
        lines = files.read_text(text).splitlines()
    except files.UnreadableError:
        return 1
    spelt = {name, name.replace(" ", "%20")}
    return next((number for number, line in enumerate(lines, 1) if any(one in line for one in spelt)), 1)
