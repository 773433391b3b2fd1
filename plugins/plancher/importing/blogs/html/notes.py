"""Footnotes: a call that leads to a text, and a text that leads back to its call."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from plancher.importing.blogs.html import walk

CALL, NOTE = "note-call", "note-text"
"""Names of the elements that stand for a call and for its text."""
_BACK = re.compile(r"(?:[\s\ufe0e\ufe0f^\[\]()↩↑←⤴*]|retour(?: au texte| à l[’']appel)?|haut|back|jump up|return)*", re.IGNORECASE)
_FOOTNOTE = "footnote"
_NUMBER = re.compile(r"[\[(]?\s*(?:\d{1,3}|\*{1,3}|[a-z]|note \d+)\s*[\])]?", re.IGNORECASE)


def run(soup: BeautifulSoup) -> None:
    """Name the calls and the texts of footnotes; others stay links."""
    calls = [link for link in _inner_links(soup) if _is_call(link)]
    if not calls:
        return
    targets = {
        str(tag.get("id") or tag.get("name")): tag
        for tag in reversed(walk.every(soup, "li", "p", "div", "a", "span", "dd", "dt", "sup"))
        if tag.get("id") or tag.get("name")
    }
    texts: dict[int, tuple[int, Tag]] = {}
    for call in calls:
        text = _text_of(targets.get(str(call["href"])[1:]), call)
        if text is not None:
            number, _ = texts.setdefault(id(text), (len(texts) + 1, text))
            _make_call(soup, call, number)
    for number, text in texts.values():
        _make_text(soup, text, number)


def _inner_links(root: Tag) -> list[Tag]:
    return [link for link in walk.every(root, "a") if len(str(link.get("href", ""))) > 1 and str(link["href"]).startswith("#")]


def _is_call(link: Tag) -> bool:
    classes = set(link.get_attribute_list("class"))
    around = walk.around(link, "sup") or walk.first(link, "sup")
    return _NUMBER.fullmatch(link.get_text(strip=True)) is not None and bool(around or _FOOTNOTE in classes)


def _text_of(target: Tag | None, call: Tag) -> Tag | None:
    """The element that holds the words of a note: told by a list of notes, or by a link back."""
    if target is None:
        return None
    text = target if target.name in {"li", "p", "div", "dd"} else walk.around(target, "li", "p")
    if text is None or call in text.descendants:
        return None
    listed = any("footnote" in " ".join(tag.get_attribute_list("class")) for tag in text.parents if tag.name in {"ol", "ul", "div", "section", "aside"})
    back = {str(call.get("id", "")), *(str(tag.get("id", "")) for tag in call.parents if tag.name in {"sup", "span"}), str(call.get("name", ""))} - {""}
    leads_back = any(str(link.get("href", ""))[1:] in back for link in _inner_links(text))
    return text if listed or leads_back else None


def _make_call(soup: BeautifulSoup, call: Tag, number: int) -> None:
    outer = call
    while outer.parent is not None and outer.parent.name in {"sup", "span"} and outer.parent.get_text(strip=True) == call.get_text(strip=True):
        outer = outer.parent
    made = soup.new_tag(CALL)
    made["data-name"] = str(number)
    outer.replace_with(made)


def _make_text(soup: BeautifulSoup, text: Tag, number: int) -> None:
    """Move the words of a note to the end, without the way back and the number that other engines typed."""
    for link in _inner_links(text):
        if _BACK.fullmatch(link.get_text(strip=True)) or _NUMBER.fullmatch(link.get_text(strip=True)):
            around = link.parent
            link.extract()
            if around is not None and around is not text and not around.get_text(strip=True) and walk.first(around, "img", CALL) is None:
                around.extract()
    made = soup.new_tag(NOTE)
    made["data-name"] = str(number)
    holder = text.parent
    text.extract()
    if text.name == "p":
        made.append(text)
    else:
        for child in list(text.contents):
            made.append(child)
    soup.append(made)
    while holder is not None and holder is not soup and all(not isinstance(node, Tag) and not str(node).strip() for node in holder.contents):
        empty, holder = holder, holder.parent
        empty.extract()
