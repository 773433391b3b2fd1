"""Gathers the addresses of the finished site for machines."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from typing import Any

from plancher.base import addresses, links
from plancher.outputs.discovery import files
from plancher.pelican_adapter.generator import PlainGenerator


class DiscoveryGenerator(PlainGenerator):
    """Pelican makes one for each build."""

    def generate_output(self, writer: Any) -> None:
        """Write the files at the root of the site."""
        site = str(self.settings["SITEURL"]).rstrip("/")
        writer.make("sitemap.xml", files.sitemap, (site, [page for page in self._pages() if not writer.skips(page[0])]))
        writer.save("robots.txt", files.robots(f"{site}/sitemap.xml"))
        base = links.path_of(site)
        shown = files.shown_elsewhere(static.save_as.replace(os.sep, "/") for static in self.context["staticfiles"])
        writer.save("_headers", files.headers(sorted(set(self.context.get(registry.FRAMES, ()))), base, shown))
        led = [*self.context.get(registry.MOVED, ()), *self.context.get(registry.LED, ())]
        moved = [(f"{base}/{addresses.quote(former)}", f"{base}/{addresses.quote(present)}") for former, present in led]
        writer.save("_redirects", files.redirects(moved))

    def _pages(self) -> Iterator[tuple[str, dt.datetime | None]]:
        context, settings = self.context, self.settings
        for name in settings["DIRECT_TEMPLATES"]:
            address = settings.get(f"{name.upper()}_URL", "")
            if name != "404":
                yield address, None
        for content in (*context["articles"], *context["pages"]):
            yield content.url, getattr(content, "modified", getattr(content, "date", None))
        for period in context["period_archives"]["year"]:
            yield period["url"], None
        for address in context.get(registry.ADDRESSES, ()):
            yield address, None
        for wrapper in (*(category for category, _ in context["categories"]), *sorted(tag for tag, _ in context["tags"])):
            yield wrapper.url, None
