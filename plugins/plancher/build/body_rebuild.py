"""The commonest build: one text was edited, and what other pages show of it has not changed.

Then the pages that hold this text are known from the last build, with all else
they are made from: they are made again with the new text. Title, date, tags,
links, pictures, a new or a lost file, a template, a setting: anything but the
body of known posts is a matter for the whole plan.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import Environment

from plancher.base.deadline import TooLong
from plancher.build import render, staleness
from plancher.build.jobs import Jobs, with_text
from plancher.build.plan import Plan
from plancher.build.render import Job, Made, RenderContext
from plancher.build.task import run_within
from plancher.cache import folders
from plancher.cache.snapshot import Snapshot
from plancher.cache.tree import Tree
from plancher.site import makers

MOST = 8
"""Edited texts above which the whole plan is as good."""
Outward = Callable[[str, str], "tuple[str, str] | None"]
"""From a text and the digest of its content: what others show of it, and its key in the cache."""


@dataclasses.dataclass(frozen=True, slots=True)
class Edit:
    """Texts of which only the body changed."""

    texts: Mapping[str, str]
    """For each key in the cache, the one that takes its place."""


def edited(last: Snapshot | None, command: str, trees: list[Tree]) -> list[tuple[str, str]] | None:
    """The texts that changed since the last build, each with its former digest; None when anything else was read."""
    if last is None or not last.is_of(command):
        return None
    changed: list[tuple[str, str]] = []
    known = {str(tree.root): tree for tree in trees}
    for root, ignored, files in last.folders:
        tree = known.pop(root, None)
        names = folders.changed_files(Path(root), ignored, files, tree)
        if names is None or (names and tree is not trees[0]):
            return None
        changed += [(name, files[name].digest or "") for name in names]
    if any(f"/{name}:" in last.report for name, _ in changed):
        return None
    if known or not 0 < len(changed) <= MOST or not all(name.endswith(".md") for name, _ in changed):
        return None
    return changed


def same_outside(changed: list[tuple[str, str]], tree: Tree, outward: Outward) -> Edit | None:
    """The edit, if what other pages show of these texts has not changed."""
    texts = {}
    for name, former in changed:
        before, after = outward(name, former), outward(name, tree.digest(name) or "")
        if before is None or after is None or before[0] != after[0]:
            return None
        texts[before[1]] = after[1]
    return Edit(texts)


def touch_up(edit: Edit, jobs: Jobs, plan: Plan, env: Callable[[], Environment], store: Path) -> bool:
    """Make again what holds these texts.

    :returns: False when the last build did not say how; nothing has changed then.
    """
    with contextlib.suppress(LookupError):
        found = jobs.using(edit.texts)
        if not found or not all(job.path in plan.ledger.live.files for job in found):
            return False
        renewed = [Job(job.path, job.make, with_text(job.argument, edit.texts, str(store)), is_kept=True) for job in found]
        renewed += _followers(found, renewed, plan, str(store))
        made = _made(renewed, jobs, lambda shared: RenderContext(plan.staging, env, shared))
        if made is None:
            for job in renewed:
                (plan.staging / job.path).unlink(missing_ok=True)
            return False
        plan.touch_up(renewed, made)
        plan.reasons = {job.path: staleness.BODY for job in renewed}
        return True
    return False


def _followers(former: list[Job], present: list[Job], plan: Plan, store: str) -> list[Job]:
    """Other files of the site that hold words of these texts, each with its new text.

    :raises LookupError: some file is new, or nobody can tell.
    """
    known: dict[str, str] = {}

    def file(path: str) -> str:
        if path not in plan.ledger.live.files:
            raise LookupError(path)
        return known[path] if path in known else (plan.target.folder / path).read_text(encoding="utf-8")

    try:
        for before, after in zip(former, present, strict=True):
            follow = makers.follower(before.make)
            if follow:
                known.update(follow(with_text(before.argument, {}, store), after.argument, file))
    except Exception as error:  # a recipe is what a cache says: its values may be of any kind
        raise LookupError(str(error)) from error
    return [Job(path, render.as_is, text) for path, text in sorted(known.items())]


def _made(renewed: list[Job], jobs: Jobs, context_of: Callable[[dict[str, Mapping[str, object]]], RenderContext]) -> list[Made] | None:
    """These files, made; None when one of them cannot be.

    A recipe is what a cache says: its values may be of any kind. The whole plan
    makes the same files from the texts, and says what is wrong if anything is.
    """
    try:
        context = context_of({job.argument[1]: jobs.frame(job.argument[1]) for job in renewed if job.make is render.page})
        context.env  # noqa: B018 - made here, where it may fail
    except Exception:  # noqa: BLE001 - whatever it is
        return None
    results: list[Made] = []
    for job in renewed:
        result = run_within(render.LIMIT, functools.partial(render.make, context), job)
        if isinstance(result, TooLong):  # the whole plan would wait for it once more
            raise render.failure(job, result, context)
        if isinstance(result, Exception) or result.lost:
            return None
        results.append(result)
    return results
