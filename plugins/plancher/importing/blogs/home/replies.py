"""What readers wrote on the former blog, kept beside the texts until the blog shows it: one file of TOML for each text.

Only what was public, without e-mail or machine address (the model has neither), as plain text: nothing of it is trusted.
"""

from __future__ import annotations

import html.parser
import json
import re
from collections.abc import Iterable, Iterator

from plancher.base import addresses
from plancher.importing.blogs.model import FormerComment
from plancher.text.source import FORBIDDEN

_HEAD = "# Ce que des lecteurs ont écrit sous ce texte, sur l'ancien blog. Rien ici n'est encore publié ; corrigez ou effacez ce que vous voulez.\n"
_PARAGRAPHS = frozenset("p div br li ul ol blockquote pre h1 h2 h3 h4 h5 h6 tr table".split())
_SILENT = frozenset("script style template".split())
_MAIL = re.compile(r"([^\s@<>]{1,100})@[^\s@<>]{1,255}")
_LONGEST = 100_000
"""Letters of one comment."""


def file_of(text: str, comments: Iterable[FormerComment]) -> str:
    """The file of the comments of one text; those that were not public are left out.

    :param text: its file, from the content folder.
    """
    return _HEAD + f"texte = {quoted(text)}\n" + "".join(f"\n[[reponse]]\n{_table(comment)}" for comment in comments if comment.is_public)


def _table(comment: FormerComment) -> str:
    website = comment.website if addresses.is_web(comment.website) else ""
    fields = (("id", comment.identifier), ("parent", comment.parent), ("genre", str(comment.kind)), ("auteur", shown_name(comment.author)), ("site", website))
    lines = [f"{name} = {quoted(value)}\n" for name, value in fields if value]
    date = [f"date = {comment.date.replace(microsecond=0).isoformat()}\n"] if comment.date and comment.date.year >= 1000 else []  # noqa: PLR2004 - TOML wants four digits
    return "".join([*lines, *date, f"texte = {_block(words(comment.body[:_LONGEST]))}\n"])


def words(body: str) -> str:
    """A body as plain paragraphs; the address of a link stands after its words."""
    reader = _Words()
    reader.feed(body)
    reader.close()
    text = re.sub(r"[ \t]+", " ", FORBIDDEN.sub("", "".join(reader.parts)))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" *\n *", "\n", text)).strip()


def shown_name(author: str) -> str:
    """Who wrote it; of somebody who typed an e-mail address as his name, what stands before its sign alone."""
    return _MAIL.sub(r"\1", one_line(author))


def one_line(text: str) -> str:
    """Without line ends and hidden signs."""
    return " ".join(FORBIDDEN.sub("", text).split())


def quoted(value: str) -> str:
    """A value as TOML quotes it."""
    return json.dumps(FORBIDDEN.sub("", value), ensure_ascii=False)


def _block(text: str) -> str:
    """A text of several lines that an author can read and mend."""
    if "\n" not in text:
        return quoted(text)
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
    return f'"""\n{escaped}\n"""'


class _Words(html.parser.HTMLParser):
    """The words of HTML that somebody else wrote."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _PARAGRAPHS:
            self.parts.append("\n" if tag == "br" else "\n\n")
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.parts)))
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        if tag in _PARAGRAPHS and tag != "br":
            self.parts.append("\n\n")
        elif tag == "a" and self._links:
            self.parts += self._address(*self._links.pop())
        self._silent = max(0, self._silent - (tag in _SILENT))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)

    def _address(self, address: str, start: int) -> Iterator[str]:
        if addresses.is_web(address) and address not in "".join(self.parts[start:]):
            yield f" ({address})"
