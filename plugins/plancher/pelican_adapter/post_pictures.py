"""The pictures of each text: what takes the place of their tags, and what lists, feeds, networks and search engines show."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from plancher.base import addresses
from plancher.build.pictures import PictureLibrary
from plancher.cache.shown_picture import ShownPicture
from plancher.markdown.record import Record
from plancher.site.assembly import AnyComponent
from plancher.site.model import Post, PostPicture, Thumbnail


@dataclasses.dataclass(frozen=True, slots=True)
class PostPictures:
    """Gives each text of one build its pictures."""

    library: PictureLibrary
    components: Sequence[AnyComponent]
    files: Mapping[str, Any]
    """Pelican's own objects of the files that are copied, by path from the content folder."""

    def named(self, text: str, raw_addresses: Iterable[str]) -> Iterator[tuple[str, ShownPicture]]:
        """The pictures that the addresses of a text name, each with its address as the cached text has it.

        :param text: its file, from the content folder.
        """
        for raw in raw_addresses if self.library.is_used else ():
            inside = addresses.inside(raw.replace("&amp;", "&"), text) if raw[:1] in {"{", "|"} else None
            shown = self._shown(inside) if inside else None
            if shown is not None:
                yield raw, shown

    def _shown(self, path: str) -> ShownPicture | None:
        return self.library.shown(path, self.files[path].url) if path in self.files else None

    def added(self, post: Post, record: Record) -> Post:
        """A post with its pictures."""
        named = [(addresses.inside(raw, record.path) or "", words) for raw, words in record.images]
        words, first = dict(reversed(named)), record.image or self._in_place_of_one(post)
        shown = {path: found for path in (first, *(path for path, _ in named)) if (found := self._shown(path)) is not None and found.picture.own.width}
        if shown:
            post = dataclasses.replace(post, pictures=tuple([_of_post(found, words.get(path, "")) for path, found in shown.items()]))
        if first in shown:
            return _led_by(post, shown[first])
        return dataclasses.replace(post, image=addresses.quote(self.files[first].url)) if first in self.files else post

    def _in_place_of_one(self, post: Post) -> str:
        """The picture, from the content folder, of a post whose header names none: a pair is shown rather than it."""
        raw = "" if post.pair else next((raw for component in self.components if (raw := component.picture(post))), "")
        return addresses.inside(raw, post.path) or ""


def _of_post(shown: ShownPicture, words: str) -> PostPicture:
    large, middle = shown.picture.largest, shown.picture.middle
    return PostPicture(
        address=shown.address_of(large),
        width=large.width,
        height=large.height,
        alt=words,
        middle=shown.address_of(middle),
        middle_width=middle.width,
        middle_height=middle.height,
    )


def _led_by(post: Post, shown: ShownPicture) -> Post:
    """A post whose header names a picture, the first of its pictures."""
    found, small, first = shown.picture, shown.picture.smallest, post.pictures[0]
    light = shown.path_of(small) if small in found.light else ""
    thumbnail = Thumbnail(address=shown.path_of(found.shown[0]), light=light, width=small.width, height=small.height)
    card = dataclasses.replace(post.card, thumbnail=thumbnail, digest=f"{post.card.digest} {thumbnail!r}" if post.card.digest else "")
    return dataclasses.replace(post, image=first.address, picture=first, card=card)
