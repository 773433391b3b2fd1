"""An answer as pages show it."""

from __future__ import annotations

import dataclasses
import datetime as dt

from plancher.base.french import NBSP
from plancher.site import testimonies
from plancher.site.testimonies import Testimony

IN_REGISTER = "Compte au registre des preuves, comme déclaré par son auteur."
_NOT_COUNTED = "Publié avec l’accord de son auteur ; ne compte pas au registre."
_LINKED = "Réponse publique, seulement liée."
NAMELESS = "Un lecteur"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnswer:
    """An answer as pages show it."""

    id: str
    anchor: str
    author: str
    """« Un lecteur » when there is no name."""
    website: str
    address: str
    date: dt.datetime | None
    paragraphs: tuple[str, ...]
    """None of a page that is only linked."""
    facts: str
    """« Avant : 4 heures ; après : 1 heure. »; empty: it gives none."""
    counted: str
    """How it was counted, in words."""
    report: str = ""
    """Where it is reported; empty: nowhere."""
    depth: int = 0
    """How many answers stand between it and the text, in a thread."""
    parent: str = ""
    """The anchor of the one that it answers; empty: it answers the text."""
    parent_author: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether it is a row of the register."""
        return self.counted == IN_REGISTER

    @property
    def is_former(self) -> bool:
        """Whether an import brought it home."""
        return not self.counted


def of(row: Testimony) -> ShownAnswer:
    """One answer, by itself: its page says where it is reported, and whom it answers."""
    is_link = row.kind == testimonies.LINK
    return ShownAnswer(
        id=row.id,
        anchor=row.anchor,
        author=row.author or NAMELESS,
        website=row.website,
        address=row.address,
        date=row.date,
        paragraphs=() if is_link else tuple(filter(None, (part.strip() for part in row.words.split("\n\n")))),
        facts=_facts(row),
        counted=_counted(row),
    )


def _facts(row: Testimony) -> str:
    told = f"{NBSP}; ".join(f"{name}{NBSP}: {value}" for name, value in (("avant", row.before), ("après", row.after)) if value)
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def _counted(row: Testimony) -> str:
    if row.kind in testimonies.FORMER:
        return ""
    return _LINKED if row.kind == testimonies.LINK else IN_REGISTER if row.is_counted else _NOT_COUNTED
