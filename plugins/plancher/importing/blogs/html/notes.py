"""Footnotes: a call that leads to a text, and a text that leads back to its call."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

CALL, NOTE = "note-call", "note-text"
"""Names of the elements that stand for a call and for its text."""
_BACK = re.compile(r"(?:[\s\ufe0e\ufe0f^\[\]()↩↑←⤴*]|retour(?: au texte| à l[’']appel)?|haut|back|jump up|return)*", re.IGNORECASE)
_FOOTNOTE = "footnote"
_NUMBER = re.compile(r"[\[(]?\s*(?:\d{1,3}|\*{1,3}|[a-z]|note \d+)\s*[\])]?", re.IGNORECASE)


def run(soup: BeautifulSoup) -> None:
    """Name the calls and the texts of footnotes; others stay links."""
    calls = [link for link in soup.find_all("a", href=re.compile(r"^#.")) if _is_call(link)]
    if not calls:
        return
    targets = {
        str(tag.get("id") or tag.get("name")): tag
        for tag in reversed(soup.find_all(["li", "p", "div", "a", "span", "dd", "dt", "sup"]))
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


def is_machinery(node: Tag) -> bool:
    """Whether an element is only the number that calls a note, or the way back from it: no words of an author."""
    if node.name != "a" or not str(node.get("href", "")).startswith("#"):
        return False
    words = node.get_text(strip=True)
    return _BACK.fullmatch(words) is not None or _NUMBER.fullmatch(words) is not None


def _is_call(link: Tag) -> bool:
    classes = set(link.get_attribute_list("class"))
    around = link.find_parent("sup") or link.find("sup")
    return _NUMBER.fullmatch(link.get_text(strip=True)) is not None and bool(around or _FOOTNOTE in classes)


def _text_of(target: Tag | None, call: Tag) -> Tag | None:
    """The element that holds the words of a note: told by a list of notes, or by a link back."""
    if target is None:
        return None
    text = target if target.name in {"li", "p", "div", "dd"} else target.find_parent(["li", "p"])
    if text is None or call in text.descendants:
        return None
    listed = text.find_parent(class_=re.compile(r"footnote")) is not None
    back = {str(call.get("id", "")), *(str(tag.get("id", "")) for tag in call.parents if tag.name in {"sup", "span"}), str(call.get("name", ""))} - {""}
    leads_back = any(str(link.get("href", ""))[1:] in back for link in text.find_all("a", href=re.compile("^#")))
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
    for link in text.find_all("a", href=re.compile("^#")):
        if _BACK.fullmatch(link.get_text(strip=True)) or _NUMBER.fullmatch(link.get_text(strip=True)):
            around = link.parent
            link.extract()
            if around is not None and around is not text and not around.get_text(strip=True) and around.find(["img", CALL]) is None:
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
    while holder is not None and holder is not soup and not holder.get_text(strip=True) and holder.find() is None:
        empty, holder = holder, holder.parent
        empty.extract()
