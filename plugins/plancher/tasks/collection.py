"""Every task of a blog, under the names that are typed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from invoke import main
from invoke.collection import Collection

from plancher.commands import building
from plancher.tasks import answers, forgetting, importing, links, measure, ping, publishing, receiving, site, start, tags, talks, theme, upgrade, writing
from plancher.tasks.blog_task import BlogTask
from plancher.tasks.help_texts import SECOND_NAMES
from plancher.tasks.program import FrenchProgram

_ALONE: tuple[BlogTask, ...] = (
    *(start.start, importing.bring, importing.fetch, writing.new, site.serve, site.check, site.build, site.publish, ping.ping),
    publishing.rollback,
    *(measure.measure, site.clean, upgrade.upgrade),
)
_UNDER_A_NAME: dict[str, tuple[BlogTask, ...]] = {
    "tags": (tags.rename, tags.merge, tags.unused),
    "links": (links.check, links.archive, links.import_bookmarks, links.draft),
    "talks": (talks.fetch,),
    "answers": (answers.fetch, receiving.receive, answers.review, forgetting.forget),
    "theme": (theme.copy, theme.diff, theme.keep),
}


def make(blog: Path, *, developers: bool) -> Collection:
    """Those of a blog; a change of its site that was interrupted is finished first."""
    main.program.__class__ = FrenchProgram  # the one that « invoke » has begun to run, and that is reading tasks.py
    building.finish_interrupted_change(blog / "output")
    made = Collection(*(task.of(blog) for task in _ALONE))
    for name, tasks in _UNDER_A_NAME.items():
        made.add_collection(_collection(name, blog, tasks))
    for name, first in SECOND_NAMES.items():
        made.add_collection(_collection(name, blog, _UNDER_A_NAME[first]))
    if developers:
        from plancher.tasks import dev  # noqa: PLC0415 - authors have no use for it

        made.add_collection(_collection("dev", blog, dev.TASKS))
    return made


def _collection(name: str, blog: Path, tasks: Iterable[BlogTask]) -> Collection:
    return Collection(name, *(task.of(blog) for task in tasks))
