"""A post or a page of a WordPress export."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plancher.importing.blogs.model import FormerText, Kind, Place
from plancher.importing.blogs.readers import html_pieces
from plancher.importing.blogs.readers.html_tokens import words
from plancher.importing.blogs.readers.repairs import repair_notes
from plancher.importing.blogs.readers.wordpress import kinds
from plancher.importing.blogs.readers.wordpress.attachments import meta
from plancher.importing.blogs.readers.wordpress.body import BodyWriter
from plancher.importing.blogs.readers.wordpress.comments import comments
from plancher.importing.blogs.readers.wordpress.dates import zoned
from plancher.importing.blogs.readers.wordpress.languages import main_of, parted
from plancher.importing.blogs.readers.wordpress.library import Library, plain
from plancher.importing.blogs.readers.wordpress.terms import Terms, decoded_slug, terms_of
from plancher.importing.blogs.readers.xml_node import Node

_SHORT = 600
"""Characters of what stands before « read more » that make a summary; longer ones are the text itself."""
_LONG_FIELD = 2000
_DESCRIPTIONS = ("_yoast_wpseo_metadesc", "_aioseop_description", "rank_math_description", "_aioseo_description")


def texts(item: Node, file: str, library: Library, language: str) -> Iterator[FormerText]:
    """The text, once for each language that it is written in.

    :param language: that of the blog.
    """
    body, title = item.said("content:encoded"), item.said("title")
    bodies, titles = parted(body), parted(title)
    names = list(bodies or titles)
    if not names:
        yield _Text(item, file, library).made(title, body, item.said("excerpt:encoded"))
        return
    main = main_of(names, language)
    excerpts = parted(item.said("excerpt:encoded"))
    for name in sorted(names, key=lambda name: name != main):
        said = [pieces.get(name, "" if pieces else whole) for pieces, whole in ((titles, title), (bodies, body), (excerpts, item.said("excerpt:encoded")))]
        if any(part.strip() for part in said):
            yield _Text(item, file, library, name, is_main=name == main).made(*said)


class _Text:
    def __init__(self, item: Node, file: str, library: Library, language: str = "", *, is_main: bool = True) -> None:
        self.item = item
        self.library = library
        self.language = language
        self.is_main = is_main
        self.place = Place(file=file, line=item.line)
        self.meta = meta(item)
        self.id = item.said("wp:post_id")

    def made(self, title: str, body: str, excerpt: str) -> FormerText:
        item, terms = self.item, terms_of(self.item)
        post_type = item.said("wp:post_type") or "post"
        why = self._held_back(post_type)
        writer = BodyWriter(self.library, self.id, self.place, self.meta.get("footnotes", ""))
        written = writer.written(body)
        published = zoned(item.said("wp:post_date"), item.said("wp:post_date_gmt"))
        modified = zoned(item.said("wp:post_modified"), item.said("wp:post_modified_gmt"))
        return FormerText(
            identifier=self._identifier(),
            place=self.place,
            kind=Kind.PAGE if post_type == "page" else Kind.POST,
            title=plain(title),
            body=written + self._enclosure(written),
            summary=self._summary(writer, body, excerpt),
            published=published,
            modified=modified if modified != published else None,
            held_back=why,
            slug=self._slug(),
            authors=self._authors(terms),
            categories=tuple(dict.fromkeys(self._main_first(terms.categories))),
            tags=tuple(dict.fromkeys(terms.tags)),
            language=self.language or terms.language,
            picture=self._picture(),
            addresses=tuple(dict.fromkeys(self._addresses(post_type))),
            feed_id=item.said("guid") if self.is_main else "",
            comments=comments(item, is_public=not why) if self.is_main else (),
            other_fields=tuple(self._other_fields(terms)),
            notes=(*writer.notes, *repair_notes(item.repairs, self.place)),
        )

    def _held_back(self, post_type: str) -> str:
        """Any state and any password that is there counts: a damaged file may have made one text of two."""
        states = {node.text.strip() for node in self.item.nodes("wp:status")} or {""}
        password = "".join(node.text for node in self.item.nodes("wp:post_password")).strip()
        return kinds.held_back(min(states - {"publish"}, default="publish"), password, post_type) or kinds.members_only(self.meta)

    def _identifier(self) -> str:
        item = self.item
        name = self.id or item.said("guid") or item.said("link") or f"{item.said('wp:post_name')} {item.said('wp:post_date')} {item.said('title')}"
        return f"wordpress:{name}" if self.is_main else f"wordpress:{name}:{self.language}"

    def _summary(self, writer: BodyWriter, body: str, excerpt: str) -> str:
        if excerpt:
            return writer.written(excerpt)
        teaser = writer.teaser(body)
        return teaser if len(words(teaser)) <= _SHORT else ""

    def _slug(self) -> str:
        slug = decoded_slug(self.item.said("wp:post_name"))
        return slug if self.is_main or not slug else f"{slug}-{self.language}"

    def _authors(self, terms: Terms) -> tuple[str, ...]:
        login = self.item.said("dc:creator")
        names = terms.authors or ([self.library.authors.get(login, login)] if login else [])
        return tuple(dict.fromkeys(plain(self.library.authors.get(name, name)) for name in names))

    def _main_first(self, categories: Sequence[str]) -> list[str]:
        """The one that the author had chosen as the main one."""
        main = self.library.terms.get(self.meta.get("_yoast_wpseo_primary_category") or self.meta.get("rank_math_primary_category") or "", "")
        return sorted(categories, key=lambda name: name != main)

    def _picture(self) -> str:
        found = self.library.attachments.get(self.meta.get("_thumbnail_id", ""))
        return found.address if found else ""

    def _addresses(self, post_type: str) -> Iterator[str]:
        root, link = self.library.root, self.item.said("link")
        if not self.is_main:
            path = link.removeprefix(root) if root and link.startswith(root) else ""
            yield from (f"{root}/{self.language}{path}", f"{link}?lang={self.language}") if path else ()
            return
        guid = self.item.said("guid")
        yield from (address for address in (link, guid) if address.startswith(("http://", "https://", "/")))
        if self.id:
            yield f"{root}/?{'page_id' if post_type == 'page' else 'p'}={self.id}"
        yield from (f"{link.rstrip('/').rpartition('/')[0]}/{old}/" for old in self._old_slugs() if "?" not in link and link)

    def _old_slugs(self) -> Iterator[str]:
        return (node.said("wp:meta_value") for node in self.item.nodes("wp:postmeta") if node.said("wp:meta_key") == "_wp_old_slug")

    def _enclosure(self, body: str) -> str:
        """The sound of an episode, if the text does not show it itself."""
        address = self.meta.get("enclosure", "").partition("\n")[0].strip()
        return f"\n{html_pieces.embed(address)}" if address.startswith(("http://", "https://")) and address not in body else ""

    def _other_fields(self, terms: Terms) -> Iterator[tuple[str, str]]:
        if self.item.said("wp:is_sticky") == "1":
            yield "sticky", "1"
        if description := next((self.meta[key] for key in _DESCRIPTIONS if self.meta.get(key)), ""):
            yield "description", plain(description)
        yield from terms.others
        for key, value in self.meta.items():
            if not key.startswith("_") and key not in {"enclosure", "footnotes"} and _is_words(value):
                yield key, plain(value)


def _is_words(value: str) -> bool:
    """Whether a field of a plugin holds words, and no data of its own."""
    return 0 < len(value) <= _LONG_FIELD and bool(re.search(r"[^\W\d_]{2} [^\W\d_]{2}", value)) and not re.match(r"[aOsbi]:\d|[\[{]", value)
