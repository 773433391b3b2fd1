"""Raw HTML in an author's text: each piece is parsed once, and what is refused is reported."""

from __future__ import annotations

import dataclasses
import html
import re
from html.parser import HTMLParser

from plancher.base import addresses
from plancher.markdown import safety

_ADDRESSES = frozenset({"action", "cite", "data", "formaction", "href", "poster", "src", "srcset", "xlink:href"})


@dataclasses.dataclass(slots=True)
class Inspection:
    """What a piece of raw HTML holds."""

    refused: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    """Code and message of each thing that is not permitted."""
    links: list[str] = dataclasses.field(default_factory=list)
    images: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    """Address and text."""
    image_tags: list[tuple[int, str, dict[str, str]]] = dataclasses.field(default_factory=list)
    """Where the tag of each image begins, the tag as typed, and its attributes."""
    texts: list[str] = dataclasses.field(default_factory=list)
    """What stands between its tags."""


def inspect(raw: str) -> Inspection:
    """Look at every tag, attribute and address of a piece of raw HTML."""
    inspector = _Inspector(raw)
    inspector.feed(raw)
    inspector.close()
    inspection = inspector.inspection
    if not inspection.refused and "<" in raw and (inspector.rawdata or _BROKEN_COMMENT.match(raw)):
        inspection.refused.append(("PDV050", f"HTML illisible « {raw.strip()[:40]} ». Refermez la balise, ou écrivez &lt; pour le signe."))
    return inspection


_BROKEN_COMMENT = re.compile(r"<!--(?:-?>|(?!.*-->\s*$))", re.DOTALL)


def closes_refused_tag(raw: str) -> bool:
    """Whether a piece only closes a tag that is refused."""
    closing = re.match(r"</\s*([a-zA-Z][\w-]*)", raw)
    return closing is not None and closing[1].lower() not in safety.AUTHOR_TAGS


def shown_as_text(raw: str) -> str:
    """A refused piece, as harmless text: nothing the author typed is lost."""
    return html.escape(raw, quote=False)


class _Inspector(HTMLParser):
    """Names every tag, attribute and address that is not allowed."""

    def __init__(self, raw: str) -> None:
        super().__init__(convert_charrefs=True)
        self._line_starts = [0, *(place + 1 for place, sign in enumerate(raw) if sign == "\n")]
        self.inspection = Inspection()

    def handle_data(self, data: str) -> None:
        self.inspection.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in safety.AUTHOR_TAGS:
            self.inspection.refused.append(("PDV050", f"balise <{tag}> interdite. Retirez-la, ou utilisez un bloc prévu pour cela."))
            return
        values = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in values:
            self.inspection.links.append(values["href"])
        elif tag == "img":
            self.inspection.images.append((values.get("src", ""), values.get("alt", "")))
            line, column = self.getpos()
            self.inspection.image_tags.append((self._line_starts[line - 1] + column, self.get_starttag_text() or "", values))
        for name, value in attrs:
            if name in safety.LOADED and any(addresses.is_elsewhere(part) for part in (value or "").split(",")):
                self.inspection.refused.append(("PDV054", f"« {(value or '')[:40]} » serait chargé chez un tiers. Gardez une copie dans content/."))
            elif name in _ADDRESSES and not addresses.is_safe(value or ""):
                self.inspection.refused.append(("PDV052", f"adresse dangereuse « {(value or '')[:40]} ». Donnez une adresse http ou https."))
            elif not safety.is_allowed(tag, name):
                self.inspection.refused.append(("PDV051", f"attribut « {name} » interdit sur <{tag}>. Retirez-le."))

    def handle_decl(self, decl: str) -> None:
        self.inspection.refused.append(("PDV050", f"déclaration <!{decl[:20]}> interdite. Retirez-la."))

    def handle_pi(self, data: str) -> None:
        self.inspection.refused.append(("PDV050", f"instruction <?{data[:20]}> interdite. Retirez-la."))

    def unknown_decl(self, data: str) -> None:
        self.inspection.refused.append(("PDV050", f"section <![{data[:20]}]> interdite. Retirez-la."))
