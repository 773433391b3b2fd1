"""Jekyll: dated names in ``_posts``, Liquid, kramdown, addresses from ``permalink``.

Sources: jekyllrb.com/docs, « Posts », « Permalinks », « Front matter », « Tags filters ».
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import urllib.parse
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import ClassVar

from plancher.base.slugs import date_in_name, without_date
from plancher.importing.blogs.model import FormerText, Markup
from plancher.importing.blogs.readers.folders import permalinks
from plancher.importing.blogs.readers.folders.folder import MARKDOWN, Folder, TypedText
from plancher.importing.blogs.readers.folders.folder_reader import FolderReader
from plancher.importing.blogs.readers.folders.markup import liquid
from plancher.importing.blogs.readers.folders.markup.work import Work
from plancher.importing.blogs.readers.folders.site import Site, looks
from plancher.importing.blogs.source import Source, SourceError

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TEXTS = (*MARKDOWN, ".html", ".htm")
_NO_TEXT = frozenset({"readme", "license", "licence", "changelog", "contributing", "code_of_conduct", "gemfile", "404"})


class _JekyllSite(Site):
    key = "jekyll"
    tags_by_spaces = True

    def names(self) -> Iterator[str]:
        """Posts, drafts, texts of collections, and pages, which all have a header."""
        for name in self.folder.names:
            if not name.lower().endswith(_TEXTS) or re.search(r"(?:^|/)(?:_site|_layouts|_includes|_sass|_data|_plugins|node_modules|vendor|\.[^/]*)/", name):
                continue
            if PurePosixPath(name).stem.lower() in _NO_TEXT:
                continue
            if _is_post(name) or (not name.lower().endswith((".html", ".htm")) and self._is_page(name)):
                yield name

    def _is_page(self, name: str) -> bool:
        hidden = [part for part in name.split("/")[:-1] if part.startswith("_")]
        if name.rpartition("/")[2].startswith(("_", "#")) or any(part.lstrip("_") not in self._collections() for part in hidden):
            return False
        return self.folder.start(name).lstrip("\ufeff").startswith("---")

    def _collections(self) -> frozenset[str]:
        return frozenset(self.settings.group("collections")) | frozenset(self.settings.items("collections"))

    def base(self) -> str:
        """« baseurl »: the folder on the host."""
        return "/" + self.settings.text("baseurl").strip("/") if self.settings.text("baseurl").strip("/") else ""

    def root_address(self) -> str:
        """« url » and « baseurl »."""
        url = self.settings.text("url").rstrip("/")
        return url + self.base() if url else ""

    def feeds(self) -> tuple[tuple[str, str], ...]:
        """That of jekyll-feed."""
        return ((f"{self.base()}/{self.settings.text('feed.path') or 'feed.xml'}", "atom"),)

    def left_out(self, name: str) -> str:
        """A post without a header is no post."""
        if _is_post(name) and not self.folder.start(name).lstrip("\ufeff").startswith("---"):
            return "sans en-tête : Jekyll ne le publiait pas."
        if "/_drafts/" not in f"/{name}" and _is_post(name) and date_in_name(name) is None:
            return "sans date dans son nom : Jekyll ne le publiait pas."
        return ""

    def held_back(self, text: TypedText) -> str:
        """« _drafts », and what its header says."""
        if "/_drafts/" in f"/{text.name}":
            return "brouillon (dossier « _drafts »)"
        return super().held_back(text)

    def is_page(self, text: TypedText, published: dt.datetime | None) -> bool:
        """Whatever does not stand among posts."""
        return not _is_post(text.name) and (published is None or text.header.text("date") == "")

    def categories(self, text: TypedText) -> tuple[str, ...]:
        """Folders above « _posts », then those of its header."""
        folders = re.split(r"(?:^|/)_(?:posts|drafts)/", text.name)[0] if _is_post(text.name) else ""
        above = [] if folders == text.name else [part for part in folders.split("/") if part and not part.startswith("_")]
        return tuple(dict.fromkeys((*above, *text.header.all_items("category", by_spaces=True))))

    def address(self, text: TypedText) -> str:
        """From « permalink » of its header, else of the settings, else Jekyll's own."""
        typed = text.header.typed("permalink")
        is_post = _is_post(text.name)
        style = self.settings.text("permalink") or "date"
        pattern = typed or (_STYLES.get(style, style) if is_post else "")
        pattern = _STYLES.get(pattern, pattern)
        if not pattern:
            return self.base() + self._page_address(text.name, is_pretty=style == "pretty" or (style not in _STYLES and style.endswith("/")))
        address = permalinks.filled(pattern, self._values(text))
        if not typed and not address.endswith(("/", ".html")):
            address = address.rstrip("/")
        return self.base() + permalinks.directory(address)

    def _values(self, text: TypedText) -> dict[str, str]:
        moment = self.published(text)
        stem = without_date(PurePosixPath(text.name).stem)
        slug = text.header.text("slug")
        categories = "/".join(permalinks.with_letters(name) for name in self.categories(text))
        return {
            **permalinks.of_moment(moment),
            "short_day": _SHORT_DAYS[moment.weekday()] if moment else "",
            "title": permalinks.with_letters(slug) if slug else re.sub(r"[^\w.~!$&'()+,;=@-]+", "-", stem, flags=re.ASCII if stem.isascii() else 0).strip("-"),
            "slug": permalinks.with_letters(slug or stem),
            "name": stem,
            "categories": categories,
            "slugified_categories": categories,
            "output_ext": ".html",
            "basename": stem,
            "path": str(PurePosixPath(text.name).with_suffix("")),
            "collection": next((part[1:] for part in text.name.split("/") if part.startswith("_")), ""),
        }

    @staticmethod
    def _page_address(name: str, *, is_pretty: bool) -> str:
        path = re.sub(r"(?:^|(?<=/))_", "", str(PurePosixPath(name).with_suffix("")))
        return permalinks.directory(f"/{path}.html") if not is_pretty or path.endswith("index") else f"/{path}/"

    def feed_id(self, text: TypedText, address: str, _published: dt.datetime | None) -> str:
        """That of jekyll-feed: the address without its ending."""
        root = self.root_address().removesuffix(self.base())
        return root + urllib.parse.quote(re.sub(r"\.html$|(?<=.)/$", "", address), safe="/%:") if root and _is_post(text.name) else ""

    def author(self, typed: str) -> str:
        """Its name in « _data/authors.yml »."""
        people = self.folder.settings("_data/authors.yml", "_data/authors.yaml", "_data/authors.json", "_data/members.yml")
        return people.text(f"{typed}.name", f"{typed}.display_name") or typed

    def file_addresses(self, name: str) -> tuple[str, ...]:
        """Files stand where they lie."""
        return (self.base() + "/" + name, "/" + name)

    def steps(self, work: Work, text: TypedText) -> Work:
        """Liquid, then kramdown's lists of attributes."""
        return work.run(self._liquid(text), liquid.without_attributes)

    def _liquid(self, text: TypedText) -> liquid.Liquid:
        def value(name: str) -> str:
            group, _, key = name.partition(".")
            if group == "site":
                return self.settings.text(key)
            return {"title": text.header.text("title"), "url": self.address(text)}.get(key, text.header.typed(key.lower())) if group == "page" else ""

        return liquid.Liquid(self.root_address().removesuffix(self.base()), self.base(), value)

    def resolve(self, typed: str, name: str) -> str:
        """« post_url » names a post by its day and its words."""
        return super().resolve(re.sub(r"^/?_posts/", "", typed) if "_posts/" not in name else typed, name) or super().resolve(typed, name)

    def former(self, text: TypedText) -> FormerText:
        """Posts in HTML stay in HTML."""
        former = super().former(text)
        if not text.name.lower().endswith((".html", ".htm")):
            return former
        work = Work(text.body, text.place, text.first_line, resolve=lambda typed: self.resolve(typed, text.name))
        return dataclasses.replace(former, body=work.run(self._liquid(text)).markdown(), markup=Markup.HTML, notes=tuple(work.notes))


class JekyllReader(FolderReader):
    """Jekyll."""

    name = "Jekyll"
    settings_files: ClassVar[tuple[str, ...]] = ("_config.yml", "_config.yaml", "_config.toml", "_posts/", "_drafts/")

    def looks_right(self, folder: Folder) -> bool:
        """Dated names, and a header of YAML under each."""
        names = [name for name in folder.markdown() if date_in_name(name)]
        dated = len(names) * 2 > sum(1 for _name in folder.markdown())
        shape = looks(folder, r"\A\ufeff?---[ \t]*\n(?:.*\n)*?layout:")
        return dated and bool(names) and shape.count * 2 > shape.of

    def site(self, source: Source, root: str) -> Site:
        """The folder, and its settings."""
        folder = Folder(source, root)
        try:
            settings = folder.settings("_config.yml", "_config.yaml", "_config.toml")
        except SourceError:
            settings = Folder(source, root).settings()
        return _JekyllSite(folder, settings)


def _is_post(name: str) -> bool:
    return re.search(r"(?:^|/)_(?:posts|drafts)/", name) is not None or ("/" not in name and date_in_name(name) is not None)
