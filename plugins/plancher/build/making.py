"""The making of files by the workers: what came of each, and what stands in for those that fail."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Iterator

from plancher.base import digest
from plancher.build import failures, render
from plancher.build.failures import Failure
from plancher.build.render import Job, MakingError, RenderContext, TemplateError
from plancher.build.workers import WorkerPool
from plancher.cache.body import LostError

_WORTH_SHARING = 64
"""Files from which it pays to start workers."""


@dataclasses.dataclass
class Making:
    """The files that one build makes."""

    pool: WorkerPool
    context: RenderContext
    """What the jobs share."""
    fresh: set[str] = dataclasses.field(default_factory=set)
    """What was made, and lies in the folder of ``context``."""
    failures: list[Failure] = dataclasses.field(default_factory=list)
    """What could not be made, or not whole."""
    arguments: dict[str, bytes] = dataclasses.field(default_factory=dict)
    """Of the jobs whose argument is to be kept, as it is kept."""

    def run(self, jobs: list[Job]) -> Iterator[tuple[str, str]]:
        """Make these files; the path and digest of each.

        :raises Exception: what is no matter of one file alone: the disk, the cache, what never ends.
        """
        pool = self.pool if len(jobs) >= _WORTH_SHARING else dataclasses.replace(self.pool, method="")
        task = functools.partial(render.make, self.context)
        with contextlib.closing(pool.map("Écriture", task, jobs, render.LIMIT)) as results:  # nobody writes when the first failure is told
            for job, result in zip(jobs, results, strict=True):
                if isinstance(result, Exception):
                    yield from self._fail(job, render.failure(job, result, self.context))
                    continue
                if result.lost:
                    self.failures.append(Failure(job.path, None, result.lost))
                elif job.is_kept:
                    self.arguments[job.path] = result.argument
                self.fresh.add(job.path)
                yield job.path, str(result.digest)

    def _fail(self, job: Job, error: Exception) -> Iterator[tuple[str, str]]:
        """Put a page that says so in the place of one that cannot be made; another file is missing."""
        if isinstance(error, LostError | OSError | MemoryError) or (isinstance(error, MakingError) and not isinstance(error, TemplateError)):
            raise error
        failure = Failure(job.path, error)
        self.failures.append(failure)
        content = failures.stand_in(failure).encode()
        if content:
            render.write(self.context.folder, job.path, content)
            self.fresh.add(job.path)
            yield job.path, digest.of_bytes(content)
