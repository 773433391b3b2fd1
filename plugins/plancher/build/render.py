"""What a worker does for a file of the site: make it from its inputs, write it, say what it holds."""

from __future__ import annotations

import dataclasses
import functools
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, Template, TemplateNotFound

from plancher.base import digest, links, reasons
from plancher.base.deadline import TooLong
from plancher.base.fast_pickle import fast_pickle
from plancher.base.french import plural
from plancher.build.task import WorkerError, brief
from plancher.build.values import ListPage
from plancher.cache import pickling
from plancher.cache.body import LostError
from plancher.site.makers import Maker, Partial, maker


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True)
class Job:
    """One file to make: a function of a module, and all it may know."""

    path: str
    """From the root of the site, with slashes."""
    make: Maker
    argument: Any  # Any: what its maker takes
    is_kept: bool = False
    """Whether the file may have to be made again with another text, and nothing else."""


class RenderContext:
    """What the jobs of one build share; a process that is no copy of this one makes its own templates."""

    def __init__(self, folder: Path, make_env: Callable[[], Environment], shared: dict[str, Mapping[str, object]] | None = None) -> None:
        """A context without templates yet.

        :param folder: where files are written.
        :param make_env: a function of a module, or a partial of one.
        """
        self.folder = folder
        self.shared = {} if shared is None else shared
        """Values that do not depend on the page, by their digest."""
        self._make_env = make_env

    @functools.cached_property
    def env(self) -> Environment:
        """The templates."""
        return self._make_env()

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "env"}


LIMIT = 60.0
"""Seconds one file may take: a hundred times what the longest feed needs."""
PLACE = "relative_to"
"""Among the values of a page: its file and the folder of the site, when its links are to be relative to it."""


class MakingError(Exception):
    """A file of the site cannot be made: where, and why, in French."""


class TemplateError(MakingError):
    """A template failed: its file, the line, and why, in French."""

    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__(path, line, reason)
        self.path, self.line, self.reason = path, line, reason

    def __str__(self) -> str:
        return f"{os.path.relpath(self.path)}:{self.line}: ce gabarit ne peut pas être rendu : {self.reason}."


PageArgument = tuple[str, str, Mapping[str, object]]
"""The name of a template, the digest of the values it shares with others, its own values."""


@maker
def page(argument: PageArgument) -> str:
    """Stands in recipes for ``rendered``, which also needs the context of a build.

    :raises TypeError: always.
    """
    raise TypeError(argument)


def rendered(argument: PageArgument, context: RenderContext) -> str | Partial:
    """Render a template with the values of its page.

    :raises TemplateError: the template is wrong.
    """
    name, shared, values = argument
    try:
        template = context.env.get_template(name)
    except Exception as error:
        raise at_fault(error, name, context) from error
    scope = {**context.shared[shared], **values}
    try:
        return _placed(template.render(scope), values)
    except LostError:
        raise
    except Exception as error:
        fault = at_fault(error, name, context)
        partial = _without_culprits(template, scope, fault)
        if partial is None:
            raise fault from error
        return partial


def _placed(made: str, values: Mapping[str, object]) -> str:
    """A page, with links that are relative to it where the site wants them so."""
    place = values.get(PLACE)
    return links.relative(made, *place) if isinstance(place, tuple) else made


def _without_culprits(template: Template, scope: dict[str, object], fault: TemplateError) -> Partial | None:
    """A page of a list without the posts it fails on; None when it is no list, or fails on all of them, or without any."""
    lists = {key: value for key, value in scope.items() if isinstance(value, ListPage) and value.object_list}
    for key, sheet in lists.items():
        good = [card for card in sheet.object_list if _renders(template, scope | {key: dataclasses.replace(sheet, object_list=(card,))})]
        lost = tuple((card.url, fault.reason) for card in sheet.object_list if card not in good)
        rest = scope | {key: dataclasses.replace(sheet, object_list=tuple(good))}
        if good and lost and _renders(template, rest):
            return Partial(template.render(rest), lost)
    return None


def _renders(template: Template, scope: Mapping[str, object]) -> bool:
    try:
        template.render(scope)
    except LostError:
        raise
    except Exception:  # noqa: BLE001 - whatever it is, it is told already
        return False
    return True


@maker
def failed(place: tuple[str, int, str]) -> str:
    """What was found wrong before anything was rendered, at its turn among the other files.

    :raises TemplateError: always.
    """
    raise TemplateError(*place)


def at_fault(error: Exception, name: str, context: RenderContext | None = None) -> TemplateError:
    """The line of a template that an exception comes from, as editors know how to follow."""
    if isinstance(error, TemplateError):
        return error
    path, line = _place(error, getattr(error, "filename", None) or _file(name, context), getattr(error, "lineno", None) or 1)
    return TemplateError(str(Path(path).absolute()), line, reasons.french(error))


def _place(error: BaseException, path: str, line: int) -> tuple[str, int]:
    """The innermost line of a template that an exception went through; else this one."""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith((".html", ".xml", ".txt")):
            path, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
            # Jinja puts the lines of templates into the traceback of an ``Exception``; for what is more it does not, and its name for the
            # template (3.1) leads to them.
            made = trace.tb_frame.f_globals.get("__jinja_template__")
            line = made.get_corresponding_lineno(line) if made is not None else line
        trace = trace.tb_next
    return path, line


def _file(template: str, context: RenderContext | None) -> str:
    """The path of a template; its name, where it has none or nobody knows."""
    try:
        loader = context.env.loader if context else None
        return (loader.get_source(context.env, template)[1] if context and loader else None) or template
    except TemplateNotFound:
        return template


def failure(job: Job, error: Exception, context: RenderContext) -> Exception:
    """Why a file was not made, as its author is told.

    :returns: the exception itself, when it is no matter of time nor of processes.
    """
    if not isinstance(error, TooLong | WorkerError):
        return error
    return MakingError(stopped(f"/{job.path}", job.argument[0] if job.make is page else "", error, context))


def stopped(file: str, template: str, error: TooLong | WorkerError, context: RenderContext) -> str:
    """What never ended, with the line of the template it was at, where that is known.

    :param file: of the site; or the list whose pages are made together.
    :param template: its name; empty: there is none.
    """
    why = f"après {plural(round(LIMIT), 'seconde', 'secondes')}" if isinstance(error, TooLong) else f": {brief(error)}"
    if not template:
        return (
            f"{file.lstrip('/')}:1: PDV090 le fichier {file} n'est pas fini {why}. Si cela se répète, retirez la dernière extension ou le dernier texte ajouté."
        )
    path, line = _place(error.__cause__ or error, _file(template, context), 1)
    return f"{os.path.relpath(path)}:{line}: PDV090 la page {file} n'est pas finie {why}. Cherchez dans ce gabarit une boucle sans fin."


def copied(source: str) -> bytes:
    """Stands for a file that is published as it is (``_copy``): it may be a film, too large for the memory.

    :raises TypeError: always.
    """
    raise TypeError(source)


def as_is(text: str) -> str:
    """A text somebody has already made."""
    return text


class Made(NamedTuple):
    """What came of a job."""

    digest: str
    argument: bytes
    """As it is kept, if it is."""
    lost: tuple[tuple[str, str], ...] = ()
    """Texts that the file should hold (``Partial``)."""


def make(context: RenderContext, job: Job) -> Made:
    """Make one file."""
    if job.make is copied:
        return Made(_copy(context.folder, job.path, Path(job.argument)), pickling.sealed(job.argument) if job.is_kept else b"")
    made = rendered(job.argument, context) if job.make is page else job.make(job.argument)
    text, lost = (made.content, made.lost) if isinstance(made, Partial) else (made, ())
    content = text.encode("utf-8") if isinstance(text, str) else text
    write(context.folder, job.path, content)
    return Made(digest.of_bytes(content), pickling.sealed(job.argument) if job.is_kept else b"", lost)


def write(folder: Path, path: str, content: bytes) -> None:
    """A file where the build gathers what it makes."""
    with open(_place_for(folder, path), "wb") as file:  # noqa: PTH123 - ten thousand times a build
        file.write(content)


def _copy(folder: Path, path: str, source: Path) -> str:
    """A file that is published as it is, piece by piece; its digest."""
    with open(_place_for(folder, path), "wb") as file:  # noqa: PTH123 - as above
        return digest.of_file(source, file)


def _place_for(folder: Path, path: str) -> str:
    place = f"{folder}/{path}"
    _make_folder(os.path.dirname(place))  # noqa: PTH120 - as above
    return place


@functools.lru_cache(maxsize=1024)
def _make_folder(path: str) -> None:
    Path(path).mkdir(parents=True, exist_ok=True)
