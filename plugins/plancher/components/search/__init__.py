"""``/recherche/``: an index of the site that a small script of ours asks, a word at a time.

Without a script the page is the list of all texts. Nothing but the page is
loaded before the reader types a word (decisions/0007-search.md says why it is so).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

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
_SHORT_LIST = 200
"""Posts that the page itself lists, for readers without a script; when there are more, all have a page of their own."""


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
        posts = tuple((text.card, text.tags, text.lang) for text in reversed(found.texts) if text.number >= 0)
        others = tuple((text.card, text.tags, text.lang) for text in found.texts if text.number < 0)
        is_short = len(posts) <= _SHORT_LIST
        names = sorted((tag.name for tag, _ in site.tags), key=fold)
        values = {
            "posts": posts[:_SHORT_LIST],
            "others": others if is_short else (),
            "elsewhere": "" if is_short else LIST,
            "count": len(found.texts),
            "tags": tuple((name, name.replace(" ", "_")) for name in names),
            "years": tuple(sorted({post.date.year for post in site.posts}, reverse=True)),
            "empty": "|".join(sorted(words.EMPTY)),
            "shards": "|".join(sorted((name for name in found.shards if len(name) <= words.LONGEST_NAME), key=lambda name: (-len(name), name))),
        }
        yield TemplatePage(address=ADDRESS, template="recherche", values={"search": values}, precedes_posts=True)
        if not is_short:
            yield TemplatePage(address=LIST, template="recherche_tous", values={"posts": posts, "others": others, "address": LIST})
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
    root = Element("OpenSearchDescription", {"xmlns": "http://a9.com/-/spec/opensearch/1.1/"})
    words_of = {"ShortName": name[:16].strip(), "Description": f"Chercher dans {name}"[:1024], "Language": "fr", "InputEncoding": "UTF-8"}
    for tag, text in words_of.items():
        SubElement(root, tag).text = text
    SubElement(root, "Image", {"width": "192", "height": "192", "type": "image/png"}).text = icon
    SubElement(root, "Url", {"type": "text/html", "template": f"{page}?q={{searchTerms}}"})
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


COMPONENT = Search


def register() -> None:
    """Pelican asks for it; the adapter takes ``COMPONENT``."""
