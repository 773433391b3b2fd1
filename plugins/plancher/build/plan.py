"""The files a site will be made of, and which of them must be made again."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from plancher.base import digest
from plancher.base.problems import SiteProblem
from plancher.build import delivery, failures, output, owners, render
from plancher.build.failures import Failure
from plancher.build.jobs import bodies_of
from plancher.build.ledger import Ledger
from plancher.build.owners import Kind, Owner
from plancher.build.render import Job, Made, MakingError, RenderContext, TemplateError
from plancher.build.workers import WorkerPool
from plancher.cache import manifest, pickling, tree
from plancher.cache.body import LostError
from plancher.cache.manifest import MARKER, Manifest, SiteStatus
from plancher.site.claims import Claim

_WORTH_SHARING = 64
"""Files from which it pays to start workers."""
UNKNOWN = "entrées inconnues"
"""The input of what nobody can tell the inputs of: it is made each time."""


class _Wanted(NamedTuple):
    """A file somebody asked for."""

    claim: Claim
    inputs: dict[str, str]
    job: Callable[[], Job] | None
    """None: it is written already."""
    bodies: frozenset[str]


def _moved(job: Callable[[], Job], path: str) -> Callable[[], Job]:
    """The same job, for another path."""
    return lambda: dataclasses.replace(job(), path=path)


@dataclasses.dataclass
class Plan:
    """The files of one build."""

    target: Path
    staging: Path
    """Where what is made lies until the site is whole."""
    ledger: Ledger
    pool: WorkerPool
    context: RenderContext
    """What the jobs share."""
    made: list[str] = dataclasses.field(default_factory=list)
    """What this build wrote: files whose content is new."""
    removed: list[str] = dataclasses.field(default_factory=list)
    said: list[str] = dataclasses.field(default_factory=list)
    """What the owner should know of his output folder."""
    retained: tuple[str, ...] = ()
    """Names at the root of the output folder that he knows of (Pelican's ``OUTPUT_RETENTION``)."""
    stays: bool = False
    """Whether the output folder must remain the very one it is."""
    site_is_intact: Callable[[], bool] = lambda: False
    """Whether somebody has looked, and found the site as it was left."""
    standby_is_intact: Callable[[], bool] = lambda: False
    """The same of its double, provided that the site is."""
    reasons: dict[str, str] = dataclasses.field(default_factory=dict)
    """For each file that was made again, which input changed."""
    recipes: list[tuple[Job, frozenset[str], bytes]] = dataclasses.field(default_factory=list)
    """How the files that hold a text were made by this build, the keys of these texts in the cache, and the argument as it is kept."""
    lacks_recipes: bool = False
    """Whether those of earlier builds are lost, or of another build: then all are gathered again."""
    failures: list[Failure] = dataclasses.field(default_factory=list)
    """What could not be made by this build, or not whole."""
    on_failures: Callable[[list[SiteProblem]], None] = lambda _: None
    """Told what is to be mended before anything is published, by file from the content folder."""
    _wanted: list[_Wanted] = dataclasses.field(default_factory=list)
    _jobs: dict[str, tuple[Callable[[], Job], dict[str, str]]] = dataclasses.field(default_factory=dict)
    _bodies: dict[str, frozenset[str]] = dataclasses.field(default_factory=dict)
    _fresh: set[str] = dataclasses.field(default_factory=set)
    """What was made and lies in ``staging``."""
    _sources: dict[str, tuple[tree.Stamp, str]] = dataclasses.field(default_factory=dict)
    content_folder: Path = Path()
    found: list[SiteProblem] = dataclasses.field(default_factory=list)
    """What is to be mended, when the site was settled before other plugins saw it."""
    without_template: list[str] = dataclasses.field(default_factory=list)
    """Pages for which the theme has no template."""
    is_complete: bool = False
    """Whether all of the site lies in ``staging``, as other plugins left it."""
    _doubtful: set[str] = dataclasses.field(default_factory=set)
    """Files of which nobody knows what they were made from."""

    def claim(self) -> None:
        """Refuse a folder that is not one of ours, and not empty.

        :raises RefusedError: it is somebody else's.
        """
        if not self.target.is_dir() or delivery.unchanged(self.target, self.ledger.live) or output.is_free(self.target, self.retained):
            return
        if output.read_marker(self.target) is None and not self._is_recognized():
            names = output.named(self.target, sorted(path.name for path in self.target.iterdir()))
            raise output.refused(
                self.target, f"ce dossier contient autre chose qu'un site construit ici : {names}. Videz-le ou déplacez-le, ou choisissez un autre dossier."
            )

    def _is_recognized(self) -> bool:
        """Whether some file of a folder that has lost its mark holds what we put there."""
        return bool(self._status and self.ledger.live.files)

    def want(self, claim: Claim, inputs: dict[str, str], job: Callable[[], Job], bodies: frozenset[str]) -> None:
        """One file of the site, if nobody else has a better right to its address (``settle``).

        :param inputs: a digest for each thing the file is made from.
        :param job: how to make it, asked for only if it must be.
        :param bodies: keys, in the cache, of the texts it holds.
        """
        self._wanted.append(_Wanted(claim, inputs, job, bodies))

    def notice(self, claim: Claim) -> None:
        """A file that is written already, by somebody else: its address is taken."""
        self._wanted.append(_Wanted(claim, {}, None, frozenset()))

    @functools.cached_property
    def _owners(self) -> dict[str, Owner]:
        """Who asked for each path."""
        return {wanted.claim.path: owners.of(wanted.claim, self.content_folder) for wanted in self._wanted}

    @functools.cached_property
    def _texts(self) -> dict[str, Owner]:
        """The text at each address."""
        asked = ((wanted.claim, self._owners[wanted.claim.path]) for wanted in self._wanted)
        return {claim.url: owner for claim, owner in asked if owner.kind is Kind.TEXT}

    def settle(self, content: Path) -> list[SiteProblem]:
        """Give each address its owner, once everybody has asked; what is to be mended, by file from the content folder.

        A text whose address is taken gets another one, so that a preview shows it all the same.
        """
        self.content_folder = content
        settlement = owners.settle([wanted.claim for wanted in self._wanted], content)
        for claim, inputs, job, bodies in self._wanted:
            path = settlement.losers.get(id(claim), claim.path)
            if job is not None and path:
                self._jobs[path] = (job if path == claim.path else _moved(job, path)), inputs
                self._bodies[path] = bodies
        return settlement.problems

    @property
    def has_unknown(self) -> bool:
        """Whether some file of the site must be made at each build."""
        return any(UNKNOWN in inputs for inputs in self.ledger.book.inputs.values())

    @property
    def altered(self) -> set[str]:
        """The files of the site that are missing or not as they were left."""
        return self._status.altered

    @property
    def is_moved(self) -> bool:
        """Whether a name came or went in the folder of the site."""
        return self._status.names_changed or bool(self._doubtful)

    @functools.cached_property
    def _status(self) -> SiteStatus:
        live = self.ledger.live
        if live.files and self.site_is_intact():
            return SiteStatus()
        status = live.check(self.target)
        if MARKER in live.files and MARKER not in status.altered:
            return status
        # Not the folder that is remembered: a backup, a copy, or a cache that was lost.
        found = self.ledger.live = output.adopt(self.target, live)
        self._doubtful = {path for path, mark in found.files.items() if live.files.get(path, ("",))[0] != mark[0]}
        return found.check(self.target)

    def content(self, source: Path) -> str:
        """The digest of a file to copy, read again only if it may have changed.

        :raises OSError: it cannot be read.
        """
        name, now = str(source), time.time_ns()
        stamp = tree.stamp(source.stat())
        kept = self.ledger.book.sources.get(name)
        content = str(kept[1]) if kept and tuple(kept[0]) == stamp else digest.of_bytes(source.read_bytes())
        if not tree.is_racy(stamp, now):
            self._sources[name] = (stamp, content)
        return content

    def finish(self) -> bool:
        """Make what must be, and put the whole site in its place.

        :returns: whether anything changed.
        :raises Exception: what a job raised; nothing has changed then.
        """
        altered, old = self.altered, self.ledger
        unsure = altered | self._doubtful
        jobs = {} if self.is_complete else self._jobs
        kept = {path: old.live.files[path][0] for path, (_, inputs) in jobs.items() if self._is_kept(path, inputs, unsure)}
        want = kept | dict(self._make([path for path in jobs if path not in kept]))
        for path in kept if self.lacks_recipes else ():
            if self._bodies[path]:
                job = self._jobs[path][0]()
                self.recipes.append((job, self._bodies[path], pickling.sealed(job.argument)))
        self._judge()
        want |= self._loose(want)
        inputs = {path: jobs[path][1] if path in jobs else {UNKNOWN: ""} for path in want} | {MARKER: {}}
        self.removed = sorted(path for path in old.live.files if path not in want and path != MARKER)
        self.made = sorted(path for path, content in want.items() if path in altered or old.live.files.get(path, ("",))[0] != content)
        changed = bool(self.made or self.removed or not self.target.exists()) or MARKER not in old.live.files or MARKER in altered
        foreign = self._foreign(want)
        if changed:
            self._publish(want | self._mark(want), foreign)
        elif self._status.names_changed:  # a name came and went
            old.live = dataclasses.replace(manifest.survey(self.target, want | self._mark(want), Manifest(old.live.files), ()), foreign=foreign)
        frames = {made.get("cadre", "") for made in inputs.values()}
        book = self.ledger.book
        book.inputs, book.sources = inputs, self._sources
        book.frames = {name: frame for name, frame in book.frames.items() if name in frames}
        return changed

    def make_everything(self, content: Path) -> list[str]:
        """Make every file now, in ``staging``: plugins we do not know look at the site, and change it.

        What lies in ``staging`` is the site from now on.

        :returns: the paths of the files that were made.
        """
        self.found = self.settle(content)
        made = [path for path, _ in self._make(list(self._jobs))]
        self.recipes.clear()
        self.is_complete = True
        return made

    def rename_staging(self, target: str) -> None:
        """Other plugins may write down where they wrote: that is where the site will be."""
        for path in manifest.walk(self.staging):
            if path.endswith((".json", ".toml", ".txt", ".xml")):
                file, name = self.staging / path, os.fsencode(self.staging)
                raw = file.read_bytes()
                if name in raw:
                    file.write_bytes(raw.replace(name, os.fsencode(target)))

    def touch_up(self, jobs: list[Job], results: Iterable[Made]) -> None:
        """Publish these files, and nothing else.

        :param results: what ``render.make`` gave for each.
        """
        live = self.ledger.live.files
        made = {}
        for job, result in zip(jobs, results, strict=True):
            made[job.path] = result.digest
            self.recipes.append((job, bodies_of(job.argument), result.argument))
        self._fresh.update(made)
        self.made = sorted(path for path, content in made.items() if live[path][0] != content)
        if self.made:
            self._publish({path: mark[0] for path, mark in live.items()} | made, self.ledger.live.foreign)
        self.ledger.stale |= made.keys()

    def _is_kept(self, path: str, inputs: dict[str, str], altered: set[str]) -> bool:
        old = self.ledger.book.inputs.get(path)
        if path not in self.ledger.live.files or old is None:
            self.reasons[path] = "nouveau fichier"
        elif path in altered:
            self.reasons[path] = "fichier absent ou modifié sur le disque"
        elif not old:
            self.reasons[path] = "refait seul la dernière fois"
        elif UNKNOWN in inputs:
            self.reasons[path] = UNKNOWN
        elif old != inputs:
            self.reasons[path] = ", ".join(self._differences(old, inputs))
        else:
            return True
        return False

    def _differences(self, old: dict[str, str], new: dict[str, str]) -> Iterator[str]:
        for name in sorted(old.keys() | new.keys()):
            if old.get(name) != new.get(name):
                before, after = (self.ledger.book.frames.get(inputs.get(name, ""), {}) for inputs in (old, new))
                shared = [key for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key)]
                yield from shared or [name]

    def _make(self, paths: list[str]) -> Iterator[tuple[str, str]]:
        """Make these files; the path and digest of each."""
        jobs = [dataclasses.replace(self._jobs[path][0](), is_kept=bool(self._bodies[path])) for path in paths]
        pool = self.pool if len(jobs) >= _WORTH_SHARING else dataclasses.replace(self.pool, method="")
        task = functools.partial(render.make, self.context)
        with contextlib.closing(pool.map("Écriture", task, jobs, render.LIMIT)) as results:  # nobody writes when the first failure is told
            for path, job, result in zip(paths, jobs, results, strict=True):
                if isinstance(result, Exception):
                    yield from self._fail(job, render.failure(job, result, self.context))
                    continue
                if result.lost:
                    self._note(Failure(path, None, result.lost))
                elif job.is_kept:
                    self.recipes.append((job, self._bodies[path], result.argument))
                self._fresh.add(path)
                yield path, str(result.digest)

    def _fail(self, job: Job, error: Exception) -> Iterator[tuple[str, str]]:
        """Put a page that says so in the place of one that cannot be made; another file is missing.

        :raises Exception: it is no matter of this file alone: the disk, the cache, what never ends.
        """
        if isinstance(error, LostError | OSError | MemoryError) or (isinstance(error, MakingError) and not isinstance(error, TemplateError)):
            raise error
        failure = Failure(job.path, error)
        self._note(failure)
        content = failures.stand_in(failure).encode()
        if content:
            render.write(self.context.folder, job.path, content)
            self._fresh.add(job.path)
            yield job.path, digest.of_bytes(content)

    def _note(self, failure: Failure) -> None:
        """It is made again by each build, so that each says it."""
        self.failures.append(failure)
        job, _ = self._jobs[failure.path]
        self._jobs[failure.path] = job, {UNKNOWN: ""}

    def _judge(self) -> None:
        """Say what could not be made.

        :raises Exception: neither the home page nor any text could: the site that is there is worth more.
        :raises SystemExit: nothing is to be published.
        """
        if not self.failures:
            return
        spoilt = {failure.path: failure.error for failure in self.failures if failure.error}
        texts = {path for path, owner in self._owners.items() if owner.kind is Kind.TEXT}
        home = spoilt.get("index.html")
        if home is not None and not texts - spoilt.keys():
            raise home
        self.on_failures(list(failures.problems(self.failures, self._owners, self._texts)))

    def _loose(self, known: dict[str, str]) -> dict[str, str]:
        """What somebody wrote straight into the folder: plugins we do not know do."""
        found = {}
        for path in manifest.walk(self.staging):
            if path not in known:
                found[path] = digest.of_bytes((self.staging / path).read_bytes())
                self._fresh.add(path)
                self.reasons.setdefault(path, UNKNOWN)
        return found

    def _mark(self, want: Mapping[str, str]) -> dict[str, str]:
        """The mark of a site of these files: made again only when some came or went."""
        live = self.ledger.live.files
        if MARKER in live and MARKER not in self.altered and {*want, MARKER} == live.keys():
            return {MARKER: live[MARKER][0]}
        text = output.marker_text(want).encode()
        (self.staging / MARKER).write_bytes(text)
        self._fresh.add(MARKER)
        return {MARKER: digest.of_bytes(text)}

    def _foreign(self, want: Mapping[str, str]) -> list[str]:
        """What of the output folder is somebody else's, and stays; it is named when it is new.

        :raises RefusedError: some of it stands where the site wants a file.
        """
        live = self.ledger.live
        foreign = output.kept_foreign(self.target, self._status.untracked if self._status.names_changed else live.foreign, want)
        new = [path for path in foreign if path not in live.foreign and path.split("/")[0] not in self.retained]
        if new:
            self.said.append(f"{output.shown(self.target)} : ceci n'est pas du site et reste tel quel : {output.named(self.target, new)}.")
        for path in delivery.edited(self.target, self.altered, live):
            self.said.append(
                f"{output.shown(self.target / path)} : ce fichier du site avait été modifié à la main ; il a été refait. Corrigez plutôt sa source."
            )
        return foreign

    def _publish(self, want: Mapping[str, str], foreign: list[str]) -> None:
        """Put the whole site in its place."""
        made = {*self.made, MARKER} if MARKER in self._fresh else {*self.made}
        for path in self._fresh - made:
            (self.staging / path).unlink(missing_ok=True)  # made again, and came out the same: the file that is there keeps its times
        delivery.Delivery(
            self.target, self.staging, self.ledger, self.stays, made, self.removed, foreign, self._status, self.standby_is_intact, self.said
        ).deliver(want)
