"""Pelican's classes, signals and settings turned into ours and back: with the preview, the only room that imports Pelican.

A build without plugins or themes of others asks Pelican for its settings, its
templates, its static files and the names of addresses, and plans the site by
itself (``direct``). With them, Pelican runs as it does without us (``open_build``):

==================================  =========================================================
signal                              what happens
==================================  =========================================================
``readers_init``                    our reader takes Markdown, every other one is off
``article_generator_pretaxonomy``   posts are put in order; each tag gets one name
``all_generators_finalized``        rules on the whole site
``get_writer``                      a writer that knows what components say of each page
==================================  =========================================================
"""

from __future__ import annotations

from typing import Any

from pelican import signals

from plancher.base.settings import SettingsError
from plancher.pelican_adapter import reader
from plancher.pelican_adapter.engine import Engine
from plancher.pelican_adapter.reader import EXTENSIONS, PlancherReader
from plancher.pelican_adapter.site_frame import parts_of
from plancher.pelican_adapter.site_from_pelican import PelicanSite, settle_tags
from plancher.pelican_adapter.writer import PelicanWriter


def check_class(pelican: Any) -> None:
    """:raises SettingsError: Pelican itself would write texts that nobody has checked."""
    if not isinstance(pelican, Engine):
        raise SettingsError("réglage PELICAN_CLASS : il faut « PELICAN_CLASS = Engine » de plancher.pelican_adapter.engine, comme dans notre pelicanconf.py.")


def take_markdown(readers: Any) -> None:
    """Pelican's own readers are off: they publish what nobody has checked. Those of other plugins stay: the site asked for them."""
    for extension, kind in list(readers.reader_classes.items()):
        if extension != "static" and reader.is_pelicans(kind):
            readers.reader_classes[extension] = None
    for extension in EXTENSIONS:
        readers.reader_classes[extension] = readers.reader_classes.get(extension) or PlancherReader


def settle_posts(generator: Any) -> None:
    """Newest first, then by file: two posts of one day never change places; then each tag gets one name."""
    for posts in (generator.articles, generator.hidden_articles, generator.drafts):
        posts.sort(key=lambda post: (post.date, str(post.source_path)), reverse=True)
    build = generator.build
    build.settled = settle_tags(generator, PelicanSite(parts_of(build), generator.settings, has_texts=False))


def check_site(generators: Any) -> None:
    """Rules on the whole site, before the first byte is written."""
    generators[0].open.check(generators)


def our_writer(pelican: Any) -> type[PelicanWriter]:
    """The class Pelican will write with."""
    kind: type[PelicanWriter] = pelican.open.writer()
    return kind


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(check_class)
    signals.readers_init.connect(take_markdown)
    signals.article_generator_pretaxonomy.connect(settle_posts)
    signals.all_generators_finalized.connect(check_site)
    signals.get_writer.connect(our_writer)
