"""What a template depends on: the files it is made of, and the names it mentions.

Jinja can list both without rendering anything. A name that no file mentions
cannot be read, so the list of a page's inputs is complete by construction.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, meta

from plancher.base import digest


@dataclasses.dataclass(frozen=True, slots=True)
class Needs:
    """All that a template and those it calls depend on."""

    digest: str
    """Of all their sources."""
    names: tuple[str, ...]
    """The names they mention and do not set, in alphabetical order."""
    known: bool
    """False when one calls a template whose name is computed."""

    def check(self) -> None:
        """:raises UnknownError: what the template depends on is not known."""
        if not self.known:
            raise UnknownError("template")


class UnknownError(TypeError):
    """What this depends on is not known: what is made from it is made each time."""


Mentions = tuple[tuple[str, ...], tuple[str | None, ...]]
"""The names a source mentions, and the templates it calls; None where a name is computed."""


_SYNTAX = (
    *(f"{kind}_{side}_string" for kind in ("block", "variable", "comment") for side in ("start", "end")),
    "line_statement_prefix",
    "line_comment_prefix",
)
"""The names of the options on which the parsing of a source depends."""


def needs(env: Environment, name: str, known: Mapping[str, Mentions], used: dict[str, Mentions]) -> Needs:
    """What the template ``name`` depends on.

    :param known: what an earlier build found, by digest of a source.
    :param used: the same, filled with what this one needs.
    """
    sources: dict[str, str] = {}
    way = syntax(env)
    names: set[str] = set()
    plain, waiting = True, [name]
    while waiting:
        called = waiting.pop()
        if called in sources:
            continue
        try:
            source, file = _source(env, called)
        except TemplateNotFound:
            if called == name:
                raise
            sources[called] = ""  # « ignore missing », or an error that rendering tells better
            continue
        mark = digest.of_text(source, way)
        sources[called] = mark
        if mark not in used:
            used[mark] = known.get(mark) or _mentions(env, source, called, file)
        mentioned, calls = used[mark]
        names.update(mentioned)
        plain = plain and None not in calls
        waiting.extend(call for call in calls if call)
    return Needs(digest.of_text(*itertools.chain.from_iterable(sorted(sources.items()))), tuple(sorted(names)), plain)


def syntax(env: Environment) -> str:
    """The options on which the parsing of a source depends, as these templates have them."""
    return repr([getattr(env, part) for part in _SYNTAX] + sorted(env.extensions))


def _mentions(env: Environment, source: str, name: str, file: str | None) -> Mentions:
    """The names a template mentions, and the templates it calls."""
    try:
        tree = env.parse(source, name, file)
        return tuple(sorted(meta.find_undeclared_variables(tree))), tuple(meta.find_referenced_templates(tree))
    except TemplateSyntaxError as error:
        error.filename = file  # Jinja does not always know where it looks
        raise


def _source(env: Environment, name: str) -> tuple[str, str | None]:
    """A template's text and its file."""
    if env.loader is None:
        raise TemplateNotFound(name)
    return env.loader.get_source(env, name)[:2]
