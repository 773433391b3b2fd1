"""What a host should send with each file of a site: one description, from which each host's own form is written."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from plancher.base import links, media_types
from plancher.base.lifetimes import DAY_SECONDS, PAGE_SECONDS, YEAR_SECONDS
from plancher.outputs.discovery import files
from plancher.site.collected import Collected

CACHE, ORIGIN, READERS, TYPE = "Cache-Control", "Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy", "Content-Type"
_SHOWN = {READERS: "cross-origin", ORIGIN: "*"}
_HASHED = r"\.[0-9a-f]{8,64}\.(?:css|js)"
_UNKNOWN = "application/octet-stream"
FEEDS = "feeds"
"""The folder of the feeds."""
MISSING = "404.html"
HIDDEN = ("_headers", "_redirects")
"""Files at the root of the site that are for its host alone; so is each whose name begins with a dot, but in « .well-known »."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Files that are sent with more than the others."""

    name: str
    globs: tuple[str, ...]
    """Paths from the root of the site, decoded; each has one star at most, which stands for anything."""
    headers: Mapping[str, str]
    """In the place of what every file is sent with."""
    names: str = ""
    """A regular expression for the end of their names, where a server knows no folders; empty: those are not enough."""

    def holds(self, path: str) -> bool:
        """Whether a file is one of them.

        :param path: from the root of the site, with its first slash.
        """
        parts = (glob.partition("*") for glob in self.globs)
        fits = any(path == before if not star else path.startswith(before) and path.endswith(after) for before, star, after in parts)
        return fits and (not self.names or re.search(f"{self.names}$", path, re.IGNORECASE) is not None)

    def whole(self, everywhere: Mapping[str, str]) -> dict[str, str]:
        """All headers of such a file."""
        return {**everywhere, **self.headers}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """How a site is served."""

    base: str
    """The folder of its host in which it stands; empty for the root."""
    everywhere: Mapping[str, str]
    """Headers of each answer, one that says « not found » too."""
    kinds: tuple[Kind, ...]
    """What is more precise comes first."""
    types: Mapping[str, tuple[str, ...]]
    """The ends of names, with their dots, by the type that is sent."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The ends of names of what grows smaller when it is compressed."""
        return tuple(sorted(suffix for kind, suffixes in self.types.items() if media_types.is_text(kind.partition(";")[0]) for suffix in suffixes))


def headers_of(path: str) -> dict[str, str]:
    """What one file is sent with, its type too, where each is told apart and no server knows the site.

    :param path: from the root of the site.
    """
    described = made("", (), [path])
    kind = next((kind for kind in described.kinds if kind.holds(f"/{path}")), None)
    suffix = PurePosixPath(path).suffix.lower()
    media_type = next((told for told, suffixes in described.types.items() if suffix in suffixes), _UNKNOWN)
    return {**described.everywhere, TYPE: media_type, **(kind.headers if kind else {})}


def of(collected: Collected, hsts_days: int) -> Serving:
    """How this site should be served."""
    site = collected.site
    published = [file.save_as for file in site.files.values()]
    return made(links.path_of(site.identity.address), collected.frame_hosts, published, hsts_days, forms=collected.form_hosts)


def made(base: str, frames: Iterable[str], published: Iterable[str], hsts_days: int = 0, *, forms: Iterable[str] = ()) -> Serving:
    """The same, from what it depends on.

    :param frames: origins a page may show in a frame, after a click.
    :param forms: origins a page may send a form to.
    :param published: each file that is published as it is, from the root of the site.
    """
    published = list(published)
    everywhere = {
        CACHE: f"public, max-age={PAGE_SECONDS}",
        "Content-Security-Policy": policy(frames, forms),
        READERS: "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        # Not stricter: video platforms refuse to play without a referrer.
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    if hsts_days:
        everywhere["Strict-Transport-Security"] = f"max-age={hsts_days * DAY_SECONDS}"
    return Serving(base=base, everywhere=everywhere, kinds=tuple(_kinds(files.shown_elsewhere(published))), types=_types(published))


def policy(frames: Iterable[str], forms: Iterable[str] = (), *, in_page: bool = False) -> str:
    """What a page may load (w3.org/TR/CSP3): what is of the site, and these frames; and where its forms lead.

    :param in_page: whether it stands in a ``<meta>``, where « frame-ancestors » means nothing.
    """
    allowed = {
        "default-src": "'none'",
        **dict.fromkeys(("connect-src", "font-src", "img-src", "manifest-src", "media-src", "script-src", "style-src"), "'self'"),
        "frame-src": " ".join(frames) or "'none'",
        "base-uri": "'none'",
        "form-action": " ".join(("'self'", *forms)),
        **({} if in_page else {"frame-ancestors": "'none'"}),
    }
    return "; ".join(f"{name} {value}" for name, value in sorted(allowed.items()))


def _kinds(shown: Iterable[str]) -> Iterator[Kind]:
    """What is named after its content; feeds; the description of the search; what pages of other sites may show."""
    # Styles and scripts are named after their content.
    yield Kind(name="hashed", globs=("/theme/*.css", "/theme/*.js"), headers={CACHE: f"public, max-age={YEAR_SECONDS}, immutable"}, names=_HASHED)
    for name, end, media_type in (
        ("atom", "atom.xml", "application/atom+xml; charset=utf-8"),
        ("rss", "rss.xml", "application/rss+xml; charset=utf-8"),
        ("json_feed", ".json", "application/feed+json"),
    ):
        is_told = end != ".json"  # by their names alone: other data has it too
        yield Kind(name=name, globs=(f"/{FEEDS}/*{end}",), headers={**_SHOWN, TYPE: media_type}, names=re.escape(end) if is_told else "")
    description = media_types.whole("application/opensearchdescription+xml")
    yield Kind(name="description", globs=("/*/opensearch.xml",), headers={TYPE: description}, names=r"opensearch\.xml")
    icons = ("/theme/*.png", "/theme/*.svg", "/*/carte.png")  # the last: the card of a post
    ends = "|".join(sorted(suffix[1:] for suffix in files.SHOWN))
    yield Kind(name="shown", globs=(*icons, *shown), headers={**_SHOWN, CACHE: f"public, max-age={DAY_SECONDS}"}, names=rf"\.(?:{ends})")


def _types(published: Iterable[str]) -> dict[str, tuple[str, ...]]:
    suffixes = {**media_types.KNOWN}
    for name in published:
        suffix = PurePosixPath(name).suffix.lower()
        if suffix not in suffixes and (known := media_types.of_name(f"a{suffix}")):
            suffixes[suffix] = known
    whole = {suffix: media_types.whole(kind) for suffix, kind in suffixes.items()}
    return {kind: tuple(sorted(suffix for suffix, one in whole.items() if one == kind)) for kind in sorted(set(whole.values()))}
