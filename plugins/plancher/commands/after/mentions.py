"""Sends the webmentions that are due, and keeps what came of each in ``content/webmentions.txt`` as soon as it is known."""

from __future__ import annotations

import collections
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from plancher.base import clock, reasons
from plancher.base.files import UnreadableError
from plancher.base.french import plural
from plancher.commands.after.news import News
from plancher.outputs.announcing import sent
from plancher.outputs.announcing.sent import Link, Result, Sent
from plancher.publishing.after import mentions, sending
from plancher.publishing.after.own_site import OwnSite
from plancher.publishing.after.sending import Told
from plancher.web.client import Web

_SHOWN = 5


async def tell(news: News, own: OwnSite) -> bool:
    """Send what is due; whether what was sent is kept."""
    path = news.content / sent.FILE
    known = _known(path)
    if known is None:
        return False
    today = clock.now().date()
    plan = mentions.plan(news.known, news.digests, known, today)
    if plan.due and os.environ.get("CI"):
        print("Les webmentions attendent : une forge ne peut rien noter dans votre dépôt. Tapez « invoke publish » puis « invoke ping » chez vous.")
        return True
    for link in plan.forgotten:
        del known[link]
    results: list[Told] = []

    def note(told: Told) -> None:
        results.append(told)
        _keep(path, known, told, today.isoformat())

    try:
        async with Web(news.known.settings) as web:
            await sending.Sender(web=web, own=own.web, address=news.known.address, site=news.site, note=note).send(plan.due)
        if sent.save(path, known) or results:
            _say_changed(path)
    except OSError as error:
        print(f"Ce qui a été envoyé n'a pas pu être noté : {path} ({reasons.of_a_disk(error)}). Faites-y de la place.", file=sys.stderr)
        return False
    _report(results, plan.postponed + len(plan.due) - len(results))
    return True


def _known(path: Path) -> dict[Link, Sent] | None:
    """What was sent; None: nobody can tell, and nothing may be sent twice."""
    try:
        known, wrong = sent.load(path)
    except UnreadableError as error:
        print(f"{path}:{error.line} : {error}. Aucune webmention n'est envoyée.", file=sys.stderr)
        return None
    if wrong:
        print(f"{path}:{wrong[0]} : cette ligne ne se lit pas. Aucune webmention n'est envoyée avant qu'elle soit corrigée ou ôtée.", file=sys.stderr)
        return None
    return known


def _keep(path: Path, known: dict[Link, Sent], told: Told, today: str) -> None:
    link = told.due.link
    now = sending.after(told, known.get(link), today)
    if now is None:
        known.pop(link, None)
    else:
        known[link] = now
    sent.save(path, known)


def _say_changed(path: Path) -> None:
    print(f"{path.parent.name}/{path.name} a changé : enregistrez-le dans git, il retient qui a été prévenu.")


def _report(results: Sequence[Told], waiting: int) -> None:
    counts = collections.Counter(told.result for told in results)
    if counts[Result.SENT]:
        print(f"{plural(counts[Result.SENT], 'webmention envoyée', 'webmentions envoyées')}.")
    failures = [told for told in results if told.result in {Result.RETRY, Result.REFUSED}]
    for told in failures[:_SHOWN]:
        again = "la prochaine publication recommence" if told.result is Result.RETRY else "elle n'en recevra pas d'autre pour ce texte"
        print(f"Webmention à {told.due.link.target} : {told.reason} ; {again}.", file=sys.stderr)
    if len(failures) > _SHOWN:
        print(f"… et {len(failures) - _SHOWN} autres (content/{sent.FILE} les nomme).", file=sys.stderr)
    if waiting:
        print(f"{plural(waiting, 'webmention attend', 'webmentions attendent')} la prochaine publication.")
