"""What texts of a WordPress export name by a number, and that may stand anywhere in it: pictures, reusable blocks, authors."""

from __future__ import annotations

import dataclasses
import html


@dataclasses.dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or a file, as texts name it."""

    address: str
    alternative: str = ""
    caption: str = ""
    """HTML."""
    order: int = 0


@dataclasses.dataclass(slots=True)
class Library:
    """Filled by a first pass."""

    attachments: dict[str, Attachment] = dataclasses.field(default_factory=dict)
    children: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    """The attachments of each text."""
    blocks: dict[str, str] = dataclasses.field(default_factory=dict)
    """Reusable blocks, as they were typed."""
    authors: dict[str, str] = dataclasses.field(default_factory=dict)
    """The name that readers saw, by login."""
    terms: dict[str, str] = dataclasses.field(default_factory=dict)
    """Names of categories, by number."""
    parents: dict[str, str] = dataclasses.field(default_factory=dict)
    """The slug of the category that a category stands in."""
    root: str = ""
    """Address of the blog, without « / » at its end."""
    is_wordpress: bool = True
    """Else another engine that writes the same format: its bodies have their paragraphs."""

    def pictures(self, post: str, values: dict[str, str]) -> list[Attachment]:
        """Those of a gallery, in their order: the ones that it names, else all that were sent with the text."""
        listed = values.get("ids") or values.get("include") or ""
        if listed:
            names = [name.strip() for name in listed.split(",")]
        else:
            left_out = {name.strip() for name in values.get("exclude", "").split(",")}
            mine = [name for name in self.children.get(values.get("id", post), ()) if name not in left_out]
            names = sorted(mine, key=lambda name: self.attachments[name].order)
        return [self.attachments[name] for name in names if name in self.attachments]


def plain(text: str) -> str:
    """Names and titles are stored escaped once more: « R&amp;D » is « R&D »; tags in them are no words."""
    from plancher.importing.bookmarks.soup import read  # noqa: PLC0415 - few titles have any

    if "<" not in text:
        return " ".join(html.unescape(text).split(" ")).strip()
    return "".join(part for part in read(text) if isinstance(part, str)).strip()
