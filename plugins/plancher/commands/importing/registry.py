"""Descriptions of tags and categories go into ``content/tags.toml``, whose comments and order stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import tomlkit

from plancher.commands.tags.registry_text import RegistryText
from plancher.components.tags.names import key
from plancher.components.tags.vocabulary import FILE
from plancher.importing.blogs.home import replies
from plancher.importing.blogs.home.ledger import Entry, Ledger, Made
from plancher.importing.blogs.home.term_names import as_tag
from plancher.importing.blogs.model import FormerTerm

__all__ = ["FILE", "with_descriptions"]


def with_descriptions(content: Path, found: Iterable[FormerTerm], ledger: Ledger, scope: str) -> tuple[str, list[Entry]]:
    """The registry with the descriptions that it lacks, and what the ledger will say; empty when it lacks none.

    What was written once and taken out since stays out.

    :raises RegistryError: it cannot be changed safely.
    """
    path = content / FILE
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    wanted = list(_wanted(found, ledger, scope))
    if not wanted:
        return "", []
    registry = RegistryText.parse(text)
    before, entries = registry.text, []
    for name, description in wanted:
        section = registry.find_or_add(name)
        document = tomlkit.parse(section.text)
        if "description" not in document[section.name]:
            document[section.name].add("description", description)
            section.text = tomlkit.dumps(document).rstrip("\n") + "\n"
        entries.append(Entry(Made.TERM, scope, name))
    return (registry.text if registry.text != before else ""), entries


def _wanted(found: Iterable[FormerTerm], ledger: Ledger, scope: str) -> Iterator[tuple[str, str]]:
    """Names, each once, with a description of one line."""
    seen = set()
    for term in found:
        name, description = as_tag(term.name), replies.one_line(replies.words(term.description))
        if name and description and key(name) not in seen and ledger.get(Made.TERM, scope, name) is None:
            seen.add(key(name))
            yield name, description
