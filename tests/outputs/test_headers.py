"""What a host is told to send: pages and scripts stay with us, pictures and films show in any feed reader."""

from __future__ import annotations

import fnmatch

from plancher.outputs.discovery import serving
from plancher.outputs.discovery.hosts import headers_file

CORP = "Cross-Origin-Resource-Policy"
PUBLISHED = ("images/a.png", "documents/tarif.pdf", "articles/2024/plan.svg", "logo.ico")


def sent(path: str, base: str = "", *, can_take_away: bool = True) -> dict[str, str]:
    """What Cloudflare Pages sends for a path: of each rule that matches, first what it takes away, then what it adds to the rest."""
    found: dict[str, list[str]] = {}
    pattern = ""
    for line in headers_file.text(serving.made(base, [], PUBLISHED), can_take_away=can_take_away).splitlines():
        if not line.startswith(" "):
            pattern = line
        elif fnmatch.fnmatchcase(path, pattern):
            if line.strip().startswith("!"):
                found.pop(line.strip()[2:], None)
            else:
                name, value = line.strip().split(": ", 1)
                found.setdefault(name, []).append(value)
    return {name: ", ".join(values) for name, values in found.items()}


def test_a_feed_reader_on_the_web_may_show_pictures_films_captions_and_icons() -> None:
    for path in ("/images/a.png", "/images/videos/affiche.webp", "/videos/a.webm", "/videos/a.vtt", "/articles/2024/plan.svg", "/logo.ico"):
        assert sent(path)[CORP] == "cross-origin", path
        assert sent(path)["Access-Control-Allow-Origin"] == "*", path
    for path in ("/theme/icon-512.png", "/theme/icon.svg", "/2024/05/un/carte.png"):
        assert sent(path)[CORP] == "cross-origin", path


def test_nothing_else_leaves_the_site() -> None:
    for path in ("/", "/2024/05/un/", "/theme/site.abc.css", "/theme/site.abc.js", "/documents/tarif.pdf", "/preuves.json", "/sitemap.xml"):
        assert sent(path)[CORP] == "same-origin", path
        assert "Access-Control-Allow-Origin" not in sent(path), path


def test_styles_and_scripts_are_kept_for_a_year_and_nothing_else_is() -> None:
    for path in ("/theme/site.abc.css", "/theme/talk.abc.css", "/theme/talk.abc.js"):
        assert sent(path)["Cache-Control"].endswith("immutable"), path
    for path in ("/", "/2024/05/un/", "/theme/site.webmanifest", "/feeds/atom.xml"):
        assert "Cache-Control" not in sent(path), path
    for path in ("/theme/partage.png", "/images/a.png"):
        assert sent(path)["Cache-Control"] == "public, max-age=86400", path


def test_no_header_is_sent_twice_where_a_host_cannot_take_one_away() -> None:
    for path in ("/", "/images/a.png", "/videos/a.vtt", "/feeds/atom.xml", "/theme/site.abc.css", "/2024/05/un/carte.png"):
        assert not [name for name, value in sent(path, can_take_away=False).items() if name in {CORP, "Cache-Control", "Content-Type"} and ", c" in value], path
    assert sent("/images/a.png", can_take_away=False)[CORP] == "cross-origin"


def test_feeds_and_captions_have_their_types() -> None:
    assert sent("/feeds/preuves.atom.xml")["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert sent("/feeds/serie/un.rss.xml")["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert sent("/feeds/feed.json")["Content-Type"] == "application/feed+json"
    assert sent("/videos/a.vtt")["Content-Type"] == "text/vtt; charset=utf-8"


def test_https_alone_is_asked_for_only_when_the_owner_says_so_and_never_of_sub_domains() -> None:
    assert "Strict-Transport-Security" not in serving.made("", [], []).everywhere
    assert serving.made("", [], [], hsts_days=365).everywhere["Strict-Transport-Security"] == "max-age=31536000"


def test_a_site_in_a_folder_says_so_in_each_rule() -> None:
    assert sent("/blog/images/a.png", "/blog")[CORP] == "cross-origin"
    assert sent("/images/a.png", "/blog")[CORP] == "same-origin"


def test_every_answer_is_guarded_pictures_too() -> None:
    assert {"Content-Security-Policy", "X-Content-Type-Options"} <= sent("/images/a.png").keys()
