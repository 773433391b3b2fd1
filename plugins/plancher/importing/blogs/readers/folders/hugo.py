"""Hugo: headers in YAML, TOML or JSON, bundles, sections, permalinks, shortcodes.

Sources: gohugo.io, « Front matter », « URL management », « Page bundles », « Shortcodes ».

Longer than most: all that Hugo alone knows of addresses and bundles stands together.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import ClassVar

from plancher.importing.blogs.model import FormerTerm, FormerText, Item, LeftOut
from plancher.importing.blogs.readers.folders import permalinks, trees
from plancher.importing.blogs.readers.folders.folder import Folder, TypedText
from plancher.importing.blogs.readers.folders.folder_reader import FolderReader
from plancher.importing.blogs.readers.folders.headers import Header
from plancher.importing.blogs.readers.folders.markup import admonitions, liquid, shortcodes
from plancher.importing.blogs.readers.folders.markup.work import Work
from plancher.importing.blogs.readers.folders.site import Site, looks, stem_of
from plancher.importing.blogs.source import Source, SourceError
from plancher.text.header_keys import normal

_SETTINGS = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json")
_DEFAULT = tuple(f"config/_default/{name}" for name in _SETTINGS)
_LANGUAGE = re.compile(r"\.(?P<lang>[a-z]{2}(?:-[a-zA-Z]{2,4})?)\.[a-z]+$")
_GO_DATES = {"2006": "year", "06": "short_year", "01": "month", "1": "i_month", "02": "day", "2": "i_day"}
_MONTHS = "January February March April May June July August September October November December".split()
_TAXONOMIES = {"tags": False, "tag": False, "categories": True, "category": True}


class _HugoSite(Site):
    key = "hugo"

    @functools.cached_property
    def content(self) -> str:
        """The folder of texts, with its slash; empty when the folder that was given is that one."""
        wanted = self.settings.text("contentDir").strip("/") or "content"
        return f"{wanted}/" if any(name.startswith(f"{wanted}/") for name in self.folder.names) else ""

    @functools.cached_property
    def cascades(self) -> dict[str, Header]:
        """What « _index.md » of a section says of all texts below it: the section, and a header of these fields."""
        found: dict[str, Header] = {}
        for name in self.folder.markdown(under=self.content):
            if stem_of_index(name) and "cascade" in self.folder.start(name).lower():
                try:
                    found[name.rpartition("/")[0]] = self.folder.typed(name).header
                except SourceError:
                    continue
        return found

    def names(self) -> Iterator[str]:
        """Every text; pages of a list are told from the others by « _index »."""
        for name in self.folder.names:
            if name.startswith(self.content) and (name in self._markdown or name.lower().endswith((".html", ".htm"))):
                if PurePosixPath(name).stem.lower() in {"readme", "license"} or ("/" not in name and not self.content and name.startswith(".")):
                    continue
                if name.lower().endswith((".html", ".htm")) and not self.folder.start(name).lstrip("\ufeff").startswith(("---", "+++", "{")):
                    continue
                yield name

    @functools.cached_property
    def _markdown(self) -> frozenset[str]:
        return frozenset(self.folder.markdown(under=self.content))

    def root_address(self) -> str:
        """« baseURL »."""
        return self.settings.text("baseURL").rstrip("/")

    def language(self) -> str:
        """« languageCode », else the first language."""
        return (self.settings.text("languageCode") or self.settings.text("defaultContentLanguage")).replace("_", "-")

    def feeds(self) -> tuple[tuple[str, str], ...]:
        """« index.xml » of the site."""
        return ((f"{self.base()}/index.xml", "rss"),)

    def _items(self, name: str) -> Iterator[Item]:
        """A list page describes its terms, or is a page when it says something."""
        if not stem_of_index(name):
            yield from self._not_in_a_bundle(name)
            return
        try:
            text = self.folder.typed(name, self.more_keys)
        except SourceError as error:
            yield LeftOut(what="texte", why=str(error), place=self.folder.place(name), name=name)
            return
        parts = name[len(self.content) :].split("/")
        if not text.body.strip() and not (len(parts) > 2 and parts[-3] in _TAXONOMIES):  # noqa: PLR2004 - taxonomy, term, file
            yield LeftOut(what="page de liste", why="elle ne dit rien : ici les listes se font d'elles-mêmes.", place=text.place, name=name)
        elif len(parts) > 2 and parts[-3] in _TAXONOMIES:  # noqa: PLR2004 - the same
            yield self._term(text, parts)
        else:
            yield self.former(text)

    def _not_in_a_bundle(self, name: str) -> Iterator[Item]:
        """Texts beside the « index.md » of a bundle are its resources."""
        folder = name.rpartition("/")[0]
        index = next((f"{folder}/index{ending}" for ending in (".md", ".markdown", ".fr.md", ".en.md") if self.folder.has(f"{folder}/index{ending}")), "")
        if index and not PurePosixPath(name).name.startswith("index."):
            yield LeftOut(what="ressource d'un billet", why="Hugo n'en faisait pas une page.", place=self.folder.place(name), name=name)
            return
        yield from super()._items(name)

    def _term(self, text: TypedText, parts: list[str]) -> FormerTerm:
        work = Work(text.body, text.place, text.first_line, resolve=lambda typed: self.resolve(typed, text.name))
        said = self.steps(work, text).markdown().strip() or text.header.text("summary")
        address = f"{self.base()}/{'/'.join(parts[:-1]).lower()}/"
        return FormerTerm(is_category=_TAXONOMIES[parts[-3]], name=text.header.text("title") or parts[-2], description=said, addresses=(address,))

    def is_page(self, text: TypedText, published: dt.datetime | None) -> bool:
        """Texts without a date, and those of lists."""
        return stem_of_index(text.name) or super().is_page(text, published)

    def held_back(self, text: TypedText) -> str:
        """Its header, that of a section above it, a bundle without an address of its own."""
        if text.header.typed("headless").lower() == "true":
            return "sans page à lui (« headless: true »)"
        if stem_of_index(text.name) and text.name[len(self.content) :].count("/") == 0:
            return "texte de la page d'accueil : à placer vous-même"
        return super().held_back(text) or self._by_cascade(text)

    def _by_cascade(self, text: TypedText) -> str:
        for folder, header in self.cascades.items():
            if not text.name.startswith(f"{folder}/"):
                continue
            said = trees.shown(header.tree.group("cascade") or header.tree.list("cascade"))
            for sign in ("draft: true", "headless: true", "render: never", "list: never", "private: true", "render: false", "list: false"):
                if sign in said.lower():
                    return f"brouillon, d'après sa section (« cascade: {sign} » de {folder}/)"
        return ""

    def visible_name(self, name: str) -> str:
        """Sections named « _x » are ordinary."""
        return super().visible_name(name[len(self.content) :])

    def slug(self, text: TypedText) -> str:
        """Its header, else its name."""
        return text.header.text("slug").strip("/").rpartition("/")[2] or permalinks.for_a_path(stem_of(text.name))

    def language_of(self, text: TypedText) -> str:
        """« x.fr.md », or the folder of a language."""
        typed = text.header.text("lang") or self._language_of_name(text.name)
        return "" if typed == self.settings.text("defaultContentLanguage") and typed == self.language()[:2] else typed.replace("_", "-")

    def _language_of_name(self, name: str) -> str:
        found = _LANGUAGE.search(name)
        languages = {key.lower() for key in self.settings.group("languages")}
        first = name[len(self.content) :].split("/", maxsplit=1)[0]
        if found and (not languages or found["lang"].lower() in languages):
            return found["lang"]
        return first if first in languages else ""

    def address(self, text: TypedText) -> str:
        """« url », else the permalinks of its section, else its path."""
        url = text.header.typed("url")
        lang = self._language_of_name(text.name)
        prefix = f"/{lang}" if lang and lang != (self.settings.text("defaultContentLanguage") or "en") else ""
        if url:
            return (
                permalinks.from_root(re.sub(r"^https?://[^/]+", "", url))
                if url.startswith("http")
                else f"{self.base()}{'' if url.startswith('/') else prefix}/{url.lstrip('/')}"
            )
        path = text.name[len(self.content) :]
        path = path.removeprefix(f"{lang}/") if lang and not _LANGUAGE.search(text.name) else path
        folders = [] if "/" not in path else path.rpartition("/")[0].split("/")
        is_bundle = PurePosixPath(path).stem.split(".")[0] == "index"
        pattern = self._pattern(folders[0] if folders else "")
        if stem_of_index(path):
            return f"{self.base()}{prefix}{permalinks.from_root('/'.join(map(permalinks.for_a_path, folders)) + '/')}"
        if pattern and not (is_bundle and len(folders) < 2):  # noqa: PLR2004 - a section of its own
            return f"{self.base()}{prefix}{permalinks.filled(pattern, self._values(text, folders[:-1] if is_bundle else folders))}"
        above = folders[:-1] if is_bundle else folders
        last = text.header.text("slug") or permalinks.for_a_path(stem_of(text.name))
        whole = permalinks.from_root("/".join([*map(permalinks.for_a_path, above), last]))
        return f"{self.base()}{prefix}{whole}{'.html' if self.settings.text('uglyURLs') == 'true' else '/'}".replace("//", "/")

    def _pattern(self, section: str) -> str:
        for path in (f"permalinks.page.{section}", f"permalinks.{section}"):
            if section and self.settings.text(path):
                return re.sub(r":(\d{2,4})", lambda typed: f":{_GO_DATES.get(typed[1], '')}", self.settings.text(path))
        return ""

    def _values(self, text: TypedText, folders: list[str]) -> dict[str, str]:
        moment = self.published(text)
        stem, slug = permalinks.for_a_path(stem_of(text.name)), text.header.text("slug")
        title = permalinks.for_a_path(text.header.text("title").replace("/", "-"))
        return {
            **permalinks.of_moment(moment),
            "monthname": _MONTHS[moment.month - 1].lower() if moment else "",
            "section": folders[0] if folders else "",
            "sections": "/".join(folders),
            "title": title,
            "slug": slug or title,
            "filename": stem,
            "contentbasename": stem,
            "slugorfilename": slug or stem,
            "slugorcontentbasename": slug or stem,
        }

    def other_addresses(self, text: TypedText) -> tuple[str, ...]:
        """« aliases »: those without a slash are beside the text."""
        above = self.address(text).rstrip("/").rpartition("/")[0].removeprefix(self.base())
        return tuple(alias if alias.startswith(("/", "http")) else f"{above}/{alias}" for alias in text.header.typed_items("aliases"))

    def feed_id(self, _text: TypedText, address: str, _published: dt.datetime | None) -> str:
        """Its address."""
        root = self.root_address().removesuffix(self.base())
        return root + address if root.startswith("http") and address.isascii() else ""

    def file_addresses(self, name: str) -> tuple[str, ...]:
        """« static/x » is found at « /x »; a file of a bundle, beside its text."""
        for folder in ("static/", "assets/"):
            if name.startswith(folder):
                return (f"{self.base()}/{name[len(folder) :]}",)
        above = name.rpartition("/")[0]
        bundle = next((f"{above}/index{ending}" for ending in (".md", ".fr.md", ".en.md", ".markdown") if self.folder.has(f"{above}/index{ending}")), "")
        if bundle:
            try:
                return (f"{self.address(self.folder.typed(bundle, self.more_keys))}{PurePosixPath(name).name}",)
            except SourceError:
                pass
        return (f"{self.base()}/{name.removeprefix(self.content)}",)

    def authors(self, text: TypedText) -> tuple[str, ...]:
        """Of its header; « params » may name them too."""
        return super().authors(text) or text.header.within("params", "author")

    def steps(self, work: Work, _text: TypedText) -> Work:
        """Shortcodes, then lists of attributes."""
        return work.run(shortcodes.hugo, admonitions.without_attributes, liquid.without_attributes)

    def former(self, text: TypedText) -> FormerText:
        """As all others."""
        return super().former(text)


def stem_of_index(name: str) -> bool:
    """Whether a text is that of a list."""
    return PurePosixPath(name).name.split(".")[0] == "_index"


class HugoReader(FolderReader):
    """Hugo."""

    name = "Hugo"
    settings_files: ClassVar[tuple[str, ...]] = (*_SETTINGS, *_DEFAULT)

    def is_sure(self, folder: Folder) -> bool:
        """« config.toml » is also Zola's, and others'."""
        if any(folder.has(name) for name in (*_SETTINGS[:4], *_DEFAULT)):
            return True
        settings = folder.settings(*_SETTINGS)
        return "baseurl" in {key.lower() for key in settings.tree if key != "base_url"} and any(name.startswith("content/") for name in folder.names)

    def looks_right(self, folder: Folder) -> bool:
        """Lists, headers of TOML, shortcodes."""
        if any(stem_of_index(name) for name in folder.markdown()):
            return True
        shape = looks(folder, r"\A\ufeff?(?:\+\+\+|\{\s*\")|\{\{[<%]\s*/?\w")
        return shape.count * 3 > shape.of

    def site(self, source: Source, root: str) -> Site:
        """The folder, and its settings; a configuration split in files is read too."""
        root = re.sub(r"config/_default/$", "", root)
        folder = Folder(source, root)
        parts = [name for name in folder.names if name.startswith("config/_default/") and name.endswith((".toml", ".yaml", ".yml", ".json"))]
        named = {
            PurePosixPath(name).stem: folder.settings(name).tree for name in parts if normal(PurePosixPath(name).stem) in {"permalinks", "languages", "params"}
        }
        return _HugoSite(folder, trees.merged([folder.settings(*_SETTINGS, *_DEFAULT), trees.Settings(dict(named))]))
