"""What Pelican holds, in our terms: pages, their addresses, static files."""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pelican.contents import Article
from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator

from plancher.core import registry
from plancher.reading import gate, held_back
from plancher.reading.session import Session
from plancher.reading.site_checks import Entry, normal


def contents(generators: Any) -> Iterator[Any]:
    """Every article and page that has an address, in the order of their files."""
    found: list[Any] = []
    for generator in generators:
        if isinstance(generator, ArticlesGenerator):
            found += [*generator.articles, *generator.translations, *generator.hidden_articles, *generator.drafts]
        elif isinstance(generator, PagesGenerator):
            found += [*generator.pages, *generator.translations, *generator.hidden_pages, *generator.draft_pages]
    yield from sorted((content for content in found if content.save_as), key=lambda content: str(content.source_path))


def entries(generators: Any, current: Session) -> list[Entry]:
    """The pages authors make, with what the rules on the whole site need."""
    found = []
    for content in contents(generators):
        path = content.relative_source_path
        record = current.journal.records.get(path)
        found.append(
            Entry(
                path=path,
                save_as=content.save_as,
                slug=content.slug,
                id=record.id if record else "",
                lines=record.lines if record else {},
                unique_slug=isinstance(content, Article),
            )
        )
    return found


def taken(generators: Any) -> dict[str, str]:
    """Every address the site itself writes, and the name of what stands there."""
    settings, owned = generators[0].settings, {}
    for template in settings["DIRECT_TEMPLATES"]:
        owned[settings.get(f"{template.upper()}_SAVE_AS", f"{template}.html")] = f"la page « {template} » du site"
    for generator in generators:
        if isinstance(generator, ArticlesGenerator):
            wrappers = itertools.chain(generator.tags, (category for category, _ in generator.categories))
            owned |= {wrapper.save_as: f"la page « {wrapper.name} » du site" for wrapper in wrappers}
            owned |= {f"{address}index.html": "une page du site" for address in generator.context.get(registry.ADDRESSES, ())}
            owned |= {f"{former}index.html": "une ancienne adresse du site" for former, _ in generator.context.get(registry.MOVED, ())}
            owned |= {period["save_as"]: "une page d'archives" for periods in generator.period_archives.values() for period in periods}
        elif isinstance(generator, StaticGenerator):
            owned |= {static.save_as: str(static.source_path) for static in generator.staticfiles}
    return {normal(address): owner for address, owner in owned.items() if address}


def drop_static(generators: Any, current: Session) -> None:
    """A file that is dangerous, missing or out of the folder is not copied, and its problem is said elsewhere; nor is one that only drafts name."""
    settings = generators[0].settings
    pages = {str(content.relative_source_path) for content in contents(generators)}
    site, templates = str(settings["SITEURL"]).rstrip("/"), Path(settings["THEME"], "templates")
    held = held_back.files(current.journal.records.values(), pages, site, templates)
    for generator in generators:
        if isinstance(generator, StaticGenerator):
            named = [(static.get_relative_source_path(), static) for static in generator.staticfiles]
            kept = [static for name, static in named if name not in held and gate.harmless(current, current.root / name)]
            generator.staticfiles[:] = sorted(kept, key=lambda static: str(static.source_path))


def separate(generators: Any, owned: dict[str, str]) -> None:
    """In a preview, give a page whose address is taken one of its own, so that both can be seen.

    Pelican would stop on a traceback; the problem is already in the journal.
    """
    seen = dict(owned)
    for content in contents(generators):
        address = normal(content.save_as)
        if address in seen or ".." in address.split("/") or address.startswith("/"):
            folder = posixpath.join("a-corriger", Path(content.source_path).stem)
            content.override_url, content.override_save_as = f"{folder}/", f"{folder}/index.html"
            address = normal(content.save_as)
        seen[address] = str(content.source_path)
