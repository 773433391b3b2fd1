"""Where a reader reports an answer: a mail to the owner, or the page that says how to write."""

from __future__ import annotations

import dataclasses
import urllib.parse

from plancher.site.model import Site

_PAGES = ("contact", "mentions-legales", "a-propos")
"""Names of pages, the best first."""


@dataclasses.dataclass(frozen=True, slots=True)
class Contact:
    """How the owner is reached."""

    email: str
    """Empty: not by mail."""
    page: str
    """The whole address of a page; empty: there is none."""

    @classmethod
    def of(cls, site: Site, email: str) -> Contact:
        """That of a site."""
        pages = {page.slug: page for page in site.pages}
        found = next((pages[name] for name in _PAGES if name in pages), None)
        return cls(email, site.absolute(found.url) if found else "")

    def report(self, anchor: str, place: str) -> str:
        """The link that reports one answer: a mail (RFC 6068) that names it.

        :param place: the whole address of its page.
        """
        if not self.email:
            return self.page
        subject, body = (urllib.parse.quote(text, safe="") for text in (f"Signaler {anchor}", f"{place}#{anchor}\r\n\r\n"))
        return f"mailto:{urllib.parse.quote(self.email, safe='@')}?subject={subject}&body={body}"
