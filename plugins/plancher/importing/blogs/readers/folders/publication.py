"""Why a text must not be published, in words: any doubt holds it back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from plancher.base import clock, dates
from plancher.base.french import clip
from plancher.importing.blogs.readers.folders.headers import Header
from plancher.text import draft_signs
from plancher.text.draft_signs import Hold, Verdict
from plancher.text.header_keys import EXPIRES, normal

_SHOWN = 60


def reason(header: Header, name: str, body: str, zone: dt.tzinfo) -> str:
    """Why its author holds a text back, in French; empty when readers saw it.

    :param name: its path, without the folders that its generator itself hides.
    """
    verdict = draft_signs.judge(header.fields, clock.now, zone)
    ways = (
        _by_status(header.text("status")),
        *(_shown(hold) for hold in verdict.holds),
        _by_moment(verdict),
        _by_name(name),
        _by_words(header, body),
    )
    return next(filter(None, ways), "")


def first_moment(header: Header, zone: dt.tzinfo) -> dt.datetime | None:
    """When a text may be seen first, where another key than its date says so."""
    return draft_signs.judge(header.fields, clock.now, zone).appears


def _by_status(status: str) -> str:
    word = normal(re.sub(r"\s#.*", "", status))
    if not word or word in draft_signs.PUBLISHED_WORDS or word == "featured":
        return ""
    if word in draft_signs.HIDDEN_WORDS:
        return f"publié, mais caché de toutes les listes (« {status} »)"
    if word in {"private", "prive", "privee"}:
        return f"privé (« {status} »)"
    if word in draft_signs.DRAFT_WORDS:
        return f"brouillon (« {status} »)"
    return f"état inconnu, dans le doute (« {clip(status, _SHOWN)} »)"


def _shown(hold: Hold) -> str:
    key, _, value = hold.shown.partition(":")
    word = normal(key)
    if word in EXPIRES:
        return f"expiré (« {hold.shown} »)"
    if word in {"password", "mot_de_passe", "protected", "protege", "encrypt", "encrypted"}:
        return "protégé par un mot de passe"  # which is not repeated
    if "draft" in word or "brouillon" in word or normal(value) in draft_signs.DRAFT_WORDS:
        return f"brouillon (« {hold.shown} »)"
    if not hold.is_sure:
        return f"peut-être pas pour tous, dans le doute (« {hold.shown} »)"
    return f"non publié par son auteur (« {hold.shown} »)"


def _by_moment(verdict: Verdict) -> str:
    if verdict.appears and verdict.appears > clock.now():
        return f"à paraître le {dates.day(verdict.appears)}"
    return ""


def _by_name(name: str) -> str:
    sign = draft_signs.by_name(name)
    return f"brouillon, d'après son nom (« {sign} »)" if sign else ""


def _by_words(header: Header, body: str) -> str:
    title = header.text("title")
    if draft_signs.by_title(title):
        return f"brouillon, d'après son titre (« {clip(title, _SHOWN)} »)"
    unread = draft_signs.says_draft(header.raw.unread)
    if unread:
        return f"peut-être un brouillon : une ligne de l'en-tête le dit (« {clip(unread, _SHOWN)} »)"
    tag = next(filter(draft_signs.is_draft_tag, header.all_items("tags")), "")
    if tag:
        return f"brouillon, d'après son mot-clé (« {tag} »)"
    first = _first_line(body.split("\n", 40))
    return f"brouillon, d'après sa première ligne (« {clip(first, _SHOWN)} »)" if draft_signs.opens_as_a_draft(first) else ""


def _first_line(lines: Sequence[str]) -> str:
    return next((line.strip() for line in lines if line.strip()), "")
