"""Tells search engines which addresses changed (indexnow.org/documentation)."""

from __future__ import annotations

import urllib.parse
from collections.abc import Sequence

import httpx

from plancher.outputs.announcing.settings import AnnouncingSettings
from plancher.publishing.after import reasons
from plancher.publishing.after.errors import AnnouncingError
from plancher.web.client import Web

MOST = 10_000
"""Addresses of one request: the bound of the protocol."""
_REFUSALS = {
    400: "ne comprend pas la demande",
    403: "ne reconnaît pas la clé : changez « indexnow » d'AnnouncingSettings, puis publiez",
    422: "dit que ces adresses ne sont pas de ce site",
    429: "demande d'attendre",
}


async def tell(web: Web[AnnouncingSettings], own: Web[AnnouncingSettings], address: str, changed: Sequence[str]) -> None:
    """Tell the engines, once the key is where they will look for it.

    :param address: of the site.
    :param changed: whole addresses.
    :raises AnnouncingError: they do not take it.
    """
    mine = web.mine
    place = f"{address}/{mine.indexnow}.txt"
    await _see_key(own, place)
    for start in range(0, len(changed), MOST):
        some = list(changed[start : start + MOST])
        value = {"host": urllib.parse.urlsplit(address).netloc, "key": mine.indexnow, "keyLocation": place, "urlList": some}
        try:
            answer = await web.tell_json(mine.indexnow_server, value)
        except reasons.FAILURES as error:
            raise AnnouncingError(f"le serveur d'IndexNow {reasons.of(error)}.") from error
        if not httpx.codes.is_success(answer.status):
            raise AnnouncingError(f"le serveur d'IndexNow {_REFUSALS.get(answer.status, f'répond {answer.status}')}.")


async def _see_key(own: Web[AnnouncingSettings], place: str) -> None:
    """:raises AnnouncingError: engines would not find it."""
    try:
        answer = await own.ask("GET", place, read=True)
    except reasons.FAILURES as error:
        raise AnnouncingError(f"la clé {place} {reasons.of(error)}.") from error
    if answer.status != httpx.codes.OK or answer.body.strip() != own.mine.indexnow.encode():
        raise AnnouncingError(f"la clé n'est pas en ligne à l'adresse {place} : les moteurs n'y croiraient pas. Publiez à nouveau.")
