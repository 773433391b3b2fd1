"""What a document of Ghost's editors holds that could not come as it was: it is told once."""

from __future__ import annotations

from plancher.importing.blogs.model import Note, Place
from plancher.importing.blogs.readers.dom import Node
from plancher.importing.blogs.readers.ghost import cards


class Cards:
    """The cards of one text."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._messages: dict[str, None] = {}

    def nodes(self, name: str, fields: object) -> list[Node]:
        """What a card shows. One that is not known gives its words, and is named."""
        typed = fields if isinstance(fields, dict) else {}
        if name in cards.HIDDEN:
            self._messages[f"{cards.HIDDEN[name].capitalize()} n'est pas repris : il n'était pas dans le texte du billet."] = None
            return []
        made = cards.nodes(name, typed)
        if made is None:
            self._messages[f"La carte « {name} » de Ghost n'est pas connue : ses mots et ses adresses sont gardés, sa forme est perdue."] = None
            return cards.unknown(typed)
        return made

    @property
    def notes(self) -> tuple[Note, ...]:
        """What to tell."""
        return tuple(Note(place=self._place, message=message) for message in self._messages)
