"""The former addresses of texts that go on leading to them: each to one text, and none that a page of ours has."""

from __future__ import annotations

import dataclasses
import re
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping

from plancher.base import former_address
from plancher.importing.blogs.home.former_site import FormerSite, key
from plancher.importing.blogs.home.names import RESERVED
from plancher.importing.blogs.home.plan import PlacedText
from plancher.importing.blogs.home.site_terms import SiteTerms
from plancher.importing.blogs.model import Kind
from plancher.site.redirect import source_key

_LONGEST = 1000
"""Letters of an address, which hosts stop at."""
Place = tuple[str, str]
"""A file of the site, and a query."""
_OURS = re.compile(r"/archives/\d{4}|/page/\d+")
"""Pages that the blog makes by itself below the reserved names, terms apart."""
_SEMICOLON = re.compile(r";(?=/|https?:|$)", re.IGNORECASE)
"""Where a header would end the address, as it does at a comma."""
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\\]|(?:^|/)\.{1,2}(?:/|$)")


def given(texts: Mapping[str, PlacedText], site: FormerSite, terms: SiteTerms) -> dict[str, PlacedText]:
    """Each text with its own.

    :param terms: those that will have a page.
    """
    now = today(texts.values(), terms)
    owners: dict[Place, str] = {}
    for identifier in sorted(texts, key=lambda one: bool(texts[one].held_back)):  # what readers saw comes first
        for typed in texts[identifier].surveyed.addresses:
            owners.setdefault(standing(site.path(typed)), identifier)
    return {
        identifier: dataclasses.replace(one, aliases=tuple(path for known, path in _own(one, site) if owners[known] == identifier and known not in now))
        for identifier, one in texts.items()
    }


def today(texts: Iterable[PlacedText], terms: SiteTerms) -> set[Place]:
    """Where the texts and the terms of our blog stand."""
    return {standing(one) for one in (*map(address, texts), *terms.pages())}


def address(text: PlacedText) -> str:
    """Its address in our blog."""
    if text.surveyed.kind is Kind.PAGE:
        return f"/{text.slug}/"
    return f"/{text.date.year:04}/{text.date.month:02}/{text.slug}{f'-{text.lang}' if text.lang else ''}/"


def standing(path: str) -> Place:
    """What all addresses share that the site takes for one: case, a last slash, the way to write « é »."""
    try:
        return source_key(former_address.parse(quoted(path)))
    except ValueError:  # it leads nowhere
        return key(path), ""


def quoted(path: str) -> str:
    """A former address as a header or a list of redirections holds it."""
    return _SEMICOLON.sub("%3B", urllib.parse.quote(re.sub(r"^/{2,}", "/", path), safe="/%:@!$&'()+;=~?-._"))


def can_lead(path: str) -> bool:
    """Whether a former address may be redirected: a server reads it, and no page that the blog makes by itself has it."""
    known = key(path)
    if not path or known == "/" or len(quoted(path)) > _LONGEST or _UNFIT.search(urllib.parse.unquote(path)):
        return False
    return known.strip("/") not in RESERVED and not _OURS.fullmatch(known)


def _own(text: PlacedText, site: FormerSite) -> Iterator[tuple[Place, str]]:
    """The former addresses of a text, by what all ways to write each share."""
    found: dict[Place, str] = {}
    for typed in text.surveyed.addresses:
        path = site.path(typed)
        if can_lead(path):
            found.setdefault(standing(path), quoted(path))
    yield from found.items()
