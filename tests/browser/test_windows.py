"""A window that another test had is like a new one."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_a_window_forgets_pages_cookies_what_was_stored_and_what_was_fetched(windows, server: str) -> None:
    options = {"viewport": {"width": 640, "height": 480}}
    keep = "document.cookie = 'a=1'; localStorage.setItem('a', '1'); sessionStorage.setItem('a', '1')"
    kept = "[document.cookie, Object.keys(localStorage).join(), Object.keys(sessionStorage).join()]"
    with windows.window(**options) as first:
        page = first.new_page()
        page.goto(server)
        page.evaluate(keep)
        assert page.evaluate(kept) == ["a=1", "a", "a"]
        first.route("**/*.css", lambda asked: asked.abort())
    with windows.window(**options) as second:
        assert second is first
        assert [page.url for page in second.pages] == ["about:blank"]
        page = second.new_page()
        page.goto(server)
        assert page.evaluate(kept) == ["", "", ""]
        fetched = page.evaluate("performance.getEntriesByType('resource').map(file => [new URL(file.name).pathname, file.transferSize > file.encodedBodySize])")
        assert any(path.endswith(".css") for path, _ in fetched), "a route of the first window is gone"
        assert all(is_fetched for _, is_fetched in fetched), fetched


def test_two_windows_at_once_are_two(windows) -> None:
    with windows.window() as one, windows.window() as other:
        assert one is not other
