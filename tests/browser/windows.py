"""Windows of one browser, used again and again: to open one takes Chromium as long as five pages."""

from __future__ import annotations

import contextlib
import urllib.parse
from collections.abc import Iterator

from playwright.sync_api import Browser, BrowserContext

_SPARE = 2
"""Windows of one kind that stay open while nobody has them: some tests open dozens."""


class Windows:
    """Gives each test a window in which nobody has been: no page, no cookie, nothing stored, nothing in the cache."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._empty: dict[str, list[BrowserContext]] = {}

    @contextlib.contextmanager
    def window(self, **options: object) -> Iterator[BrowserContext]:
        """A window, empty but for a blank page that keeps it open.

        :param options: as for ``new_context``; the window is nobody else's meanwhile.
        """
        ready = self._empty.setdefault(repr(sorted(options.items())), [])
        context = ready.pop() if ready else self._opened(options)
        yield context
        if len(ready) < _SPARE:
            _clear(context)
            ready.append(context)
        else:
            context.close()

    def _opened(self, options: dict[str, object]) -> BrowserContext:
        context = self._browser.new_context(**options)
        context.new_page()
        return context


def _clear(context: BrowserContext) -> None:
    """Close its pages, and forget what they stored."""
    blank, *pages = context.pages
    origins = {urllib.parse.urlsplit(frame.url)._replace(path="", query="", fragment="").geturl() for page in pages for frame in page.frames}
    for page in pages:
        page.close()
    context.unroute_all()
    context.clear_cookies()
    session = context.new_cdp_session(blank)
    for origin in sorted(origins):
        if origin.startswith("http"):
            session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    session.send("Network.clearBrowserCache")
    session.detach()
