"""What stands between two raw tags and is not French text: code, and words in another language.

Markdown leaves inline HTML as one placeholder for each tag, in the middle of
the text; which words stand between two of them is read here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from plancher.markdown.typography.rules import MASK

LINE_BREAK = "\ufdd3"
"""Stands for a raw ``<br>``: the sentence ends there. A noncharacter, as ``MASK``."""
PLACEHOLDER = re.compile("\x02wzxhzdk:(\\d+)\x03")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*)(?P<attributes>(?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>")
_LANG = re.compile(r"(?:\A|[\s\"'])(?:xml:)?lang\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]*))", re.IGNORECASE)
_BREAK = re.compile(r"\s*<br\b", re.IGNORECASE)
_KEPT = frozenset("code kbd samp pre math script style textarea".split())
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_FRENCH = frozenset({"fr", "fra", "fre"})


def is_foreign(lang: str | None) -> bool:
    """Whether text in this language is not French; None: the element names no language."""
    return lang is not None and re.split("[-_]", lang.strip().lower(), maxsplit=1)[0] not in _FRENCH


class Shelter:
    """Reads the raw tags of a block in order, and knows which are open."""

    def __init__(self, raw: Sequence[object]) -> None:
        """:param raw: Markdown's stash of raw HTML."""
        self._raw = raw
        self._open: list[tuple[str, bool]] = []

    def leave(self) -> None:
        """The block has ended; tags left open end with it."""
        self._open.clear()

    def hide(self, text: str, masked: Sequence[str]) -> tuple[str, Sequence[str]]:
        """A text with ``MASK`` for what is sheltered in it and for each of ``masked``, and all pieces that are hidden."""
        first, *others = text.split(MASK)
        shown, hidden = [], []

        def add(part: str) -> None:
            if part and self._shelters:
                hidden.append(part)
                part = MASK
            shown.append(part)

        add(first)
        for mask, part in zip(masked, others, strict=True):
            shown.append(LINE_BREAK if self._read(mask) and not self._shelters else MASK)
            hidden.append(mask)
            add(part)
        return "".join(shown), hidden

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where a text, as Markdown left it, is sheltered."""
        sheltered, start = [], 0
        for tag in PLACEHOLDER.finditer(text):
            if self._shelters:
                sheltered.append((start, tag.start()))
            self._read(tag[0])
            start = tag.end()
        return [*sheltered, (start, len(text))] if self._shelters else sheltered

    @property
    def _shelters(self) -> bool:
        return any(keeps for _, keeps in self._open)

    def _read(self, mask: str) -> bool:
        """Follow the tags that a placeholder stands for; whether it is a line break."""
        match = PLACEHOLDER.fullmatch(mask)
        html = str(self._raw[int(match[1])]) if match and int(match[1]) < len(self._raw) else ""
        for tag in _TAG.finditer(html):
            self._follow(tag)
        return _BREAK.match(html) is not None

    def _follow(self, tag: re.Match[str]) -> None:
        name = tag["name"].lower()
        if tag["end"]:
            places = [place for place, (opened, _) in enumerate(self._open) if opened == name]
            del self._open[places[-1] if places else len(self._open) :]
        elif name not in _VOID and not tag["attributes"].endswith("/"):
            lang = _LANG.search(tag["attributes"])
            value = next((value for value in lang.groups() if value is not None), "") if lang else None
            self._open.append((name, name in _KEPT or is_foreign(value)))
