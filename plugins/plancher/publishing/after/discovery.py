"""Where a page takes webmentions (w3.org/TR/webmention, section 3.1.2): its headers first, then its elements in their order."""

from __future__ import annotations

import contextlib
import re
import urllib.parse
from collections.abc import Iterator

from plancher.base import addresses
from plancher.web import elements
from plancher.web.answer import Answer

_RELATION = "webmention"
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_LINK = re.compile(rf"<(?P<address>[^<>]*)>(?P<parameters>(?:\s*;\s*[^\s=;,]+(?:\s*=\s*(?:{_QUOTED}|[^\s;,\"]*))?)*)")
"""One value of a « Link » header (RFC 8288, section 3)."""
_LONGEST = 8000
"""Letters of one header."""
_PARAMETER = re.compile(rf";\s*(?P<name>[^\s=;,]+)(?:\s*=\s*(?P<value>{_QUOTED}|[^\s;,\"]*))?")


def endpoint(answer: Answer) -> str | None:
    """The whole address that takes webmentions of a page; None: there is none.

    :param answer: what the page answered, after all redirections: addresses are read from where it stands.
    """
    found = next(_of_headers(answer.headers.get_list("link")), None)
    base = answer.url
    if found is None and answer.headers.get("content-type", "").partition(";")[0].strip().lower() in _HTML:
        found, where = _of_page(_text(answer))
        base = _joined(base, where) or base
    return _joined(base, found) if found is not None else None


def _joined(base: str, typed: str) -> str:
    """An address as a browser reads it there; empty: it is none of the web."""
    with contextlib.suppress(ValueError):
        whole = urllib.parse.urldefrag(urllib.parse.urljoin(base, typed.strip()))[0]
        return whole if addresses.is_web(whole) else ""
    return ""


def _of_headers(headers: list[str]) -> Iterator[str]:
    for header in headers:
        for link in _LINK.finditer(header[:_LONGEST]):
            parameters = {one["name"].lower(): _unquoted(one["value"] or "") for one in reversed(list(_PARAMETER.finditer(link["parameters"])))}
            # A link with an anchor speaks of another page.
            if "anchor" not in parameters and _names_it(parameters.get("rel", "")):
                yield link["address"]


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value


def _names_it(relations: str) -> bool:
    return _RELATION in relations.lower().split()


def _text(answer: Answer) -> str:
    charset = re.search(r"charset=[\"']?([\w-]+)", answer.headers.get("content-type", ""), re.IGNORECASE)
    with contextlib.suppress(LookupError):
        return answer.body.decode(charset[1] if charset else "utf-8", "replace")
    return answer.body.decode("utf-8", "replace")


def _of_page(page: str) -> tuple[str | None, str]:
    """The address that the first ``link`` or ``a`` gives, None for none; from where the page says that its addresses are read."""
    found, base = None, ""
    for name, attributes in elements.of(page) if _RELATION in page.lower() else ():
        if name == "base" and not base:
            base = attributes.get("href", "")
        # « href="" » is the page itself; without any, it leads nowhere.
        if name in {"link", "a"} and found is None and "href" in attributes and _names_it(attributes.get("rel", "")):
            found = attributes["href"]
    return found, base
