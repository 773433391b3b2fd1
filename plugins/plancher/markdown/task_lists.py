"""« - [ ] » and « - [x] »: a checkbox that is disabled, labelled with the words after it.

Feed readers drop form controls: a sign says the same there. The style sheet
hides the sign where the box is shown.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

_STATE = re.compile(r"\[(?P<state>[ xX])\]\s+(?=\S|$)")
_SIGNS = {" ": "☐", "x": "☑"}
_BLOCKS = frozenset({"ul", "ol", "p", "pre", "blockquote", "div", "dl", "table", "figure", "hr"})


def finish(root: Element) -> None:
    """Give each item that begins with a state its box."""
    for items in root.iter():
        if items.tag in {"ul", "ol"}:
            for item in items:
                holder = item if (item.text or "").strip() or not len(item) or item[0].tag != "p" else item[0]
                match = _STATE.match(holder.text.lstrip()) if holder.text and "[" in holder.text else None
                if match and item.tag == "li":
                    item.set("class", f"task {item.get('class', '')}".rstrip())
                    _box(holder, match)


def _box(holder: Element, match: re.Match[str]) -> None:
    """The label holds the box, its sign, and the words up to the first block."""
    state = match["state"].lower()
    children = list(holder)
    inside = next((place for place, child in enumerate(children) if child.tag in _BLOCKS), len(children))
    label = Element("label")
    box = SubElement(label, "input", {"type": "checkbox", "disabled": "disabled"})
    if state == "x":
        box.set("checked", "checked")
    sign = SubElement(label, "span", {"class": "task-sign"})
    sign.text, sign.tail = f"{_SIGNS[state]} ", (holder.text or "").lstrip()[match.end() :]
    for child in children[:inside]:
        holder.remove(child)
        label.append(child)
    holder.text = None
    holder.insert(0, label)
