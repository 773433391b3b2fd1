"""A site at a host that takes it as a whole, by the digests of its files: a publication is one deployment, and each former one can come back."""

from __future__ import annotations

import dataclasses

from plancher.base import digest
from plancher.publishing import manifest, report
from plancher.publishing.errors import PublishingError
from plancher.publishing.host import Deployed, Host, HostReader, Limits, Online, Source, Title
from plancher.publishing.manifest import Manifest
from plancher.publishing.plan import Plan, compare
from plancher.publishing.releases import KEPT, with_assets_of
from plancher.publishing.work import Outcome, Status, Work


async def look(host: HostReader, work: Work) -> Plan:
    """What a publication would do."""
    return _compared(host.digested(work.new, work.site), await host.online(), work)


async def status(host: HostReader) -> Status:
    """What is online, and to what one can return."""
    online = await host.online()
    if online is None or not online.deployed.title.identifier:
        return Status(identifier="", files=0, size=0, releases=(), holder="")
    kept = tuple(one.title.identifier for one in await _ours(host))
    files = online.manifest.files
    return Status(identifier=online.deployed.title.identifier, files=len(files), size=online.manifest.size, releases=kept, holder="")


async def publish(host: Host, work: Work) -> Outcome:
    """Put a site online.

    :raises PublishingError: readers have the site of before.
    """
    new, online = host.digested(work.new, work.site), await host.online()
    if online:
        new = dataclasses.replace(new, identifier=manifest.newer(new.identifier, online.deployed.title.identifier))
    plan = _compared(new, online, work)
    if online and not online.deployed.title.identifier and not work.is_adopting:
        raise PublishingError(
            "Ce site montre déjà ce que nous n'y avons pas mis. Rien n'a changé. "
            "Choisissez-en un autre, ou, si c'est bien l'ancien site, ajoutez --adopt : il est remplacé, et reste chez l'hébergeur."
        )
    if online and plan.has_same_site and not work.is_forgetting:
        return Outcome(plan=plan.untouched(), is_switched=True)
    work.confirm(plan)
    whole = with_assets_of(new, online.manifest if online and not work.is_forgetting else None, new.identifier)
    _require_room(host.limits, whole)
    source = Source(work.site, online.deployed.name if online else "", work.on_progress)
    await host.deploy(whole, Title(new.identifier, mark_of(new)), source)
    if work.is_forgetting:
        await host.forget_all_but_online()
    return Outcome(plan=plan, is_switched=True, is_alone=work.is_forgetting)


async def rollback(host: Host, wanted: str) -> str:
    """Return to a former deployment; its identifier.

    :raises PublishingError: there is no such deployment.
    """
    online = await host.online()
    kept = await _ours(host)
    place = next((number for number, one in enumerate(kept) if online and _key(one) == _key(online.deployed)), -1)
    former = kept[place + 1 :] if not wanted else [one for one in kept if online is None or one.name != online.deployed.name]
    found = next((one for one in former if not wanted or one.title.identifier == wanted), None)
    if found is None:
        listed = ", ".join(one.title.identifier for one in former) or "aucune"
        raise PublishingError(f"Il n'y a pas de version {f'« {wanted} »' if wanted else 'plus ancienne'}. Celles où l'on peut revenir : {listed}.")
    await host.restore(found)
    return found.title.identifier


def mark_of(new: Manifest) -> str:
    """The same for the same files: some hosts do not list all that they were given."""
    return digest.of_text(*(f"{path} {state.digest}" for path, state in sorted(new.files.items())))[:16]


async def _ours(host: HostReader) -> list[Deployed]:
    seen: dict[tuple[str, str], Deployed] = {}
    for one in await host.kept():
        if one.title.identifier:
            seen.setdefault(_key(one), one)
    return list(seen.values())[:KEPT]


def _key(deployed: Deployed) -> tuple[str, str]:
    """What tells one publication from another: two people in the same second have but one identifier."""
    return deployed.title.identifier, deployed.title.mark


def _compared(new: Manifest, online: Online | None, work: Work) -> Plan:
    """A deployment that is not ours holds nothing of ours."""
    if online is None:
        return compare(new, None)
    if not online.deployed.title.identifier:
        return compare(new, None, online.manifest.files, adopted=work.is_adopting)
    if online.deployed.title.mark == mark_of(new):
        return compare(new, dataclasses.replace(online.manifest, files=new.files))
    return compare(new, online.manifest)


def _require_room(limits: Limits, whole: Manifest) -> None:
    """:raises PublishingError: the host will not take so much."""
    together = {**whole.files, **whole.retiring}
    if len(together) > limits.files:
        raise PublishingError(
            f"Le site a {len(together)} fichiers, et l'hébergeur en prend {limits.files}. Rien n'a changé. Prenez-en un autre, ou une formule plus large."
        )
    for path, state in together.items():
        if state.size > limits.size:
            told = f"{path} pèse {report.size(state.size)}, et l'hébergeur prend {report.size(limits.size)} au plus. Rien n'a changé."
            raise PublishingError(f"{told} Allégez-le, ou mettez-le ailleurs.")
