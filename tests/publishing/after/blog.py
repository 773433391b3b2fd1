"""A finished site of few posts, and what follows its publication."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import html
from pathlib import Path

from plancher.commands.after import circle, mentions
from plancher.commands.after.news import News
from plancher.outputs.announcing import sent
from plancher.outputs.announcing.settings import AnnouncingSettings
from plancher.outputs.announcing.texts import Announcement, PublicText
from plancher.publishing.after import changes, own_site

from tests.publishing.after.village import BLOG, Page, Village

TODAY = f"{dt.datetime.now(dt.UTC):%Y-%m-%d}"
OPEN = AnnouncingSettings(webmentions=True, delay=0.0, allowed=("127.0.0.0/8",), patience=0.0, timeout=5.0, total=10.0)
"""The settings of whoever may ask machines of this network."""


class Blog:
    """One blog, and the machine that publishes it."""

    def __init__(self, village: Village, folder: Path) -> None:
        self.village, self.folder, self.settings = village, folder, OPEN
        self.texts: dict[str, PublicText] = {}
        self.address = village.url("/blog", BLOG)

    def post(self, name: str, *links: str, day: str = TODAY, words: str = "") -> None:
        """Write a post, or write it again: its text, its page, and what readers see."""
        body = words + "".join(f'<a href="{html.escape(link)}">lien</a>' for link in links)
        for path, text in ((self.folder / "content" / f"{name}.md", words + " ".join(links)), (self.folder / "output" / name / "index.html", body)):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.village.pages[f"/blog/{name}/"] = Page(body)
        self.texts[name] = PublicText(source=f"{name}.md", address=f"/{name}/", page=f"{name}/index.html", day=day, links=links, former="")

    def remove(self, name: str, status: int = 410) -> None:
        """Take a post away; readers get this status in its place."""
        del self.texts[name]
        self.village.pages[f"/blog/{name}/"] = Page("Parti", status=status)

    @property
    def known(self) -> Announcement:
        return Announcement(address=self.address, settings=self.settings, texts=tuple(self.texts.values()))

    @property
    def state(self) -> str:
        path = self.folder / "content" / sent.FILE
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def news(self) -> News:
        content = self.folder / "content"
        digests = changes.digests_of(content, self.known.texts)
        return News(known=self.known, site=self.folder / "output", content=content, cache=self.folder / "cache", digests=digests)

    def mention(self, **settings: object) -> list[tuple[str, str]]:
        """Send what is due; the source and the target of each webmention that arrived, from the root of their sites."""
        self.settings = dataclasses.replace(OPEN, **settings)
        self.village.forget()

        async def tell() -> bool:
            async with own_site.opened(self.settings, self.address, self.folder / "output") as own:
                return await mentions.tell(self.news(), own)

        self.is_kept = asyncio.run(tell())
        return sorted((form["source"][0].removeprefix(self.address), form["target"][0].partition(str(self.village.port))[2]) for _, form in self.village.told)

    def tell(self, news: News) -> bool:
        """Tell all who follow the blog."""

        async def tell() -> bool:
            async with own_site.opened(self.settings, self.address, self.folder / "output") as own:
                return await circle.Circle(blog=self.folder, news=news, own=own).tell()

        return asyncio.run(tell())
