"""What the steps of one text share: its code set aside, its place, its notes, and where its references lead."""

from __future__ import annotations

import re
from collections.abc import Callable

from plancher.base.french import clip
from plancher.importing.blogs.model import Note, Place
from plancher.importing.blogs.readers.folders.masks import Masked

_LONGEST = 300
"""Characters of former words in a note."""
_MOST_NOTES = 200
"""Of one text."""


class Work:
    """One text on its way to our Markdown."""

    def __init__(self, body: str, place: Place, first_line: int, *, resolve: Callable[[str], str] | None = None, title: str = "") -> None:
        """:param resolve: gives the address of the text that a reference names, or nothing."""
        self._typed, self._place, self._first_line = body, place, first_line
        self.resolve: Callable[[str], str] = resolve or (lambda _name: "")
        self.title = title
        self.masked = Masked(body)
        self.text = self.masked.text
        self.notes: list[Note] = []
        self.tags: list[str] = []
        """Found in the text."""
        self.summary = ""
        """What stands before the mark of an excerpt."""
        for opening in self.masked.unclosed:
            self.note("un bloc de code n'était jamais refermé : il l'est à la fin du texte.", opening)

    def note(self, message: str, former: str = "", *, shows: bool = True) -> None:
        """Something that was changed.

        :param shows: whether its former words may be repeated.
        """
        if len(self.notes) >= _MOST_NOTES:
            return
        former = self.masked.restored(former)
        first = next((line.strip() for line in former.split("\n") if line.strip()), "")
        at = self._typed.find(first) if first else -1
        line = self._first_line + self._typed.count("\n", 0, at) if at >= 0 else 0
        self.notes.append(Note(place=Place(file=self._place.file, line=line), message=message, former=clip(former.strip(), _LONGEST) if shows else ""))

    def run(self, *steps: Callable[[Work], str]) -> Work:
        """Apply steps, one after the other."""
        for step in steps:
            self.text = step(self)
        return self

    def markdown(self) -> str:
        """The text with its code, without empty lines at its ends."""
        return self.masked.restored(re.sub(r"\n{3,}", "\n\n", self.text)).strip("\n").rstrip() + "\n"
