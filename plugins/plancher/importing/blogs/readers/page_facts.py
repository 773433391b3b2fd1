"""What a page says of its post: JSON-LD first, then microformats and microdata, then ``meta``, then what it shows."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping

from bs4 import Tag

from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.words import day, line

_POSTS = frozenset({"article", "blogposting", "newsarticle", "socialmediaposting", "techarticle"})
_TITLES = ".h-entry .p-name, [itemprop='headline'], h1.entry-title, h2.entry-title, .entry-title, .post-title, h3.storytitle, .blogbody h3, .blogbody h2"
_DATES = ".h-entry .dt-published, [itemprop='datePublished'], [itemprop='dateCreated'], time[pubdate], abbr.published, article time[datetime], time[datetime]"
_SHOWN_DATES = ".dateheader, .date-header, .entry-date, .post-date, .post-info, .postmetadata, .date, .dateheading, .datebox, h2.date, .posted"
_DAY = re.compile(r"(?:\d{1,2}(?:er)?\s+[^\W\d]{3,9}\.?\s+\d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d)(?:\s*(?:à|,|-)?\s*\d{1,2}[:h]\d{2})?")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S{1,2000})\s*-->")


class Facts:
    """The facts of one page; they are read before its article is taken out of it."""

    def __init__(self, soup: Tag, html: str) -> None:
        self._meta = _metas(soup)
        self._data = next(_json_ld(soup), {})
        self._soup = soup
        saved = _SAVED_FROM.search(html[:10_000])
        link = dom.value(dom.first(soup, "link[rel~='canonical']"), "href")
        self.address = next(
            (address for address in (link, self._meta.get("og:url", ""), saved[1] if saved else "") if address.startswith(("http://", "https://"))), ""
        )
        self.title = self._title()
        self.authors = self._authors()
        self.tags = self._words("keywords", "article:tag", "a[rel~='tag']")
        self.categories = self._words("articleSection", "article:section", "a[rel~='category'], a[title='Autres messages dans cette catégorie']")
        self.summary = line(str(self._data.get("description") or "") or self._meta.get("og:description", ""))
        self.language = dom.value(dom.first(soup, "html"), "lang")
        self.picture = self._meta.get("og:image", "")

    @property
    def is_one_post(self) -> bool:
        """Whether the page says that it is about one post."""
        return bool(self._data) or self._meta.get("og:type") in {"article", "blog.post"} or "article:published_time" in self._meta

    def _title(self) -> str:
        site = self._meta.get("og:site_name", "")
        whole = dom.text_of(dom.first(self._soup, "title"))
        first, article, other = (dom.text_of(dom.first(self._soup, selector)) for selector in (_TITLES, "article h1, article h2", "h1"))
        headings = (dom.text_of(heading) for heading in self._soup.select("h1, h2, h3, h4")[:50])
        named_too = max((heading for heading in headings if heading and heading in whole), key=len, default="")
        named = (str(self._data.get("headline") or ""), self._meta.get("og:title", ""), first, article, named_too, other, whole)
        title = line(next((words for words in named if words.strip()), ""))
        return re.sub(rf"\s*[-–—|:•·]\s*{re.escape(site)}$", "", title) if site and title != site else title

    def _authors(self) -> tuple[str, ...]:
        typed = self._data.get("author")
        names = [line(str(one.get("name") or "") if isinstance(one, dict) else str(one)) for one in (typed if isinstance(typed, list) else [typed]) if one]
        shown = dom.text_of(dom.first(self._soup, ".h-entry .p-author, [itemprop='author'], .articlecreator, a[rel~='author'], .vcard .fn"))
        return tuple(dict.fromkeys(filter(None, names))) or tuple(filter(None, [self._meta.get("author", "") or shown]))

    def _words(self, data: str, meta: str, selector: str) -> tuple[str, ...]:
        typed = self._data.get(data)
        values = typed if isinstance(typed, list) else str(typed or "").split(",")
        values = [str(value) for value in values] + self._meta.get(meta, "").split("\n") + [dom.text_of(element) for element in self._soup.select(selector)]
        return tuple(dict.fromkeys(filter(None, map(line, values))))

    def date(self, soup: Tag) -> dt.datetime | None:
        """When it was published."""
        named = [str(self._data.get("datePublished") or ""), self._meta.get("article:published_time", ""), self._meta.get("dc.date", "")]
        for element in soup.select(_DATES)[:5]:
            named += [dom.value(element, "datetime"), dom.value(element, "content"), dom.value(element, "title"), dom.text_of(element)]
        for element in soup.select(_SHOWN_DATES)[:5]:
            named += [match[0].replace("h", ":") if re.search(r"\dh\d", match[0]) else match[0] for match in _DAY.finditer(dom.text_of(element)[:300])]
        moment = next(filter(None, map(day, named)), None)
        found = _IN_ADDRESS.search(self.address)
        return moment or (day("-".join(found.groups())) if found else None)


def _metas(soup: Tag) -> dict[str, str]:
    """Each ``meta`` by its name; those that come several times, a line each."""
    metas: dict[str, str] = {}
    for element in soup.find_all("meta", limit=500):
        name, content = (dom.value(element, "property") or dom.value(element, "name")).lower(), dom.value(element, "content")
        if name and content:
            metas[name] = f"{metas[name]}\n{content}" if name in metas and name == "article:tag" else metas.get(name, content)
    return metas


def _json_ld(soup: Tag) -> Iterator[Mapping[str, object]]:
    """What describes a post in the JSON-LD of the page."""
    for script in soup.find_all("script", type="application/ld+json", limit=20):
        try:
            waiting = [json.loads(script.string or "{}", strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting += value[:100]
            elif isinstance(value, dict):
                kinds = value.get("@type")
                if any(str(kind).lower() in _POSTS for kind in (kinds if isinstance(kinds, list) else [kinds])):
                    yield value
                waiting += [value[key] for key in ("@graph", "mainEntity") if key in value]
