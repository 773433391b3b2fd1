"""« invoke answers.fetch »: each source in turn, from where the last fetch stopped. One that fails stops no other."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import ssl
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from plancher.base.files import UnreadableError
from plancher.base.french import plural
from plancher.base.owner_secrets import SecretError
from plancher.commands.answers import form_source, secrets_of_owner
from plancher.commands.answers.queue import Queue
from plancher.commands.answers.receiver.box import BoxError
from plancher.commands.answers.taking_in import TakingIn, Tally
from plancher.commands.answers.web_sources import WebSources
from plancher.components.answers.asked import Asked
from plancher.components.answers.letter import MARK
from plancher.components.answers.settings import AnswerSettings
from plancher.importing.answers import mail_files, mails
from plancher.importing.answers.model import Left
from plancher.web import mailbox
from plancher.web.mailbox import Mailbox, MailboxError

Tell = Callable[[str], None]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a fetch is asked for."""

    blog: Path
    settings: AnswerSettings
    asked: Sequence[Asked]
    files: Sequence[Path] = ()
    """Of mails, or a copy of the form's database; when there is one, nothing else is read."""
    context: ssl.SSLContext | None = None
    """Which certificates are believed; None: those of the system."""


def fetch(queue: Queue, wishes: Wishes, tell: Tell) -> tuple[Tally, bool]:
    """Read the sources; what was done, and whether all of them could be read."""
    with queue.opened():
        asked = queue.remember({one.token: one for one in wishes.asked})
        erased = queue.purge(wishes.settings.refused_days)
        if erased:
            tell(f"{plural(erased, 'réponse refusée est effacée', 'réponses refusées sont effacées')}, après {wishes.settings.refused_days} jours.")
        run = TakingIn(queue, asked, wishes.settings.most)
        if wishes.files:
            failures = [why for path in wishes.files if (why := _from_file(run, path, wishes.settings, tell))]
        else:
            failures = [why for source in (_from_mailbox, _from_form, _from_web) for why in source(queue, run, wishes)]
        for why in failures:
            tell(why)
        return run.tally, not failures


def _from_file(run: TakingIn, path: Path, mine: AnswerSettings, tell: Tell) -> str:
    """Why a file cannot be read; empty: it was."""
    try:
        if not form_source.is_copy(path):
            run.take_all(mail_files.read(path, mine.mail_size, mine.authserv_id))
        elif last := form_source.from_copy(run, path):
            tell(f"Pour effacer sur le serveur ce qui est relevé : invoke answers.receive --erase={last}")
    except (UnreadableError, BoxError) as error:
        return f"{path} ne se lit pas : {error}."
    return ""


def _from_form(_queue: Queue, run: TakingIn, wishes: Wishes) -> Iterable[str]:
    """Why the receiver of the form cannot be read; whoever gives no token brings its database by --file."""
    try:
        token = secrets_of_owner.find(secrets_of_owner.RECEIVER, wishes.blog) if wishes.settings.form else ""
        why = form_source.from_receiver(run, wishes.settings, token) if token else ""
    except SecretError as error:
        why = str(error)
    if why:
        yield why


def _from_mailbox(queue: Queue, run: TakingIn, wishes: Wishes) -> Iterable[str]:
    """Why the mailbox cannot be read."""
    mine = wishes.settings
    if not mine.imap_host:
        return
    try:
        password = secrets_of_owner.of_mailbox(wishes.blog, mine)
        if not password:
            name = secrets_of_owner.IMAP
            yield f"Boîte {mine.imap_host} : donnez son mot de passe dans {name}, ou le chemin d'un fichier qui l'a dans {name}_FILE."
            return
        _read_mailbox(queue, run, _mailbox(wishes, password), mine)
    except (MailboxError, SecretError) as error:
        yield f"Boîte {mine.imap_host} : {error}"


def _mailbox(wishes: Wishes, password: str) -> Mailbox:
    mine = wishes.settings
    return Mailbox(
        host=mine.imap_host,
        port=mine.imap_port,
        user=mine.imap_user,
        password=password,
        folder=mine.imap_folder,
        timeout=mine.timeout,
        context=wishes.context,
    )


def _read_mailbox(queue: Queue, run: TakingIn, box: Mailbox, mine: AnswerSettings) -> None:
    """Each mail is in the queue before it counts as read: whatever stops a fetch, the next one goes on from there."""
    name = f"imap:{box.host}:{box.user}:{box.folder}"
    validity, uid = (int(part) for part in queue.cursors().get(name, "0 0").split())
    for mail in mailbox.mails(box, MARK, (validity, uid), mine.mail_size):
        one = Left(f"courriel de plus de {mine.mail_size} octets") if mail.raw is None else mails.read(mail.raw, mine.authserv_id)
        if not run.take(one):
            return
        queue.save_cursor(name, f"{mail.validity} {mail.uid}")


def _from_web(queue: Queue, run: TakingIn, wishes: Wishes) -> Iterable[str]:
    """Why public replies and webmentions cannot be read."""
    return asyncio.run(_read_web(queue, run, wishes))


async def _read_web(queue: Queue, run: TakingIn, wishes: Wishes) -> list[str]:
    sources = WebSources(queue=queue, settings=wishes.settings, asked=wishes.asked, blog=wishes.blog, tally=run.tally)
    async with contextlib.aclosing(sources.read()) as found:
        async for one in found:
            if not run.take(one):
                break
    return sources.failures
