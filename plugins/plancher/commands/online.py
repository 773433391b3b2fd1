"""« invoke publish » with a target, « --dry-run », « --status » and « invoke rollback »."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import sys
import time
from collections.abc import Collection, Mapping
from pathlib import Path

from invoke.exceptions import Exit

from plancher.base import reasons
from plancher.base.terminal import on_one_line
from plancher.build.progress import Terminal
from plancher.commands import own_settings, sending
from plancher.commands.answers import place
from plancher.commands.answers.queue import QueueError
from plancher.commands.answers.tombstones import Tombstones
from plancher.commands.sending import Wishes
from plancher.publishing import manifest, report, secrets, session, targets, twins
from plancher.publishing.after import unannounced
from plancher.publishing.errors import PublishingError
from plancher.publishing.leasing import now
from plancher.publishing.manifest import Manifest
from plancher.publishing.targets import Ftps, Local, Sftp, Target
from plancher.publishing.work import Outcome, Work

_ALL = sys.maxsize
_INTERRUPTED = 130
_CACHE = Path(".cache", "online")
"""In the folder of the blog."""


def chosen(blog: Path) -> Target | None:
    """The target that publishconf.py names; None: it names none.

    :raises Exit: the file cannot be run.
    """
    return targets.of_settings(own_settings.published(blog))


def publish(blog: Path, site: Path, target: Target, wishes: Wishes) -> Collection[str]:
    """Put a finished site online, and say what was done; the files that changed for readers, those of a publication before it that was killed too.

    :raises Exit: it is not; the sentence says why, and what is true of the site online.
    """
    began, terminal = time.monotonic(), Terminal()
    tombstones = _to_forget(blog)
    work = dataclasses.replace(_work(blog, _with_twins(blog, site, target), wishes, terminal), is_forgetting=tombstones is not None)
    try:
        outcome = asyncio.run(session.publish(target, work, _environment(blog, target)))
    except PublishingError as error:
        raise Exit(f"Pas publié. {error}", 1) from None
    except KeyboardInterrupt:
        raise Exit("Interrompu. La même commande reprend là où elle en était.", _INTERRUPTED) from None
    finally:
        terminal.stop()
    how = "en une fois" if outcome.is_switched else "fichier par fichier"
    print(*report.planned(outcome.plan), sep="\n")
    if not outcome.plan.is_empty:
        print(f"En ligne, {how}, en {time.monotonic() - began:.1f} s.".replace(".", ",", 1))
    if tombstones is not None:
        _forgotten(tombstones, outcome)
    return unannounced.load(blog / _CACHE) | sending.changed(outcome.plan)


def _forgotten(tombstones: Tombstones, outcome: Outcome) -> None:
    """Say what is true of somebody who is to be forgotten.

    :raises Exit: something of a former site may still stand there.
    """
    if not outcome.is_alone:
        names = f" ({', '.join(map(on_one_line, outcome.plan.foreign))})" if outcome.plan.foreign else ""
        raise Exit(
            "Quelqu'un a demandé à être oublié : le site en ligne est à jour, mais cette destination garde d'autres fichiers ou d'anciennes versions, dont "
            f"nous ne savons pas s'ils le montrent{names}. Effacez chez votre hébergeur ceux qui sont au blog, puis recommencez.",
            1,
        )
    tombstones.left_the_web()
    print("Quelqu'un a demandé à être oublié : les versions d'avant sont effacées de la destination, et « invoke rollback » n'y revient plus.")


def dry_run(blog: Path, site: Path, target: Target, wishes: Wishes) -> None:
    """Show what would be done, with nothing in hand that could do it.

    :raises Exit: the target does not answer.
    """
    try:
        plan = asyncio.run(session.look(target, _work(blog, _with_twins(blog, site, target), wishes, Terminal()), _environment(blog, target)))
    except PublishingError as error:
        raise Exit(str(error), 1) from None
    print("Essai : rien n'est envoyé.", *report.planned(plan, _ALL), sep="\n")


def status(blog: Path) -> Target:
    """Show what is online; where.

    :raises Exit: there is no target, or it does not answer.
    """
    target = _needed(blog)
    try:
        found = asyncio.run(session.status(target, _environment(blog, target), blog / _CACHE))
    except PublishingError as error:
        raise Exit(str(error), 1) from None
    print(*report.state(found), sep="\n")
    return target


def rollback(blog: Path, wanted: str) -> None:
    """Return to a former release.

    :raises Exit: there is none.
    """
    target = _needed(blog)
    if _to_forget(blog) is not None:
        raise Exit("Rien n'a changé en ligne. Quelqu'un a demandé à être oublié, et les versions d'avant le montrent encore. D'abord : invoke publish.", 1)
    try:
        identifier = asyncio.run(session.rollback(target, wanted, _environment(blog, target), blog / _CACHE))
    except PublishingError as error:
        raise Exit(f"Rien n'a changé en ligne. {error}", 1) from None
    print(f"En ligne : la version {report.moment(identifier)}. « invoke publish » remet la dernière.")


def _to_forget(blog: Path) -> Tombstones | None:
    """Who asked to be forgotten, and may still stand online; None: nobody.

    :raises Exit: pelicanconf.py, or the queue, cannot be read; a command that was to forget was cut short, so that the texts still hold it.
    """
    try:
        found = Tombstones(place.queue_of(blog, own_settings.answer_settings(blog).queue))
        is_cut, is_online = found.unfinished is not None, found.is_online
    except QueueError as error:
        raise Exit(f"Rien n'a changé en ligne : {error}", 1) from None
    if is_cut:
        raise Exit("Rien n'a changé en ligne : un oubli a été interrompu avant sa fin. Relancez d'abord « invoke answers.forget », comme la première fois.", 1)
    return found if is_online else None


def _work(blog: Path, site: Path, wishes: Wishes, terminal: Terminal) -> Work:
    return Work(
        site=site,
        new=_manifest(site),
        checkpoint=blog / _CACHE / "en-cours",
        confirm=lambda plan: sending.begin(blog / _CACHE, plan, wishes),
        on_progress=lambda _done, _total: terminal.step("Envoi"),
        is_adopting=wishes.is_adopting,
        host=own_settings.host(blog),
    )


def _with_twins(blog: Path, site: Path, target: Target) -> Path:
    """What is to be sent.

    :raises Exit: the disk of this machine is full.
    """
    if not isinstance(target, Local | Sftp | Ftps):
        return site
    terminal = Terminal()
    try:
        return twins.prepared(site, blog / _CACHE, target.server, lambda: terminal.step("Compression"))
    except OSError as error:
        raise Exit(f"Pas publié : les fichiers comprimés n'ont pas pu être faits ({reasons.of_a_disk(error)}). Rien n'a changé en ligne.", 1) from None
    finally:
        terminal.stop()


def _needed(blog: Path) -> Target:
    target = chosen(blog)
    if target is None:
        raise Exit('publishconf.py ne dit pas où publier. Ajoutez-y par exemple « PUBLISH = Local("/srv/www/blog") », de « plancher.publishing ».', 1)
    return target


def _manifest(site: Path) -> Manifest:
    try:
        return manifest.of_folder(site, manifest.identifier_at(now()))
    except OSError as error:
        raise Exit(f"Pas publié : {error.filename} ({reasons.of_a_disk(error)}).", 1) from None


def _environment(blog: Path, target: Target) -> Mapping[str, str]:
    """:raises PublishingError: secrets lie where others may read them."""
    if isinstance(target, Local):
        return {}
    return secrets.gathered(blog, *targets.account(target), targets.SECRETS, os.environ)
