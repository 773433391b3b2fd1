"""The HTML that Ghost rendered: its cards (``kg-*``) become what they mean."""

from __future__ import annotations

from collections.abc import Callable

from bs4 import Tag

from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.ghost.notes import Cards


def without_cards(html: str, cards: Cards) -> str:
    """The same words, without the forms of Ghost's themes."""
    if "kg-" not in html and "<!--" not in html:
        return html.strip()
    soup = dom.parse(html)
    for comment in soup.find_all(string=lambda text: text is not None and type(text).__name__ == "Comment"):
        comment.extract()
    for name, maker in _MAKERS.items():
        for card in soup.select(f".kg-{name}-card, .kg-{name}"):
            if card.parent is not None:
                card.replace_with(*maker(card, cards))
    return soup.decode().strip()


def _link(card: Tag, selector: str, label: str = "") -> list[dom.Node]:
    anchor = dom.first(card, selector)
    address = dom.value(anchor, "href")
    words = label or dom.text_of(anchor) or address
    return [dom.el("p", dom.el("a", words, href=address))] if address else []


def _caption(card: Tag) -> list[dom.Node]:
    caption = dom.first(card, "figcaption")
    return [dom.el("p", *list(caption.contents))] if caption and dom.text_of(caption) else []


def _gallery(card: Tag, _cards: Cards) -> list[dom.Node]:
    figures = [dom.figure(dom.value(image, "src"), dom.value(image, "alt")) for image in card.select("img")]
    return [*figures, *_caption(card)]


def _bookmark(card: Tag, _cards: Cards) -> list[dom.Node]:
    title, description = (dom.text_of(dom.first(card, f".kg-bookmark-{name}")) for name in ("title", "description"))
    return [*_link(card, "a[href]", title), *([dom.el("p", description)] if description else []), *_caption(card)]


def _callout(card: Tag, _cards: Cards) -> list[dom.Node]:
    emoji, text = (dom.first(card, f".kg-callout-{name}") for name in ("emoji", "text"))
    start = [dom.el("p", dom.text_of(emoji))] if emoji and dom.text_of(emoji) else []
    return [dom.el("aside", *start, dom.el("p", *list((text or card).contents)))]


def _toggle(card: Tag, _cards: Cards) -> list[dom.Node]:
    title, content = (dom.first(card, f".kg-toggle-{name}") for name in ("heading-text", "content"))
    return [dom.el("p", dom.el("strong", dom.text_of(title))), *(list(content.contents) if content else [])]


def _film(card: Tag, _cards: Cards) -> list[dom.Node]:
    film = dom.first(card, "video[src], audio[src], source[src]")
    words = dom.text_of(dom.first(card, ".kg-audio-title"))
    address = dom.value(film, "src")
    return [*([dom.el("p", words)] if words else []), *([dom.embed(address)] if address else []), *_caption(card)]


def _file(card: Tag, _cards: Cards) -> list[dom.Node]:
    title, caption, name = (dom.text_of(dom.first(card, f".kg-file-card-{name}")) for name in ("title", "caption", "filename"))
    return [*_link(card, "a[href]", title or name), *([dom.el("p", caption)] if caption else [])]


def _left_out(_card: Tag, cards: Cards) -> list[dom.Node]:
    return cards.nodes("signup", {})


_MAKERS: dict[str, Callable[[Tag, Cards], list[dom.Node]]] = {
    "signup": _left_out,
    "gallery": _gallery,
    "bookmark": _bookmark,
    "callout": _callout,
    "toggle": _toggle,
    "video": _film,
    "audio": _film,
    "file": _file,
}
