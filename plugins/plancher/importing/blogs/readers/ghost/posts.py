"""One row of the posts of a Ghost export → a text of a former blog."""

from __future__ import annotations

import re

from plancher.importing.blogs.model import FormerText, Kind, Markup, Note, Place
from plancher.importing.blogs.readers.ghost import lexical, mobiledoc
from plancher.importing.blogs.readers.ghost.blog import Blog, word
from plancher.importing.blogs.readers.ghost.notes import Cards
from plancher.importing.blogs.readers.ghost.rendered import without_cards
from plancher.importing.blogs.readers.json_tables import Row
from plancher.importing.blogs.readers.words import clean, day, local, plain

_ROOT = "__GHOST_URL__"
_STATUS = {"published": "", "draft": "brouillon", "scheduled": "programmé", "sent": "envoyé par courriel seulement"}
_VISIBILITY = {"members": "réservé aux membres", "paid": "réservé aux abonnés payants", "tiers": "réservé à certains abonnés"}


def text(row: Row, blog: Blog, file: str) -> FormerText:
    """A post or a page."""
    identifier, place = word(row, "id"), Place(file=file)
    body, markup, notes = _body(row, place)
    published = day(row.get("published_at"), "UTC") or day(row.get("created_at"), "UTC")
    is_page = word(row, "type") == "page" or row.get("page") in (True, "1")
    injected = [name for name in ("codeinjection_head", "codeinjection_foot") if word(row, name).strip()]
    if injected:
        notes = (
            *notes,
            Note(place=place, message="Du code que Ghost ajoutait à la page n'est pas repris : il ne s'exécuterait pas ici.", former=word(row, "slug")),
        )
    return FormerText(
        identifier=f"ghost:{word(row, 'uuid') or identifier}",
        place=place,
        kind=Kind.PAGE if is_page else Kind.POST,
        title=plain(word(row, "title")),
        body=body,
        markup=markup,
        summary=_summary(row, markup),
        published=local(published, blog.timezone),
        modified=local(day(row.get("updated_at"), "UTC"), blog.timezone),
        held_back=_held_back(row, blog.meta(identifier, "email_only")),
        slug=word(row, "slug"),
        authors=blog.authors(identifier, row),
        tags=blog.tags(identifier),
        language=word(row, "locale") or word(row, "language").replace("_", "-"),
        picture=(word(row, "feature_image") or word(row, "image")).replace(_ROOT, ""),
        addresses=tuple(_addresses(row, blog, is_page=is_page)),
        feed_id=word(row, "comment_id") or identifier,
        other_fields=tuple((name, word(row, name)) for name in ("canonical_url",) if word(row, name)),
        notes=notes,
    )


def _summary(row: Row, markup: Markup) -> str:
    """Plain words, safe in either markup."""
    words = plain(word(row, "custom_excerpt"))
    return words.replace("&", "&amp;").replace("<", "&lt;") if markup is Markup.HTML else words.replace("<", "&lt;")


def _held_back(row: Row, email_only: str) -> str:
    """An unknown status or visibility is no permission to publish."""
    status, visibility = word(row, "status"), word(row, "visibility") or "public"
    if email_only and email_only not in {"0", "False", "false"}:
        return _STATUS["sent"]
    if status != "published":
        return _STATUS.get(status, f"d'état inconnu « {status} »" if status else "sans état connu")
    return "" if visibility == "public" else _VISIBILITY.get(visibility, "réservé à certains abonnés")


def _body(row: Row, place: Place) -> tuple[str, Markup, tuple[Note, ...]]:
    """Markdown if it was written so; else rendered HTML; else what the editor's document says."""
    cards = Cards(place)
    sources = {name: word(row, name).replace(_ROOT, "") for name in ("html", "lexical", "mobiledoc", "markdown")}
    try:
        if source := sources["markdown"] if not sources["lexical"] + sources["mobiledoc"] else mobiledoc.only_markdown(sources["mobiledoc"] or "{}"):
            return clean(source).strip(), Markup.MARKDOWN, ()
    except ValueError:
        pass
    if re.sub(r"<!--.*?-->|\s", "", sources["html"], flags=re.DOTALL):
        return without_cards(sources["html"], cards), Markup.HTML, cards.notes
    for name, module in (("lexical", lexical), ("mobiledoc", mobiledoc)):
        if sources[name].strip():
            try:
                return module.to_html(sources[name], cards), Markup.HTML, cards.notes
            except ValueError:
                return (
                    "",
                    Markup.HTML,
                    (Note(place=place, message=f"Le texte est dans « {name} », qui ne se lit pas : il est vide ici.", former=word(row, "slug")),),
                )
    return "", Markup.HTML, ()


def _addresses(row: Row, blog: Blog, *, is_page: bool) -> list[str]:
    """Its slug at the root; its date before it, when the blog was set so."""
    slug, published = word(row, "slug"), local(day(row.get("published_at"), "UTC"), blog.timezone)
    if not slug or word(row, "status") != "published":
        return []
    addresses = [f"/{slug}/"]
    if published and not is_page and ":year" in blog.settings.get("permalinks", ""):
        addresses.append(f"/{published:%Y/%m/%d}/{slug}/")
    return addresses
