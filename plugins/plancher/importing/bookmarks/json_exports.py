"""Bookmarks in JSON: a list, or the formats of browsers and services. An unknown format is refused."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plancher.importing.bookmarks.bookmark import MAX_FOLDERS, Bookmark, UnreadableFileError, day, is_private, note, tags, words

Fields = Mapping[str, Any]  # Any: an object of JSON, each value is checked where it is used
_LISTS = ("results", "bookmarks", "items", "links", "data", "list")
"""Where services keep their list: linkding, Karakeep, Raindrop, Readeck."""
_ADDRESSES = ("url", "href", "uri", "link", "given_url")
_TITLES = ("title", "name", "resolved_title", "website_title", "given_title")
_NOTES = ("extended", "description", "notes", "note", "excerpt", "summary")
_DATES = ("time", "date_added", "created", "createdAt", "created_at", "dateAdded", "time_added", "savedAt", "addedAt", "added_at", "saved_at", "date")


def read(text: str) -> Iterator[Bookmark]:
    """The bookmarks of a file.

    :raises UnreadableFileError: it is not JSON, or an unknown format.
    """
    try:
        typed = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableFileError(f"ce JSON ne se lit pas à partir de la ligne {error.lineno}.") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError("ce JSON ne se lit pas : trop de niveaux, ou un nombre sans fin.") from error
    return _read(typed)


def _read(typed: object) -> Iterator[Bookmark]:
    if isinstance(typed, list):
        return _items(typed)
    if not isinstance(typed, dict):
        raise UnreadableFileError("ce JSON n'est ni une liste de liens, ni le fichier d'un navigateur ou d'un service connu.")
    if isinstance(typed.get("roots"), dict):  # Chrome, Edge, Brave, Vivaldi
        return _folders(typed["roots"].values())
    if isinstance(typed.get("children"), list):  # Firefox
        return _folders([typed])
    if isinstance(typed.get("collections"), list):  # Linkwarden
        return _collections(typed["collections"])
    embedded = typed.get("_embedded")  # Wallabag
    container = embedded if isinstance(embedded, dict) else typed
    items = next((container[name] for name in _LISTS if isinstance(container.get(name), list)), None)
    if isinstance(container.get("list"), dict):  # Pocket's own answers
        items = list(container["list"].values())
    if items is None:
        raise UnreadableFileError("ce JSON n'a pas la forme d'un fichier de liens connu : ni liste, ni favoris de navigateur, ni export de service.")
    return _items(items)


def _items(items: Iterable[object], folder: str = "") -> Iterator[Bookmark]:
    for item in items:
        if isinstance(item, dict):
            bookmark = _bookmark(item, (folder,) if folder else ())
            if bookmark:
                yield bookmark


def _folders(roots: Iterable[object]) -> Iterator[Bookmark]:
    """Bookmarks in folders, whose names are tags, but for the browser's own folders."""
    waiting: list[tuple[Fields, tuple[str, ...], int]] = [(root, (), 0) for root in reversed(list(roots)) if isinstance(root, dict)]
    while waiting:
        node, folders, depth = waiting.pop()
        bookmark = _bookmark(node, folders)
        if bookmark:
            yield bookmark
        children = node.get("children")
        if isinstance(children, list):
            is_special = depth == 0 or ("guid" in node and str(node["guid"]).endswith("_____"))
            name = "" if is_special else words(node.get("title") or node.get("name"))
            inside = (*folders, name)[-MAX_FOLDERS:] if name else folders
            waiting += [(child, inside, depth + 1) for child in reversed(children) if isinstance(child, dict)]


def _collections(collections: Iterable[object]) -> Iterator[Bookmark]:
    for collection in collections:
        if isinstance(collection, dict) and isinstance(collection.get("links"), list):
            yield from _items(collection["links"], words(collection.get("name")))


def _tags(fields: Fields) -> object:
    """What services call tags, as a list."""
    values: object = next((fields[name] for name in ("tag_names", "tags", "labels") if fields.get(name)), [])
    return list(values) if isinstance(values, dict) else values


def _bookmark(item: Fields, folders: tuple[str, ...]) -> Bookmark | None:
    """One item; None for a note or a folder, which have no address."""
    content = item.get("content")
    fields = {**content, **item} if isinstance(content, dict) else dict(item)
    address = next((fields[name] for name in _ADDRESSES if isinstance(fields.get(name), str) and fields[name].strip()), "")
    if not address:
        return None
    is_pinboard = "href" in fields and "url" not in fields  # there « description » is the title
    title = fields.get("description") if is_pinboard else next((fields[name] for name in _TITLES if fields.get(name)), "")
    names = [name for name in _NOTES if not (is_pinboard and name == "description")]
    return Bookmark(
        url=address.strip(),
        title=words(title),
        date=day(next((fields[name] for name in _DATES if fields.get(name)), "")),
        tags=tuple(dict.fromkeys([*tags(_tags(fields), by_spaces=is_pinboard), *folders])),
        note="\n\n".join(dict.fromkeys(filter(None, (note(str(fields[name])) for name in names if fields.get(name))))),
        private=is_private(fields),
    )
