"""Pelican, with a plan: what it would write is compared with what is there.

``PELICAN_CLASS`` in ``pelicanconf.py`` puts it in Pelican's place, for the
``pelican`` command as for ours.
"""

from __future__ import annotations

import errno
import functools
import os
import signal
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
import pelican
from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator
from pelican.plugins import signals
from pelican.plugins._utils import get_plugin_name

from plancher.base import files
from plancher.base.forked_check import ForkedCheck
from plancher.base.problems import Problem, SiteProblem
from plancher.base.settings import load
from plancher.build import body_rebuild, command_settings, failures, fingerprint, gate, placement, progress, public_addresses, reading_settings, render, standby
from plancher.build import settings as building_settings
from plancher.build.command_settings import CommandSettings
from plancher.build.context import BuildContext
from plancher.build.jobs import Jobs
from plancher.build.ledger import Ledger, write
from plancher.build.lock import locked
from plancher.build.making import Making
from plancher.build.output import RefusedError
from plancher.build.plan import Plan
from plancher.build.process_environment import no_garbage_collection, public_files, temporary_cache, writable_cache
from plancher.build.progress import Terminal
from plancher.build.reading_settings import ReadingSettings
from plancher.build.render import MakingError, RenderContext
from plancher.build.settings import BuildingSettings
from plancher.build.staging import forget_name, staging_folder
from plancher.build.target import Target
from plancher.build.workers import WorkerPool
from plancher.cache import body, snapshot
from plancher.cache.body import LostError
from plancher.cache.snapshot import Snapshot
from plancher.cache.store import Store
from plancher.cache.tree import Tree
from plancher.pelican_adapter import direct, environment, memory, open_build, path_metadata, plugins, reading, stop_reasons, templates
from plancher.pelican_adapter.generators import ComponentsGenerator, CopiesGenerator, PostsGenerator, TextPagesGenerator
from plancher.pelican_adapter.plugins import PluginError

TEXTS = "textes.sqlite"


class Engine(pelican.Pelican):
    """One build of the site, which touches only what changed."""

    def __init__(self, settings: Any) -> None:
        environment.check(settings)
        path_metadata.settle(settings)
        self.mine = load(settings, building_settings.KEY, BuildingSettings)
        self.command = load(settings, command_settings.KEY, CommandSettings)
        self.reading_settings = load(settings, reading_settings.KEY, ReadingSettings)
        self.asked = {name: value for name, value in settings.items() if templates.is_picklable(value)}
        self.terminal = Terminal()
        self.problems: list[Problem] | None = None
        """What the authors of texts should know; none while only a body was made again, which says nothing of the others."""
        self.last: Plan | None = None
        super().__init__(settings)

    def init_plugins(self) -> None:
        """Pelican's own way goes on without a plugin that fails.

        :raises SystemExit: one does.
        """
        if self.settings["PLUGINS"] is None:
            super().init_plugins()
        else:
            try:
                self.plugins = plugins.begun(self.settings["PLUGINS"], self.settings["PLUGIN_PATHS"])
            except PluginError as error:
                raise self._failed(str(error)) from None
            self.settings["PLUGINS"] = [get_plugin_name(plugin) for plugin in self.plugins]
        lacking = plugins.lacking(self.settings["PLUGINS"], self.settings)
        if lacking:
            raise self._failed(lacking)
        self.components = plugins.components(self.plugins, self.settings)
        templates.prepare(self.settings, self.components)

    def run(self) -> None:
        """Build, and put the site in its place; build once more if the cache failed on the way.

        :raises SystemExit: 1 when nothing could be published; the previous site is then as it was.
        """
        target = files.real(self.output_path)  # a link stays a link
        try:
            _must_be_a_folder(target)
            placement.check(target, self.settings)
            say = self.terminal.say
            with locked(target, say), public_files(), no_garbage_collection(), writable_cache(Path(self.settings["CACHE_PATH"]), say) as cache:
                standby.recover(target)
                try:
                    self._build(target, cache)
                except LostError:
                    self.terminal.say("Le cache est abîmé : tout est relu.")
                    (cache / TEXTS).unlink(missing_ok=True)
                    self._build(target, cache)
                except sqlite3.Error:  # the disk of the cache is full, or fails
                    with temporary_cache(cache, say) as other:
                        self._build(target, other)
        except KeyboardInterrupt:  # Pelican would end as if all were well
            raise SystemExit(128 + signal.SIGINT) from None  # as a shell counts it
        except RefusedError as error:
            self.terminal.say(str(error))
            raise SystemExit(1) from None
        except (OSError, files.UnreadableError, UnicodeDecodeError, MakingError, jinja2.TemplateError) as error:
            raise self._failed(stop_reasons.sentence(error, target, self.settings)) from None
        except Exception as error:
            said = plugins.failure(error, self.settings["PLUGINS"]) or failures.of_an_address(error)
            if not said:
                raise
            raise self._failed(said) from None

    def _failed(self, why: str) -> SystemExit:
        self.terminal.say(f"Échec : {why}.")
        return SystemExit(1)

    def _build(self, target: Path, cache: Path) -> None:
        self.settings["CACHE_PATH"] = str(cache)
        body.forget()
        store = Store(cache / TEXTS)
        trees = memory.look(self.settings, store)
        code = fingerprint.modules([found for found, _ in trees])  # as it was before anything was made with it
        pool = WorkerPool(count=self.mine.workers or os.cpu_count() or 1, method=self.mine.start or WorkerPool().method, on_progress=self.terminal.step)
        build = self.build = reading.build_context(self.settings, self.components, self.reading_settings, trees[0][0], store, pool)
        ledger = Ledger(cache, target)
        # Copies of this process look at what is there, while this one reads and plans.
        site, other = (lambda: ledger.site_is_intact(target)), (lambda: ledger.standby_is_intact(standby.path_of(target)))
        with ForkedCheck(site) as intact, ForkedCheck(other) as other_intact, staging_folder(target) as staging:
            context = RenderContext(staging, functools.partial(templates.of_settings, self.asked))
            place = Target(target, ledger, tuple(self.settings["OUTPUT_RETENTION"]), self.mine.in_place, intact.answer, other_intact.answer)
            place.claim()
            plan = Plan(place, staging, Making(pool, context))
            jobs = Jobs(Path(f"{ledger.stem}.sqlite"))
            plan.lacks_recipes = not ledger.recipes or jobs.token != ledger.recipes
            renewed = None if plan.lacks_recipes else self._rebuild_bodies(target, plan, jobs, trees, build)
            if not renewed:
                self._whole(plan, build)
        used = {job.argument[1] for job, *_ in plan.recipes if job.make is render.page}
        bare = {*plan.removed, *plan.made} - {job.path for job, *_ in plan.recipes}
        # First the recipes, then the ledger that names them: a build that is killed between the two leaves recipes that nobody believes.
        shared = {} if renewed else {name: values for name, values in context.shared.items() if name in used}
        ledger.recipes = jobs.keep(plan.recipes, bare, shared, are_all=plan.lacks_recipes)
        jobs.close()
        ledger.save()
        memory.remember(self.settings, target, renewed or memory.snapshot_of(self.settings, plan, trees, code, build))
        self.last = plan
        progress.lacking(self.terminal, plan.without_template)
        for sentence in place.remarks:
            self.terminal.say(sentence)
        if self.mine.explain or self.command.explain:
            progress.explain(self.terminal, plan.made, plan.removed, plan.reasons)

    def _whole(self, plan: Plan, build: BuildContext) -> None:
        """Plan the whole site, and make what changed."""
        plan.on_failures = functools.partial(self.judge, build)
        try:
            if plugins.is_open(self.settings):
                self._run_pelican(plan, build)
            else:
                direct.plan_site(self.settings, plan, build, self.leave_command_files)
                self._judge_settled(build, plan, plan.settle(Path(self.path)))
        except Exception:
            self.judge(build, [], is_broken=True)  # what is wrong with the texts is said all the same
            raise
        if plan.is_complete:
            forget_name(plan.staging, self.output_path)
        plan.finish()

    def _run_pelican(self, plan: Plan, build: BuildContext) -> None:
        """Have Pelican run as it does without us: it writes where the plan gathers what is made."""
        self.open = open_build.OpenBuild(self.settings, plan, build, self.leave_command_files)
        outputs = self.settings["OUTPUT_PATH"]
        target, self.output_path = self.output_path, str(plan.staging)
        self.settings["OUTPUT_PATH"] = self.output_path  # other plugins write there
        signals.finalized.connect(self._settle, sender=self)  # before Pelican says that all is done
        try:
            super().run()
        finally:
            self.output_path = target
            self.settings["OUTPUT_PATH"] = outputs
            signals.finalized.disconnect(self._settle, sender=self)

    def _settle(self, _: pelican.Pelican) -> None:
        """Everybody has asked: each address has its owner, and the texts get their verdict.

        :raises SystemExit: nothing is to be published.
        """
        self._judge_settled(self.build, self.open.plan, self.open.plan.problems)

    def _judge_settled(self, build: BuildContext, plan: Plan, problems: list[SiteProblem]) -> None:
        """The verdict, once each address has its owner."""
        self.judge(build, [*problems, *public_addresses.look(build, plan.kept, self.command.files)])

    def judge(self, build: BuildContext, problems: list[SiteProblem], *, is_broken: bool = False) -> None:
        """Say what is wrong with all texts.

        :param is_broken: whether the build stops anyway.
        :raises SystemExit: nothing is to be published.
        """
        self.terminal.stop()
        for path, problem in problems:
            build.journal.say(build.root / path, [problem])
        self.problems = build.journal.problems
        gate.judge(build, is_broken=is_broken)

    def leave_command_files(self, build: BuildContext) -> None:
        """Write what an author's command asks for.

        :raises SystemExit: that was all it asked for.
        """
        if self.command.files and build.assembly:
            folder = Path(self.command.files)
            servers = {f"serveur/{name}": text for name, text in build.assembly.server_files().items()}
            for name, text in {**build.assembly.command_files(), **servers, "cache.txt": str(self.settings["CACHE_PATH"])}.items():
                write(folder / name, text, is_sealed=False)
        if self.command.only_files:
            raise SystemExit(0)

    def _rebuild_bodies(self, target: Path, plan: Plan, jobs: Jobs, trees: list[tuple[Tree, list[str]]], build: BuildContext) -> Snapshot | None:
        """When only the body of some posts had changed: make again what holds them; what is to be remembered then."""
        command = os.environ.get(snapshot.COMMAND)
        last = snapshot.load(snapshot.path_of(Path(self.settings["CACHE_PATH"]), target)) if command else None
        changed = body_rebuild.edited(last, command or "", [found for found, _ in trees])
        if last is None or changed is None or not plan.ledger.live.files:
            return None
        edit = body_rebuild.same_outside(changed, trees[0][0], build.library.outward)
        if edit is None or plan.target.altered or plan.target.is_moved:
            return None
        if not body_rebuild.touch_up(edit, jobs, plan, lambda: templates.holder(self.settings, self.components).env, build.library.store.path):
            return None
        return snapshot.updated(last, trees[0][0], [name for name, _ in changed])

    def _get_generator_classes(self) -> list[Any]:
        """Pelican's own list, with ours in the place of its generators.

        A private name of Pelican's: the list of generators is made there
        (4.12), and no signal lets a plugin take one out.
        """
        instead: Mapping[type, type] = {ArticlesGenerator: PostsGenerator, PagesGenerator: TextPagesGenerator}
        kinds = [instead.get(kind, kind) for kind in super()._get_generator_classes() if kind is not StaticGenerator]
        ours = {PostsGenerator, TextPagesGenerator, ComponentsGenerator, CopiesGenerator}
        every = [*kinds, ComponentsGenerator, CopiesGenerator]
        return [functools.partial(kind, open=self.open, build=self.build) if kind in ours else kind for kind in every]


def _must_be_a_folder(target: Path) -> None:
    """:raises OSError: something else stands there."""
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "un fichier porte déjà ce nom", str(target))
