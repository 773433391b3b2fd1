"""Reads authors' Markdown, says what is wrong with it, and guards the publication.

=================================  =========================================================
signal                             what happens
=================================  =========================================================
``initialized``                    settings are checked; a wrong one stops the build
``get_generators``                 a new session: journal and converter
``readers_init``                   our reader takes Markdown, every other one is off
``generator_init``                 templates get the guide's tables
``article_generator_pretaxonomy``  posts are put in order: newest first, then by file
``all_generators_finalized``       rules on the whole site; the gate closes once it is planned
=================================  =========================================================
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable
from typing import Any

from pelican import signals
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.utils import slugify

from plancher.base import settings as core_settings
from plancher.base.catalogue import CATALOGUE
from plancher.base.problems import Problem
from plancher.build import gate, session
from plancher.build.progress import BAR
from plancher.build.reading_settings import KEY, ReadingSettings
from plancher.pelican_adapter import bridge, environment, hooks
from plancher.pelican_adapter.generators import PostsGenerator, TextPagesGenerator
from plancher.pelican_adapter.reader import EXTENSIONS, PlancherReader
from plancher.pelican_adapter.writer import RecordingWriter
from plancher.text import grammar

GENERATORS = {ArticlesGenerator: PostsGenerator, PagesGenerator: TextPagesGenerator}


def check_settings(pelican: Any) -> None:
    """An unknown setting is fatal, before anything is read."""
    environment.check(pelican.settings)
    core_settings.load(pelican.settings, KEY, ReadingSettings)


def start_session(pelican: Any) -> None:
    """Each build has its own journal; auto-reload keeps this module alive."""
    substitutions = pelican.settings["SLUG_REGEX_SUBSTITUTIONS"]
    current = session.start(pelican.settings, lambda name: str(slugify(name, regex_subs=substitutions)))
    pelican.settings["BUILD_OUTWARD"] = current.library.outward
    pelican.settings[registry.VERDICT] = functools.partial(judge, current, pelican.settings)
    for name in ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES", "STATIC_EXCLUDES"):
        pelican.settings[name] = sorted({*pelican.settings[name], *current.linked_folders})


def take_markdown(readers: Any) -> None:
    """Pelican's own readers are off: they publish what nobody has checked. Those of other plugins stay: the site asked for them."""
    for extension, kind in list(readers.reader_classes.items()):
        if extension != "static" and bridge.is_pelicans(kind):
            readers.reader_classes[extension] = None
    for extension in EXTENSIONS:
        readers.reader_classes[extension] = readers.reader_classes.get(extension) or PlancherReader


def order_posts(generator: Any) -> None:
    """Newest first, then by file: two posts of one day never change places."""
    for posts in (generator.articles, generator.hidden_articles, generator.drafts):
        posts.sort(key=lambda post: (post.date, str(post.source_path)), reverse=True)


def help_templates(generator: Any) -> None:
    """The author's guide lists codes and blocks."""
    grammar = session.current().grammar
    codes = [(code, entry.severity, grammar.filtered(entry.meaning)) for code, entry in CATALOGUE.items()]
    blocks = list({kind.name: (kind.name, grammar.filtered(kind.purpose)) for kind in grammar.kinds.values()}.values())
    generator.env.globals.update(problem_codes=codes, block_kinds=blocks)


def guard(generators: Any) -> None:
    """The last signal before the first byte is written."""
    current, settings = session.current(), generators[0].settings
    asked = settings.get(registry.ADVICE, ()) if current.settings.mode == "check" else ()
    for path, problem in itertools.chain(settings.get(registry.PROBLEMS, ()), *(advise() for advise in asked)):
        current.journal.say(current.root / path, [problem])
    for path, problem in current.terms(generators[0].context, settings).missing(current.journal.records.values()):
        current.journal.say(current.root / path, [problem])
    entries = hooks.entries(generators, current)
    gate.inspect(current, entries)
    hooks.drop_static(generators, current)
    hooks.separate(entries, generators)
    turns = [moment for moment in (current.until, *settings.get(registry.TURNS, ())) if moment is not None]
    settings["BUILD_UNTIL"] = min(turns, default=None)
    if session.CREW not in settings:  # Pelican's own engine writes at once: who asks for which address is not known before
        judge(current, settings, [])


def judge(current: session.Session, settings: Any, found: Iterable[tuple[str, Problem]], *, is_broken: bool = False) -> None:
    """Add what was found since to the journal, say it all, and stop a publication that has errors.

    :param found: files, from the content folder, and problems.
    :param is_broken: whether the build stops anyway, and will say why.
    """
    for path, problem in found:
        current.journal.say(current.root / path, [problem])
    settings.update(BUILD_REPORT=current.journal.problems, BUILD_SAID=current.journal.report())
    if is_broken:
        gate.tell(current)
    else:
        gate.close(current)


def our_writer(pelican: Any) -> type[RecordingWriter]:  # noqa: ARG001 - the signal's sender
    """The class Pelican will write with."""
    return RecordingWriter


def clear(sender: Any) -> None:  # noqa: ARG001 - the signal's sender
    """Problems are about to be printed, or the build is over: the bar must not cover them."""
    BAR.stop()


def register() -> None:
    """Connect the receivers."""
    signals.get_writer.connect(our_writer)
    signals.all_generators_finalized.connect(clear)
    signals.initialized.connect(check_settings)
    signals.get_generators.connect(start_session)
    signals.readers_init.connect(take_markdown)
    signals.generator_init.connect(help_templates)
    signals.article_generator_pretaxonomy.connect(order_posts)
    signals.all_generators_finalized.connect(guard)
