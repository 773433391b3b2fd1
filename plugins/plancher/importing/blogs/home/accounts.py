"""The counts of an import: what came, what was there, what is held back and what does not come add up to what the export holds."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from plancher.importing.blogs.home.plan import Fate, Plan
from plancher.importing.blogs.model import Kind

_UNCHANGED = (Fate.SAME, Fate.EDITED, Fate.DELETED)


COLUMNS = ("trouvés", "publiés", "brouillons", "inchangés", "laissés")


class Row(NamedTuple):
    """One kind of thing."""

    what: str
    found: int
    came: int
    """Published, or public, now."""
    held_back: int
    """They came too, as drafts."""
    unchanged: int
    """Here before, or edited or deleted here since."""
    left_out: int


@dataclasses.dataclass(slots=True)
class Accounts:
    """Counted while the import goes on."""

    texts: collections.Counter[tuple[Kind, str]] = dataclasses.field(default_factory=collections.Counter)
    """By kind and by « publié », « retenu », « inchangé » or « manqué »."""
    replies: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    files: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    failures: list[str] = dataclasses.field(default_factory=list)
    """What is to be mended, in French."""
    edited: list[str] = dataclasses.field(default_factory=list)
    lost: int = 0
    """Texts of which a word is in the result nowhere."""
    notes: int = 0

    def rows(self, plan: Plan) -> list[Row]:
        """The table."""
        rows = [self._texts(kind, many) for kind, many in ((Kind.POST, "billets"), (Kind.PAGE, "pages"))]
        replies, files = self.replies, self.files
        rows.append(Row("réponses de lecteurs", replies.total(), replies["venues"], 0, replies["inchangées"], replies["privées"] + replies["manquées"]))
        rows.append(Row("images et fichiers", files.total(), files["venus"], 0, files["inchangés"], files["absents"] + files["refusés"]))
        others = collections.Counter(left for left in plan.survey.left_out.elements())
        rows += [Row(f"{what} ({why})", count, 0, 0, 0, count) for (what, why), count in sorted(others.items())]
        return [row for row in rows if row.found]

    def _texts(self, kind: Kind, many: str) -> Row:
        counts = {state: count for (one, state), count in self.texts.items() if one is kind}
        states = [counts.get(state, 0) for state in ("publié", "retenu", "inchangé", "manqué")]
        return Row(many, sum(states), *states)


def foreseen(plan: Plan) -> Accounts:
    """The counts of an import that has not begun, as far as they are known."""
    accounts = Accounts()
    for text in plan.texts.values():
        state = "inchangé" if text.fate in _UNCHANGED else "retenu" if text.held_back else "publié"
        accounts.texts[text.surveyed.kind, state] += 1
    for identifier, replies in plan.survey.replies.items():
        fate = plan.replies[identifier][1] if identifier in plan.replies else Fate.NEW
        accounts.replies["venues" if fate.is_written else "inchangées"] += replies.public
        accounts.replies["privées"] += replies.private
    for file in plan.files.values():
        accounts.files["inchangés" if file.fate is Fate.SAME else "venus" if file.local else "absents"] += 1
    return accounts


def held_back(plan: Plan) -> Iterator[tuple[str, str]]:
    """The title of each text that will be a draft, and why."""
    for text in plan.texts.values():
        if text.held_back and text.fate.is_written:
            yield text.surveyed.title or text.surveyed.identifier, text.held_back


def untouched(plan: Plan, fates: Iterable[Fate] = (Fate.EDITED, Fate.DELETED)) -> Iterator[tuple[str, Fate]]:
    """The files that their author changed or deleted here."""
    wanted = set(fates)
    for text in plan.texts.values():
        if text.fate in wanted:
            yield text.path, text.fate
    for path, fate in plan.replies.values():
        if fate in wanted:
            yield path, fate
