"""Pelican, with a plan: what it would write is compared with what is there.

``PELICAN_CLASS`` in ``pelicanconf.py`` puts it in Pelican's place, for the
``pelican`` command as for ours.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import gc
import importlib
import os
import pickle
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import pelican
from pelican.generators import Generator, StaticGenerator
from pelican.plugins import signals

from plancher.building import generations, progress, render, touchup
from plancher.building.jobs import Jobs
from plancher.building.ledger import Ledger, write
from plancher.building.lock import held
from plancher.building.plan import Plan
from plancher.building.render import Bench, TemplateError
from plancher.building.settings import KEY, BuildingSettings
from plancher.building.static import CopiesGenerator
from plancher.building.writer import SITE, Site
from plancher.core import digest, registry, snapshot, tree
from plancher.core import settings as core_settings
from plancher.core.body import LostError, shared
from plancher.core.snapshot import Snapshot
from plancher.core.store import Store
from plancher.core.tree import Tree
from plancher.core.workers import Crew

CREW, STORE, TREE, SAID, UNTIL, OUTWARD = "BUILD_CREW", "BUILD_STORE", "BUILD_TREE", "BUILD_SAID", "BUILD_UNTIL", "BUILD_OUTWARD"
"""Where the settings hold what the engine and the plugins tell each other during a build: who works, the cache, the
content folder; then, from the reading, what its author was told, when time alone will
change the site, and what other pages show of a text."""
TEXTS = "textes.sqlite"
_PACKAGES = ("babel", "feedgenerator", "jinja2", "markupsafe", "nh3", "pelican", "rcssmin", "rjsmin")
"""What a page owes its bytes to, beside our own code."""
_REASONS = {
    errno.ENOSPC: "disque plein ; libérez de l'espace, puis recommencez",
    errno.EDQUOT: "votre part du disque est pleine ; libérez de l'espace, puis recommencez",
    errno.EROFS: "ce disque ne peut pas être écrit",
    errno.EACCES: "vous n'avez pas le droit d'écrire ici",
    errno.EPERM: "vous n'avez pas le droit d'écrire ici",
}
"""What the commonest failures of a disk mean, for an author."""
_CODE = Path(__file__).resolve().parent.parent


class Engine(pelican.Pelican):
    """One build of the site, which touches only what changed."""

    def __init__(self, settings: Any) -> None:
        self.mine = core_settings.load(settings, KEY, BuildingSettings)
        self.asked = {name: value for name, value in settings.items() if _travels(value)}
        self._travels = len(self.asked) == len(settings)
        super().__init__(settings)

    def run(self) -> None:
        """Build, and put the site in its place; build once more if the cache failed on the way.

        :raises SystemExit: 1 when nothing could be published; the previous site is then as it was.
        """
        target = Path(self.output_path).resolve()  # a link stays a link
        try:
            if target.exists() and not target.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, "un fichier porte déjà ce nom", str(target))
            with held(target), _public_files(), _rare_collections():
                try:
                    self._build(target)
                except LostError:
                    progress.say("Le cache est abîmé : tout est relu.")
                    (Path(self.settings["CACHE_PATH"]) / TEXTS).unlink(missing_ok=True)
                    self._build(target)
        except OSError as error:
            reason = _REASONS.get(error.errno or 0) or error.strerror or str(error)
            raise _failed(f"{reason} ({error.filename or target})") from None
        except TemplateError as error:
            raise _failed(str(error).rstrip(".")) from None
        except jinja2.TemplateError as error:  # found before anything is rendered
            raise _failed(render.where(error, str(error)).rstrip(".")) from None

    def _build(self, target: Path) -> None:
        cache = Path(self.settings["CACHE_PATH"])
        shared.cache_clear()  # the cache may have been removed or replaced since the last build of this process
        with generations.staging(target) as staging:
            self.settings[CREW] = self._crew()
            trees = self._look()
            plan = Plan(target, staging, Ledger(cache, target), self.settings[CREW], retained=tuple(self.settings["OUTPUT_RETENTION"]))
            self._claim(target, plan)
            jobs = Jobs(Path(f"{plan.ledger.stem}.sqlite"))
            renewed = self._touch_up(target, plan, jobs, trees)
            frames = {} if renewed else self._whole(plan)
        plan.ledger.save()
        used = {job.argument[1] for job, _ in plan.recipes if job.make is render.page}
        jobs.keep(plan.recipes, plan.removed, {name: frame for name, frame in frames.items() if name in used})
        jobs.close()
        self._remember(target, renewed or self._snapshot(plan, trees))
        self.last = plan
        for path in plan.strays:
            progress.say(f"{os.path.relpath(target / path)} : ce fichier n'est pas du site, il a été retiré.")
        if self.mine.explain:
            progress.explain(plan.made, plan.removed, plan.reasons)

    @staticmethod
    def _claim(target: Path, plan: Plan) -> None:
        """Refuse a folder that holds something else: the site takes the whole place.

        :raises OSError: it does.
        """
        names = {path.name for path in target.iterdir()} - set(plan.retained) if target.is_dir() else set()
        if names and not plan.ledger.live.files and not names & {"index.html", "404.html", "theme"}:
            raise FileExistsError(errno.EEXIST, "ce dossier contient autre chose qu'un site ; choisissez-en un vide", str(target))

    def _whole(self, plan: Plan) -> dict[str, Any]:
        """Have Pelican say what the site is made of, and make what changed; the values that pages share."""
        bench = Bench(plan.staging)
        render.set_up(bench)
        self.settings[SITE] = Site(plan, bench, self._fingerprint(), bool(registry.foreign(self.settings["PLUGINS"])))
        target, self.output_path = self.output_path, str(plan.staging)
        try:
            super().run()
        finally:
            self.output_path = target
        plan.crew = dataclasses.replace(plan.crew, boot=_boot_rendering, given=(self.asked, bench.folder, bench.frames))
        plan.finish()
        return bench.frames

    def _touch_up(self, target: Path, plan: Plan, jobs: Jobs, trees: list[tuple[Tree, list[str]]]) -> Snapshot | None:
        """When only the body of some posts had changed: make again what holds them; what is to be remembered then."""
        command = os.environ.get(snapshot.COMMAND)
        kept = snapshot.path_of(Path(self.settings["CACHE_PATH"]), target)
        last = snapshot.load(kept) if command else None
        changed = touchup.edited(last, command or "", plan.ledger.live, target, [found for found, _ in trees])
        if last is None or changed is None:
            return None
        signals.get_generators.send(self)  # the reading session begins
        content = trees[0][0]
        edit = touchup.same_outside(changed, content, self.settings[OUTWARD])
        if edit is None or not touchup.touch_up(edit, jobs, plan, lambda: self._generator().env):
            return None
        return snapshot.renewed(last, content, [name for name, _ in changed])

    def _generator(self) -> Generator:
        """Pelican's templates, without anything to show."""
        return Generator(self.settings.copy(), self.settings, self.path, self.theme, self.output_path)

    def _look(self) -> list[tuple[Tree, list[str]]]:
        """Walk the folders a build reads, before it reads anything: a file saved meanwhile will show next time."""
        settings, cache = self.settings, Path(self.settings["CACHE_PATH"])
        settings[STORE] = Store(cache / TEXTS)
        settings[TREE] = tree.scan(Path(settings["PATH"]), settings["IGNORE_FILES"], settings[STORE].stamps(Path(settings["PATH"])))
        others = [Path(folder) for folder in (settings["THEME"], *settings["PLUGIN_PATHS"], *settings["THEME_TEMPLATES_OVERRIDES"])]
        compiled = ["__pycache__"]
        return [(settings[TREE], list(settings["IGNORE_FILES"])), *((tree.scan(folder, compiled), compiled) for folder in others if folder.is_dir())]

    def _snapshot(self, plan: Plan, trees: list[tuple[Tree, list[str]]]) -> Snapshot | None:
        """What the next command needs to see that it has nothing to do; nothing, in any doubt."""
        command = os.environ.get(snapshot.COMMAND)
        if not command or plan.has_unknown or registry.foreign(self.settings["PLUGINS"]):
            return None
        folders = [snapshot.seen(*found) for found in trees]
        parts = [part for part in folders if part is not None]
        if len(parts) < len(folders):
            return None
        return Snapshot(command, parts + _modules(trees), self.settings.get(UNTIL), self.settings.get(SAID, ""))

    def _remember(self, target: Path, now: Snapshot | None) -> None:
        kept = snapshot.path_of(Path(self.settings["CACHE_PATH"]), target)
        if now is not None:
            write(kept, snapshot.text(now))

    def _crew(self) -> Crew:
        method = self.mine.start or Crew().method
        if method != "fork" and not self._travels:
            method = ""  # a setting that cannot be sent to another process
        return Crew(count=self.mine.workers or os.cpu_count() or 1, method=method, boot=_boot, given=(self.asked,), told=progress.BAR.step)

    def _fingerprint(self) -> str:
        """All that decides of every page, beside what the page is made from."""
        settings = self.settings
        named = [settings["JINJA_FILTERS"], settings["JINJA_TESTS"], settings["JINJA_GLOBALS"]]
        functions = [(name, value) for names in named for name, value in sorted(names.items()) if callable(value)]
        texts = [repr(settings[name]) for name in ("SITEURL", "JINJA_EXTENSIONS", "TEMPLATE_EXTENSIONS") if name in settings]
        environment = repr(sorted((name, str(value)) for name, value in settings["JINJA_ENVIRONMENT"].items()))
        sources = [name + _source(function) for name, function in functions]
        return digest.of_text(digest.of_code(_CODE), digest.of_machine(_PACKAGES), environment, *texts, *sources)

    def _get_generator_classes(self) -> list[type]:
        """Pelican's own list, with what our plugins put in the place of its generators.

        The one private name of Pelican's that we override: the list of generators
        is made there (4.12), and no signal lets a plugin take one out.
        """
        instead: dict[type, type] = {StaticGenerator: CopiesGenerator}
        for name in self.settings["PLUGINS"]:
            instead |= getattr(importlib.import_module(name), "GENERATORS", {})
        return [instead.get(kind, kind) for kind in super()._get_generator_classes()]


def _modules(trees: list[tuple[Tree, list[str]]]) -> list[tuple[str, list[str], dict[str, Any]]]:
    """The modules of the project itself (its settings, what they import), each a file in a folder of which the rest is left out."""
    roots = tuple(f"{found.root}/" for found, _ in trees)
    project = Path.cwd()
    found: list[tuple[str, list[str], dict[str, Any]]] = []
    for module in list(sys.modules.values()):
        path = Path(getattr(module, "__file__", None) or "/")
        if path.is_relative_to(project) and "site-packages" not in path.parts and not str(path).startswith(roots):
            stamp = tree.stamp(path.stat())
            found.append((str(path), [], {"": [*stamp, digest.of_bytes(path.read_bytes()), tree.is_settled(stamp, time.time_ns())]}))
    return sorted(found)


def _failed(why: str) -> SystemExit:
    progress.say(f"Échec : {why}.")
    return SystemExit(1)


def _source(function: Any) -> str:
    """What a filter does: our own code is known already; a site's is that of its file."""
    module = getattr(function, "__module__", None) or ""
    name = f"{module}.{getattr(function, '__qualname__', function)}"
    if module.startswith("plancher.") or not hasattr(function, "__code__"):
        return name
    return name + digest.of_bytes(Path(function.__code__.co_filename).read_bytes())


def _travels(value: Any) -> bool:
    """Whether a setting can be sent to another process."""
    try:
        pickle.dumps(value)
    except (pickle.PicklingError, TypeError, AttributeError):
        return False
    return True


def _boot(asked: dict[str, Any]) -> None:
    _engine(asked)


def _engine(asked: dict[str, Any]) -> Engine:
    """In a process that is no copy of this one: load plugins and settings, and begin the reading session."""
    sys.path[:0] = [path for path in asked["PLUGIN_PATHS"] if path not in sys.path]
    engine = Engine(dict(asked))
    signals.get_generators.send(engine)
    return engine


def _boot_rendering(asked: dict[str, Any], folder: Path, frames: dict[str, Any]) -> None:
    """The same, with the templates."""
    engine = _engine(asked)
    render.set_up(Bench(folder, engine._generator().env, frames))  # noqa: SLF001 - our own class


@contextlib.contextmanager
def _public_files() -> Iterator[None]:
    """A web server must read what a strict umask would hide."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


@contextlib.contextmanager
def _rare_collections() -> Iterator[None]:
    """A build makes many objects that live until its end: looking for dead ones among them costs a fifth of the time."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
