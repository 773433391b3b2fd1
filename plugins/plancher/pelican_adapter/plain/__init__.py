"""A blog that Pelican itself makes, with its own class, reader, writer and theme: our components take part as any plugin does.

Each component that ``PLUGINS`` names calls ``register``. What a build knows is
held by our extension of Markdown (``extension.PlainExtension``), which stands
in Pelican's own setting, and by our generator; receivers hold nothing.

==================================  =========================================================
signal                              what happens
==================================  =========================================================
``initialized``                     settings of components are checked, Markdown is extended
``generator_init``                  readers of Markdown say which text they read
``article_generator_pretaxonomy``   each tag gets one name
``get_generators``                  a generator that asks components for their pages
``all_generators_finalized``        components see the whole site
``finalized``                       what Pelican may take from its cache next time
==================================  =========================================================
"""

from __future__ import annotations

from typing import Any

from pelican import signals

from plancher.pelican_adapter.plain import content_cache, reader, setup
from plancher.pelican_adapter.plain.generator import ComponentPages


def take_part(pelican: Any) -> None:
    """Check the settings, and extend Markdown."""
    setup.prepare(pelican)


def note_texts(generator: Any) -> None:
    """Pelican's own readers go on reading, and say which text."""
    extension = setup.extension_of(generator.settings)
    if extension is not None:
        reader.note_texts(generator.readers, extension)
        setup.give_functions(generator.env, extension)


def settle_tags(generator: Any) -> None:
    """Before Pelican groups posts by tag."""
    extension = setup.extension_of(generator.settings)
    if extension is not None:
        setup.settle_tags(generator, extension)


def our_generator(pelican: Any) -> type[ComponentPages] | None:
    """Where there are components."""
    return ComponentPages if setup.extension_of(pelican.settings) is not None else None


def show_the_site(generators: Any) -> None:
    """All texts are read, and nothing is written yet."""
    for generator in generators:
        if isinstance(generator, ComponentPages):
            generator.assemble(generators)


def remember(pelican: Any) -> None:
    """The build is done."""
    extension = setup.extension_of(pelican.settings)
    if extension is not None:
        content_cache.remember(pelican.settings, extension.fingerprint)


def register() -> None:
    """Connect the receivers; once is enough, and twice is no more."""
    signals.initialized.connect(take_part)
    signals.generator_init.connect(note_texts)
    signals.article_generator_pretaxonomy.connect(settle_tags)
    signals.get_generators.connect(our_generator)
    signals.all_generators_finalized.connect(show_the_site)
    signals.finalized.connect(remember)
