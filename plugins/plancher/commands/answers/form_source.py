"""Answers that came by the form: asked from the owner's receiver, page after page, or read from a copy of its database.

The receiver keeps each answer until it is told that the queue holds it: a fetch
that is cut begins again, and what it brings twice counts once. What the queue
does not take (its call is unknown here) stays at the receiver, and is told each
time. Last, when there is room again, the receiver is told which calls there are:
it bounds what others may take.
"""

from __future__ import annotations

import asyncio
import dataclasses
import urllib.parse
from collections.abc import Iterable, Sequence
from pathlib import Path

import httpx

from plancher.base.data import DataError
from plancher.commands.answers.receiver import box, shares
from plancher.commands.answers.taking_in import TakingIn
from plancher.commands.links import archives
from plancher.components.answers import form
from plancher.components.answers.settings import AnswerSettings
from plancher.importing.answers import forms
from plancher.importing.answers.forms import Posted
from plancher.importing.answers.model import Received
from plancher.web.client import Web

_MAGIC = b"SQLite format 3\x00"
_SIZE = 5_000_000
"""Bytes of one page of answers: each of them as long as it may be."""
_STRANGE = "Le serveur garde ce qui répond à des appels inconnus d'ici. Si rien n'en est pour vous : invoke answers.receive --erase={number}"
_FORMER = "Le receveur est d'une version d'avant : mettez le blog à jour sur le serveur, puis relancez le service."
Client = Web[AnswerSettings]


class _FormerReceiverError(DataError):
    """The receiver knows no such request: it has no room apart for anybody yet."""


def is_copy(path: Path) -> bool:
    """Whether a file is a database of SQLite."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def from_copy(run: TakingIn, path: Path) -> int:
    """Take in a copy; the number up to which the queue holds all of it, 0 when it lacks the first.

    :raises BoxError: it cannot be read.
    """
    last, is_whole = 0, True
    for row in box.read(path):
        names, goes_on = _taken(run, [row])
        is_whole = is_whole and bool(names)
        last = row.number if is_whole else last
        if not goes_on:
            break
    run.settle()
    return last


def from_receiver(run: TakingIn, mine: AnswerSettings, token: str) -> str:
    """Take in what waits at the receiver, which erases it then; why that failed, in French, empty when it did not."""
    bounds = dataclasses.replace(mine, size=max(mine.size, _SIZE), delay=0.0)  # it is the owner's own machine
    try:
        asyncio.run(_read(run, bounds, token))
    except (*archives.FAILURES, DataError) as error:
        why = f"{error}." if isinstance(error, DataError) else "pas de réponse, ou d'une machine qui ne peut pas être interrogée. Réessayez plus tard."
        return f"Formulaire {mine.form} : {why}"
    return ""


async def _read(run: TakingIn, mine: AnswerSettings, token: str) -> None:
    """:raises DataError: the receiver refuses, or says something else."""
    after, goes_on, strange = 0, True, 0
    async with Web(mine) as web:
        while goes_on:
            rows = list(forms.read(await _asked(web, "GET", token, [("apres", str(after))])))
            if not rows:
                break
            if rows[0].number <= after:
                raise DataError("le receveur donne deux fois la même page")
            after = rows[-1].number
            names, goes_on = _taken(run, rows)
            run.settle()
            if names:
                await _asked(web, "DELETE", token, [("id", name) for name in names])
            strange = max([strange, *(row.number for row in rows if row.id not in names)]) if goes_on else strange
        if strange:
            run.tally.alerts.append(_STRANGE.format(number=strange))
        try:
            for first in range(0, len(run.calls), shares.MOST_CALLS):
                await _asked(web, "PUT", token, [(form.CALL, call) for call in run.calls[first : first + shares.MOST_CALLS]])
        except _FormerReceiverError:
            run.tally.alerts.append(_FORMER)


def _taken(run: TakingIn, rows: Iterable[Posted]) -> tuple[list[str], bool]:
    """The names of those that the queue holds now; whether there is room for more."""
    names: list[str] = []
    for row in rows:
        one = forms.received(row)
        if not run.take(one):
            return names, False
        if isinstance(one, Received) and run.holds(one):
            names.append(row.id)
    return names, True


async def _asked(web: Client, method: str, token: str, query: Sequence[tuple[str, str]]) -> str:
    """What the receiver answers; no redirection is followed, since the token is for nobody else.

    :raises DataError: it refuses.
    """
    address = f"{form.base_of(web.mine.form)}reponses?{urllib.parse.urlencode(query)}"
    answer = await web.ask(method, address, read=True, follow=False, headers={"Authorization": f"Bearer {token}"})
    if answer.status in {httpx.codes.UNAUTHORIZED, httpx.codes.NOT_FOUND}:
        raise DataError("le receveur refuse le jeton, ou n'en a pas")
    if answer.status == httpx.codes.METHOD_NOT_ALLOWED:
        raise _FormerReceiverError("le receveur répond 405")
    if answer.status != httpx.codes.OK:
        raise DataError(f"le receveur répond {answer.status}")
    return answer.body.decode("utf-8", "replace")
