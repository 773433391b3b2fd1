"""``content/links/inbox.md``: links that wait for a roundup, as an author would type them; never published.

.. code-block:: markdown

    - [Un titre](https://exemple.fr/page)
      ajouté : 2024-05-02
      mots-clés : web, PME

      Ce qu'on en disait.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from plancher.base import dates, tracking
from plancher.commands.links import notes
from plancher.importing.bookmarks.bookmarks import Bookmark
from plancher.text import header, plain
from plancher.text.tag_names import clean_tag, why_not_a_tag

FILE = "links/inbox.md"
"""From the content folder."""
_HEAD = "<!-- Des liens à trier. « invoke links.draft » en fait une revue ; rien d'ici n'est publié. -->\n"
_ITEM = re.compile(r"[-*+] \S")
_FIRST = re.compile(r"[-*+] \[(?P<title>(?:[^\[\]\\]|\\.|\[[^\]]*\])*)\]\(<?(?P<url>[^\s<>]+?)>?\)\s*$|[-*+] <?(?P<bare>https?://\S+?)>?\s*$")
_FIELD = re.compile(r"\s+(?P<key>ajouté|mots-clés|original)\s*:\s*(?P<value>.*)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_MAX_TRAILING = 10
_TRAILING = frozenset(").,;:!?»]}'`*_")


@dataclasses.dataclass(frozen=True, slots=True)
class InboxItem:
    """An item of the inbox."""

    title: str
    url: str
    tags: tuple[str, ...]
    lines: tuple[str, ...]
    """As typed."""
    rest: tuple[str, ...]
    """The author's own fields and comment, without their indentation."""
    original: str = ""
    """The address of the bookmark, when that is another."""


def known_keys(content: Path) -> set[str]:
    """The keys of all addresses in the texts of a folder, with drafts and inbox: these need no import."""
    keys: set[str] = set()
    for path in sorted(content.rglob("*.md")):
        if path.is_file() and not path.is_symlink():
            for typed in _ADDRESS.findall(path.read_text(encoding="utf-8", errors="replace").replace("](", " ")):
                address = typed
                keys.add(tracking.key(address))
                for _ in range(_MAX_TRAILING):  # the address may end before these signs of the sentence or of Markdown
                    if address[-1:] not in _TRAILING:
                        break
                    address = address[:-1]
                    keys.add(tracking.key(address))
    return keys


def add(text: str, bookmarks: Iterable[Bookmark]) -> str:
    """The inbox with these bookmarks at its end."""
    items = "".join(_as_markdown(bookmark) for bookmark in bookmarks)
    start = text.rstrip("\n") + "\n\n" if text.strip() else _HEAD + "\n"
    return start + items


def _as_markdown(bookmark: Bookmark) -> str:
    fields = {
        "ajouté": bookmark.date.isoformat() if bookmark.date else "",
        "mots-clés": ", ".join(tag.replace(",", " ") for tag in bookmark.tags),
        "original": bookmark.url if bookmark.url != bookmark.clean else "",
    }
    lines = [_link(bookmark.title or bookmark.clean, bookmark.clean), *(f"  {name} : {value}" for name, value in fields.items() if value)]
    if bookmark.note:
        lines += ["", *(f"  {line}".rstrip() for line in notes.safe(bookmark.note))]
    return "\n".join(lines) + "\n"


def _link(title: str, address: str) -> str:
    """An item's first line."""
    safe = plain.escaped(title)
    return f"- [{safe}](<{address}>)" if re.search(r"[()]", address) else f"- [{safe}]({address})"


def items(text: str) -> tuple[list[str], list[InboxItem]]:
    """What stands before the first item, and the items."""
    before: list[str] = []
    groups: list[list[str]] = []
    for line in text.splitlines():
        if _ITEM.match(line):
            groups.append([line])
        elif groups:
            groups[-1].append(line)
        else:
            before.append(line)
    return before, [_parse_item(lines) for lines in groups]


def _parse_item(lines: Sequence[str]) -> InboxItem:
    first = _FIRST.match(lines[0])
    url = (first["url"] or first["bare"]) if first else ""
    title = plain.unescaped(first["title"] or "") if first else lines[0][2:].strip()
    tags: tuple[str, ...] = ()
    rest: list[str] = []
    original, in_fields = "", True
    for line in lines[1:]:
        in_fields = in_fields and bool(line.strip())
        field = _FIELD.fullmatch(line) if in_fields else None
        if field and field["key"].lower() == "mots-clés":
            tags = tuple(filter(None, map(str.strip, field["value"].split(","))))
        elif field and field["key"].lower() == "original":
            original = field["value"].strip()
        elif not field:
            rest.append(line.removeprefix("  "))
    return InboxItem(title or url, url, tags, tuple(lines), tuple(_trimmed(rest)), original)


def _trimmed(lines: Sequence[str]) -> Iterator[str]:
    """Without empty lines at the end."""
    last = max((number for number, line in enumerate(lines, 1) if line.strip()), default=0)
    yield from lines[:last]


def remove(text: str, chosen: Sequence[InboxItem]) -> str:
    """The inbox without some of its items."""
    before, all_items = items(text)
    removed = set(chosen)
    lines = [line for item in all_items if item not in removed for line in item.lines]
    return "\n".join([*before, *lines]).rstrip("\n") + "\n"


def roundup(chosen: Sequence[InboxItem], day: dt.date, authority: str) -> str:
    """A draft of that day with these links."""
    tags = list(dict.fromkeys(tag for item in chosen for typed in item.tags if (tag := _clean_tag(typed))))
    name = file_name(day).removesuffix(".md")
    lines = [
        f"Title: Revue de liens du {dates.day(day)}",
        f"Date: {day.isoformat()} 09:00",
        f"Id: tag:{authority},{day.isoformat()}:{name}",
        "Category: Revues de liens",
        "Kind: revue",
        *([header.line("Tags", ", ".join(tags))] if tags else []),
        "Summary: À écrire : ce que ces liens ont en commun.",
        "Status: draft",
    ]
    block = ["> [!liens] À lire"]
    for item in chosen:
        # The block keeps the original address; the page shows it without tracking.
        block.append(f"> {_link(item.title, item.original) if item.original else item.lines[0]}")
        block += [f">   {line}".rstrip() for line in item.rest]
    return "\n".join([*lines, "", "À écrire : en deux phrases, pourquoi ces liens cette semaine.", "", *block]) + "\n"


def _clean_tag(typed: str) -> str:
    """A tag of another tool, as a header takes it; empty when it gives no address."""
    tag = clean_tag(re.sub(r"[/\\\"<>,;\[\]]", " ", typed)).strip("'- ")
    return "" if why_not_a_tag(tag) else tag


def file_name(day: dt.date) -> str:
    """« revue-2026-11-30.md »."""
    return f"revue-{day.isoformat()}.md"


def next_monday(today: dt.date) -> dt.date:
    """The first day of next week."""
    return today + dt.timedelta(days=7 - today.weekday())
