"""A former blog in a few lines of Python, and a home for it: what the tests of imports share."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from plancher.base.identity import Identity
from plancher.base.slugs import slug
from plancher.build.workers import WorkerPool
from plancher.commands.importing.command import Asked, Door, run
from plancher.importing.blogs.home.book import TextLinks
from plancher.importing.blogs.home.making import Converters
from plancher.importing.blogs.model import FormerText, Item, Markup, Note, Place
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.source import Source, SourceError

from tests.build.small import picture

ROOT = "https://ancien.example"
PNG = picture(5)


class FakeReader(Reader):
    """Gives what it holds."""

    name = "Essai"

    def __init__(self, items: Sequence[Item], fault: str = "") -> None:
        self.items, self.fault = items, fault

    def recognises(self, source: Source) -> bool:
        return bool(source.parts)

    def read(self, source: Source) -> Iterator[Item]:
        yield from self.items
        if self.fault:
            raise SourceError(self.fault)


@dataclasses.dataclass(frozen=True)
class Plain:
    """A text without any change."""

    markdown: str
    notes: tuple[Note, ...] = ()
    title: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()


def to_markdown(body: str, _place: Place, links: TextLinks) -> Plain:
    """Just enough HTML: pictures, links, paragraphs."""
    body = re.sub(r'<img src="([^"]*)" alt="([^"]*)">', lambda one: f"![{one[2]}]({links.picture(html.unescape(one[1]))})", body)
    body = re.sub(r'<a href="([^"]*)">(.*?)</a>', lambda one: f"[{one[2]}]({links.link(html.unescape(one[1]))})", body)
    return Plain(re.sub(r"</?p>", "", body))


def rewrite_links(markdown: str, links: TextLinks) -> str:
    """Just enough Markdown."""
    return re.sub(r"(!?)\[(.*?)\]\((.*?)\)", lambda one: f"{one[1]}[{one[2]}]({(links.picture if one[1] else links.link)(one[3])})", markdown)


def settle(markdown: str, text: FormerText, _without: frozenset[str]) -> Plain:
    """Changes nothing."""
    return Plain(markdown, title=text.title, summary=text.summary)


def lost_words(former: str, _markup: Markup, text: str) -> tuple[str, ...]:
    """Words that are nowhere."""
    return tuple(word for word in re.findall(r"\w+", re.sub(r"<[^>]*>", " ", former)) if word not in text)


CONVERTERS = Converters(to_markdown=to_markdown, rewrite_links=rewrite_links, settle=settle, lost_words=lost_words)


def text(number: int, **fields: object) -> FormerText:
    """A post of 2008, one a day."""
    given: dict[str, object] = {
        "identifier": f"essai:{number}",
        "place": Place(file="export.xml", line=number),
        "title": f"Billet {number}",
        "body": f"<p>Le corps du billet {number}.</p>",
        "published": dt.datetime(2008, 10, 1, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=2))) + dt.timedelta(days=number % 25),
        "slug": f"billet-{number}",
        "addresses": (f"{ROOT}/post/2008/10/billet-{number}", f"/?p={number}"),
        "feed_id": f"{ROOT}/?p={number}",
    }
    return FormerText(**(given | fields))  # type: ignore[arg-type] # each test gives what it is about


class Home:
    """A blog that former ones come to."""

    def __init__(self, root: Path) -> None:
        self.root, self.content, self.said = root, root / "content", [""]
        self.source = root / "source"
        (self.source).mkdir(parents=True)
        (self.source / "export.xml").write_text("<essai/>", encoding="utf-8")
        (self.content / "articles").mkdir(parents=True)
        (self.content / "articles" / "a-moi.md").write_text("Title: À moi\nDate: 2024-05-02\n\nMes mots.\n", encoding="utf-8")

    def door(self, items: Sequence[Item], fault: str = "", **changes: object) -> Door:
        """What an import needs."""
        self.said = []
        given: dict[str, object] = {
            "root": self.root,
            "readers": (FakeReader(items, fault),),
            "converters": CONVERTERS,
            "identity": Identity(name="Essai", author="La rédaction"),
            "tell": self.said.append,
            "pool": WorkerPool(method=""),
        }
        return Door(**(given | changes))  # type: ignore[arg-type] # each test changes what it is about

    def bring(
        self,
        *items: Item,
        fault: str = "",
        readers: Sequence[Reader] = (),
        category_slug: Callable[[str], str] = slug,
        converters: Converters = CONVERTERS,
        is_forgotten: Callable[[str, str], bool] = lambda _words, _name: False,
        **asked: object,
    ) -> int:
        """Import these; the exit code."""
        given: dict[str, object] = {"source": self.source, "is_sure": True}
        door = self.door(
            items, fault, category_slug=category_slug, converters=converters, is_forgotten=is_forgotten, **({"readers": readers} if readers else {})
        )
        return run(door, Asked(**(given | asked)))  # type: ignore[arg-type] # the same

    def part(self, name: str, raw: bytes) -> str:
        """A file of the source."""
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        return name

    def seen(self) -> dict[str, bytes | None]:
        """Everything in the content folder, byte for byte."""
        paths = sorted(self.content.rglob("*"))
        return {path.relative_to(self.content).as_posix(): path.read_bytes() if path.is_file() else None for path in paths}

    def read(self, name: str) -> str:
        """A file of the content folder."""
        return (self.content / name).read_text(encoding="utf-8")

    @property
    def told(self) -> str:
        """What the author read."""
        return "\n".join(self.said)
