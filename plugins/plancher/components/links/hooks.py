"""Between Pelican and the links: posts and the state file in; pages, data, feeds and copies out."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from plancher.base import addresses, clock, tracking
from plancher.base import settings as core_settings
from plancher.base.french import clip
from plancher.base.problems import Problem
from plancher.cache.body import LinkReplacement
from plancher.components.links import collection, exports, pages, state
from plancher.components.links.collection import Item, Source
from plancher.components.links.health import Health, State
from plancher.components.links.mentions import SHELF
from plancher.components.links.settings import KEY, LinkSettings
from plancher.site.feeds import CHANNELS, Channel
from plancher.site.feeds import Item as Entry
from plancher.text.html import Element, add, add_plain, el, say, to_html_string

KNOWN, ITEMS, SHEETS = "LINK_STATES", "LINKS", "LINK_SHEETS"
"""In Pelican's context: what is known of each address, all links newest first, and their pages."""
LIST = "BUILD_LINKS_LIST"
"""In the settings: a file to write the addresses to visit in, in the place of a site, for « invoke links.check »."""
JSON, OPML, NETSCAPE, ATOM, JSON_FEED = "liens.json", "liens.opml", "liens.html", "feeds/liens.atom.xml", "feeds/liens.json"


def look_up(generator: Any) -> None:
    """Read what is known of all links, before anything shows one."""
    settings, context = generator.settings, generator.context
    try:
        known = state.load(Path(settings["PATH"], state.FILE))
    except state.StateError as error:
        known = {}
        message = f"ce fichier ne se lit pas : {error}. Rendez-lui sa dernière version (git restore), ou retirez-le et relancez « invoke links.check »."
        settings.setdefault(registry.PROBLEMS, []).append((state.FILE, Problem(error.line, "PDV081", message)))
    context[KNOWN] = known
    context[registry.STATES] = {address: str(found.state) for address, found in known.items()}
    dead = {address: found for address, found in known.items() if found.state is State.DEAD}
    context[registry.SWAPS] = dict(_swaps(generator, dead)) if dead else {}


def _swaps(generator: Any, dead: Mapping[str, Health]) -> Iterator[tuple[str, LinkReplacement]]:
    """What stands in the place of each dead address, as texts that have a page give it: a draft's copy is not published elsewhere."""
    posts = [post for post in (*generator.articles, *generator.hidden_articles, *generator.drafts) if post.save_as]
    given: dict[str, str] = {}
    for post in reversed(posts):
        for kept in getattr(post, "gathered", {}).get(SHELF, ()):
            if kept["archive"]:
                given[tracking.clean(kept["url"])] = kept["archive"]
    for address in {address for post in posts for address in (post.record.elsewhere if hasattr(post, "record") else ())}:
        found = dead.get(tracking.clean(address))
        if found:
            copy = found.archive or collection.typed_copy(given.get(tracking.clean(address), ""))
            archive, day = (copy.url, copy.date) if copy else ("", "")
            yield address, LinkReplacement(address, archive, day, collection.note(copy), collection.sourced(copy))


def collect(generator: Any) -> None:
    """Gather all links, and offer them to pages, feeds and site map."""
    context, settings = generator.context, generator.settings
    mine = core_settings.load(settings, KEY, LinkSettings)
    sources = [_source(article, generator) for article in generator.articles if SHELF in getattr(article, "gathered", {})]
    items = collection.collect(sources, context[KNOWN])
    sheets = list(pages.sheets(items))
    context.update({ITEMS: items, SHEETS: sheets})
    context.setdefault(registry.ADDRESSES, []).extend([*(sheet.url for sheet in sheets), pages.HEALTH])
    posts = {article.url: article for article in generator.articles}
    entries = tuple(_entry(item, posts[item.cited_by[0].url]) for item in items[: mine.feed_size])
    channel = Channel(path=ATOM, json=JSON_FEED, title="liens", page=pages.ROOT, items=entries, leads_out=mine.leads_out)
    context.setdefault(CHANNELS, []).append(channel)
    context.setdefault(registry.RELATIONS, {})["cited_by"] = _cited_by(generator.articles)
    if settings.get(LIST):
        asked = {"links": _to_visit(generator.articles), "settings": dataclasses.asdict(mine), "cache": str(settings["CACHE_PATH"])}
        Path(settings[LIST]).write_text(json.dumps(asked, ensure_ascii=False), encoding="utf-8")
        raise SystemExit(0)


def _source(article: Any, generator: Any) -> Source:
    settings, site = generator.settings, str(generator.settings["SITEURL"]).rstrip("/")
    own = article.metadata.get("id", "")
    return Source(
        id=own or PurePosixPath(article.get_relative_source_path()).with_suffix("").as_posix(),
        url=article.url,
        title=str(article.title),
        date=clock.bare(article.date),
        lang="" if article.lang == settings["DEFAULT_LANG"].lower() else article.lang,
        tags=tuple(tag.name for tag in getattr(article, "tags", ())),
        kept=tuple(kept | {"url": _whole(kept["url"], article, generator.context, site)} for kept in article.gathered[SHELF]),
    )


def _whole(address: str, article: Any, context: Mapping[str, Any], site: str) -> str:
    """The public address of a page of the site that a link names by its file."""
    inside = addresses.inside(address, article.get_relative_source_path())
    found = (context["generated_content"].get(inside) or context["static_content"].get(inside)) if inside else None
    return f"{site}/{addresses.quote(found.url)}" if found else address


def _cited_by(articles: Any) -> dict[str, tuple[Any, ...]]:
    """For each post, those that link to it, newest first."""
    paths = {article.get_relative_source_path(): article for article in articles}
    found: dict[str, dict[str, Any]] = {}
    for article in articles:
        path = article.get_relative_source_path()
        record = getattr(article, "record", None)
        for address, _ in record.links if record else ():
            target = addresses.inside(address, path)
            if target in paths and target != path:
                found.setdefault(str(paths[target].source_path), {})[path] = article
    return {path: tuple(citing.values()) for path, citing in found.items()}


def _to_visit(articles: Any) -> dict[str, str]:
    """Each address of another site, and the day of the first post that has it."""
    found: dict[str, str] = {}
    copies = {kept["archive"] for article in articles for kept in getattr(article, "gathered", {}).get(SHELF, ())}
    for article in reversed(articles):
        record = getattr(article, "record", None)
        for address in record.elsewhere if record else ():
            if address in copies:
                continue  # an archive answers for itself
            found.setdefault(tracking.clean(address), f"{article.date:%Y-%m-%d}")
    return dict(sorted(found.items()))


def _entry(item: Item, post: Any) -> Entry:
    where = item.cited_by[0]
    via = item.via[0] if item.via and addresses.is_web(item.via[0]) else ""
    return Entry(post=post, anchor=where.anchor, title=clip(item.title, 120), html=to_html_string(_told(item)), name=item.name, external=item.leads_to, via=via)


def _told(item: Item) -> Element:
    """A link where no style exists: its address, its facts, why it is worth reading."""
    box = el("div")
    head = add(box, "p")
    foreign = {"lang": item.lang} if item.lang else {}
    if item.leads_to:
        add_plain(head, "a", item.title, href=item.leads_to, **foreign)
    else:
        add_plain(head, "cite", item.title, **foreign)
    say(head, f" ({', '.join(item.facts)})" if item.facts else "")
    say(head, f" {item.note}" if item.note else "")
    if item.url:
        add_plain(add(box, "p"), "code", item.url)
    if item.comment:
        add_plain(box, "p", item.comment)
    if item.via:
        line = add(box, "p")
        say(line, "Vu chez ")
        if addresses.is_web(item.via[0]):
            add_plain(line, "a", item.via[1], href=item.via[0])
        else:
            say(line, item.via[1])
        say(line, ".")
    return box


def write(generator: Any, writer: Any) -> None:
    """The pages of links, then their files."""
    context, site = generator.context, str(generator.settings["SITEURL"]).rstrip("/")
    items: list[Item] = context[ITEMS]
    template = generator.get_template("liens")
    for sheet in context[SHEETS]:
        writer.write_file(f"{sheet.url}index.html", template, context, sheet=sheet, url=sheet.url)
    writer.write_file(f"{pages.HEALTH}index.html", generator.get_template("liens_etat"), context, checkup=pages.checkup(items), url=pages.HEALTH)
    writer.write_file(NETSCAPE, generator.get_template("liens_netscape"), context, items=items, url=NETSCAPE)
    writer.make(JSON, exports.as_json, (site, items))
    writer.make(OPML, exports.sources, (str(generator.settings["SITENAME"]), items))
