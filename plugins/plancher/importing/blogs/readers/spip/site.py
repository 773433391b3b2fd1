"""What a dump of SPIP says of the whole site: sections, words, authors, documents, addresses."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from plancher.importing.blogs.model import FormerBlog, FormerTerm
from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.spip.database import Database
from plancher.importing.blogs.readers.spip.shortcuts import chosen
from plancher.importing.blogs.readers.words import line

_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg")
_DEEP = 20


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A picture or a file."""

    file: str
    title: str
    description: str

    @property
    def is_elsewhere(self) -> bool:
        """Whether it lies on another site."""
        return self.file.startswith(("http://", "https://"))


class Site:
    """The small tables."""

    def __init__(self, database: Database) -> None:
        self.settings = {row["nom"]: row["valeur"] for row in database.rows("meta")}
        self.language = self.settings.get("langue_site", "") or "fr"
        self._sections = {row["id_rubrique"]: (self.title(row["titre"]), row["id_parent"], row["descriptif"]) for row in database.rows("rubriques")}
        self._words = {row["id_mot"]: (self.title(row["titre"]), row["descriptif"]) for row in database.rows("mots")}
        self._authors = {row["id_auteur"]: line(row["nom"]) for row in database.rows("auteurs")}
        self._of_words = _linked(database, ("mots_liens", "mots_articles"), "id_mot")
        self._of_authors = _linked(database, ("auteurs_liens", "auteurs_articles"), "id_auteur")
        self.documents = {
            row["id_document"]: Document(file=row["fichier"].removeprefix("IMG/"), title=self.title(row["titre"]), description=line(row["descriptif"]))
            for row in database.rows("documents")
        }
        self._urls: dict[tuple[str, str], list[str]] = {}
        for row in database.rows("urls"):
            self._urls.setdefault((row["type"], row["id_objet"]), []).append("/" + row["url"].lstrip("/"))

    def title(self, typed: str) -> str:
        """A title without the number that orders it (« 10. Titre »), in the language of the site."""
        words = chosen(typed, self.language)
        number, dot, rest = words.partition(". ")
        return line(rest if dot and number.strip().isdecimal() else words)

    def former(self) -> FormerBlog:
        """The site itself."""
        settings = self.settings
        return FormerBlog(
            name=line(settings.get("nom_site", "")),
            motto=line(settings.get("slogan_site", "")),
            address=settings.get("adresse_site", ""),
            language=self.language,
            feeds=(("/spip.php?page=backend", "rss"), ("/backend.php3", "rss")),
        )

    def terms(self) -> Iterator[FormerTerm]:
        """Its sections and words."""
        for number, (name, _, description) in self._sections.items():
            yield FormerTerm(is_category=True, name=name, description=line(description), addresses=self.addresses("rubrique", number))
        for number, (name, description) in self._words.items():
            yield FormerTerm(is_category=False, name=name, description=line(description), addresses=self.addresses("mot", number))

    def addresses(self, kind: str, number: str) -> tuple[str, ...]:
        """Where an object was found, whatever the version."""
        return (f"/spip.php?{kind}{number}", f"/{kind}{number}.html", f"/{kind}.php3?id_{kind}={number}", *self._urls.get((kind, number), ()))

    def categories(self, section: str) -> tuple[str, ...]:
        """The name of a section and of those above it."""
        names: list[str] = []
        while section in self._sections and len(names) < _DEEP:
            name, section, _ = self._sections[section]
            names.append(name)
        return tuple(dict.fromkeys(filter(None, names)))

    def tags(self, article: str) -> tuple[str, ...]:
        """The words of an article."""
        return tuple(dict.fromkeys(self._words[number][0] for number in self._of_words.get(article, ()) if number in self._words))

    def authors(self, article: str) -> tuple[str, ...]:
        """Its authors."""
        return tuple(dict.fromkeys(filter(None, (self._authors.get(number, "") for number in self._of_authors.get(article, ())))))

    def show(self, number: str) -> list[dom.Node]:
        """What the document of a number shows in a text."""
        document = self.documents.get(number)
        if document is None:
            return []
        address = document.file if document.is_elsewhere else f"/IMG/{document.file}"
        if document.file.lower().endswith(_PICTURES):
            caption = dom.html_of(" — ".join(filter(None, (document.title, document.description))))
            return [dom.figure(address, document.title, caption)]
        return [dom.el("a", document.title or document.file.rpartition("/")[2], href=address)]


def _linked(database: Database, tables: tuple[str, ...], key: str) -> dict[str, list[str]]:
    links: dict[str, list[str]] = {}
    for table in tables:
        for row in database.rows(table):
            links.setdefault(row["id_objet"], []).append(row[key])
    return links
