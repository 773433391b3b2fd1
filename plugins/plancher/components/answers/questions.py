"""What a reader is asked, once for the mail and for the form: each thing apart, and no answer given beforehand."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from plancher.base.french import NBSP

ANSWER, BEFORE, AFTER, NAME, PUBLISH, COUNT, AGE, OTHERS = "answer", "before", "after", "name", "publish", "count", "age", "others"


@dataclasses.dataclass(frozen=True, slots=True)
class TextField:
    """Something to write."""

    name: str
    label: str
    """In the form."""
    in_mail: str
    """The line of the mail below which it is answered: mails that were begun bear it, so that other words need both for a time."""
    longest: int
    """In letters, as browsers count them."""
    rows: int = 0
    """0: one line."""
    is_required: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Box:
    """Something to agree to."""

    name: str
    label: str
    in_mail: str
    is_required: bool = False


QUESTIONS: Sequence[TextField | Box] = (
    TextField(ANSWER, "Ma réponse, en une phrase", "Ma réponse, en une phrase :", 3000, rows=4, is_required=True),
    TextField(BEFORE, "Avant, en chiffre ou en mots (facultatif)", "Avant, en chiffre ou en mots (facultatif) :", 120),
    TextField(AFTER, "Après, de même (facultatif)", "Après, de même (facultatif) :", 120),
    Box(PUBLISH, "Ma réponse peut être publiée.", "Peut-elle être publiée ? (oui ou non)"),
    TextField(NAME, f"Nom à montrer (vide{NBSP}: sans nom)", "Sous quel nom ? (vide : sans nom)", 120),
    Box(
        COUNT,
        "Elle peut compter au registre des preuves, sous la licence du blog.",
        "Peut-elle compter au registre des preuves, sous la licence du blog ? (oui ou non)",
    ),
    Box(AGE, "J’ai 15 ans ou plus, ou l’accord de mes parents.", "J'ai 15 ans ou plus, ou l'accord de mes parents (oui ou non) :", is_required=True),
)
"""In the order of the mail; the form asks for the texts first."""
CAUTION = Box(OTHERS, "Elle ne dit rien de personnel sur d’autres que moi.", "N'écrivez rien de personnel sur d'autres que vous.", is_required=True)
"""A box of the form; the last words of the mail, which answer nothing."""
TEXTS = tuple(question for question in QUESTIONS if isinstance(question, TextField))
BOXES = (*(question for question in QUESTIONS if isinstance(question, Box)), CAUTION)
