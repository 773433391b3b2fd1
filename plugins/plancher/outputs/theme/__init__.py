"""What templates may count on: filters, strict undefined names, autoescape, assets."""

from __future__ import annotations

from typing import Any

import jinja2
from pelican import signals

from plancher.outputs.theme import filters, foreign
from plancher.outputs.theme.generator import ThemeGenerator
from plancher.text.grammar import RELATIONS, has_own_theme


def prepare_jinja(pelican: Any) -> None:
    """A missing name is an error, and text is escaped unless it is the author's body; somebody else's theme finds Pelican's ways."""
    settings = pelican.settings
    if has_own_theme(settings):
        settings["JINJA_ENVIRONMENT"] = settings["JINJA_ENVIRONMENT"] | {"autoescape": True, "undefined": jinja2.StrictUndefined}
    else:
        foreign.welcome(settings)
    settings["JINJA_FILTERS"] = {**filters.for_site(settings["SITEURL"]), **settings["JINJA_FILTERS"]}


def theme_generator(pelican: Any) -> type[ThemeGenerator]:  # noqa: ARG001 - the signal's sender
    """Writes style sheet and script."""
    return ThemeGenerator


def find_neighbours(generator: Any) -> None:
    """Templates get, for each post, the next newer and the next older one."""
    posts = [None, *generator.articles, None]
    neighbours = {post.source_path: (newer, older) for newer, post, older in zip(posts, posts[1:], posts[2:], strict=False) if post}
    generator.context.setdefault(RELATIONS, {})["neighbours"] = neighbours


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(prepare_jinja)
    signals.article_generator_finalized.connect(find_neighbours)
    signals.get_generators.connect(theme_generator)
