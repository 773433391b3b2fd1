"""« invoke check --fix »: a public address that a text has left leads to it again."""

from __future__ import annotations

import collections
import json
from collections.abc import Iterable
from pathlib import Path

from invoke.exceptions import Exit

from plancher.base import reasons
from plancher.build.public_addresses import CORRECTIONS
from plancher.commands import step
from plancher.commands.history import History, HistoryError
from plancher.commands.step import FileChange
from plancher.site import redirections_file
from plancher.text import alias_line

_COMMAND = "check"
Correction = tuple[str, str, str]
"""A former address, where it leads, and the file of the text that stands there; empty: none."""


def forget(folder: Path) -> None:
    """Take away what an earlier check has left: one that cannot be made leaves nothing in its place.

    :raises Exit: it cannot be taken away.
    """
    try:
        (folder / CORRECTIONS).unlink(missing_ok=True)
    except OSError as error:
        raise Exit(f"Rien n'a changé : {error.filename or folder} ne peut pas être effacé ({reasons.of_a_disk(error)}).", 1) from None


def fix(blog: Path, folder: Path) -> None:
    """Write what a check has found sure, and tell it; nothing is written when one file cannot be.

    :param folder: where the check has left it.
    :raises Exit: nothing could be written.
    """
    try:
        found: list[Correction] = [tuple(one) for one in json.loads((folder / CORRECTIONS).read_text(encoding="utf-8"))]
        changes, told = _changes(blog / "content", found)
        if changes:
            History(blog, print).make(_COMMAND, "invoke check --fix", changes)
    except FileNotFoundError:  # the check itself could not be made, and has said why
        return
    except HistoryError as error:
        raise Exit(f"Rien n'a changé : {error}", 1) from None
    except OSError as error:
        raise Exit(f"Rien n'a changé : {error.filename or folder} ne peut pas être lu ({reasons.of_a_disk(error)}).", 1) from None
    if told:
        print("\n".join([*told, f"Pour défaire : invoke {_COMMAND} --undo"]))
    else:
        print("Aucune ancienne adresse à ajouter.")


def _changes(content: Path, found: Iterable[Correction]) -> tuple[list[FileChange], list[str]]:
    """The files with what they lack, and what is said of each."""
    of_texts: dict[str, list[Correction]] = collections.defaultdict(list)
    for one in found:
        of_texts[one[2]].append(one)
    lines, changes, told = of_texts.pop("", []), [], []
    for name, own in sorted(of_texts.items()):
        before = (content / name).read_bytes()
        after = before
        for one in own:
            longer = alias_line.added(after, one[0])
            if longer is None:
                lines.append(one)
            else:
                after = longer
                told.append(f"content/{name} : « Aliases: {one[0]} » ajouté.")
        changes.append(FileChange(content / name, before, after))
    if lines:
        path = content / redirections_file.FILE
        before_lines = step.content(path)
        changes.append(FileChange(path, before_lines, _with_lines(before_lines or b"", lines)))
        told += [f"content/{redirections_file.FILE} : « {former} → {present} » ajouté." for former, present, _ in lines]
    return changes, told


def _with_lines(before: bytes, lines: Iterable[Correction]) -> bytes:
    end = b"\r\n" if b"\r\n" in before else b"\n"
    start = before if not before or before.endswith(b"\n") else before + end
    return start + b"".join(f"{former} → {present}".encode() + end for former, present, _ in lines)
