"""A former address and what it leads to now, whoever said so."""

from __future__ import annotations

import dataclasses
import posixpath
import urllib.parse

from plancher.base.former_address import FormerAddress
from plancher.site import portable_names
from plancher.site.claims import MOST_BYTES, file_of, key

_PAGES = frozenset(".html .htm".split())
_SCRIPTS = frozenset(".php .php3 .php5 .asp .aspx .jsp .cgi .pl .shtml .xhtml .cfm .do".split())
"""What pages of other engines end with: a file of that name would be downloaded, or run."""
_IN_TARGETS = "/?#[]@!&'()*+,;=:-._~%"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """A former address and what it leads to now."""

    source: FormerAddress
    target: str
    """From the root of the site, with its first slash, or a whole address; ready for a link."""
    title: str = ""
    """Of what it leads to; empty: unknown."""
    path: str = ""
    """The file that says so, from the content folder; empty: the site itself does."""
    line: int = 1

    @property
    def is_elsewhere(self) -> bool:
        """Whether it leads to a whole address."""
        return not self.target.startswith("/")

    @property
    def target_file(self) -> str:
        """The file of the site that it leads to; empty when it leads elsewhere."""
        return "" if self.is_elsewhere else file_of(urllib.parse.unquote(self.target.partition("#")[0].partition("?")[0]))

    @property
    def key(self) -> tuple[str, str]:
        """What two addresses have in common that a server may take for one: case, a last slash, the way to write « é »."""
        return source_key(self.source)

    @property
    def target_key(self) -> tuple[str, str]:
        """The key of a former address that would stand where this one leads; of none when it leads elsewhere."""
        return ("", "") if self.is_elsewhere or "?" in self.target else (key(self.target_file), "")

    @property
    def is_respelling(self) -> bool:
        """Whether it leads to the same address in another case: a server tells the two apart, and many a disk does not."""
        return not self.source.query and not self.source.is_prefix and self.key == self.target_key and file_of(self.source.path) != self.target_file

    @property
    def stub(self) -> str:
        """The file of a page that leads on, where a host knows no redirections; empty when no page can.

        No page has a query; a page in the place of a picture or of a feed is of no use to what asks for these.
        """
        path = self.source.path.strip("/")
        suffix = posixpath.splitext(path)[1].lower()
        leads_to_page = self.is_elsewhere or posixpath.splitext(self.target_file)[1].lower() in _PAGES
        if (
            self.source.query
            or self.source.is_prefix
            or self.is_respelling
            or not leads_to_page
            or (suffix and suffix not in _PAGES | _SCRIPTS and not _is_number(suffix))
        ):
            return ""
        file = path if suffix in _PAGES else f"{path}/index.html" if path else ""
        return file if _fits(file) else ""

    def whole(self, site: str) -> str:
        """The whole address that it leads to, with no sign that a server's settings could take for something else.

        :param site: the address of the site.
        """
        return safe(self.target if self.is_elsewhere else site.rstrip("/") + self.target)


def safe(address: str) -> str:
    """An address in which only the signs of RFC 3986 stand, « $ » without them: servers put variables there."""
    return urllib.parse.quote(address, safe=_IN_TARGETS)


def source_key(source: FormerAddress) -> tuple[str, str]:
    """See ``Redirect.key``."""
    return key(file_of(source.path)) + ("*" if source.is_prefix else ""), urllib.parse.unquote(source.query).casefold()


def _is_number(suffix: str) -> bool:
    """« /version-1.2 » has no extension."""
    return suffix[1:].isdigit()


def _fits(file: str) -> bool:
    """Whether every system can hold the file."""
    try:
        sizes = [len(segment.encode()) for segment in file.split("/")]
    except UnicodeEncodeError:  # bytes that are no UTF-8
        return False
    return bool(file) and max(sizes) <= MOST_BYTES and not portable_names.unfit(file)
