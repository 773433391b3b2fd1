"""From a target to what can be done there."""

from __future__ import annotations

import contextlib
import dataclasses
import shutil
from collections.abc import Mapping
from pathlib import Path

from plancher.publishing import hosted, in_place, opening, releases, switching
from plancher.publishing.errors import PublishingError
from plancher.publishing.htaccess import FILE
from plancher.publishing.plan import SERVER_FILES, Plan
from plancher.publishing.switching import APACHE
from plancher.publishing.targets import Bucket, Cloudflare, Netlify, Pages, Target
from plancher.publishing.work import Outcome, Status, Work

_COPY = "pages.git"
"""In the cache: what the branch of a repository holds."""
_OBEY = frozenset({"netlify", "cloudflare", "gitlab", "codeberg", "forge"})
"""Hosts that read « _headers » or « _redirects »; a folder of this machine may go on to one of them."""


async def look(target: Target, work: Work, environment: Mapping[str, str]) -> Plan:
    """What a publication would do: « --dry-run »."""
    work = _for(target, work)
    new, adopted = work.new, work.is_adopting
    if isinstance(target, Pages):
        from plancher.publishing import pages  # noqa: PLC0415 - Git is needed by this target alone
        from plancher.publishing.stores import git_remote  # noqa: PLC0415 - the same

        with contextlib.closing(git_remote.RemoteBranch(target, environment, work.checkpoint.parent / _COPY)) as branch:
            return pages.look(branch, new, work.site, adopted=adopted)
    if isinstance(target, Netlify | Cloudflare):
        async with opening.host_to_look(target, environment) as host:
            return await hosted.look(host, work)
    async with opening.to_look(target, environment) as looking:
        if found := await switching.seen(looking):
            return await releases.look(looking.reader, found.place, new, found.shown)
        return await in_place.look(looking.reader, looking.place, new, adopted=adopted)


async def status(target: Target, environment: Mapping[str, str], cache: Path) -> Status:
    """What is online: « --status ».

    :param cache: a folder of this machine that may be forgotten at any time.
    """
    if isinstance(target, Pages):
        from plancher.publishing import pages  # noqa: PLC0415 - the same
        from plancher.publishing.stores import git_remote  # noqa: PLC0415 - the same

        with contextlib.closing(git_remote.RemoteBranch(target, environment, cache / _COPY)) as branch:
            return pages.status(branch)
    if isinstance(target, Netlify | Cloudflare):
        async with opening.host_to_look(target, environment) as host:
            return await hosted.status(host)
    async with opening.to_look(target, environment) as looking:
        if found := await switching.seen(looking):
            return await releases.status(looking.reader, found.place, found.shown)
        return await in_place.status(looking.reader, looking.place)


async def publish(target: Target, work: Work, environment: Mapping[str, str]) -> Outcome:
    """Put a site online.

    :raises PublishingError: it is not, or not whole; the sentence says which.
    """
    work = _for(target, work)
    if isinstance(target, Pages):
        from plancher.publishing import pages  # noqa: PLC0415 - the same
        from plancher.publishing.stores import git_remote  # noqa: PLC0415 - the same

        copy = work.checkpoint.parent / _COPY
        with contextlib.closing(git_remote.WritableBranch(target, environment, copy)) as branch:
            outcome = pages.publish(branch, work)
        if work.is_forgetting:
            shutil.rmtree(copy)  # it holds the former commits
        return outcome
    if isinstance(target, Netlify | Cloudflare):
        async with opening.host_to_write(target, environment) as host:
            return await hosted.publish(host, work)
    async with opening.to_write(target, environment) as writing:
        await _hide(writing)
        found = await switching.way(writing, "" if isinstance(target, Bucket) else target.server, work)
        if found is None:
            return await in_place.publish(writing.store, writing.place, work)
        former = await switching.in_the_way(found, work)
        outcome = await releases.publish(found.store, found.place, work, found.pointer)
        await switching.clear(found, former, work)
        return outcome


async def rollback(target: Target, wanted: str, environment: Mapping[str, str], cache: Path) -> str:
    """Return to a release; its identifier.

    :param cache: a folder of this machine that may be forgotten at any time.
    :raises PublishingError: there is none.
    """
    if isinstance(target, Pages):
        from plancher.publishing import pages  # noqa: PLC0415 - the same
        from plancher.publishing.stores import git_remote  # noqa: PLC0415 - the same

        with contextlib.closing(git_remote.WritableBranch(target, environment, cache / _COPY)) as branch:
            return pages.rollback(branch, wanted)
    if isinstance(target, Netlify | Cloudflare):
        async with opening.host_to_write(target, environment) as host:
            return await hosted.rollback(host, wanted)
    async with opening.to_write(target, environment, is_first_made=False) as writing:
        found = await switching.back(writing)
        if found is None:
            raise PublishingError("Cette destination ne garde pas les versions passées : revenez au texte d'avant, puis publiez.")
        return await releases.rollback(found.store, found.place, found.pointer, wanted)


async def _hide(writing: opening.Writing) -> None:
    """Our own folder may lie in what Apache shows: inside the site, or beside one that stands in a folder of another. A bucket has no Apache."""
    path = f"{writing.place.state}/{FILE}"
    if writing.renaming and await writing.store.read(path) is None:
        await writing.store.write(path, b"Require all denied\n")


def _for(target: Target, work: Work) -> Work:
    """What goes there: what this host does not obey, its readers could fetch."""
    unread = _unread(target, work.host)
    files = {path: state for path, state in work.new.files.items() if path.rpartition("/")[2] not in unread}
    return dataclasses.replace(work, new=dataclasses.replace(work.new, files=files))


def _unread(target: Target, host: str) -> frozenset[str]:
    """Files that tell a server what to do, and that the one behind this target does not read."""
    match target:
        case Pages() | Netlify() | Cloudflare():
            return frozenset()
        case Bucket():
            return SERVER_FILES
        case _ if host in _OBEY:
            return frozenset()
        case _:
            return SERVER_FILES - {FILE} if target.server in {"", APACHE} else SERVER_FILES
