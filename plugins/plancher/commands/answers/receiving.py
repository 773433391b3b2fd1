"""« invoke answers.receive »: serves the form of a blog, or looks after the database where its answers wait."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from plancher.base import atomic, files
from plancher.base.french import plural
from plancher.base.identity import Identity
from plancher.commands.answers import place, secrets_of_owner
from plancher.commands.answers.queue import QueueError
from plancher.commands.answers.receiver import box, serving
from plancher.commands.answers.receiver.box import Box, BoxError
from plancher.commands.answers.receiver.rules import House, Rules
from plancher.commands.answers.receiver.serving import Service, ServingError
from plancher.commands.answers.secrets_of_owner import SecretError
from plancher.components.answers.settings import AnswerSettings

_NUMBER, _REFERENCE = re.compile(r"[0-9]{1,15}"), re.compile(r"[0-9a-f]{16}")
_SHORTEST = 32
"""Signs of a token: nobody guesses as many."""
_MAKE = 'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'


class ReceivingError(Exception):
    """It cannot be done; the message says why, in French."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What was typed, and whose blog it is."""

    blog: Path
    identity: Identity
    settings: AnswerSettings
    file: str = ""
    """Of the database; empty: in the folder of the queue."""
    port: int


def serve(wishes: Wishes, tell: Callable[[str], None]) -> None:
    """Answer readers until it is stopped.

    :raises ReceivingError: a setting lacks, the port is taken, or the database cannot be written.
    """
    house, path, token = _house(wishes), _file(wishes), _token(wishes)

    def begun(address: str) -> None:
        tell(f"Le formulaire de {house.receiver} est reçu sur {address}, dans {path}. Ctrl-C l'arrête.")
        if not token:
            tell(f"Sans {secrets_of_owner.RECEIVER}, « invoke answers.fetch » ne relève que des copies de la base (--copy).")

    try:
        serving.serve(Service(house=house, file=path, port=wishes.port, token=token), begun)
    except (ServingError, BoxError) as error:
        raise ReceivingError(f"Rien n'est reçu : {error}") from error


def copy(wishes: Wishes, target: str) -> str:
    """Copy the database, also while it is in use; what was done, in French.

    :raises ReceivingError: it cannot be read, or the copy written.
    """
    place = Path(target).expanduser()
    if _is_published(wishes.blog, place):
        raise ReceivingError(f"Rien n'est copié : {place} est dans le dossier du blog, d'où il pourrait être publié. Donnez un fichier hors du blog.")
    with _opened(wishes) as kept:
        kept.copy(place)
    return f"La base est copiée dans {place}. « invoke answers.fetch --file={place.name} » relève cette copie."


def erase(wishes: Wishes, which: str) -> str:
    """Erase what was fetched from a copy, up to this number, or one answer by its reference; what was done, in French.

    :raises ReceivingError: it is neither, or the database cannot be written.
    """
    is_name = bool(_REFERENCE.fullmatch(which))
    if not is_name and not _NUMBER.fullmatch(which):
        raise ReceivingError("Rien n'a changé : --erase prend un numéro, que « invoke answers.fetch --file=… » donne, ou la référence d'une réponse.")
    with _opened(wishes) as kept:
        names, last = ((which,), 0) if is_name else ((), int(which))
        erased = kept.erase(time.time() - Rules().latest, names, last)
        if kept.has_words_in_journal:
            raise ReceivingError(f"{_erased(erased)}, mais un autre programme la lit, et son journal (-wal) garde encore ces mots. Relancez la même commande.")
    return f"{_erased(erased)}."


def _erased(count: int) -> str:
    return f"{plural(count, 'réponse est effacée', 'réponses sont effacées')} de la base"


def _house(wishes: Wishes) -> House:
    """:raises ReceivingError: the blog does not say where it is, or where the receiver is."""
    mine, identity = wishes.settings, wishes.identity
    if not mine.form:
        raise ReceivingError("Rien n'est reçu : donnez l'adresse publique du receveur, PLANCHER_ANSWERS = AnswerSettings(form=\"https://…\").")
    if not identity.address:
        raise ReceivingError("Rien n'est reçu : donnez l'adresse du blog à IDENTITY (« address ») ; seules ses pages peuvent envoyer un formulaire.")
    return House(name=identity.name, blog=identity.address, receiver=mine.form, email=mine.email or identity.email, lang=identity.lang)


def _file(wishes: Wishes) -> Path:
    """Where the database is: in the folder of the queue, which git does not see, or outside of the blog.

    :raises ReceivingError: it would be published.
    """
    if not wishes.file:
        try:
            queue = place.queue_of(wishes.blog, wishes.settings.queue).folder
        except QueueError as error:
            raise ReceivingError(f"Rien n'a changé : {error}") from error
        if not (queue / ".gitignore").exists():
            atomic.write(queue / ".gitignore", b"*\n")
            queue.chmod(0o700)
        return queue / box.NAME
    path = Path(wishes.file).expanduser().absolute()
    if _is_published(wishes.blog, path):
        raise ReceivingError(f"Rien n'a changé : {path} est dans le dossier du blog, d'où il pourrait être publié. Donnez un fichier hors du blog à --file.")
    return path


def _is_published(blog: Path, path: Path) -> bool:
    """Whether git or a build may see it."""
    return files.real(path).is_relative_to(files.real(blog))


def _token(wishes: Wishes) -> str:
    """:raises ReceivingError: it lies where it must not, or can be guessed."""
    try:
        token = secrets_of_owner.find(secrets_of_owner.RECEIVER, wishes.blog)
    except SecretError as error:
        raise ReceivingError(f"Rien n'est reçu : {error}") from error
    if token and len(token) < _SHORTEST:
        raise ReceivingError(f"Rien n'est reçu : le jeton de {secrets_of_owner.RECEIVER} se devine ; {_SHORTEST} signes au moins. Pour en faire un : {_MAKE}")
    return token


@contextlib.contextmanager
def _opened(wishes: Wishes) -> Iterator[Box]:
    """The database that is there.

    :raises ReceivingError: it is not, or fails.
    """
    path = _file(wishes)
    if not path.is_file():
        raise ReceivingError(f"Rien n'a changé : {path} n'existe pas ; aucune réponse n'y a été reçue.")
    try:
        with box.opened(path, Rules().room) as kept:
            yield kept
    except BoxError as error:
        raise ReceivingError(f"Rien n'a changé : {error}.") from error
