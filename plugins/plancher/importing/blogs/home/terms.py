"""Where the former pages of categories and tags lead now."""

from __future__ import annotations

import urllib.parse
from collections.abc import Iterable, Sequence

from plancher.base.french import fold
from plancher.base.slugs import slug
from plancher.importing.blogs.home.former_site import FormerSite, key
from plancher.importing.blogs.home.plan import PlacedText
from plancher.importing.blogs.home.survey import Survey
from plancher.importing.blogs.home.term_names import Spellings, as_category, as_tag
from plancher.importing.blogs.model import Kind


def spellings(texts: Iterable[PlacedText]) -> Spellings:
    """Of the categories of an export."""
    return Spellings(filter(None, (as_category(text.surveyed.categories[0]) for text in texts if text.surveyed.categories)))


def addresses(survey: Survey, site: FormerSite, texts: Iterable[PlacedText]) -> dict[str, str]:
    """Former addresses of tags and categories (``key``), and those of ours; a term without a published text leads to the list of all."""
    tags, categories = _used([text for text in texts if not text.held_back and text.surveyed.kind is Kind.POST])
    found: dict[str, str] = {}
    for term in survey.terms:
        for address in term.addresses:
            found.setdefault(key(site.path(address)), _now(term.name, is_category=term.is_category, tags=tags, categories=categories))
    return found


def pages(texts: Iterable[PlacedText]) -> Iterable[str]:
    """The addresses of the tags and categories that these texts have."""
    tags, categories = _used([text for text in texts if text.surveyed.kind is Kind.POST])
    yield from (f"/tag/{tag}" for tag in tags)
    yield from (f"/categorie/{category}" for category in categories)


def _used(texts: Sequence[PlacedText]) -> tuple[set[str], set[str]]:
    """Tags, and slugs of categories, that published posts have; a second category is a tag here."""
    tags = {fold(as_tag(name)) for text in texts for name in (*text.surveyed.tags, *text.surveyed.categories[1:])}
    return tags, {slug(as_category(text.surveyed.categories[0])) for text in texts if text.surveyed.categories}


def _now(name: str, *, is_category: bool, tags: set[str], categories: set[str]) -> str:
    own = slug(as_category(name))
    if is_category and own in categories:
        return f"/categorie/{own}/"
    tag = as_tag(name)
    if tag and fold(tag) in tags:
        return f"/tag/{urllib.parse.quote(tag, safe='')}/"
    return "/categories/" if is_category else "/tags/"
