"""Where the former pages of categories and tags lead now."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from plancher.importing.blogs.home.former_site import FormerSite, key
from plancher.importing.blogs.home.plan import PlacedText
from plancher.importing.blogs.home.site_terms import SiteTerms
from plancher.importing.blogs.home.survey import Survey
from plancher.importing.blogs.home.term_names import Spellings, as_category


def spellings(texts: Iterable[PlacedText], category_slug: Callable[[str], str]) -> Spellings:
    """Of the categories of an export."""
    return Spellings(filter(None, (as_category(text.surveyed.categories[0]) for text in texts if text.surveyed.categories)), category_slug)


def links(survey: Survey, site: FormerSite, now: SiteTerms) -> dict[str, str]:
    """Former addresses of tags and categories (``key``), and what a text writes in their place; a term without a published post leads to the list of all."""
    found: dict[str, str] = {}
    for term in survey.terms:
        for address in term.addresses:
            found.setdefault(key(site.path(address)), now.link(term.name, is_category=term.is_category))
    return found
