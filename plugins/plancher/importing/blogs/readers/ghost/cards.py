"""Ghost's cards: pictures, galleries, embeds, callouts… Lexical and Mobiledoc give them the same fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import markdown

from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.dom import Node
from plancher.importing.blogs.readers.words import clean

Fields = Mapping[str, object]
HIDDEN = {"email": "un passage réservé aux courriels", "email-cta": "un passage réservé aux courriels", "signup": "un formulaire d'abonnement"}
"""Cards that readers of the site did not read: what they are."""


def nodes(name: str, fields: Fields) -> list[Node] | None:
    """What a card shows; None: it is not known."""
    maker = _MAKERS.get(name.lower())
    return maker(fields) if maker else None


def unknown(fields: Fields) -> list[Node]:
    """The words and addresses of a card that is not known, so that none is lost."""
    found: list[Node] = []
    waiting: list[tuple[str, object]] = list(reversed(list(fields.items())))
    while waiting and len(found) < 1000:  # noqa: PLR2004 - a card is no text
        key, value = waiting.pop()
        if isinstance(value, dict):
            waiting += reversed(list(value.items()))
        elif isinstance(value, list):
            waiting += [(key, item) for item in reversed(value)]
        elif isinstance(value, str) and value.startswith(("http://", "https://")):
            found.append(dom.embed(value))
        elif isinstance(value, str) and re.search(r"\s|<", value):
            found += _html(value)
    return found


def to_html(text: str) -> list[Node]:
    """Markdown of a card as nodes."""
    return list(dom.raw(markdown.markdown(clean(text), extensions=["fenced_code", "tables", "footnotes"])))


def _text(fields: Fields, *names: str) -> str:
    for name in names:
        value = fields.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return clean(str(value)).strip()
    return ""


def _html(text: str) -> list[Node]:
    """HTML that may be plain words: in a paragraph then."""
    raw = dom.raw(text)
    is_block = any(getattr(node, "name", None) in {"p", "div", "ul", "ol", "blockquote", "h2", "h3", "pre", "figure"} for node in raw)
    return list(raw) if is_block else ([dom.el("p", *raw)] if text.strip() else [])


def _link(address: str, label: str) -> list[Node]:
    return [dom.el("p", dom.el("a", label or address, href=address))] if address and not dom.is_script(address) else ([dom.el("p", label)] if label else [])


def _picture(fields: Fields) -> list[Node]:
    address = _text(fields, "src", "imageSrc")
    return [dom.figure(address, _text(fields, "alt", "altText"), _text(fields, "caption"), _text(fields, "href"))] if address else []


def _gallery(fields: Fields) -> list[Node]:
    images = fields.get("images")
    figures = [node for image in (images if isinstance(images, list) else []) if isinstance(image, dict) for node in _picture(image)]
    return [*figures, *_html(_text(fields, "caption"))]


def _code(fields: Fields) -> list[Node]:
    return [dom.code(_text(fields, "code"), _text(fields, "language")), *_html(_text(fields, "caption"))]


def _embed(fields: Fields) -> list[Node]:
    address, html = _text(fields, "url"), _text(fields, "html")
    shown = [dom.embed(address)] if address and not dom.is_script(address) else dom.raw(html)
    return [*shown, *_html(_text(fields, "caption"))]


def _bookmark(fields: Fields) -> list[Node]:
    metadata = fields.get("metadata")
    card = {**fields, **metadata} if isinstance(metadata, dict) else fields
    description = _text(card, "description")
    link = _link(_text(fields, "url") or _text(card, "url"), _text(card, "title"))
    return [*link, *([dom.el("p", description)] if description else []), *_html(_text(fields, "caption"))]


def _callout(fields: Fields) -> list[Node]:
    emoji, text = _text(fields, "calloutEmoji"), _html(_text(fields, "calloutText", "textValue"))
    return [dom.el("aside", *([dom.el("p", emoji)] if emoji and emoji != "0" else []), *text, *_button(fields))]


def _toggle(fields: Fields) -> list[Node]:
    return [dom.el("p", dom.el("strong", *dom.raw(_text(fields, "heading")))), *_html(_text(fields, "content"))]


def _button(fields: Fields) -> list[Node]:
    return _link(_text(fields, "buttonUrl", "productUrl"), _text(fields, "buttonText", "productButton"))


def _file(fields: Fields) -> list[Node]:
    caption = _text(fields, "fileCaption")
    return [*_link(_text(fields, "src"), _text(fields, "fileTitle", "title", "fileName")), *([dom.el("p", caption)] if caption else [])]


def _film(fields: Fields) -> list[Node]:
    address = _text(fields, "src")
    return [*([dom.embed(address)] if address else []), *_html(_text(fields, "caption"))]


def _product(fields: Fields) -> list[Node]:
    title = _text(fields, "productTitle")
    picture = _picture({"src": fields.get("productImageSrc"), "alt": title})
    return [*picture, *([dom.el("p", dom.el("strong", *dom.raw(title)))] if title else []), *_html(_text(fields, "productDescription")), *_button(fields)]


def _header(fields: Fields) -> list[Node]:
    title, subtitle = _text(fields, "header", "heading"), _text(fields, "subheader", "subheading")
    return [*([dom.el("h2", *dom.raw(title))] if title else []), *_html(subtitle), *_button(fields)]


_MAKERS: dict[str, Callable[[Fields], list[Node]]] = {
    "image": _picture,
    "gallery": _gallery,
    "code": _code,
    "codeblock": _code,
    "code-block": _code,
    "html": lambda fields: list(dom.raw(_text(fields, "html"))),
    "markdown": lambda fields: to_html(_text(fields, "markdown")),
    "card-markdown": lambda fields: to_html(_text(fields, "markdown")),
    "embed": _embed,
    "bookmark": _bookmark,
    "callout": _callout,
    "call-to-action": _callout,
    "toggle": _toggle,
    "button": _button,
    "file": _file,
    "audio": _file,
    "video": _film,
    "product": _product,
    "header": _header,
    "hr": lambda _fields: [dom.el("hr")],
    "horizontalrule": lambda _fields: [dom.el("hr")],
    "paywall": lambda _fields: [],
}
