"""What a text says of its parts: the language of a passage, the places that its own links lead to."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from plancher.importing.blogs.html import walk
from plancher.importing.blogs.html.blocks import ANCHOR, BLOCKS, TIGHT

_HOLD_WORDS = frozenset({"p", TIGHT, "td", "th", "dt", "h1", "h2", "h3", "h4", "h5", "h6"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def anchors(soup: BeautifulSoup) -> None:
    """Keep the names of the places where links of this text lead, and no others: engines wrote one everywhere."""
    wanted = {str(link["href"])[1:] for link in walk.every(soup, "a") if str(link.get("href", "")).startswith("#")} - {""}
    if not wanted:
        return
    for tag in [node for node in soup.descendants if isinstance(node, Tag)]:
        name = str(tag.get("id") or (tag.get("name") if tag.name == "a" else "") or "")
        if name not in wanted:
            continue
        wanted.discard(name)
        heading = tag.next_sibling
        if tag.name == "a" and not tag.contents and isinstance(heading, Tag) and heading.name in _HEADINGS:
            heading[ANCHOR] = name
        elif tag.name in _HEADINGS or tag.name in {"a", "span"}:
            tag[ANCHOR] = name
        elif tag.name not in {"table", "ul", "ol", "dl", "img", "br", "hr", "tr"}:
            mark = soup.new_tag("span")
            mark[ANCHOR] = name
            tag.insert(0, mark)


def languages(soup: BeautifulSoup) -> None:
    """A language said of blocks is said of the words in them: Markdown has no sign for it on a block."""
    for tag in walk.every(soup, among=BLOCKS):
        lang = str(tag.get("lang") or "")
        if not lang or lang.lower().startswith("fr"):
            continue
        for holder in [tag, *walk.every(tag, among=_HOLD_WORDS)]:
            if holder.name in _HOLD_WORDS and walk.first(holder, among=_HOLD_WORDS) is None and not holder.has_attr("data-lang"):
                holder["data-lang"] = lang
                words = soup.new_tag("span", attrs={"lang": lang})
                for node in list(holder.contents):
                    words.append(node)
                holder.append(words)
