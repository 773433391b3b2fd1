"""The site is asked as a reader would: pages, feeds, an address that does not exist, a former one, what comes with them."""

from __future__ import annotations

import asyncio
import secrets
import time
import urllib.parse
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import httpx

from plancher.outputs.announcing.texts import PublicText
from plancher.publishing.after import promised, reasons
from plancher.publishing.after.faults import Fault, Host, What
from plancher.publishing.after.own_site import OwnSite, silence
from plancher.web.answer import Answer

_DAY = 86_400.0
_SOON, _NOW = 14 * _DAY, 3 * _DAY
"""Of what is left of a certificate: less is told, less is an error. A short one is renewed late: a third of it, a tenth."""
_SMALL = 1400
"""Bytes that fit one packet: nobody needs to press them."""
_HOME, _PAGE_404 = "index.html", "404.html"
_FEEDS = ("feeds/atom.xml", "feeds/rss.xml", "feeds/feed.json")


async def visit(own: OwnSite, texts: Sequence[PublicText], host: Host) -> tuple[list[Fault], Host]:
    """All that is wrong, and which kind of host answered.

    :param host: what is known of it already.
    """
    try:
        home = await own.get(_HOME)
    except reasons.FAILURES as error:
        return [silence(own.url(_HOME), error)], host
    if home.status != httpx.codes.OK:
        return [Fault(what=What.MISSING, words=f"{own.url(_HOME)} répond {home.status} à vos lecteurs.", is_error=True)], host
    kind = promised.host(home, host)
    rounds = [_page_checks(own, home, kind), _lost(own), _former(own, texts), _files(own, texts, kind), _plain(own)]
    found = await asyncio.gather(*(_all(own, one) for one in rounds))
    return [*certificate(home), *(fault for some in found for fault in some)], kind


async def _all(own: OwnSite, found: AsyncIterator[Fault]) -> list[Fault]:
    faults = []
    try:
        async for fault in found:
            faults.append(fault)  # noqa: PERF401 - what was found before a failure counts
    except reasons.FAILURES as error:
        faults.append(silence(own.address, error))
    return faults


async def _page_checks(own: OwnSite, home: Answer, host: Host) -> AsyncIterator[Fault]:
    """What the host puts around a page; a forge lets nobody decide of it."""
    if host is Host.FORGE:
        return
    missing = [name for name in promised.headers(own.folder, is_encrypted=own.address.startswith("https://")) if name not in home.headers]
    if missing:
        yield Fault(what=What.HEADERS, words=f"Il manque aux pages des en-têtes que le site attend de son hébergeur : {', '.join(missing)}.", is_error=False)
    if len(home.body) > _SMALL:
        pressed = await own.web.ask("GET", own.url(_HOME), headers={"Accept-Encoding": "gzip, br, zstd"})
        if pressed.headers.get("content-encoding", "identity").lower() == "identity":
            yield Fault(what=What.COMPRESSION, words="Les pages partent sans compression : quatre fois plus d'octets.", is_error=False)


async def _lost(own: OwnSite) -> AsyncIterator[Fault]:
    """An address that does not exist."""
    answer = await own.get(f"{secrets.token_hex(8)}/{_HOME}")
    if answer.status != httpx.codes.NOT_FOUND:
        words = f"À une adresse qui n'existe pas, le site répond {answer.status} au lieu de 404 : les moteurs croient à une page."
        yield Fault(what=What.NOT_FOUND, words=words, is_error=True)
    elif (own.folder / _PAGE_404).is_file() and not own.is_as_sent(answer, _PAGE_404):
        yield Fault(what=What.OWN_404, words="Une adresse qui n'existe pas montre la page d'erreur du serveur, et non celle du site.", is_error=False)


async def _former(own: OwnSite, texts: Sequence[PublicText]) -> AsyncIterator[Fault]:
    """A former address leads to the page of today, by a redirection or by the page in its place."""
    for text in [text for text in texts if text.former][:1]:
        answer = await own.web.ask("GET", own.address + text.former, read=True)
        target = own.address + text.address
        leads = answer.url.rstrip("/") == target.rstrip("/") or f"url={urllib.parse.urlsplit(target).path}".encode() in answer.body
        if answer.status != httpx.codes.OK or not leads:
            words = f"L'ancienne adresse {own.address}{text.former} ne mène plus à {target}."
            yield Fault(what=What.REDIRECTION, words=words, is_error=True)


async def _files(own: OwnSite, texts: Sequence[PublicText], host: Host) -> AsyncIterator[Fault]:
    """A post, feeds and files of other kinds: each comes, as what it is; a forge lets nobody decide of that."""
    post = [text.page for text in texts if text.day][:1]
    for path in [*post, *(feed for feed in _FEEDS if (own.folder / feed).is_file()), *_samples(own.folder)]:
        answer = await own.get(path)
        if answer.status != httpx.codes.OK:
            yield Fault(what=What.MISSING, words=f"{own.url(path)} répond {answer.status} à vos lecteurs.", is_error=True)
            continue
        wanted, announced = () if host is Host.FORGE else promised.types(path), answer.headers.get("content-type", "").lower()
        if wanted and announced.partition(";")[0].strip() not in wanted:
            yield Fault(what=What.TYPE, words=f"{own.url(path)} est annoncé « {announced or 'rien'} » au lieu de « {wanted[0]} ».", is_error=False)


def _samples(folder: Path) -> Iterator[str]:
    """One file of each kind that servers often announce wrongly."""
    for pattern in ("theme/*.webmanifest", "videos/**/*.vtt"):
        yield from (path.relative_to(folder).as_posix() for path in sorted(folder.glob(pattern))[:1])


async def _plain(own: OwnSite) -> AsyncIterator[Fault]:
    """Who types no « https:// » comes to it."""
    if not own.address.startswith("https://"):
        yield Fault(what=What.ENCRYPTED, words="Le site est servi sans chiffrement (http).", is_error=False)
        return
    plain = f"http://{own.address.removeprefix('https://')}/"
    try:
        answer = await own.web.ask("GET", plain, follow=False)
        is_right = answer.headers.get("location", "").startswith("https://")
    except reasons.FAILURES:
        is_right = False
    if not is_right:
        yield Fault(what=What.ENCRYPTED, words=f"{plain} ne mène pas à la même adresse en https.", is_error=False)


def certificate(answer: Answer) -> Iterator[Fault]:
    """How long the certificate lasts."""
    if answer.certificate:
        begins, ends = answer.certificate
        left, whole = ends - time.time(), ends - begins
        if left < min(_SOON, whole / 3):
            is_error = left < min(_NOW, whole / 10)
            yield Fault(what=What.CERTIFICATE, words=f"Le certificat du site finit dans {int(left // _DAY)} j.", is_error=is_error)
