"""One row of a dump of SPIP → a text or a comment of a former blog."""

from __future__ import annotations

from plancher.importing.blogs.model import FormerComment, FormerText, Place
from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.spip.database import Row
from plancher.importing.blogs.readers.spip.shortcuts import Shortcuts
from plancher.importing.blogs.readers.spip.site import Site
from plancher.importing.blogs.readers.words import day, line

_STATUS = {"publie": "", "prepa": "brouillon", "prop": "proposé, pas encore publié", "refuse": "refusé"}


def article(row: Row, site: Site, place: Place) -> FormerText:
    """An article; its standfirst begins its text, its postscript ends it."""
    number, language = row["id_article"], row["lang"] or site.language
    shortcuts = Shortcuts(f"{number}-", language, site.show)
    written = [shortcuts.to_html(typed) for typed in (_standfirst(row["chapo"]), row["texte"], row["ps"])]
    parts = [*written, _website(row["nom_site"], row["url_site"]), shortcuts.notes()]
    return FormerText(
        identifier=f"spip:article{number}",
        place=place,
        title=site.title(row["titre"]),
        body="\n".join(filter(None, parts)),
        summary=Shortcuts("x-", language, site.show).to_html(row["descriptif"]),
        published=day(row["date"]) or day(row["date_redac"]),
        modified=day(row["date_modif"]),
        held_back=_held_back(row["statut"]),
        authors=site.authors(number),
        categories=site.categories(row["id_rubrique"]),
        tags=site.tags(number),
        language=language.replace("_", "-"),
        addresses=site.addresses("article", number),
        other_fields=tuple((name, line(row[name])) for name in ("surtitre", "soustitre") if line(row[name])),
    )


def news(row: Row, site: Site, place: Place) -> FormerText:
    """A piece of news (« brève »), with its link."""
    number = row["id_breve"]
    shortcuts = Shortcuts(f"b{number}-", site.language, site.show)
    body = [shortcuts.to_html(row["texte"]), _website(row["lien_titre"], row["lien_url"]), shortcuts.notes()]
    return FormerText(
        identifier=f"spip:breve{number}",
        place=place,
        title=site.title(row["titre"]),
        body="\n".join(filter(None, body)),
        published=day(row["date_heure"]),
        held_back=_held_back(row["statut"]),
        categories=site.categories(row["id_rubrique"]),
        addresses=site.addresses("breve", number),
    )


def reply(row: Row) -> FormerComment:
    """A message of a forum, without what is private of its author."""
    shortcuts = Shortcuts(f"f{row['id_forum']}-", "fr", lambda _number: [])
    body = shortcuts.to_html(row["texte"])
    title = line(row["titre"])
    parent = row["id_parent"]
    return FormerComment(
        identifier=f"spip:forum{row['id_forum']}",
        parent=f"spip:forum{parent}" if parent.strip("0") else "",
        author=line(row["auteur"]),
        website=row["url_site"],
        date=day(row["date_heure"]),
        body="\n".join(filter(None, (dom.html_of(dom.el("p", dom.el("strong", title))) if title else "", body, shortcuts.notes()))),
        is_public=row["statut"] == "publie",
    )


def _held_back(status: str) -> str:
    return _STATUS.get(status, f"d'état inconnu « {status} »")


def _standfirst(typed: str) -> str:
    """« =http://… » sent readers elsewhere: it becomes a link."""
    return f"[->{typed[1:].strip()}]" if typed.startswith("=") else typed


def _website(title: str, address: str) -> str:
    if not address.startswith(("http://", "https://")):
        return ""
    return dom.html_of(dom.el("p", dom.el("a", line(title) or address, href=address)))
