"""Whether a text is published: its status, and whatever else says that its author holds it back."""

from __future__ import annotations

import datetime as dt
import re

from plancher.base import clock, dates
from plancher.base.french import did_you_mean, nearest
from plancher.text import draft_signs
from plancher.text.draft_signs import Hold
from plancher.text.header_fields import HeaderFields
from plancher.text.header_keys import normal

STATUSES = ("published", "draft", "hidden")
_STATUS_WORDS = (
    dict.fromkeys(draft_signs.PUBLISHED_WORDS, "published")
    | dict.fromkeys(draft_signs.DRAFT_WORDS, "draft")
    | dict.fromkeys(draft_signs.HIDDEN_WORDS, "hidden")
)
_HOW_TO_HOLD = "Pour le garder ainsi, écrivez « Status: draft » dans l'en-tête ; pour le publier, retirez ces mots."


def status_of(header: HeaderFields, date: dt.datetime | None) -> tuple[str, bool]:
    """The status, and whether it is a draft because its author says so."""
    field = header.fields.get("status")
    status = _STATUS_WORDS.get(normal(re.sub(r"\s#.*", "", field.value)), "") if field else "published"
    if field and not status:
        near = _STATUS_WORDS.get(nearest(field.value, _STATUS_WORDS) or "")
        advice = f"{did_you_mean(near or field.value, STATUSES)} En attendant, le texte est gardé hors du site."
        header.report(field.line, "PDV025", f"valeur inconnue « {field.value[:40]} » pour « {field.key} ». {advice}")
        return "draft", True  # a status nobody understands never publishes
    if status == "draft":
        return "draft", True
    if _is_held(header):
        return "draft", True
    first = max((moment for moment in (date, header.verdict.appears) if moment), default=None)
    if first and first > clock.now():
        line = header.fields["date"].line if "date" in header.fields else 1
        header.report(line, "PDV028", f"billet à venir : il paraîtra le {dates.day(first)}.")
        return "draft", False
    return status, False


def _is_held(header: HeaderFields) -> bool:
    """Whether something else than the status holds the text back; each reason is reported."""
    holds = list(header.verdict.holds)
    unread = draft_signs.says_draft(header.raw.unread)
    if unread and not holds:
        holds.append(Hold(_line_of_the_unread(header), unread[:60], is_sure=False))
    if draft_signs.by_title(header.text("title")):
        holds.append(Hold(header.fields["title"].line, header.text("title")[:60], is_sure=False))
    holds += [Hold(header.fields["tags"].line, tag, is_sure=False) for tag in header.parts("tags") if draft_signs.is_draft_tag(tag)]
    for hold in holds:
        code, why = ("PDV100", "brouillon") if hold.is_sure else ("PDV101", "sans doute un brouillon")
        header.report(hold.line, code, f"{why}, gardé hors du site : « {hold.shown} ». {_HOW_TO_HOLD}")
    name = draft_signs.by_name(header.rules.path)
    if name:
        header.report(1, "PDV100", f"brouillon, gardé hors du site : son nom ou son dossier le dit, « {name} ». Pour le publier, changez-le.")
    return bool(holds or name)


def _line_of_the_unread(header: HeaderFields) -> int:
    return next((problem.line for problem in header.raw.problems), 1)
