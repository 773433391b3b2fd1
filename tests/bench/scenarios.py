"""What is measured, and in which order: rounds in which every engine has its turn."""

from __future__ import annotations

import collections
import dataclasses
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import aside
import measure
import preview
import rivals
from measure import Cost
from workcopy import WorkingCopy

GROWTH = (1_000, 10_000)
BLOGS = (100, 1_000)
"""Sizes of blogs whose authors wait: what they feel is measured in seconds, beside nobody."""
WAITS = ("cold", "noop", "body", "title")
PREVIEW_EDITS = 5


@dataclasses.dataclass(frozen=True, kw_only=True)
class Options:
    posts: int
    rounds: int
    slow_rounds: int
    """Rounds of plain Pelican and of the 10,000 posts."""
    growth: bool


@dataclasses.dataclass
class Results:
    """All that was measured, by the name of its scenario."""

    options: Options
    costs: dict[str, list[Cost]] = dataclasses.field(default_factory=lambda: collections.defaultdict(list))
    memory: dict[str, int | None] = dataclasses.field(default_factory=dict)
    latency: dict[str, list[float]] = dataclasses.field(default_factory=dict)
    hugo: bool = True
    typogrify: bool = True

    def wall(self, name: str) -> float | None:
        return statistics.median(cost.wall for cost in self.costs[name]) if self.costs.get(name) else None

    def wait(self, posts: int, scenario: str) -> float | None:
        """Seconds that the author of a blog of this size waits."""
        return self.wall(f"plancher {scenario}" if posts == self.options.posts else f"blog-{posts} {scenario}")

    def cpu(self, name: str) -> float | None:
        return statistics.median(cost.cpu for cost in self.costs[name]) if self.costs.get(name) else None


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """One measure: its name, and how to take it."""

    name: str
    run: Callable[[], None]


class Bench:
    """The folders of one benchmark, and its steps."""

    def __init__(self, folder: Path, options: Options) -> None:
        self.folder = folder
        self.options = options
        self.binary = rivals.hugo_binary()
        self.results = Results(options, hugo=self.binary is not None, typogrify=rivals.has_typogrify())
        self.ours = WorkingCopy.make(folder / "plancher", options.posts)
        content = self.ours.folder / "content"
        if self.binary:
            rivals.write_hugo(content, folder / "hugo")
        rivals.write_pelican(content, folder / "pelican")
        self.blogs = [WorkingCopy.make(folder / f"blog-{posts}", posts) for posts in BLOGS if posts != options.posts]

    def run(self) -> Results:
        steps = list(self.steps())
        for number, step in enumerate(steps, 1):
            print(f"[{number}/{len(steps)}] {step.name}", end="", file=sys.stderr, flush=True)
            start = time.perf_counter()
            step.run()
            print(f" : {time.perf_counter() - start:.1f} s", file=sys.stderr)
        return self.results

    def steps(self) -> Iterator[Step]:
        for turn in range(self.options.rounds):
            yield from self._round(slow=turn < self.options.slow_rounds)
        yield from self._previews()
        yield from self._memory()
        if self.options.growth:
            yield from self._growth()

    def _round(self, *, slow: bool) -> Iterator[Step]:
        ours = self.ours
        yield self._cold(ours, "plancher cold")
        yield from self._hugo("hugo")
        yield self._noop(ours, "plancher noop")
        yield self._edited(ours, "plancher body", ours.edit_body, ours.check_page)
        yield from self._hugo("hugo-flux")
        yield self._edited(ours, "plancher title", ours.edit_title, ours.check_page)
        yield self._edited(ours, "plancher tags", ours.edit_tags, ours.check_tag)
        yield self._edited(ours, "plancher template", ours.edit_template, ours.check_page)
        for blog in self.blogs:
            yield from self._waits(blog)
        if slow and self.results.typogrify:
            yield Step("pelican cold", lambda: self._rival("pelican cold", "pelican", rivals.pelican_command(), "output"))

    def _waits(self, blog: WorkingCopy) -> Iterator[Step]:
        name = f"blog-{len(blog.heads)}"
        yield self._cold(blog, f"{name} cold")
        yield self._noop(blog, f"{name} noop")
        yield self._edited(blog, f"{name} body", blog.edit_body, blog.check_page)
        yield self._edited(blog, f"{name} title", blog.edit_title, blog.check_page)

    def _hugo(self, variant: str) -> Iterator[Step]:
        if self.binary:
            command = rivals.hugo_command(self.binary, self.folder / "hugo", variant)
            yield Step(f"{variant} cold", lambda: self._rival(f"{variant} cold", "hugo", command, "public"))

    def _rival(self, name: str, folder: str, command: list[str], output: str) -> None:
        aside.put([self.folder / folder / output], self.folder)
        self.results.costs[name].append(measure.timed(command, self.folder / folder))

    def _cold(self, copy: WorkingCopy, name: str) -> Step:
        def run() -> None:
            copy.set_aside()
            self._build(copy, name)

        return Step(name, run)

    def _noop(self, copy: WorkingCopy, name: str) -> Step:
        return Step(name, lambda: self._build(copy, name))

    def _edited(self, copy: WorkingCopy, name: str, edit: Callable[[], str], check: Callable[[str], None]) -> Step:
        def run() -> None:
            word = edit()
            self._build(copy, name)
            check(word)

        return Step(name, run)

    def _build(self, copy: WorkingCopy, name: str) -> None:
        self.results.costs[name].append(measure.timed(copy.command("build"), copy.folder))

    def _previews(self) -> Iterator[Step]:
        ours = self.ours

        def plancher() -> None:
            self.results.latency["plancher serve"] = preview.latencies(ours.command("serve", "--port"), ours.folder, ours.page, ours.edit_body, PREVIEW_EDITS)

        yield Step("plancher serve", plancher)
        if self.binary:
            yield Step("hugo serve", lambda: self._hugo_preview(self.folder / "hugo"))

    def _hugo_preview(self, folder: Path) -> None:
        """Hugo's own preview, for comparison: the same edit of the same post."""
        twin = WorkingCopy(folder, self.options.posts)
        command = [str(self.binary), "server", "--quiet", "--config", "hugo.toml", "--cacheDir", str(folder / "cache"), "--bind", "127.0.0.1", "--port"]
        self.results.latency["hugo serve"] = preview.latencies(command, folder, twin.page, twin.edit_body, PREVIEW_EDITS)

    def _memory(self) -> Iterator[Step]:
        def weigh(name: str, command: list[str], folder: Path, output: str = "") -> Step:
            def run() -> None:
                if output:
                    aside.put([folder / output], self.folder)
                else:
                    self.ours.set_aside()
                self.results.memory[name] = measure.peak(command, folder)

            return Step(f"{name} memory", run)

        yield weigh("plancher", self.ours.command("build"), self.ours.folder)
        for variant in rivals.HUGO_SETTINGS if self.binary else ():
            yield weigh(variant, rivals.hugo_command(self.binary or Path(), self.folder / "hugo", variant), self.folder / "hugo", "public")
        if self.results.typogrify and self.options.slow_rounds:
            yield weigh("pelican", rivals.pelican_command(), self.folder / "pelican", "output")

    def _growth(self) -> Iterator[Step]:
        small, large = (WorkingCopy.make(self.folder / f"plancher-{posts}", posts) for posts in GROWTH)
        for _ in range(max(1, self.options.slow_rounds)):
            yield self._cold(small, f"growth {GROWTH[0]}")
            yield self._cold(large, f"growth {GROWTH[1]}")
