"""One record of a flat export → a text or a comment of a former blog."""

from __future__ import annotations

import hashlib
import re

from plancher.importing.blogs.model import FormerComment, FormerText, Kind, Markup, Note, Place, Reply
from plancher.importing.blogs.readers.dotclear.blog import ROOTS, Blog, cached_tags
from plancher.importing.blogs.readers.dotclear.flat import Record
from plancher.importing.blogs.readers.dotclear.wiki import Wiki
from plancher.importing.blogs.readers.words import clean, day, in_zone, line

_STATUS = {"1": "", "0": "brouillon", "-1": "programmé", "-2": "en attente de relecture", "-3": "archivé"}
_TRACKBACK = "<!-- TB -->"
_PATHS = {"post": "post", "page": "pages"}


def text(record: Record, blog: Blog, file: str) -> FormerText:
    """A post or a page."""
    identifier = record["post_id"]
    zone = record["post_tz"] or blog.timezone
    body, summary, markup, notes = _body(record, Place(file=file, line=record.line))
    kind = Kind.PAGE if record["post_type"] == "page" else Kind.POST
    tags = blog.tags.get(identifier) or cached_tags(record["post_meta"])
    author = blog.authors.get(record["user_id"], "") or line(record["user_id"])
    return FormerText(
        identifier=f"dotclear:{identifier}",
        place=Place(file=file, line=record.line),
        kind=kind,
        title=line(record["post_title"]),
        body=body,
        markup=markup,
        summary=summary,
        published=in_zone(day(record["post_dt"]), zone),
        modified=in_zone(day(record["post_upddt"]), zone),
        held_back=_held_back(record),
        slug=record["post_url"].rpartition("/")[2],
        authors=(author,) if author else (),
        categories=blog.path(record["cat_id"]),
        tags=tuple(dict.fromkeys(tags)),
        language=record["post_lang"],
        addresses=_addresses(record),
        feed_id=f"urn:md5:{hashlib.md5((blog.uid + identifier).encode(), usedforsecurity=False).hexdigest()}" if blog.uid else "",
        notes=notes,
    )


def comment(record: Record, blog: Blog) -> FormerComment:
    """A comment or a trackback, without what is private of its author."""
    body = clean(record["comment_content"]).strip()
    is_trackback = record["comment_trackback"] == "1" or body.startswith(_TRACKBACK)
    return FormerComment(
        identifier=f"dotclear:{record['comment_id']}",
        kind=Reply.TRACKBACK if is_trackback else Reply.COMMENT,
        author=line(record["comment_author"]),
        website=clean(record["comment_site"]).strip(),
        date=in_zone(day(record["comment_dt"]), record["comment_tz"] or blog.timezone),
        body=body.removeprefix(_TRACKBACK).strip(),
        is_public=record["comment_status"] == "1",
    )


def _held_back(record: Record) -> str:
    """Why readers must not see it; an unknown status or type says no more than that they did not."""
    status = _STATUS.get(record["post_status"], f"d'état inconnu « {record['post_status']} »" if record["post_status"] else "sans état connu")
    if not status and record["post_password"]:
        return "protégé par un mot de passe"
    if not status and record["post_type"] not in {*_PATHS, ""}:
        return f"d'un type que seul un plugin montrait, « {record['post_type']} »"
    return status


def _body(record: Record, place: Place) -> tuple[str, str, Markup, tuple[Note, ...]]:
    """Body, summary, their markup. The excerpt is the beginning of the text, which readers saw above it."""
    excerpt, content, form = record["post_excerpt"], record["post_content"], record["post_format"] or "xhtml"
    stored = [clean(record["post_excerpt_xhtml"]).strip(), clean(record["post_content_xhtml"]).strip()]
    if form == "markdown":
        parts, markup = [clean(excerpt), clean(content)], Markup.MARKDOWN
    elif form == "wiki" and (excerpt + content).strip():
        wiki = Wiki(f"{record['post_id']}-", "".join(stored))
        parts, markup = [wiki.to_html(excerpt, is_last=False), wiki.to_html(content)], Markup.HTML
    elif form == "xhtml":
        parts, markup = [clean(excerpt) or stored[0], clean(content) or stored[1]], Markup.HTML
    else:
        parts, markup = stored, Markup.HTML
    summary = parts[0].strip() if re.sub(r"<[^>]*>|\s", "", parts[0]) else ""
    notes: tuple[Note, ...] = ()
    if form not in {"xhtml", "wiki", "markdown"}:
        notes = (Note(place=place, message=f"La syntaxe « {form} » n'est pas connue : le HTML que Dotclear en avait fait est repris."),)
    return "\n\n".join(part for part in parts if part.strip()), summary, markup, notes


def _addresses(record: Record) -> tuple[str, ...]:
    url = record["post_url"].strip("/")
    if not url:
        return ()
    path = _PATHS.get(record["post_type"] or "post", record["post_type"])
    addresses = [f"{root}{path}/{url}" for root in ROOTS]
    if "post_titre_url" in record:
        addresses += [f"/{url}", f"/index.php/{url}"]
    return tuple(addresses)
