"""Waits until readers see what was just sent."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Sequence

import httpx

from plancher.publishing.after import reasons
from plancher.publishing.after.faults import Fault, What
from plancher.publishing.after.own_site import OwnSite, silence

_PAUSE = 2.0
"""Seconds between two looks."""


async def wait(own: OwnSite, paths: Sequence[str], patience: float) -> Fault | None:
    """Wait until these files are online as they were sent; what is wrong when they are not.

    :param paths: files of the site that changed.
    :param patience: in seconds.
    """
    until = time.monotonic() + patience
    for path in paths:
        fault = await _look(own, path)
        while fault and (left := until - time.monotonic()) > 0:
            await asyncio.sleep(min(_PAUSE, left))
            fault = await _look(own, path)
        if fault:
            return await _why(own, path, fault)
    return None


async def _look(own: OwnSite, path: str, query: str = "") -> Fault | None:
    url = own.url(path)
    try:
        answer = await own.get(path, query)
    except reasons.FAILURES as error:
        return silence(url, error)
    if answer.status != httpx.codes.OK:
        return Fault(what=What.MISSING, words=f"{url} répond {answer.status} à vos lecteurs.", is_error=True)
    if own.is_as_sent(answer, path):
        return None
    return Fault(what=What.OLD, words=f"{url} n'est pas ce qui vient d'être envoyé : vos lecteurs ont autre chose.", is_error=True)


async def _why(own: OwnSite, path: str, fault: Fault) -> Fault:
    """Whether a cache is to blame: an address that nobody has asked for is in none."""
    if fault.what is What.OLD and await _look(own, path, f"?{secrets.token_hex(6)}") is None:
        return Fault(what=What.CACHED, words=f"{own.url(path)} vient d'un cache, qui a gardé la version d'avant.", is_error=True)
    return fault
