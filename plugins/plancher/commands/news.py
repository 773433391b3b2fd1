"""What changes for a blog from one version of the engine to the next, in the words of the changelog.

``python -m plancher.commands.news 0.1.0`` says it with the engine that is
installed: « invoke upgrade » calls it once the new one is in its place.
"""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from plancher.base import files, theme_folder
from plancher.site import overrides

_SECTION = re.compile(r"## (?:(?P<version>\d[\w.]*)|À venir)\b")
_TO_DO = "À faire : "
"""How a line of the changelog begins when an owner has something to do."""
_PACKAGE = Path(__file__).resolve().parent.parent


@dataclasses.dataclass(frozen=True, slots=True)
class News:
    """The lines of the changelog between two versions."""

    changes: tuple[str, ...]
    to_do: tuple[str, ...]
    """What owners must do, without its first words."""


def news(changelog: str, since: str) -> News:
    """What is newer than a version.

    :param since: « 0.1.0 ».
    """
    lines = list(_newer(changelog.splitlines(), since))
    return News(
        changes=tuple(line for line in lines if not line.startswith(_TO_DO)),
        to_do=tuple(line.removeprefix(_TO_DO) for line in lines if line.startswith(_TO_DO)),
    )


def _newer(lines: Sequence[str], since: str) -> Iterator[str]:
    """The points of the sections above that of a version: the newest stands first."""
    inside = False
    for line in lines:
        section = _SECTION.match(line)
        if section:
            version = section["version"]
            if version is not None and rank(version) <= rank(since):
                return
            inside = True
        elif inside and line.startswith("- "):
            yield line.removeprefix("- ")


def rank(version: str) -> tuple[int, ...]:
    """The numbers of a version, to compare it: 0.10 is newer than 0.9."""
    return tuple(int(number) for number in re.findall(r"\d+", version))


def changelog() -> str:
    """The changelog of this engine: in the installed package, or at the root of its repository."""
    installed = _PACKAGE / "CHANGELOG.md"
    return files.read_text(installed if installed.is_file() else _PACKAGE.parent.parent / "CHANGELOG.md")


def told(found: News, outdated: Sequence[str]) -> Iterator[str]:
    """The lines an owner reads.

    :param outdated: the names of his own templates and styles whose originals have changed.
    """
    if found.changes:
        yield "Ce qui change pour votre blog :"
        yield from (f"  - {change}" for change in found.changes)
    to_do = [*found.to_do, *(f"relisez theme/{name}, dont l'original a changé (invoke theme.diff {name})." for name in outdated)]
    yield "Ce que vous avez à faire :" if to_do else "Vous n'avez rien à faire."
    yield from (f"  - {item}" for item in to_do)


def main(since: str, blog: Path) -> None:
    """Print it."""
    outdated = [item.name for item in overrides.overrides(theme_folder.engine(), blog / "theme") if item.is_outdated]
    for line in told(news(changelog(), since), outdated):
        print(line)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # a stream of this process
    main(sys.argv[1], Path.cwd())
