"""Pelican, with a plan: what it would write is compared with what is there.

``PELICAN_CLASS`` in ``pelicanconf.py`` puts it in Pelican's place, for the
``pelican`` command as for ours.
"""

from __future__ import annotations

import dataclasses
import errno
import functools
import os
import signal
import sqlite3
from pathlib import Path
from typing import Any

import jinja2
import pelican
from pelican.generators import Generator, StaticGenerator
from pelican.plugins import signals
from pelican.plugins._utils import get_plugin_name

from plancher.base import files
from plancher.base import settings as core_settings
from plancher.base.forked_check import ForkedCheck
from plancher.build import body_rebuild, failures, fingerprint, placement, progress, render, standby
from plancher.build.bytecode import ready
from plancher.build.jobs import Jobs
from plancher.build.ledger import Ledger, write
from plancher.build.lock import locked
from plancher.build.output import RefusedError
from plancher.build.owners import Found
from plancher.build.plan import Plan
from plancher.build.process_environment import no_garbage_collection, public_files, temporary_cache, writable_cache
from plancher.build.render import MakingError, RenderContext
from plancher.build.settings import KEY, BuildingSettings
from plancher.build.staging import staging_folder
from plancher.build.workers import WorkerPool
from plancher.cache import body, snapshot, tree
from plancher.cache.body import LostError
from plancher.cache.snapshot import Snapshot
from plancher.cache.store import Store
from plancher.cache.tree import Tree
from plancher.pelican_adapter import environment, plugins, processes, static
from plancher.pelican_adapter.plugins import PluginError
from plancher.pelican_adapter.static import TREE, CopiesGenerator
from plancher.pelican_adapter.writer import SITE, Site
from plancher.text import registry

CREW, STORE, SAID, UNTIL, OUTWARD = "BUILD_CREW", "BUILD_STORE", "BUILD_SAID", "BUILD_UNTIL", "BUILD_OUTWARD"
"""Where the settings hold what the engine and the plugins tell each other during a build: who works, the cache; then,
from the reading, what its author was told, when time alone will change the site, and what other pages show of a text."""
TEXTS = "textes.sqlite"
_REASONS = {
    errno.ENOSPC: "disque plein ; libérez de l'espace, puis recommencez",
    errno.EDQUOT: "votre part du disque est pleine ; libérez de l'espace, puis recommencez",
    errno.EROFS: "ce disque ne peut pas être écrit",
    errno.EACCES: "vous n'avez pas le droit d'écrire ici",
    errno.EPERM: "vous n'avez pas le droit d'écrire ici",
}
"""What the commonest failures of a disk mean, for an author."""


class Engine(pelican.Pelican):
    """One build of the site, which touches only what changed."""

    def __init__(self, settings: Any) -> None:
        environment.check(settings)
        self.mine = core_settings.load(settings, KEY, BuildingSettings)
        self.asked = {name: value for name, value in settings.items() if processes.travels(value)}
        self._travels = len(self.asked) == len(settings)
        super().__init__(settings)

    def init_plugins(self) -> None:
        """Pelican's own way goes on without a plugin that fails.

        :raises SystemExit: one does.
        """
        if self.settings["PLUGINS"] is None:
            super().init_plugins()
            return
        try:
            self.plugins = plugins.begun(self.settings["PLUGINS"], self.settings["PLUGIN_PATHS"])
        except PluginError as error:
            raise _failed(str(error)) from None
        self.settings["PLUGINS"] = [get_plugin_name(plugin) for plugin in self.plugins]
        lacking = plugins.lacking(self.settings["PLUGINS"], self.settings)
        if lacking:
            raise _failed(lacking)

    def run(self) -> None:
        """Build, and put the site in its place; build once more if the cache failed on the way.

        :raises SystemExit: 1 when nothing could be published; the previous site is then as it was.
        """
        target = files.real(self.output_path)  # a link stays a link
        try:
            _must_be_a_folder(target)
            placement.check(target, self.settings)
            with locked(target), public_files(), no_garbage_collection(), writable_cache(Path(self.settings["CACHE_PATH"])) as cache:
                standby.recover(target)
                try:
                    self._build(target, cache)
                except LostError:
                    progress.say("Le cache est abîmé : tout est relu.")
                    (cache / TEXTS).unlink(missing_ok=True)
                    self._build(target, cache)
                except sqlite3.Error:  # the disk of the cache is full, or fails
                    with temporary_cache(cache) as other:
                        self._build(target, other)
        except KeyboardInterrupt:  # Pelican would end as if all were well
            raise SystemExit(128 + signal.SIGINT) from None  # as a shell counts it
        except RefusedError as error:
            progress.say(str(error))
            raise SystemExit(1) from None
        except (OSError, files.UnreadableError, UnicodeDecodeError, MakingError, jinja2.TemplateError) as error:
            raise _failed(self._why(error, target)) from None
        except Exception as error:
            said = plugins.failure(error, self.settings["PLUGINS"]) or failures.of_an_address(error)
            if not said:
                raise
            raise _failed(said) from None

    def _why(self, error: Exception, target: Path) -> str:
        """What stopped a build, in French, with its file; without full stop."""
        if isinstance(error, OSError):
            ours = error.strerror if error.errno and error.strerror != os.strerror(error.errno) else None
            return f"{ours or _REASONS.get(error.errno or 0) or files.reason(error)} ({error.filename or target})"
        if isinstance(error, UnicodeDecodeError):  # Jinja reads templates by itself, and does not say which
            folders = (self.settings["THEME"], *self.settings["THEME_TEMPLATES_OVERRIDES"])
            error = next(files.not_text(map(Path, folders), (".html", ".xml", ".txt")), files.UnreadableError(Path(folders[0]), files.NOT_UTF8))
        if isinstance(error, files.UnreadableError):
            return f"{os.path.relpath(error.path)}:{error.line}: ce fichier ne peut pas être lu : {error}"
        if isinstance(error, jinja2.TemplateError):  # found before anything is rendered
            return str(render.at_fault(error, str(error))).rstrip(".")
        return str(error).rstrip(".")

    def _build(self, target: Path, cache: Path) -> None:
        self.settings["CACHE_PATH"] = str(cache)
        body.forget()
        trees = self._look()
        code = fingerprint.modules([found for found, _ in trees])  # as it was before anything was made with it
        ledger = Ledger(cache, target)
        # Copies of this process look at what is there, while this one reads and plans.
        site, other = (lambda: ledger.site_is_intact(target)), (lambda: ledger.standby_is_intact(standby.path_of(target)))
        with ForkedCheck(site) as intact, ForkedCheck(other) as other_intact, staging_folder(target) as staging:
            self.settings[CREW] = self._crew()
            plan = Plan(target, staging, ledger, self.settings[CREW], retained=tuple(self.settings["OUTPUT_RETENTION"]), stays=self.mine.in_place)
            plan.site_is_intact, plan.standby_is_intact = intact.answer, other_intact.answer
            plan.claim()
            jobs = Jobs(Path(f"{plan.ledger.stem}.sqlite"))
            plan.lacks_recipes = not ledger.recipes or jobs.token != ledger.recipes
            renewed = None if plan.lacks_recipes else self._touch_up(target, plan, jobs, trees)
            frames = {} if renewed else self._whole(plan)
        used = {job.argument[1] for job, *_ in plan.recipes if job.make is render.page}
        bare = {*plan.removed, *plan.made} - {job.path for job, *_ in plan.recipes}
        # First the recipes, then the ledger that names them: a build that is killed between the two leaves recipes that nobody believes.
        ledger.recipes = jobs.keep(plan.recipes, bare, {name: frame for name, frame in frames.items() if name in used}, are_all=plan.lacks_recipes)
        jobs.close()
        ledger.save()
        self._remember(target, renewed or self._snapshot(plan, trees, code))
        self.last = plan
        if site := self.settings.get(SITE):
            progress.lacking(site.skipped)
        for sentence in plan.said:
            progress.say(sentence)
        if self.mine.explain:
            progress.explain(plan.made, plan.removed, plan.reasons)

    def _whole(self, plan: Plan) -> dict[str, Any]:
        """Have Pelican say what the site is made of, and make what changed; the values that pages share."""
        bench = RenderContext(plan.staging)
        render.set_up(bench)
        self.settings[SITE] = site = Site(plan, bench, fingerprint.of(self.settings), registry.is_open(self.settings))
        plan.crew = dataclasses.replace(plan.crew, boot=functools.partial(processes.boot_rendering, self.asked, bench.folder, bench.frames))
        kept = {"OUTPUT_PATH": self.settings["OUTPUT_PATH"]}
        target, self.output_path = self.output_path, str(plan.staging)
        if site.is_open:  # other plugins write there
            self.settings["OUTPUT_PATH"] = self.output_path
        signals.finalized.connect(self._settle, sender=self)  # before Pelican says that all is done
        try:
            super().run()
        except Exception:
            self._judge([], is_broken=True)  # what is wrong with the texts is said all the same
            raise
        finally:
            self.output_path = target
            self.settings.update(kept)
            signals.finalized.disconnect(self._settle, sender=self)
        plan.on_failures = self._judge
        if plan.is_complete:
            plan.rename_staging(target)
        plan.finish()
        return bench.frames

    def _settle(self, _: pelican.Pelican) -> None:
        """Everybody has asked: each address gets its owner, and the texts their verdict.

        :raises SystemExit: nothing is to be published.
        """
        plan: Plan = self.settings[SITE].plan
        self._judge(plan.found if plan.is_complete else plan.settle(Path(self.path)))

    def _judge(self, problems: list[Found], *, is_broken: bool = False) -> None:
        """Have what was found said with all that the texts have; the reading decides what it does to a publication.

        :param is_broken: whether the build stops anyway.
        :raises SystemExit: nothing is to be published.
        """
        verdict = self.settings.get(registry.VERDICT)
        if verdict is not None:
            verdict(problems, is_broken=is_broken)
        elif problems:  # nobody reads texts: nothing is ever refused
            progress.say("\n".join(str(problem.at(os.path.relpath(Path(self.path, path)))) for path, problem in problems))

    def _touch_up(self, target: Path, plan: Plan, jobs: Jobs, trees: list[tuple[Tree, list[str]]]) -> Snapshot | None:
        """When only the body of some posts had changed: make again what holds them; what is to be remembered then."""
        command = os.environ.get(snapshot.COMMAND)
        kept = snapshot.path_of(Path(self.settings["CACHE_PATH"]), target)
        last = snapshot.load(kept) if command else None
        changed = body_rebuild.edited(last, command or "", [found for found, _ in trees])
        if last is None or changed is None or not plan.ledger.live.files:
            return None
        signals.get_generators.send(self)  # the reading session begins
        edit = body_rebuild.same_outside(changed, trees[0][0], self.settings[OUTWARD])
        if edit is None or plan.altered or plan.is_moved:
            return None
        if not body_rebuild.touch_up(edit, jobs, plan, self.templates, self.settings[STORE].path):
            return None
        return snapshot.updated(last, trees[0][0], [name for name, _ in changed])

    def templates(self) -> jinja2.Environment:
        """Pelican's templates, without anything to show."""
        env = Generator(self.settings.copy(), self.settings, self.path, self.theme, self.output_path).env
        return ready(env, self.settings, fingerprint.of(self.settings))

    def _look(self) -> list[tuple[Tree, list[str]]]:
        """Walk the folders a build reads, before it reads anything: a file saved meanwhile will show next time."""
        settings, cache = self.settings, Path(self.settings["CACHE_PATH"])
        settings[STORE] = Store(cache / TEXTS)
        settings[TREE] = tree.scan(Path(settings["PATH"]), settings["IGNORE_FILES"], settings[STORE].stamps(Path(settings["PATH"])))
        others = [Path(folder) for folder in (settings["THEME"], *settings["PLUGIN_PATHS"], *settings["THEME_TEMPLATES_OVERRIDES"])]
        compiled = ["__pycache__"]
        return [(settings[TREE], list(settings["IGNORE_FILES"])), *((tree.scan(folder, compiled), compiled) for folder in others)]

    def _snapshot(self, plan: Plan, trees: list[tuple[Tree, list[str]]], code: list[snapshot.Folder]) -> Snapshot | None:
        """What the next command needs to see that it has nothing to do; nothing, in any doubt."""
        command = os.environ.get(snapshot.COMMAND)
        if not command or plan.has_unknown or registry.is_open(self.settings):
            return None
        folders = [snapshot.of_folder(*found) for found in trees]
        parts = [part for part in folders if part is not None]
        if len(parts) < len(folders):
            return None
        loaded = {folder[0]: folder for folder in (*fingerprint.modules([found for found, _ in trees]), *code)}
        loaded |= {folder[0]: folder for folder in map(snapshot.of_file, static.chosen(self.settings))}
        return snapshot.of_build(command, parts + sorted(loaded.values()), self.settings.get(UNTIL), self.settings.get(SAID, ""))

    def _remember(self, target: Path, now: Snapshot | None) -> None:
        kept = snapshot.path_of(Path(self.settings["CACHE_PATH"]), target)
        if now is not None:
            write(kept, snapshot.to_text(now))

    def _crew(self) -> WorkerPool:
        method = self.mine.start or WorkerPool().method
        if method != "fork" and not self._travels:
            method = ""  # a setting that cannot be sent to another process
        return WorkerPool(
            count=self.mine.workers or os.cpu_count() or 1, method=method, boot=functools.partial(processes.boot, self.asked), on_progress=progress.BAR.step
        )

    def _get_generator_classes(self) -> list[type]:
        """Pelican's own list, with what our plugins put in the place of its generators.

        The one private name of Pelican's that we override: the list of generators
        is made there (4.12), and no signal lets a plugin take one out.
        """
        instead: dict[type, type] = {StaticGenerator: CopiesGenerator}
        for module in registry.modules(name for name in self.settings["PLUGINS"] if not registry.foreign([name])):
            instead |= getattr(module, "GENERATORS", {})
        return [instead.get(kind, kind) for kind in super()._get_generator_classes()]


def _must_be_a_folder(target: Path) -> None:
    """:raises OSError: something else stands there."""
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "un fichier porte déjà ce nom", str(target))


def _failed(why: str) -> SystemExit:
    progress.say(f"Échec : {why}.")
    return SystemExit(1)
