"""Pictures and files of a WordPress export: their addresses, those of their sizes, and where they lie beside the export."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plancher.importing.blogs.model import FormerFile
from plancher.importing.blogs.readers.files_beside import Beside
from plancher.importing.blogs.readers.html_tokens import words
from plancher.importing.blogs.readers.wordpress.library import Attachment, plain
from plancher.importing.blogs.readers.xml_node import Node

_SIZES = re.compile(r"\"(?:file|original_image)\";s:\d+:\"([^\"]{1,300})\"")


def meta(item: Node) -> dict[str, str]:
    """What plugins and WordPress keep beside an item; the first value of each name."""
    values: dict[str, str] = {}
    for node in item.nodes("wp:postmeta"):
        values.setdefault(node.said("wp:meta_key"), node.said("wp:meta_value"))
    return values


def address_of(item: Node) -> str:
    """Where the file is."""
    return item.said("wp:attachment_url", "guid")


def attachment(item: Node) -> Attachment:
    """A picture, as texts name it by its number."""
    order = item.said("wp:menu_order")
    return Attachment(address_of(item), meta(item).get("_wp_attachment_image_alt", ""), item.said("excerpt:encoded"), int(order) if order.isdecimal() else 0)


def former_file(item: Node, beside: Beside, pages: tuple[str, ...]) -> FormerFile:
    """The same for the report, with all its addresses."""
    values = meta(item)
    return FormerFile(
        addresses=tuple(dict.fromkeys(_addresses(item, values.get("_wp_attachment_metadata", "")))),
        path=beside.path(address_of(item)),
        pages=pages,
        caption=words(item.said("excerpt:encoded")),
        alternative=plain(values.get("_wp_attachment_image_alt", "")),
    )


def _addresses(item: Node, sizes: str) -> Iterator[str]:
    address = address_of(item)
    yield address
    folder = address.rpartition("/")[0]
    for name in _SIZES.findall(sizes):
        yield f"{folder}/{name.rpartition('/')[2]}"
    if "-scaled." in address:
        yield address.replace("-scaled.", ".")
    guid = item.said("guid")
    if guid.startswith("http") and "?" not in guid:
        yield guid
