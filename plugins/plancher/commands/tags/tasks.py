"""What « invoke tags.… » does, for an author at a terminal."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from invoke.exceptions import Exit

from plancher.commands.history import History
from plancher.commands.tags import upkeep
from plancher.commands.tags.upkeep import TagChange, TaggedTexts, UpkeepError


def rename(root: Path, old: str, new: str, *, dry_run: bool) -> None:
    """Rename a tag everywhere."""
    _change(root, lambda tagged: upkeep.rename(tagged, old, new), "tags.rename", f'invoke tags.rename "{old}" "{new}"', dry_run=dry_run)


def merge(root: Path, others: str, into: str, *, dry_run: bool) -> None:
    """Merge tags, separated by commas, under one of their names."""
    names = list(filter(None, map(str.strip, others.split(","))))
    _change(root, lambda tagged: upkeep.merge(tagged, names, into), "tags.merge", f'invoke tags.merge "{others}" "{into}"', dry_run=dry_run)


def unused(root: Path, *, remove: bool) -> None:
    """List the tags of the registry that no post bears; perhaps remove them."""

    def look(tagged: TaggedTexts) -> TagChange | None:
        names = upkeep.unused(tagged)
        none = "Chaque mot-clé du registre sert au moins une fois." if tagged.vocabulary.entries else "Le registre n'a pas de mot-clé."
        print("\n".join(names) or none)
        return upkeep.forget(tagged, names) if remove and names else None

    _change(root, look, "tags.unused", "invoke tags.unused --remove", dry_run=False)


def _change(root: Path, work: Callable[[TaggedTexts], TagChange | None], command: str, words: str, *, dry_run: bool) -> None:
    """Change tags in the content folder, and tell what; or only tell.

    :param words: the whole command, as the author may recognise it.
    :raises Exit: nothing could be changed.
    """
    try:
        change = work(upkeep.load(Path(os.path.relpath(root / "content"))))
        if change is not None and not dry_run:
            change.write(History(root, print), command, words)
    except UpkeepError as error:
        raise Exit(f"Rien n'a changé : {error}", 1) from None
    if change is not None:
        end = "Essai seulement : rien n'a été écrit." if dry_run else f"Pour défaire : invoke {command} --undo" if change.files else ""
        print("\n".join(filter(None, (*change.messages, end))))
