"""What GitHub's authors type inside a paragraph, and Python-Markdown does not read.

Escapes of any sign, a line break after a backslash, bare addresses, titles in
parentheses, struck words.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    AutomailInlineProcessor,
    ImageInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    SimpleTagInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE

from plancher.base import addresses
from plancher.markdown.tree_text import unescaped
from plancher.text.html import plain

_KEPT = "\x02klzzwxh:\\d+\x03"
"""What stands for an escaped sign, and for what other patterns have found, while they run."""
_STRUCK = r"(~~)(?=[^\s~])(.+?)(?<=[^\s~])~~(?!~)"
"""Two tildes on each side: one alone means « about », in French."""
_BREAK = r"\\\n"
_ADDRESS = rf"(?i)(?<![\w/.@:=&-])(?<!=[\"'])(?:https?://|www\.(?=[^\W_]))(?:[^\s<>\x02\x03]|{_KEPT})+"
_MAIL = rf"(?i)(?<![\w.+/@:=&\x03-])((?:[\w+-]|{_KEPT})(?:[\w.+-]|{_KEPT})*@[a-z\d](?:[a-z\d-]*\.)+[a-z]{{2,}})(?![\w@-])"
_WHOLE = re.compile("(.*)", re.DOTALL)
_ENDS = re.compile(r"(?:[?!.,:;*_~'\"«»“”‘’…›|)\]}]|&#?\w+;)$")
"""What ends the sentence around an address and is not part of it; a bracket counts only when the address does not open it."""
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_TITLED = re.compile(r"(?P<href>\S+)\s+\((?P<title>.*)\)", re.DOTALL)
LINK, IMAGE, BREAK, MAIL = 160, 150, 182, 110
"""Markdown's own priorities; a line break comes before escapes (180) and after code (190)."""
ADDRESS, BARE_MAIL, STRUCK = 85, 84, 65
"""After links and tags (90), before stress (60), whose signs an address may hold."""


def register(md: Markdown) -> None:
    """Add ours, some of them in the place of Markdown's own."""
    md.ESCAPED_CHARS = list(string.punctuation)
    patterns = md.inlinePatterns
    patterns.register(_EscapedEntity(r"(?<!\\)\\&(?=#?\w+;)", md), "escaped_entity", BREAK)
    patterns.register(SubstituteTagInlineProcessor(_BREAK, "br"), "backslash_break", BREAK)
    patterns.register(_LinkProcessor(patterns["link"].pattern, md), "link", LINK)
    patterns.register(_Image(patterns["image_link"].pattern, md), "image_link", IMAGE)
    patterns.register(_Mail(patterns["automail"].pattern, md), "automail", MAIL)
    patterns.register(SimpleTagInlineProcessor(_STRUCK, "del"), "struck", STRUCK)
    patterns.register(_BareAddress(_ADDRESS, md), "bare_address", ADDRESS)
    patterns.register(_BareMail(_MAIL, md), "bare_mail", BARE_MAIL)


class _EscapedEntity(InlineProcessor):
    r"""« \&eacute; » shows how an entity is written."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802 - as Markdown's own do
        return f"{AMP_SUBSTITUTE}amp;", m.start(0), m.end(0)


class _Titled(LinkInlineProcessor):
    """``(adresse (titre))``, as CommonMark has it beside the two kinds of quotes."""

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802 - Markdown's name
        href, title, index, handled = super().getLink(data, index)
        match = _TITLED.fullmatch(href) if title is None and href.endswith(")") else None
        if match:
            href, title = match["href"], " ".join(match["title"].split())
        if href.startswith("<") and href.endswith(">"):
            href = href[1:-1].strip()
        return href, title, index, handled


class _LinkProcessor(_Titled):
    """A link."""


class _Image(_Titled, ImageInlineProcessor):
    """An image."""


class _Mail(AutomailInlineProcessor):
    """``<a@exemple.fr>``, where a sign may be escaped, and the same with nothing around it."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | str | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802 - as Markdown's own do
        start = max((kept.end() for kept in re.finditer(_KEPT, m[1]) if not self._is_sign(kept[0])), default=0)  # « <u>a@exemple.fr</u> »
        if m[1].startswith("@", start):
            return None, None, None
        email = _WHOLE.match(unescaped(self.unescape(m[1][start:])))
        link, _, _ = super().handleMatch(email or m, data)
        return link, m.start(1) + start if start else m.start(0), m.end(0)

    def _is_sign(self, kept: str) -> bool:
        """Whether what was kept is a sign that was escaped: a tag, or code, is no part of an address."""
        inline = self.md.treeprocessors["inline"]
        node = inline.stashed_nodes.get(kept.strip("\x02\x03").partition(":")[2]) if isinstance(inline, InlineTreeprocessor) else ""
        return isinstance(node, str) and not HTML_PLACEHOLDER_RE.search(node)


class _BareAddress(InlineProcessor):
    """An address without any markup around it."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802 - the same
        inline = self.md.treeprocessors["inline"]
        address = _ended(_until_element(m[0], inline.stashed_nodes if isinstance(inline, InlineTreeprocessor) else {}))
        bare = address.partition("://")[2] if "://" in address else address
        if not re.match(r"[^\W_]", bare) or ("://" not in address and "." not in bare.removeprefix("www.").strip(".")):
            return None, None, None
        href = unescaped(self.unescape(address))
        if (href[:4].lower() != "http" and "://" in href) or not addresses.is_readable(href if "://" in href else f"http://{href}"):
            return None, None, None  # « www.0.[ » and « www.0://0 » are words
        link = Element("a", {"href": href if "://" in href else f"http://{href}"})
        link.text = plain(href)
        return link, m.start(0), m.start(0) + len(address)


class _BareMail(_Mail):
    """An e-mail address without any markup around it; both kinds are hidden from robots."""

    ANCESTOR_EXCLUDES = ("a",)


def _until_element(address: str, stash: Mapping[str, object]) -> str:
    """An escaped sign belongs to an address, a note or code after it does not."""
    for match in re.finditer(_KEPT, address):
        if not isinstance(stash.get(match[0].strip("\x02\x03").partition(":")[2]), str):
            return address[: match.start()]
    return address


def _ended(address: str) -> str:
    """An address without the punctuation of the sentence it stands in."""
    while match := _ENDS.search(address):
        opening = _BRACKETS.get(match[0])
        if opening and address.count(opening) >= address.count(match[0]):
            break
        address = address[: match.start()]
    return address
