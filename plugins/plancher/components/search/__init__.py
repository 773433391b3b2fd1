"""``/recherche/``: an index of the site that a small script of ours asks, a word at a time.

Without a script the page is the list of all texts. Nothing but the page is
loaded before the reader types a word (decisions/0007-search.md says why it is so).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from plancher.base.french import fold
from plancher.components.search import index, words
from plancher.components.search.index import Indexed
from plancher.site.collected import Values
from plancher.site.component import Component
from plancher.site.makers import maker
from plancher.site.model import Site
from plancher.site.requests import MadeFile, PageRequest, TemplatePage, TextFile
from plancher.text.grammar import KeepWords

ADDRESS = "recherche/"
LIST = f"{ADDRESS}tous/"
DESCRIPTION = f"{ADDRESS}opensearch.xml"
_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
_SHORT_LIST = 300
"""Texts whose list stands in the page itself; a longer one, which only readers without a script need, has a page of its own."""


@dataclasses.dataclass(frozen=True, slots=True)
class SearchIndex:
    """What the files of the index are made from."""

    texts: Sequence[Indexed]
    shards: Mapping[str, str]


class Search(Component[None, SearchIndex]):
    """A page, and the files of its index."""

    name = "search"

    def keep_words(self) -> KeepWords:
        """Its words, counted: texts are not opened again."""
        return words.keep

    def collect(self, site: Site) -> SearchIndex:
        """All texts that readers can find, and where each of their words stands."""
        texts = index.texts(site)
        mode = f"{'-apercu' if site.is_preview else ''}{'-publie' if site.is_publication else ''}"
        return SearchIndex(texts, index.all_shards(texts, mode))

    def pages(self, site: Site, found: SearchIndex) -> Iterable[PageRequest]:
        """The page; the list of all texts; words, by their first letters and by their last; texts as results show them; how browsers ask."""
        listed = {
            "posts": tuple((text.card, text.tags, text.lang) for text in reversed(found.texts) if text.number >= 0),
            "others": tuple((text.card, text.tags, text.lang) for text in found.texts if text.number < 0),
        }
        is_short = len(found.texts) <= _SHORT_LIST
        names = sorted((tag.name for tag, _ in site.tags), key=fold)
        values = {
            "list": listed if is_short else None,
            "elsewhere": "" if is_short else LIST,
            "count": len(found.texts),
            "tags": tuple((name, index.tag_filter(name).partition("=")[2]) for name in names),
            "years": tuple(sorted({post.date.year for post in site.posts}, reverse=True)),
            "shards": " ".join(name for name in found.shards if len(name) <= words.LONGEST_NAME),
        }
        yield TemplatePage(address=ADDRESS, template="recherche", values={"search": values}, precedes_posts=True)
        if not is_short:
            yield TemplatePage(address=LIST, template="recherche_tous", values={"list": listed, "address": LIST})
        for name, text in found.shards.items():
            yield TextFile(path=index.WORDS.format(name), text=text)
        for path, told in index.blocks(site, found.texts).items():
            yield MadeFile(path=path, maker=index.block, argument=told)
        yield MadeFile(path=DESCRIPTION, maker=description, argument=(site.identity.name, site.absolute(ADDRESS), site.absolute("theme/icon-192.png")))

    def site_values(self, site: Site, found: SearchIndex) -> Values:
        """Where the page is, and how browsers ask it."""
        return {"SEARCH": {"page": ADDRESS, "description": DESCRIPTION}}


@maker
def description(site: tuple[str, str, str]) -> str:
    """How a browser asks the page from its own field (OpenSearch 1.1, draft 6).

    :param site: its name, the address of the page, that of a picture.
    """
    name, page, icon = site
    root = Element("OpenSearchDescription", {"xmlns": _NAMESPACE})
    SubElement(root, "ShortName").text = name[:16]
    SubElement(root, "LongName").text = name[:48]
    SubElement(root, "Description").text = f"Chercher dans {name}"[:1024]
    SubElement(root, "Image", {"width": "192", "height": "192", "type": "image/png"}).text = icon
    SubElement(root, "Url", {"type": "text/html", "template": f"{page}?q={{searchTerms}}"})
    SubElement(root, "Language").text = "fr"
    SubElement(root, "InputEncoding").text = "UTF-8"
    indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


COMPONENT = Search


def register() -> None:
    """Pelican asks for it; the adapter takes ``COMPONENT``."""
