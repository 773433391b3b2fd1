"""What each kind of block becomes, from its values and the HTML inside it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from plancher.importing.blogs.readers import html_pieces
from plancher.importing.blogs.readers.html_tokens import Token, first_attribute, inside_of, tokens, words
from plancher.importing.blogs.readers.wordpress.blocks import Block

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_FIGURE = re.compile(r"</?figure\b[^<>]*>")
_BUTTON = re.compile(r"<a\b[^<>]*\bwp-block-file__button\b[^<>]*>[^<]{0,500}</a>|<object\b[^<>]*>[^<]{0,500}</object>")
_PLAYERS = frozenset({"video", "audio", "source"})
_IN_CLASS = re.compile(r"\blang(?:uage)?-([\w+#-]+)")


def embed(block: Block, inside: str) -> str:
    """A film or a page of another site."""
    found = _ADDRESS.search(inside)
    address = block.word("url") or (html.unescape(found[0]) if found else "")
    return html_pieces.embed(address, inside_of(inside, "figcaption")) if address.startswith(("http://", "https://", "//")) else inside


def player(block: Block, inside: str) -> str:
    """A film or a sound of the blog."""
    address = first_attribute(inside, _PLAYERS, "src") or block.word("src")
    return html_pieces.embed(address, inside_of(inside, "figcaption")) if address else inside


def file(_block: Block, inside: str) -> str:
    """A link to a file; its button says the same again."""
    return _BUTTON.sub("", inside)


def pullquote(_block: Block, inside: str) -> str:
    """A quotation set large."""
    return _FIGURE.sub("", inside)


def verse(_block: Block, inside: str) -> str:
    """Lines of a poem."""
    lines = inside_of(inside, "pre").strip("\n").replace("\n", "<br />\n")
    return html_pieces.paragraph(lines) if lines else inside


def code(block: Block, inside: str) -> str:
    """Code, in whichever way a plugin colours it."""
    said = _IN_CLASS.search(block.word("className") or first_attribute(inside, frozenset({"pre", "code"}), "class"))
    language = block.word("language", "lang") or (said[1] if said else "")
    text = block.word("code") or words(inside)
    return html_pieces.code(html.unescape(text) if block.word("code") and "<" not in text else text, language.lower()) if text.strip() else inside


def cover(block: Block, inside: str) -> str:
    """Words on a picture."""
    address = block.word("url")
    return inside if "<img" in inside or not address else html_pieces.figure(address, block.word("alt")) + inside


def gallery(inside: str) -> str:
    """Pictures one after another, then the words that stand under them all."""
    return "\n".join(_Gallery().of(inside))


class _Gallery:
    def __init__(self) -> None:
        self.pictures: list[dict[str, str]] = []
        self.under_all = ""
        self.target = ""

    def of(self, inside: str) -> list[str]:
        caption: list[str] | None = None
        is_for_all = False
        for token in tokens(inside):
            if token.name == "figcaption" and not token.is_end:
                caption, is_for_all = [], "blocks-gallery-caption" in token.text
            elif token.name == "figcaption" and caption is not None:
                self._say("".join(caption), is_for_all=is_for_all)
                caption = None
            elif caption is not None:
                caption.append(token.text)
            else:
                self._see(token)
        shown = [html_pieces.figure(item["src"], item["alt"], item.get("caption", ""), item["target"]) for item in self.pictures]
        return [*shown, html_pieces.paragraph(self.under_all)] if self.under_all else shown

    def _see(self, token: Token) -> None:
        if token.name == "a":
            self.target = "" if token.is_end else token.attributes.get("href", "")
        elif token.name == "img":
            values = token.attributes
            self.pictures.append({"src": values.get("src", ""), "alt": values.get("alt", ""), "target": self.target or values.get("data-full-url", "")})

    def _say(self, caption: str, *, is_for_all: bool) -> None:
        if is_for_all or not self.pictures:
            self.under_all = caption
        else:
            self.pictures[-1]["caption"] = caption


def nothing(_block: Block, _inside: str) -> str:
    """Layout alone."""
    return ""


KINDS: dict[str, Callable[[Block, str], str]] = {
    "embed": embed,
    "video": player,
    "audio": player,
    "file": file,
    "pullquote": pullquote,
    "verse": verse,
    "code": code,
    "syntaxhighlighter/code": code,
    "enlighter/codeblock": code,
    "kevinbatdorf/code-block-pro": code,
    "cover": cover,
    "spacer": nothing,
    "jetpack/videopress": embed,
    "jetpack/sharing-buttons": nothing,
}
GALLERIES = frozenset({"gallery", "jetpack/tiled-gallery", "jetpack/slideshow", "jetpack/image-compare"})
"""Blocks of several pictures."""


def kind_of(name: str) -> Callable[[Block, str], str] | None:
    """What makes HTML of a block; none where what is inside says all."""
    return embed if name.startswith("core-embed/") else KINDS.get(name)
