"""Copies of pages in web archives: finding the one nearest to a day, and asking for new ones."""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import json
import urllib.parse

import httpx

from plancher.base import addresses
from plancher.commands.links import failures
from plancher.components.links.copies import typed_copy
from plancher.components.links.health import Copy
from plancher.components.links.settings import LinkSettings
from plancher.web.client import Answer, LoopError, Web, wait_asked
from plancher.web.guard import NoHostError, RefusedHostError

FAILURES = (httpx.HTTPError, httpx.InvalidURL, LoopError, NoHostError, RefusedHostError, TimeoutError, ValueError, KeyError, TypeError, AttributeError)
"""Whatever an archive does wrong stops nothing."""
_GOOD = "200"


class Unreachable(Exception):  # noqa: N818 - not a fault of ours
    """The archive did not answer: nobody knows whether it has a copy. The message says why, in French."""


class Busy(Unreachable):
    """The archive asks to be left alone for a while."""


async def nearest(web: Web[LinkSettings], address: str, day: dt.date) -> Copy | None:
    """The copy made nearest that day; None when there is none.

    :raises Unreachable: the archive did not say.
    """
    try:
        if web.mine.timegate:
            return await _memento(web, address, day)
        return await _wayback(web, address, day) if web.mine.wayback else None
    except FAILURES as error:
        raise Unreachable(failures.as_visit(error).reason) from error


async def _wayback(web: Web[LinkSettings], address: str, day: dt.date) -> Copy | None:
    """The availability API of the Wayback Machine (archive.org/help/wayback_api.php)."""
    query = urllib.parse.urlencode({"url": address, "timestamp": f"{day:%Y%m%d}"})
    answer = await web.ask("GET", f"{web.mine.wayback}?{query}", read=True)
    _check_status(answer)
    closest = json.loads(answer.body)["archived_snapshots"].get("closest")
    # The archive keeps error pages too, and says which they are.
    if not closest or not closest.get("available") or str(closest.get("status", _GOOD)) != _GOOD:
        return None
    stamp = str(closest["timestamp"])
    made = dt.date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]))
    url = _with_https(str(closest["url"]))
    if not addresses.is_web(url):
        raise ValueError(url)
    return Copy(url=url, date=made.isoformat())


async def _memento(web: Web[LinkSettings], address: str, day: dt.date) -> Copy | None:
    """A TimeGate (RFC 7089): asked for a day, it leads to the copy made nearest."""
    moment = dt.datetime.combine(day, dt.time(12), dt.UTC)
    answer = await web.ask("HEAD", web.mine.timegate + address, headers={"Accept-Datetime": email.utils.format_datetime(moment, usegmt=True)})
    if answer.status in {404, 410}:
        return None
    _check_status(answer)
    copy_date = answer.headers.get("memento-datetime", "")
    if not copy_date or not addresses.is_web(answer.url):
        return None  # the answer is no copy
    return Copy(url=answer.url, date=email.utils.parsedate_to_datetime(copy_date).date().isoformat())


def _check_status(answer: Answer) -> None:
    """
    :raises Busy: the archive asks for time.
    :raises Unreachable: it is not well.
    """
    if answer.status == httpx.codes.TOO_MANY_REQUESTS or (answer.status == httpx.codes.SERVICE_UNAVAILABLE and wait_asked(answer) is not None):
        raise Busy("l’archive demande d’attendre")
    if not httpx.codes.is_success(answer.status):
        raise Unreachable(str(answer.status))


def _with_https(address: str) -> str:
    """Archives still give addresses from before https."""
    return address.replace("http://web.archive.org/", "https://web.archive.org/", 1)


async def request_copy(web: Web[LinkSettings], address: str) -> Copy | None:
    """Ask for a copy of a page as it is now.

    :returns: the copy, when the archive names it.

    :raises Unreachable: the archive refused, or did not answer.
    """
    try:
        answer = await web.ask("GET", web.mine.save + address, read=True)
        _check_status(answer)
    except FAILURES as error:
        raise Unreachable(failures.as_visit(error).reason) from error
    with contextlib.suppress(ValueError):
        for address_of_copy in (answer.headers.get("content-location", ""), answer.url):
            copy = typed_copy(urllib.parse.urljoin(answer.url, address_of_copy)) if address_of_copy else None
            if copy and copy.date:
                return copy
    return None
