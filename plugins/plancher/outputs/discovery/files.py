"""robots.txt, and what a host should send: redirections, and with each file what a page may load and who may show it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from plancher.base import addresses


def robots(sitemap_address: str) -> str:
    """Everyone is welcome, and finds the map (RFC 9309)."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap_address}\n"


def own_lines(text: str) -> str:
    """What the owner wrote for the host, to stand beside what the site says; empty when there is nothing."""
    return f"# content/racine\n{text.strip()}\n" if text.strip() else ""


_SHOWN = frozenset(".png .jpg .jpeg .gif .webp .avif .svg .ico .webm .mp4 .m4v .ogv .mp3 .ogg .oga .opus .m4a .wav .flac .vtt .srt".split())
"""What a page of another site may show: pictures, films, sounds, and the words of these."""
_FOLDERS = ("images", "videos")
"""Where an author keeps them, whether or not there are any today."""


def shown_elsewhere(files: Iterable[str]) -> list[str]:
    """The folders whose files web feed readers show, as patterns of paths from the root of the site.

    :param files: each file that is published as it is, from the root of the site.
    """
    shown = [name for name in files if PurePosixPath(name).suffix.lower() in _SHOWN]
    folders = {*_FOLDERS, *(name.partition("/")[0] for name in shown if "/" in name)}
    return sorted([f"/{addresses.quote(folder)}/*" for folder in folders] + [f"/{addresses.quote(name)}" for name in shown if "/" not in name])


def headers(frames: Iterable[str], base: str, shown: Iterable[str], forms: Iterable[str] = ()) -> str:
    """A ``_headers`` file, as Netlify and Cloudflare Pages read it.

    :param frames: origins a page may show in a frame, after a click.
    :param base: the folder of its host in which the site stands; empty for the root.
    :param shown: patterns of what pages of other sites may show.
    :param forms: origins to which a page may send a form.
    """
    lines = {
        "Content-Security-Policy": _policy(frames, forms),
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        # Not stricter: video platforms refuse to play without a referrer.
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
    }
    everywhere = "".join(f"  {name}: {value}\n" for name, value in lines.items())
    # Styles and scripts are named after their content.
    theme = "".join(f"{base}/theme/*.{kind}\n  Cache-Control: public, max-age=31536000, immutable\n" for kind in ("css", "js"))
    # A header that a wider rule has set is taken away first: two values would be none.
    feeds = f"{base}/feeds/*\n  Access-Control-Allow-Origin: *\n  ! Cross-Origin-Resource-Policy\n"
    anywhere = "  ! Cross-Origin-Resource-Policy\n  Cross-Origin-Resource-Policy: cross-origin\n"
    icons = "".join(f"{base}/{name}\n{anywhere}" for name in ("theme/*.png", "theme/*.svg", "*/carte.png"))  # the last: the card of a post
    media = "".join(f"{base}{pattern}\n  Access-Control-Allow-Origin: *\n{anywhere}" for pattern in shown)
    return f"/*\n{everywhere}{theme}{feeds}{icons}{media}"


def _policy(frames: Iterable[str], forms: Iterable[str]) -> str:
    """What a page may load (w3.org/TR/CSP3): what is of the site, and these frames."""
    policy = {
        "default-src": "'none'",
        **dict.fromkeys(("connect-src", "font-src", "img-src", "manifest-src", "media-src", "script-src", "style-src"), "'self'"),
        "form-action": " ".join(("'self'", *forms)),
        "frame-src": " ".join(frames) or "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in sorted(policy.items()))
