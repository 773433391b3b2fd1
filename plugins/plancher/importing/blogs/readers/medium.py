"""Medium's archive: one page for each text in ``posts/``; its other folders are private, and are never opened."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Callable, Iterator

from bs4 import Tag

from plancher.importing.blogs.model import FormerText, Item, LeftOut, Place
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.words import day, plain
from plancher.importing.blogs.source import Source, decoded

_POST = re.compile(r"(?:^|/)posts/(draft|\d{4}-\d\d-\d\d)_[^/]*-([0-9a-f]{8,16})\.html$")
_TITLES = {"h3": "h2", "h4": "h3", "h2": "h2", "h1": "h2"}
_FEW_WORDS = 150
"""A response is short; a longer text without title is a post."""


class Medium(Reader):
    """Medium."""

    name = "Medium"

    def recognises(self, source: Source) -> bool:
        """A page of ``posts/`` that is marked up as Medium does."""
        files = [part.name for part in source.parts if _POST.search(part.name)]
        if source.is_single_file and not files:
            files = [part.name for part in source.named(".html")]
        return bool(files) and all(sign in source.start(files[0], 65536) for sign in (b"h-entry", b'data-field="body"'))

    def read(self, source: Source) -> Iterator[Item]:
        """Each page of ``posts/``, in the order of their names."""
        for part in source.parts:
            if source.is_single_file or _POST.search(part.name):
                yield _item(decoded(source.read(part.name)), part.name)


def _item(html: str, file: str) -> FormerText | LeftOut:
    soup = dom.parse(html)
    body = dom.first(soup, '[data-field="body"]') or soup
    title, subtitle = (dom.text_of(dom.first(soup, selector)) for selector in (".p-name", '[data-field="subtitle"]'))
    place = Place(file=file)
    if _is_response(body, title):
        return LeftOut(what="réponse", why="c'est ce que vous aviez répondu au texte de quelqu'un d'autre", place=place, name=title)
    match = _POST.search(file)
    identifier = match[2] if match else file.rpartition("-")[2].removesuffix(".html")
    canonical = dom.value(dom.first(soup, "a.p-canonical"), "href")
    author = dom.text_of(dom.first(soup, "a.p-author"))
    is_draft = match[1] == "draft" if match else not canonical
    _without_title(body, title, subtitle)
    _plain_forms(body)
    short = f"https://medium.com/p/{identifier}"
    return FormerText(
        identifier=f"medium:{identifier}",
        place=place,
        title=plain(title),
        body=dom.inner(body),
        summary=dom.html_of(plain(subtitle)),
        published=day(dom.value(dom.first(soup, "time.dt-published"), "datetime")),
        held_back="brouillon" if is_draft else "",
        slug=re.sub(rf"-{identifier}$", "", canonical.partition("?")[0].rpartition("/")[2]),
        authors=(author,) if author else (),
        addresses=() if is_draft else tuple(dict.fromkeys(filter(None, (canonical, short)))),
        feed_id="" if is_draft else short,
    )


def _is_response(body: Tag, title: str) -> bool:
    """Medium says it nowhere: a response has no heading, and its « title » is the beginning of its first words."""
    start = title.rstrip("….").strip()
    words = dom.text_of(body)
    return bool(start) and not body.select(".graf--title, h1, h2, h3, h4, figure, pre") and words.startswith(start) and len(words.split()) < _FEW_WORDS


def _without_title(body: Tag, title: str, subtitle: str) -> None:
    """The title and the subtitle stand in the text again."""
    for selector, words in ((".graf--title, h3, h2, h1", title), (".graf--subtitle, h4", subtitle)):
        element = dom.first(body, selector)
        if element and words and (dom.text_of(element) == words or dom.text_of(element).startswith(words.rstrip("…") or words)):
            element.decompose()


def _plain_forms(body: Tag) -> None:
    for selector, maker in _FORMS:
        for element in body.select(selector):
            if element.parent is not None:
                element.replace_with(*maker(element))
    _straight_links(body)
    for divider in body.select(".section-divider"):
        divider.replace_with(dom.el("hr"))
    for name, level in _TITLES.items():
        for heading in body.select(f"{name}.graf"):
            heading.name = level
    _join_code(body)
    for element in body.select("*"):
        element.attrs = {
            key: typed for key, typed in element.attrs.items() if key in {"href", "src", "alt", "title"} or (key == "class" and element.name in {"a", "code"})
        }
    rule = dom.first(body, "hr")
    if rule and not "".join(str(text) for text in rule.find_all_previous(string=True) if body in text.parents).strip():
        rule.decompose()


def _straight_links(body: Tag) -> None:
    """Medium led to other sites through a page of its own."""
    for anchor in body.select("a[href*='medium.com/r/']"):
        target = urllib.parse.parse_qs(urllib.parse.urlsplit(dom.value(anchor, "href")).query).get("url", [""])[0]
        if target.startswith(("http://", "https://")):
            anchor["href"] = target


def _figure(element: Tag) -> list[dom.Node]:
    caption = dom.first(element, "figcaption")
    frame, image = dom.first(element, "iframe[src], script[src]"), dom.first(element, "img[src]")
    if frame:
        words: list[dom.Node] = [dom.el("p", *list(caption.contents))] if caption and dom.text_of(caption) else []
        return [dom.embed(re.sub(r"\.js(\?.*)?$", r"\1", dom.value(frame, "src"))), *words]
    if image:
        return [dom.figure(dom.value(image, "src"), dom.value(image, "alt"), dom.inner(caption), dom.value(dom.first(element, "a[href]"), "href"))]
    return [*list(element.contents)]


def _card(element: Tag) -> list[dom.Node]:
    """A link card: title, words, name of the site."""
    anchor = dom.first(element, "a[href]")
    title, description = dom.text_of(dom.first(element, "strong")), dom.text_of(dom.first(element, "em"))
    address = dom.value(anchor, "href")
    link = [dom.el("p", dom.el("a", title or address, href=address))] if address else []
    return [*link, *([dom.el("p", description)] if description else [])]


def _code(element: Tag) -> list[dom.Node]:
    for rule in element.find_all("br"):
        rule.replace_with("\n")
    return [dom.code(element.get_text(), dom.value(element, "data-code-block-lang"))]


def _join_code(body: Tag) -> None:
    """Medium parts a block of code at its empty lines."""
    for block in body.find_all("pre"):
        if block.parent is None:
            continue
        while isinstance(follower := block.next_sibling, Tag) and follower.name == "pre":
            code, other = block.find("code"), follower.find("code")
            if isinstance(code, Tag) and isinstance(other, Tag):
                code.string = f"{code.get_text()}\n\n{other.get_text()}"
            follower.extract()


_FORMS: tuple[tuple[str, Callable[[Tag], list[dom.Node]]], ...] = (
    ("script[src*='gist']", lambda element: [dom.embed(dom.value(element, "src").removesuffix(".js"))] if element.find_parent("figure") is None else [element]),
    ("figure", _figure),
    (".graf--mixtapeEmbed", _card),
    ("pre.graf--pre, pre", _code),
)
