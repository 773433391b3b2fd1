"""Between Pelican and the talks: posts in; pages, data and feeds out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from plancher.base import addresses, clock
from plancher.base import settings as core_settings
from plancher.base.french import NBSP, clip
from plancher.components.talks import collection, exports, files, pages
from plancher.components.talks.collection import Post, Row
from plancher.components.talks.mentions import SHELF
from plancher.components.talks.settings import KEY, TalkSettings
from plancher.site.feeds import CHANNELS, Channel, Item, Media
from plancher.text.html import Element, add, add_plain, el, say, to_html_string

ROWS, SHEETS = "TALKS", "TALK_SHEETS"
"""In Pelican's context: all talks newest first, and their pages."""
JSON, ATOM, RSS = "videos.json", "feeds/videos.atom.xml", "feeds/videos.rss.xml"


def collect(generator: Any) -> None:
    """Gather all talks, and offer them to pages, feeds, site map and policy."""
    context, settings = generator.context, generator.settings
    mine = core_settings.load(settings, KEY, TalkSettings)
    _declare(context, (*generator.articles, *generator.hidden_articles, *generator.drafts))
    posts = {article.url: article for article in generator.articles if SHELF in getattr(article, "gathered", {})}
    rows = collection.collect((_post(article, generator) for article in posts.values()), context.get(registry.STATES, {}))
    sheets = list(pages.sheets(rows))
    context.update({ROWS: rows, SHEETS: sheets})
    context.setdefault(registry.ADDRESSES, []).extend(sheet.url for sheet in sheets)
    site = str(settings["SITEURL"]).rstrip("/")
    of_post: dict[str, list[Any]] = {}
    for row in rows:
        of_post.setdefault(str(posts[row.post_url].source_path), []).append(exports.linked(site, row))
    context.setdefault(registry.RELATIONS, {})["talks"] = of_post
    entries = tuple(_entry(row, posts[row.post_url], site) for row in rows[: mine.feed_size])
    context.setdefault(CHANNELS, []).append(Channel(path=ATOM, rss=RSS, title="vidéos", page=pages.ROOT, items=entries))


def collect_pages(generator: Any) -> None:
    """The players that pages show."""
    _declare(generator.context, (*generator.pages, *generator.hidden_pages, *generator.draft_pages))


def _declare(context: dict[str, Any], texts: Iterable[Any]) -> None:
    """The hosts of players, of the texts that have a page: a draft has none, but in a preview."""
    kept = (talk for text in texts if text.save_as for talk in getattr(text, "gathered", {}).get(SHELF, ()))
    context.setdefault(registry.FRAMES, []).extend(talk["origin"] for talk in kept if talk["origin"])


def _post(article: Any, generator: Any) -> Post:
    own = article.metadata.get("id", "")
    path, context, settings = article.get_relative_source_path(), generator.context, generator.settings
    kept = article.gathered[SHELF]
    named = {address for talk in kept for address in (*talk["urls"], talk["captions"], talk["poster"], talk["transcript"]) if addresses.is_internal(address)}
    return Post(
        id=own or PurePosixPath(path).with_suffix("").as_posix(),
        url=article.url,
        title=str(article.title),
        date=clock.bare(article.date),
        lang=article.lang,
        kept=kept,
        site=str(settings["SITEURL"]).rstrip("/"),
        files={address: found for address in named if (found := _file(address, path, context, settings["PATH"]))},
    )


def _file(address: str, path: str, context: Mapping[str, Any], content: str) -> tuple[str, int] | None:
    """Where a file or a page of the site stands, and the bytes of a file."""
    inside = addresses.inside(address, path)
    if inside is None:
        return None
    page, file = context["generated_content"].get(inside), Path(content, inside)
    if page:
        return addresses.quote(page.url), 0
    # Files are copied under their own path; Pelican learns of them after the posts.
    return (addresses.quote(inside), file.stat().st_size) if file.is_file() else None


def _entry(row: Row, post: Any, site: str) -> Item:
    sources = () if row.is_lost else row.sources
    own = next((source for source in sources if source.length), None)
    media = Media(
        url=own.url if own else "",
        type=own.type if own else "",
        length=own.length if own else 0,
        duration=row.duration or 0,
        player=next((source.url for source in sources if source.platform), ""),
        thumbnail=f"{site}/{row.poster}" if row.poster else "",
        captions=row.captions,
        captions_type=files.captions(row.captions),
        captions_lang=row.captions_lang,
        language=row.spoken,
        chapters=f"{site}/{_chapters(row)}" if row.chapters else "",
    )
    return Item(post=post, anchor=row.anchor, name=row.name, title=clip(collection.said_of(row), 120), html=to_html_string(_told(row, site)), media=media)


def _chapters(row: Row) -> str:
    return f"videos/chapitres/{row.name}.json"


def _told(row: Row, site: str) -> Element:
    """A talk where no style exists: its facts, where to see it, where to read it."""
    box = el("div")
    add_plain(box, "p", ", ".join(row.facts) or row.title)
    links = add(box, "ul")
    for source in row.sources if not row.is_lost else ():
        add_plain(add(links, "li"), "a", f"Voir la vidéo sur {source.platform}" if source.platform else "Télécharger la vidéo", href=source.url)
    if exports.transcript(site, row):
        add_plain(add(links, "li"), "a", "Lire la transcription", href=exports.transcript(site, row))
    if row.archive:
        add_plain(add(links, "li"), "a", "Voir la copie archivée", href=row.archive)
    if row.is_lost:
        add_plain(box, "p", "Cette vidéo a disparu.")
    if not len(links):
        box.remove(links)
    last = add(box, "p")
    say(last, f"Dans «{NBSP}")
    add_plain(last, "a", row.post_title, href=exports.place(site, row))
    say(last, f"{NBSP}».")
    return box


def write(generator: Any, writer: Any) -> None:
    """The pages of talks, then their files."""
    context, site = generator.context, str(generator.settings["SITEURL"]).rstrip("/")
    template = generator.get_template("videos")
    for sheet in context[SHEETS]:
        writer.write_file(f"{sheet.url}index.html", template, context, sheet=sheet, url=sheet.url)
    writer.make(JSON, exports.as_json, (site, context[ROWS]))
    for row in context[ROWS]:
        if row.chapters:
            writer.make(_chapters(row), exports.as_chapters, row)
