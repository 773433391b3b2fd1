"""The site is asked as a reader would; then those who follow it are told, in this order, and only of what readers can see."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Collection, Coroutine, Sequence
from pathlib import Path

from invoke.exceptions import Exit

from plancher.base import reasons
from plancher.commands import own_settings
from plancher.commands.after.circle import Circle
from plancher.commands.after.news import News
from plancher.outputs.announcing import texts
from plancher.outputs.announcing.texts import Announcement
from plancher.publishing import shown_by
from plancher.publishing.after import arrival, changes, own_site, pending, unannounced, visit
from plancher.publishing.after.changes import Changes
from plancher.publishing.after.faults import Fault, Host
from plancher.publishing.after.own_site import OwnSite
from plancher.publishing.targets import Ftps, Sftp, Target

INCOMPLETE = 3
"""Exit code: the site is online, and a reader finds something wrong there, or somebody could not be told."""
_INTERRUPTED = 130
_PLUGIN = "plancher.outputs.announcing"
_LISTS = Path(".cache", "publication")
_CACHE = Path(".cache", "online")
_HOSTS = {
    **dict.fromkeys(("github", "gitlab", "codeberg", "forge"), Host.FORGE),
    **dict.fromkeys(("netlify", "cloudflare"), Host.FILES),
    "apache": Host.APACHE,
    "nginx": Host.NGINX,
    "caddy": Host.CADDY,
}
"""By the word of who shows what goes to a target."""
_SLOW = 5
"""How much longer a forge takes: it has a queue."""
_PROBES = ("index.html", "feeds/atom.xml")


def follow(blog: Path, site: Path, target: Target, changed: Collection[str]) -> int:
    """After a publication; the exit code.

    :param changed: the files that were sent or taken away.
    """
    known = _known(blog)
    if known is None:
        _forget_changes(blog)
        return 0
    if own_site.leads_nowhere(known.address):
        _forget_changes(blog)
        print(f"Le site en ligne n'est pas interrogé, et personne n'est prévenu : {known.address or 'sans adresse'} n'est encore l'adresse de personne.")
        return 0
    news = _news(blog, site, known)
    try:
        news.add(changed)
        unannounced.clear(blog / _CACHE)
    except OSError as error:
        return _told_failure(f"Personne n'est prévenu : {error.filename} ({reasons.of_a_disk(error)}).")
    return _run(_follow(blog, news, target, changed))


def ping(blog: Path, site: Path) -> int:
    """« invoke ping »: what a publication does after it, again; the exit code.

    :raises Exit: nothing was ever published from here.
    """
    known = _known(blog)
    if known is None or not site.is_dir():
        raise Exit("Personne n'est prévenu : il n'y a pas de site publié ici. Tapez d'abord « invoke publish ».", 1)
    if own_site.leads_nowhere(known.address):
        raise Exit(f"Personne n'est prévenu : {known.address or 'sans adresse'} n'est encore l'adresse de personne (IDENTITY, dans pelicanconf.py).", 1)
    news = _news(blog, site, known)
    if news.waiting == Changes():
        news.waiting = Changes(feeds=frozenset(path.relative_to(site).as_posix() for path in (site / "feeds").rglob("*.*")))
    return _run(_follow(blog, news, None, ()))


def look(blog: Path, target: Target) -> int:
    """Ask the site online, and tell nobody; the exit code."""
    known = _known(blog)
    if known is None or own_site.leads_nowhere(known.address) or not known.settings.visit:
        return 0
    return _run(_look(known, blog / "output", _host(target)))


def rolled_back(blog: Path) -> int:
    """After a rollback: the hub is told, and nobody else, since no post is new; the exit code."""
    known = _known(blog)
    if known is None or own_site.leads_nowhere(known.address):
        return 0
    return _run(_rolled_back(known, blog / "output"))


def _known(blog: Path) -> Announcement | None:
    """What a publication left; None: nothing, or the owner has taken the plugin out since."""
    return texts.load(blog / _LISTS / texts.FILE) if own_settings.has_plugin(blog, _PLUGIN) else None


def _forget_changes(blog: Path) -> None:
    """Nobody is told of them, nor will be once somebody is: by then they are old."""
    with contextlib.suppress(OSError):
        unannounced.clear(blog / _CACHE)


def _run(work: Coroutine[None, None, int]) -> int:
    """Do it; the site online stays as it is, whatever happens.

    :raises Exit: Ctrl-C ended it.
    """
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        raise Exit("Interrompu : le site est en ligne, et tous n'ont peut-être pas été prévenus. « invoke ping » continue.", _INTERRUPTED) from None
    except OSError as error:
        return _told_failure(
            f"Ce qui suit la publication s'est arrêté : {error.filename or 'le disque'} ({reasons.of_a_disk(error)}). Le site, lui, est en ligne."
        )


async def _follow(blog: Path, news: News, target: Target | None, changed: Collection[str]) -> int:
    known = news.known
    if not (known.settings.visit or news.is_for_somebody):
        return 0
    async with own_site.opened(known.settings, known.address, news.site) as own:
        host = _host(target)
        fault = await arrival.wait(own, _probes(known, news.site, changed), known.settings.patience * (_SLOW if host is Host.FORGE else 1))
        if fault is not None:
            _print([fault], host)
            print("Personne n'est prévenu avant que vos lecteurs ne voient ce site. « invoke ping » recommence.", file=sys.stderr)
            return INCOMPLETE
        is_well = await _visit(own, known, host) if known.settings.visit else True
        circle = Circle(blog=blog, news=news, own=own)
        return 0 if await circle.tell() and is_well else INCOMPLETE


async def _look(known: Announcement, site: Path, host: Host) -> int:
    async with own_site.opened(known.settings, known.address, site) as own:
        return 0 if await _visit(own, known, host) else INCOMPLETE


async def _rolled_back(known: Announcement, site: Path) -> int:
    async with own_site.opened(known.settings, known.address, site) as own:
        return 0 if await Circle(blog=site.parent, news=News(known=known, site=site), own=own).tell_hubs(None) else INCOMPLETE


async def _visit(own: OwnSite, known: Announcement, host: Host) -> bool:
    """Ask as a reader would, and say what is wrong; whether readers miss nothing."""
    faults, kind = await visit.visit(own, known.texts, host)
    _print(faults, kind)
    if not faults:
        print(f"Le site répond comme il faut : {own.address}/")
    return not any(fault.is_error for fault in faults)


def _print(faults: Sequence[Fault], host: Host) -> None:
    for fault in sorted(faults, key=lambda fault: not fault.is_error):
        print(f"{'À réparer' if fault.is_error else 'À améliorer'} : {fault.sentence(host)}", file=sys.stderr)


def _probes(known: Announcement, site: Path, changed: Collection[str]) -> list[str]:
    """Files by which the new site is known: those that changed, the newest post first."""
    posts = [text.page for text in known.texts if text.day]
    first = [page for page in posts if page in changed] or posts
    usual = [path for path in _PROBES if (site / path).is_file()]
    return list(dict.fromkeys(path for path in [*first[:1], *usual] if (site / path).is_file()))


def _news(blog: Path, site: Path, known: Announcement) -> News:
    content = blog / "content"
    digests = changes.digests_of(content, known.texts)
    cache = blog / _CACHE
    return News(known=known, site=site, content=content, cache=cache, digests=digests, waiting=pending.load(cache / "a-dire.json"))


def _host(target: Target | None) -> Host:
    usual = Host.APACHE if isinstance(target, Sftp | Ftps) else Host.OTHER  # who sells these mostly runs Apache
    return _HOSTS.get(shown_by.host_of(target), usual)


def _told_failure(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return INCOMPLETE
