"""The files a site will be made of, and which of them must be made again."""

from __future__ import annotations

import dataclasses
import functools
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from plancher.base import digest
from plancher.base.problems import SiteProblem
from plancher.build import delivery, failures, output, owners, settlement, staleness
from plancher.build.jobs import bodies_of
from plancher.build.ledger import Ledger
from plancher.build.making import Making
from plancher.build.owners import Kind, Owner
from plancher.build.render import Job, Made
from plancher.build.staleness import UNKNOWN
from plancher.build.target import Target
from plancher.cache import manifest, pickling, tree
from plancher.cache.manifest import MARKER
from plancher.site.claims import Claim


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

    target: Target
    """Where the site goes."""
    staging: Path
    """Where what is made lies until the site is whole."""
    making: Making
    made: list[str] = dataclasses.field(default_factory=list)
    """What this build wrote: files whose content is new."""
    removed: list[str] = dataclasses.field(default_factory=list)
    reasons: dict[str, str] = dataclasses.field(default_factory=dict)
    """For each file that was made again, which input changed."""
    recipes: list[tuple[Job, frozenset[str], bytes]] = dataclasses.field(default_factory=list)
    """How the files that hold a text were made by this build, the keys of these texts in the cache, and the argument as it is kept."""
    lacks_recipes: bool = False
    """Whether those of earlier builds are lost, or of another build: then all are gathered again."""
    on_failures: Callable[[list[SiteProblem]], None] = lambda _: None
    """Told what is to be mended before anything is published, by file from the content folder."""
    content_folder: Path = Path()
    problems: list[SiteProblem] = dataclasses.field(default_factory=list)
    """What is to be mended, when the site was settled before other plugins saw it."""
    without_template: list[str] = dataclasses.field(default_factory=list)
    """Pages for which the theme has no template."""
    kept: list[Claim] = dataclasses.field(default_factory=list)
    """Who has an address, once each has its owner."""
    is_complete: bool = False
    """Whether all of the site lies in ``staging``, as other plugins left it."""
    _wanted: list[_Wanted] = dataclasses.field(default_factory=list)
    _jobs: dict[str, tuple[Callable[[], Job], dict[str, str]]] = dataclasses.field(default_factory=dict)
    _bodies: dict[str, frozenset[str]] = dataclasses.field(default_factory=dict)
    _sources: dict[str, tuple[tree.Stamp, str]] = dataclasses.field(default_factory=dict)

    @property
    def ledger(self) -> Ledger:
        """The memory of the output folder."""
        return self.target.ledger

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
        settled = settlement.settle([wanted.claim for wanted in self._wanted], content)
        self.kept = [wanted.claim for wanted in self._wanted if id(wanted.claim) not in settled.losers]
        for claim, inputs, job, bodies in self._wanted:
            path = settled.losers.get(id(claim), claim.path)
            if job is not None and path:
                self._jobs[path] = (job if path == claim.path else _moved(job, path)), inputs
                self._bodies[path] = bodies
        return settled.problems

    @property
    def has_unknown(self) -> bool:
        """Whether some file of the site must be made at each build."""
        return any(UNKNOWN in inputs for inputs in self.ledger.book.inputs.values())

    def content(self, source: Path) -> str:
        """The digest of a file to copy, read again only if it may have changed.

        :raises OSError: it cannot be read.
        """
        name, now = str(source), time.time_ns()
        stamp = tree.stamp(source.stat())
        kept = self.ledger.book.sources.get(name)
        content = str(kept[1]) if kept and tuple(kept[0]) == stamp else digest.of_file(source)
        if not tree.is_racy(stamp, now):
            self._sources[name] = (stamp, content)
        return content

    def finish(self) -> bool:
        """Make what must be, and put the whole site in its place.

        :returns: whether anything changed.
        :raises Exception: what a job raised; nothing has changed then.
        """
        altered, unsure, old = self.target.altered, self.target.unsure, self.ledger.live
        jobs = {} if self.is_complete else self._jobs
        kept = {path: old.files[path][0] for path, (_, inputs) in jobs.items() if self._is_kept(path, inputs, unsure)}
        want = kept | dict(self._make([path for path in jobs if path not in kept]))
        for path in kept if self.lacks_recipes else ():
            if self._bodies[path]:
                job = self._jobs[path][0]()
                self.recipes.append((job, self._bodies[path], pickling.sealed(job.argument)))
        self._judge()
        want |= self._loose(want)
        inputs = {path: jobs[path][1] if path in jobs else {UNKNOWN: ""} for path in want} | {MARKER: {}}
        self.removed = sorted(path for path in old.files if path not in want and path != MARKER)
        self.made = sorted(path for path, content in want.items() if path in altered or old.files.get(path, ("",))[0] != content)
        changed = bool(self.made or self.removed or not self.target.folder.exists()) or MARKER not in old.files or MARKER in altered
        foreign = self.target.foreign(want)
        if changed:
            self._publish(want | self._mark(want), foreign)
        elif self.target.status.names_changed:  # a name came and went
            self.target.survey(want | self._mark(want), foreign)
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
        self.problems = self.settle(content)
        made = [path for path, _ in self._make(list(self._jobs))]
        self.recipes.clear()
        self.is_complete = True
        return made

    def touch_up(self, jobs: list[Job], results: Iterable[Made]) -> None:
        """Publish these files, and nothing else.

        :param results: what ``render.make`` gave for each.
        """
        live = self.ledger.live.files
        made = {}
        for job, result in zip(jobs, results, strict=True):
            made[job.path] = result.digest
            if job.is_kept:
                self.recipes.append((job, bodies_of(job.argument), result.argument))
        self.making.fresh.update(made)
        self.made = sorted(path for path, content in made.items() if live[path][0] != content)
        if self.made:
            self._publish({path: mark[0] for path, mark in live.items()} | made, self.ledger.live.foreign)
        self.ledger.stale |= made.keys()

    def _is_kept(self, path: str, inputs: dict[str, str], unsure: set[str]) -> bool:
        reason = staleness.reason(path, inputs, self.ledger, unsure)
        if reason:
            self.reasons[path] = reason
        return not reason

    def _make(self, paths: list[str]) -> Iterator[tuple[str, str]]:
        """Make these files; the path and digest of each."""
        jobs = {path: dataclasses.replace(self._jobs[path][0](), is_kept=bool(self._bodies[path])) for path in paths}
        yield from self.making.run(list(jobs.values()))
        arguments = self.making.arguments
        self.recipes += [(job, self._bodies[path], arguments.pop(path)) for path, job in jobs.items() if path in arguments]
        for failure in self.making.failures:  # made again by each build, so that each says it
            self._jobs[failure.path] = self._jobs[failure.path][0], {UNKNOWN: ""}

    def _judge(self) -> None:
        """Say what could not be made.

        :raises Exception: neither the home page nor any text could: the site that is there is worth more.
        :raises SystemExit: nothing is to be published.
        """
        if not self.making.failures:
            return
        spoilt = {failure.path: failure.error for failure in self.making.failures if failure.error}
        texts = {path for path, owner in self._owners.items() if owner.kind is Kind.TEXT}
        home = spoilt.get("index.html")
        if home is not None and not texts - spoilt.keys():
            raise home
        self.on_failures(list(failures.problems(self.making.failures, self._owners, self._texts)))

    def _loose(self, known: dict[str, str]) -> dict[str, str]:
        """What somebody wrote straight into the folder: plugins we do not know do."""
        found = {}
        for path in manifest.walk(self.staging):
            if path not in known:
                found[path] = digest.of_file(self.staging / path)
                self.making.fresh.add(path)
                self.reasons.setdefault(path, UNKNOWN)
        return found

    def _mark(self, want: Mapping[str, str]) -> dict[str, str]:
        """The mark of a site of these files: made again only when some came or went."""
        live = self.ledger.live.files
        if MARKER in live and MARKER not in self.target.altered and {*want, MARKER} == live.keys():
            return {MARKER: live[MARKER][0]}
        text = output.marker_text(want).encode()
        (self.staging / MARKER).write_bytes(text)
        self.making.fresh.add(MARKER)
        return {MARKER: digest.of_bytes(text)}

    def _publish(self, want: Mapping[str, str], foreign: list[str]) -> None:
        """Put the whole site in its place."""
        made = {*self.made, MARKER} if MARKER in self.making.fresh else {*self.made}
        for path in self.making.fresh - made:
            (self.staging / path).unlink(missing_ok=True)  # made again, and came out the same: the file that is there keeps its times
        target = self.target
        delivery.Delivery(
            target.folder, self.staging, self.ledger, target.stays, made, self.removed, foreign, target.status, target.standby_is_intact, target.remarks
        ).deliver(want)
