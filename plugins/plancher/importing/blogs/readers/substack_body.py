"""The HTML of a Substack text: its widgets carry what they show in ``data-attrs``."""

from __future__ import annotations

import json
import re
import urllib.parse
from collections.abc import Callable, Mapping

from bs4 import Tag

from plancher.importing.blogs.model import Note, Place
from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.dom import Node

_WIDGETS = "[class*='subscription-widget'], .subscribe-widget, .captioned-button-wrap, .button-wrapper, .poll-embed, .community-chat"
_FILMS = {"youtube-wrap": "https://www.youtube.com/watch?v={}", "vimeo-wrap": "https://vimeo.com/{}"}


def to_html(html: str, place: Place) -> tuple[str, tuple[Note, ...], bool]:
    """The body, what could not come, and whether a part of it was for those who pay."""
    soup = dom.parse(html)
    walls = soup.select(".paywall-jump, [data-component-name='PaywallToDOM'], .paywall")
    messages: dict[str, None] = {}
    for wall in walls:
        wall.decompose()
    for selector, maker in _FORMS:
        for element in soup.select(selector):
            if element.parent is not None:
                element.replace_with(*maker(element, messages))
    _footnotes(soup)
    return soup.decode().strip(), tuple(Note(place=place, message=message) for message in messages), bool(walls)


def _fields(element: Tag | None) -> Mapping[str, object]:
    try:
        fields = json.loads(dom.value(element, "data-attrs") or "{}")
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


def _word(fields: Mapping[str, object], *names: str) -> str:
    return next((str(fields[name]).strip() for name in names if isinstance(fields.get(name), str | int) and str(fields[name]).strip()), "")


def picture_address(address: str) -> str:
    """The true address of a picture: Substack's is wrapped in that of its resizer."""
    match = re.search(r"/image/(?:fetch|upload)/.*?/(https?(?:%3A|:).*)$", address)
    return urllib.parse.unquote(match[1]) if match else address


def _picture(element: Tag, _messages: dict[str, None]) -> list[Node]:
    image = element if element.name == "img" else dom.first(element, "img")
    fields = _fields(image)
    address = _word(fields, "src") or picture_address(dom.value(image, "src"))
    caption = dom.inner(dom.first(element, "figcaption"))
    alternative = dom.value(image, "alt") or _word(fields, "alt")
    return [dom.figure(address, alternative, caption, _word(fields, "href"))] if address else []


def _gallery(element: Tag, messages: dict[str, None]) -> list[Node]:
    gallery = _fields(element).get("gallery")
    images = gallery.get("images") if isinstance(gallery, dict) else None
    addresses = [_word(image, "src") for image in images if isinstance(image, dict)] if isinstance(images, list) else []
    caption = _word(gallery, "caption") if isinstance(gallery, dict) else ""
    figures: list[Node] = [dom.figure(address) for address in addresses if address]
    return [*figures, *([dom.el("p", caption)] if caption else [])] if figures else _picture(element, messages)


def _film(element: Tag, messages: dict[str, None]) -> list[Node]:
    name = next((name for name in _FILMS if name in dom.value(element, "class").split()), "")
    identifier = _word(_fields(element), "videoId")
    return [dom.embed(_FILMS[name].format(identifier))] if re.fullmatch(r"[\w-]{3,40}", identifier) else _anything(element, messages)


def _tweet(element: Tag, _messages: dict[str, None]) -> list[Node]:
    fields = _fields(element)
    words, address, author = _word(fields, "full_text"), _word(fields, "url"), _word(fields, "name", "username")
    quoted = dom.el("blockquote", *(dom.el("p", line) for line in words.split("\n") if line.strip()), *([dom.el("p", f"— {author}")] if author else []))
    return [quoted, *([dom.embed(address)] if address else [])]


def _button(element: Tag, messages: dict[str, None]) -> list[Node]:
    """A button to subscribe or to share is of no use elsewhere; another one is a link."""
    anchor = dom.first(element, "a[href]")
    address = dom.value(anchor, "href") or _word(_fields(element), "url")
    is_own = "%%" in address or "action=share" in address or "/subscribe" in address or "widget" in dom.value(element, "class")
    if address and not is_own and not dom.is_script(address):
        return [dom.el("p", dom.el("a", dom.text_of(anchor) or address, href=address))]
    messages["Un bouton ou un formulaire de Substack (abonnement, partage, sondage) n'est pas repris."] = None
    return []


def _code(element: Tag, _messages: dict[str, None]) -> list[Node]:
    block = dom.first(element, "pre") or element
    return [dom.code(block.get_text(), _word(_fields(element), "language"))]


def _anything(element: Tag, messages: dict[str, None]) -> list[Node]:
    """A widget that is not known: its address and its words."""
    fields = _fields(element)
    address, title = _word(fields, "url", "link", "canonical_url", "src"), _word(fields, "title", "name")
    if title and address and not dom.is_script(address):
        return [dom.el("p", dom.el("a", title, href=address))]
    if address and not dom.is_script(address):
        return [dom.embed(address)]
    if not dom.text_of(element):
        messages["Un encart de Substack ne dit rien que l'on puisse reprendre."] = None
    return list(element.contents)


def _footnotes(soup: Tag) -> None:
    for anchor in soup.select("a.footnote-anchor"):
        number = dom.value(anchor, "href").rpartition("-")[2] or dom.text_of(anchor)
        anchor.replace_with(dom.el("sup", dom.el("a", dom.text_of(anchor), href=f"#fn-{number}", class_="footnote")))
    notes: list[tuple[str, list[Node]]] = []
    blocks = soup.select("div.footnote")
    for block in blocks:
        back = dom.first(block, ".footnote-number")
        identifier = dom.value(back, "id").rpartition("-")[2] or dom.text_of(back)
        content = dom.first(block, ".footnote-content")
        if back:
            back.extract()
        notes.append((identifier, list((content or block).contents)))
    if blocks:
        blocks[0].insert_before(dom.notes(notes))
        for block in blocks:
            block.decompose()


_FORMS: tuple[tuple[str, Callable[[Tag, dict[str, None]], list[Node]]], ...] = (
    (_WIDGETS, _button),
    (".image-gallery-embed", _gallery),
    (".captioned-image-container, figure", _picture),
    (".youtube-wrap, .vimeo-wrap", _film),
    (".tweet, .twitter-embed", _tweet),
    (".highlighted_code_block, pre", _code),
    ("div[data-attrs], [class$='-wrap'][data-attrs], [class*='embed'][data-attrs]", _anything),
)
