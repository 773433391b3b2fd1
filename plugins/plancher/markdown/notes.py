"""Footnotes on the tree: calls without a note, notes without a call, links that say where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

_CALL = re.compile(r"\[\^([^\]\s]+)\]")
_CALL_CLASS, _RETURN_CLASS = "footnote-ref", "footnote-backref"
_ID = "fn:"


def undefined(elements: Iterable[Element]) -> Iterator[str]:
    """Names of notes that are called and not written: Markdown has left the call as it was typed."""
    for element in elements:
        if element.tag not in {"code", "pre"}:
            text = "" if isinstance(element.text, AtomicString) else element.text or ""  # text that is not Markdown calls no note
            yield from _CALL.findall(f"{text} {' '.join(child.tail or '' for child in element)}")


def called(link: Element) -> str:
    """The name of the note that a link calls; empty for any other link."""
    return link.get("href", "").removeprefix(f"#{_ID}") if link.get("class") == _CALL_CLASS else ""


def number_call(call: Element, names: set[str]) -> None:
    """Mark the first call of each note with the number that is read there: on wide screens, the note stands beside it.

    :param call: any element.
    :param names: of notes that are called before it.
    """
    if call.tag == "sup" and len(call) and (name := called(call[0])) and name not in names:
        call.set("class", f"note-{call[0].text}")


def is_return(link: Element) -> bool:
    """Whether a link leads from a note back to its call."""
    return link.get("class") == _RETURN_CLASS


def name_return(link: Element) -> None:
    """Screen readers say where it leads."""
    link.set("aria-label", link.attrib.pop("title", "Retour au texte"))


def drop_returns(root: Element, called_notes: set[str]) -> None:
    """A note that nothing calls leads back nowhere."""
    notes = root[-1] if len(root) and root[-1].get("class") == "footnote" else None
    for item in notes.iter("li") if notes is not None else ():
        name = item.get("id", _ID)
        if name.startswith(_ID) and name.removeprefix(_ID) not in called_notes:
            for holder in item.iter():
                for link in [child for child in holder if is_return(child)]:
                    holder.remove(link)
