"""Before the first byte leaves: the owner is asked about what is unusual, and what readers will see changed is noted."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

from plancher.base import reasons
from plancher.publishing import report, twins
from plancher.publishing.after import unannounced
from plancher.publishing.errors import PublishingError
from plancher.publishing.plan import Plan


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the owner typed."""

    is_adopting: bool = False
    is_agreeing: bool = False
    """Whether what would be asked is answered already."""


def begin(cache: Path, plan: Plan, wishes: Wishes) -> None:
    """Note what is about to change, once nothing is left to ask.

    :param cache: a folder of this machine that may be forgotten at any time.
    :raises PublishingError: the owner says no, or the disk of this machine does.
    """
    _confirm(plan, wishes)
    try:
        unannounced.add(cache, changed(plan))
    except OSError as error:
        raise PublishingError(f"{error.filename} ({reasons.of_a_disk(error)}). Rien n'a changé en ligne.") from error


def _confirm(plan: Plan, wishes: Wishes) -> None:
    """Ask before more goes than a normal day takes away.

    :raises PublishingError: the owner says no, or nobody is there to ask.
    """
    if not plan.must_ask or wishes.is_agreeing:
        return
    question = f"{len(plan.retiring)} fichiers sur {plan.online} ne seront plus en ligne."
    if sys.stdin is None or not sys.stdin.isatty():  # none: it was closed
        raise PublishingError(f"{question} Si c'est voulu, ajoutez --yes ; « --dry-run » en donne la liste. Rien n'a changé.")
    print(*report.planned(plan), sep="\n")
    if input(f"{question} Continuer ? (o/n) ").strip().lower() not in {"o", "oui", "y", "yes"}:
        raise PublishingError("Rien n'a changé.")


def changed(plan: Plan) -> set[str]:
    """The files that change for readers."""
    return {path for path in (*plan.sent, *plan.retiring) if not twins.file_of(path)}
