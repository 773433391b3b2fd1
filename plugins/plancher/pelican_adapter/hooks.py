"""What Pelican holds, in our terms: pages, their addresses, static files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pelican.contents import Article
from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator

from plancher.build import gate
from plancher.build.session import Session
from plancher.site import claims, held_back, site_checks
from plancher.site.site_checks import Entry


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
                url=content.url,
                slug=content.slug,
                id=record.id if record else "",
                lines=record.lines if record else {},
                unique_slug=isinstance(content, Article),
            )
        )
    return found


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


def separate(found: Sequence[Entry], generators: Any) -> None:
    """Of two texts that want one address, give the later one its own, so that a preview can show both; the problem is said elsewhere."""
    asked = [site_checks.claim(entry) for entry in found]
    names = claims.keys(asked)
    late = {conflict.second.asker.path for conflict in claims.conflicts(asked, names) if isinstance(conflict.second.asker, Entry)}
    for content in contents(generators) if late else ():
        if content.relative_source_path in late:
            content.override_save_as = claims.aside(content.relative_source_path)
            content.override_url = content.override_save_as.removesuffix("index.html")
