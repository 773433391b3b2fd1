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
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pelican
from pelican.generators import Generator, StaticGenerator
from pelican.plugins import signals

from plancher.building import generations, ledger, progress, render
from plancher.building.lock import held
from plancher.building.plan import Plan
from plancher.building.render import Bench, TemplateError
from plancher.building.settings import KEY, BuildingSettings
from plancher.building.static import CopiesGenerator
from plancher.building.writer import SITE, Site
from plancher.core import digest, registry
from plancher.core import settings as core_settings
from plancher.core.body import Lost
from plancher.core.workers import Crew

CREW = "BUILD_CREW"
TEXTS = "textes.sqlite"
_PACKAGES = ("babel", "feedgenerator", "jinja2", "markupsafe", "nh3", "pelican", "rcssmin", "rjsmin")
"""What a page owes its bytes to, beside our own code."""
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
        target = Path(self.output_path)
        try:
            if target.exists() and not target.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, "un fichier porte déjà ce nom", str(target))
            with held(target), _public_files(), _rare_collections():
                try:
                    self._build(target)
                except Lost:
                    progress.say("Le cache est abîmé : tout est relu.")
                    (Path(self.settings["CACHE_PATH"]) / TEXTS).unlink(missing_ok=True)
                    self._build(target)
        except OSError as error:
            reason = "disque plein ; libérez de l'espace, puis recommencez" if error.errno == errno.ENOSPC else error.strerror or str(error)
            raise _failed(target, f"{reason} ({error.filename or target})") from None
        except TemplateError as error:
            raise _failed(target, str(error).rstrip(".")) from None

    def _build(self, target: Path) -> None:
        kept = ledger.path_of(Path(self.settings["CACHE_PATH"]), target)
        with generations.staging(target) as staging:
            crew = self._crew()
            plan = Plan(target, staging, ledger.load(kept), crew)
            bench = Bench(staging)
            render.set_up(bench)
            self.settings[CREW] = crew
            self.settings[SITE] = Site(plan, bench, self._fingerprint(), bool(registry.foreign(self.settings["PLUGINS"])))
            self.output_path = str(staging)
            try:
                super().run()
            finally:
                self.output_path = str(target)
            plan.crew = dataclasses.replace(crew, boot=_boot_rendering, given=(self.asked, bench.folder, bench.frames))
            plan.finish()
        self.last = plan
        ledger.save(kept, plan.ledger)
        if self.mine.explain:
            progress.explain(plan.made, plan.removed, plan.reasons)

    def _crew(self) -> Crew:
        method = self.mine.start or Crew().method
        if method != "fork" and not self._travels:
            method = ""  # a setting that cannot be sent to another process
        return Crew(count=self.mine.workers or os.cpu_count() or 1, method=method, boot=_boot, given=(self.asked,), told=progress.BAR.step)

    def _fingerprint(self) -> str:
        """All that decides of every page, beside what the page is made from."""
        settings = self.settings
        functions = {**settings["JINJA_FILTERS"], **settings["JINJA_TESTS"]}
        texts = [repr(settings[name]) for name in ("SITEURL", "JINJA_EXTENSIONS", "TEMPLATE_EXTENSIONS") if name in settings]
        environment = repr(sorted((name, str(value)) for name, value in settings["JINJA_ENVIRONMENT"].items()))
        return digest.of_text(digest.of_code(_CODE), digest.of_machine(_PACKAGES), environment, *texts, *map(_source, functions.values()))

    def _get_generator_classes(self) -> list[type]:
        """Pelican's own list, with what our plugins put in the place of its generators.

        The one private name of Pelican's that we override: the list of generators
        is made there (4.12), and no signal lets a plugin take one out.
        """
        instead: dict[type, type] = {StaticGenerator: CopiesGenerator}
        for name in self.settings["PLUGINS"]:
            instead |= getattr(importlib.import_module(name), "GENERATORS", {})
        return [instead.get(kind, kind) for kind in super()._get_generator_classes()]


def _failed(target: Path, why: str) -> SystemExit:
    progress.say(f"Échec : {why}. {os.path.relpath(target)} n'a pas changé.")
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


def _boot(asked: dict[str, Any]) -> Engine:
    """In a process that is no copy of this one: load plugins and settings, and begin the reading session."""
    sys.path[:0] = [path for path in asked["PLUGIN_PATHS"] if path not in sys.path]
    engine = Engine(dict(asked))
    signals.get_generators.send(engine)
    return engine


def _boot_rendering(asked: dict[str, Any], folder: Path, frames: dict[str, Any]) -> None:
    """The same, with the templates."""
    engine = _boot(asked)
    generator = Generator(engine.settings.copy(), engine.settings, engine.path, engine.theme, str(folder))
    render.set_up(Bench(folder, generator.env, frames))


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
