"""A site on a branch of a repository: one commit for each publication, and its parents to return to."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterator
from pathlib import Path

from dulwich.index import commit_tree
from dulwich.objects import Blob, Commit, ObjectID

from plancher.publishing import leasing, manifest
from plancher.publishing.errors import PublishingError
from plancher.publishing.manifest import FileState, Manifest
from plancher.publishing.plan import Plan, compare
from plancher.publishing.releases import KEPT, with_assets_of
from plancher.publishing.stores.git_remote import RemoteBranch, Version, WritableBranch
from plancher.publishing.work import Outcome, Status, Work

_WHO = b"plancher <plancher@plancher.invalid>"
_TITLE = "Publication "
"""How the message of a commit of ours begins, before its identifier."""
_CARRIED = "Encore en ligne : "
"""How a line of it begins that names a file of the former site."""
_PLAIN = ".nojekyll"
"""Without this empty file GitHub leaves out what begins with « _ »."""
_MODE = 0o100644


def look(branch: RemoteBranch, new: Manifest, site: Path, *, adopted: bool = False) -> Plan:
    """What a publication would do."""
    return _compared(branch, branch.fetch(), of_blobs(new, site), adopted=adopted)


def publish(branch: WritableBranch, work: Work) -> Outcome:
    """Make a commit of the site, and push it.

    :raises PublishingError: readers have the site of before.
    """
    last = branch.fetch()
    new = of_blobs(work.new, work.site)
    if last:
        new = dataclasses.replace(new, identifier=manifest.newer(new.identifier, _identifier(last)))
    plan = _compared(branch, last, new, adopted=work.is_adopting)
    if plan.conflicts or plan.foreign:
        names = ", ".join((*plan.conflicts, *plan.foreign)[:5])
        raise PublishingError(
            f"La branche « {branch.target.branch} » porte des fichiers qui ne sont pas au site : {names}. Rien n'a changé. "
            "Choisissez une autre branche, ou, si c'est bien l'ancien site, ajoutez --adopt : il est remplacé, et reste dans l'historique."
        )
    if last and plan.has_same_site and not work.is_forgetting:
        return Outcome(plan=plan.untouched(), is_switched=True)
    work.confirm(plan)
    former = _manifest(branch, last) if last and _identifier(last) and not work.is_forgetting else None
    whole = with_assets_of(new, former, new.identifier)
    for done, path in enumerate(plan.sent, 1):
        branch.repository.object_store.add_object(_blob(work.site, path))
        work.on_progress(done, len(plan.sent))
    lines = [f"{_TITLE}{new.identifier}", "", *(f"{_CARRIED}{path}" for path in sorted(whole.retiring))]
    made = _commit(branch, {**whole.files, **whole.retiring}, "\n".join(lines), None if work.is_forgetting else last)  # without what was before
    branch.push(made, last)
    return Outcome(plan=plan, is_switched=True, is_alone=work.is_forgetting)


def status(branch: RemoteBranch) -> Status:
    """What is online, and to what one can return."""
    last = branch.fetch()
    if last is None or not _identifier(last):
        return Status(identifier="", files=0, size=0, releases=(), holder="")
    online = _manifest(branch, last)
    kept = tuple(_identifier(version) for version in _ours(branch, last))
    return Status(identifier=online.identifier, files=len(online.files), size=online.size, releases=kept, holder="")


def rollback(branch: WritableBranch, wanted: str) -> str:
    """A new commit that holds what a former one held; its identifier.

    :raises PublishingError: there is no such commit.
    """
    last = branch.fetch()
    former = [version for version in (_ours(branch, last) if last else ()) if last and version.commit.tree != last.commit.tree]
    if last and not wanted:
        former = [version for version in former if _identifier(version) < _identifier(last)]  # a second return goes further back
    found = next((version for version in former if not wanted or _identifier(version) == wanted), None)
    if last is None or found is None:
        listed = ", ".join(map(_identifier, former)) or "aucune"
        raise PublishingError(f"Il n'y a pas de version {f'« {wanted} »' if wanted else 'plus ancienne'}. Celles où l'on peut revenir : {listed}.")
    branch.push(_made(branch, found.commit.tree, found.commit.message.decode(), last), last)
    return _identifier(found)


def of_blobs(new: Manifest, site: Path) -> Manifest:
    """The same files, each with the digest that Git gives it."""
    files = {path: FileState(_blob(site, path).id.decode(), state.size) for path, state in new.files.items()}
    return dataclasses.replace(new, files={_PLAIN: FileState(Blob.from_string(b"").id.decode(), 0), **files})


def _compared(branch: RemoteBranch, last: Version | None, new: Manifest, *, adopted: bool) -> Plan:
    """A branch whose last commit is not ours holds nothing of ours."""
    if last is None or _identifier(last):
        return compare(new, _manifest(branch, last) if last else None)
    found = {path: FileState("", size) for path, _, size in branch.files(last)}
    return compare(new, None, found, adopted=adopted)


def _manifest(branch: RemoteBranch, version: Version) -> Manifest:
    carried = {line.removeprefix(_CARRIED) for line in version.commit.message.decode().splitlines() if line.startswith(_CARRIED)}
    files = {path: FileState(name, size) for path, name, size in branch.files(version) if manifest.is_safe(path)}
    own = {path: state for path, state in files.items() if path not in carried}
    return Manifest(identifier=_identifier(version), files=own, retiring={path: files[path] for path in carried if path in files})


def _ours(branch: RemoteBranch, last: Version) -> Iterator[Version]:
    """The last publications, the newest first, one for each identifier: a return repeats one."""
    seen: set[str] = set()
    for version in itertools.chain([last], branch.before(last)):
        identifier = _identifier(version)
        if identifier and identifier not in seen and len(seen) < KEPT:
            seen.add(identifier)
            yield version


def _identifier(version: Version) -> str:
    """Of the publication that a commit is; empty: it is none of ours."""
    title = version.commit.message.decode("utf-8", "replace").partition("\n")[0]
    return title.removeprefix(_TITLE) if title.startswith(_TITLE) else ""


def _blob(site: Path, path: str) -> Blob:
    return Blob.from_string((site / path).read_bytes() if path != _PLAIN or (site / path).is_file() else b"")


def _commit(branch: WritableBranch, files: dict[str, FileState], message: str, parent: Version | None) -> Commit:
    entries = [(path.encode("utf-8", "surrogateescape"), ObjectID(state.digest.encode()), _MODE) for path, state in files.items()]
    return _made(branch, commit_tree(branch.repository.object_store, entries), message, parent)


def _made(branch: WritableBranch, tree: ObjectID, message: str, parent: Version | None) -> Commit:
    made, moment = Commit(), leasing.now()
    made.tree, made.parents, made.message = tree, [parent.name] if parent else [], message.encode()
    made.author = made.committer = _WHO
    made.author_time = made.commit_time = int(moment.astimezone(dt.UTC).timestamp())
    made.author_timezone = made.commit_timezone = 0
    made.encoding = b"UTF-8"
    branch.repository.object_store.add_object(made)
    return made
