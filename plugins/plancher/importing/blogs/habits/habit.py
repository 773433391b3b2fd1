"""What a habit works on: the blocks of one text, and what it tells of them."""

from __future__ import annotations

import dataclasses

from plancher.base.french import clip
from plancher.importing.blogs.habits import languages
from plancher.importing.blogs.habits.chunks import Chunk
from plancher.importing.blogs.model import FormerText, Note

_SHOWN = 600
"""Characters of the former words in a note."""


@dataclasses.dataclass(slots=True)
class Settling:
    """One text that is being settled."""

    text: FormerText
    chunks: list[Chunk]
    title: str
    summary: str
    tags: list[str] = dataclasses.field(default_factory=list)
    """Those that were found in the text."""
    notes: list[Note] = dataclasses.field(default_factory=list)

    language: str = dataclasses.field(init=False)
    """As its blog says, else as its words do; empty: nobody knows."""

    def __post_init__(self) -> None:
        """Before anything is changed."""
        self.language = self.text.language or languages.of("\n".join([self.title, self.summary, *(chunk.text for chunk in self.chunks)]))

    @property
    def may_be_french(self) -> bool:
        """Whether nothing says that it is in another language."""
        return not self.language or languages.is_french(self.language)

    @property
    def is_french(self) -> bool:
        """Whether French customs hold in it for sure."""
        return languages.is_french(self.language)

    def say(self, rule: str, message: str, former: str) -> None:
        """Tell of a change, or ask something."""
        self.notes.append(Note(place=self.text.place, message=message, former=clip(former, _SHOWN), rule=rule))
