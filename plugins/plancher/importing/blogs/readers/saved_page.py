"""A page saved from a browser: the only way out of blogs without export (Canalblog, Hautetfort, blogSpirit…)."""

from __future__ import annotations

import hashlib
import re
import urllib.parse
from collections.abc import Iterator

from bs4 import Tag

from plancher.importing.blogs.model import FormerFile, FormerText, Item, LeftOut, Note, Place
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.page_article import article_of, articles
from plancher.importing.blogs.readers.page_facts import Facts
from plancher.importing.blogs.source import Source, decoded

_ENDINGS = (".html", ".htm", ".xhtml")
_SIDE = re.compile(r"(?:_files|_fichiers|\.files)/")
"""Browsers put the pictures of « page.html » there, and frames that are pages too."""
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp")
_LARGE = 20_000_000
"""Bytes of one page, at most."""


class SavedPage(Reader):
    """A page of a blog, or a folder of them."""

    name = "Page enregistrée"

    def recognises(self, source: Source) -> bool:
        """Pages of HTML, alone or in a folder."""
        pages = _pages(source)
        return bool(pages) and any(b"<html" in (start := source.start(name).lower()) or b"<!doctype html" in start or b"<body" in start for name in pages[:5])

    def read(self, source: Source) -> Iterator[Item]:
        """A text for each page that shows one; then the pictures that were saved beside."""
        for name in _pages(source):
            yield from _items(_html(source.read(name, _LARGE)), name)
        for part in source.parts:
            if _SIDE.search(part.name) and part.name.lower().endswith(_PICTURES):
                quoted = urllib.parse.quote(part.name)
                yield FormerFile(addresses=tuple(dict.fromkeys((part.name, f"./{part.name}", quoted, f"./{quoted}"))), path=part.name)


def _pages(source: Source) -> list[str]:
    return [part.name for part in source.named(*_ENDINGS) if not _SIDE.search(part.name)]


def _html(raw: bytes) -> str:
    """As the page says, if it is one of the encodings of the web; else as any other text."""
    charset = re.search(rb"<meta[^>]{0,100}charset=[\"']?([\w-]{3,20})", raw[:4096], re.IGNORECASE)
    if charset and charset[1].lower() in {b"windows-1252", b"iso-8859-1", b"iso-8859-15"}:
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return raw.decode("iso-8859-15" if charset[1].lower() == b"iso-8859-15" else "cp1252", "replace")
    return decoded(raw)


def _items(html: str, file: str) -> Iterator[Item]:
    place = Place(file=file)
    soup = dom.parse(html)
    facts = Facts(soup, html)
    several = articles(soup)
    if len(several) > 1 and not facts.is_one_post:
        yield LeftOut(
            what="page de plusieurs billets", why="enregistrez la page de chacun : celle-ci n'en montre souvent que le début", place=place, name=facts.title
        )
        return
    comments = len(soup.select("[itemprop='comment'], .comment, .comment-body, .commentparent, li.comment"))
    title, date, tags, categories = facts.title, facts.date(soup), facts.tags, facts.categories
    article = article_of(soup, title)
    if article is None:
        yield LeftOut(what="page sans texte", why="aucun article ne s'y trouve", place=place, name=title)
        return
    notes = (
        (Note(place=place, message=f"La page montrait des commentaires ({comments} passages) : ils ne sont pas repris d'une page enregistrée."),)
        if comments
        else ()
    )
    yield FormerText(
        identifier=f"page:{hashlib.sha256((facts.address or file).encode('utf-8', 'replace')).hexdigest()[:16]}",
        place=place,
        title=title,
        body=_body(article, facts.address),
        summary=dom.html_of(facts.summary),
        published=date,
        authors=facts.authors,
        categories=categories,
        tags=tags,
        language=facts.language,
        picture=facts.picture,
        slug=_slug(facts.address),
        addresses=(facts.address,) if facts.address else (),
        notes=notes,
    )


def _body(article: Tag, address: str) -> str:
    """Its HTML; a link that a browser had made whole is left so, one from the root too."""
    for element in article.find_all(["a", "img"]):
        for name in ("href", "src"):
            typed = dom.value(element, name)
            if typed and address and not re.match(r"[a-zA-Z][\w+.-]*:|[/#.]|[^/]*(?:_files|_fichiers)/", typed):
                element[name] = urllib.parse.urljoin(address, typed)
        if (lazy := dom.value(element, "data-src") or dom.value(element, "data-lazy-src")) and element.name == "img":
            element["src"] = lazy
    return dom.inner(article)


def _slug(address: str) -> str:
    name = urllib.parse.unquote(urllib.parse.urlsplit(address).path.rstrip("/").rpartition("/")[2]) if address else ""
    return re.sub(r"\.(?:html?|php|aspx)$", "", name)
