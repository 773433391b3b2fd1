"""Whether an author means to hold a text back, however it is said.

A text that is published by mistake cannot be taken back, one that is held back
by mistake is published a minute later: any doubt holds it back, and is said.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from plancher.base import dates, lazy
from plancher.base.french import fold, nearest
from plancher.text.header_keys import APPEARS, AUDIENCE, EXPIRES, PERHAPS_AUDIENCE, PERHAPS_PRIVATE, PERHAPS_PUBLIC, PRIVATE, PUBLIC, canonical, normal
from plancher.text.header_lines import HeaderField

_YES = frozenset("true yes oui 1 on vrai y o x".split())
_NO = frozenset("false no non 0 off faux n never jamais".split())
_OPEN = frozenset("public publique publics published publie publiee publish publique_a_tous all everyone tous tout_le_monde world visible live open".split())
_DRAFT_WORD = lazy.pattern(
    r"\b(?:drafts?|brouillons?|unpublished|non publiee?|private|privee?|wip|ne pas publier|confidentiel(?:le)?"
    r"|published\W+(?:false|no|non))\b"
)
_OPENING = lazy.pattern(
    r"[\W_]*(?:(?:statuts?|status|etat|state|visibilite|visibility)[\W_]*:[\W_]*(?:drafts?|brouillons?|prive|private)"
    r"|(?:drafts?|brouillons?|private)[\W_]*:[\W_]*(?:true|yes|oui|vrai|1)|publi(?:shed|e|sh)[\W_]*:[\W_]*(?:false|no|non|0)|brouillon|draft|wip)[\W_]*"
)
_TITLE = lazy.pattern(r"\s*(?:[\[(]\s*(?:brouillon|draft|wip|en cours|a relire|ne pas publier)\s*[\])]|(?-i:BROUILLON|DRAFT|WIP)\b\s*[:–—-])", re.IGNORECASE)
_FOLDERS = frozenset({"drafts", "draft", "brouillons", "brouillon", "prive", "private", "wip"})
_COPY = lazy.pattern(
    r"[ _-]*[\[(](?:[\w ']*copie|[\w ']*copy|[\w ']*conflit|[\w ']*conflict|\d{1,2})[^)\]]*[\])]$|[ _]-?[ _]?(?:copie|copy)(?: ?\(?\d*\)?)?$"
    r"|sync-conflict-|[-_. ](?:conflict|conflit)(?:[-_. ]|$)"
)
"""« un (copie).md », « un (1).md »: what clouds and computers call a second copy."""
_FILE = lazy.pattern(r"\.(?:draft|brouillon)$|[\[(](?:brouillon|draft|wip)[\])]|^(?:brouillon|draft|wip)$", re.IGNORECASE)

_SIGNS_OF_A_COPY = ("[", "(", ".", "cop", "confli", "draft", "brouillon", "wip")
"""Each name that the two patterns match contains one of them."""

PUBLISHED_WORDS = frozenset("published publie publiee publish public publique live en_ligne visible".split())
DRAFT_WORDS = frozenset("draft drafts brouillon brouillons wip private prive privee pending unpublished non_publie en_cours future archived archive".split())
HIDDEN_WORDS = frozenset("hidden cache cachee masque masquee unlisted non_liste".split())


@dataclasses.dataclass(frozen=True, slots=True)
class Hold:
    """Why a text is held back."""

    line: int
    shown: str
    """What says so, as typed."""
    is_sure: bool = True
    """False when the author may have meant something else."""


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """All that a header says of when a text may be seen."""

    holds: tuple[Hold, ...] = ()
    appears: dt.datetime | None = None
    """The earliest moment of publication, when it is not the date."""
    expires: dt.datetime | None = None
    understood: frozenset[int] = frozenset()
    """Indices of the fields that concern publication."""


def judge(fields: Sequence[HeaderField], now: Callable[[], dt.datetime], zone: dt.tzinfo) -> Verdict:
    """What the fields of a header say about publication, except the fields of ours."""
    holds: list[Hold] = []
    moments: dict[str, dt.datetime] = {}
    understood: set[int] = set()
    for place, field in enumerate(fields):
        if _is_one_of_ours(field.key, field.within):
            continue
        sign = _Field(field)
        if not sign.kind:
            continue
        understood.add(place)
        moment = sign.moment(zone)
        if sign.kind in {"appears", "expires"} and moment is not None:
            moments[sign.kind] = moment
            if sign.kind == "expires" and moment <= now():
                holds.append(Hold(field.line, sign.shown))
        elif sign.holds:
            holds.append(Hold(field.line, sign.shown, is_sure=sign.is_sure))
        if sign.kind == "public" and moment is not None:
            moments["appears"] = moment
    return Verdict(tuple(holds), moments.get("appears"), moments.get("expires"), frozenset(understood))


@functools.lru_cache(maxsize=1024)
def _is_one_of_ours(key: str, within: str) -> bool:
    """Whether a key never concerns publication, as nearly all keys."""
    word = normal(key)
    return canonical(key, within) is not None and word not in {"permalink", "url"} and not any(word in keys for _kind, keys, _words in _KINDS)


class _Field:
    """One field of a header that is not one of ours."""

    def __init__(self, field: HeaderField) -> None:
        self.field = field
        self.key, self.word = normal(field.key), normal(field.value)
        self.shown = f"{field.key}: {field.value[:40]}".strip()
        self.kind = self._kind()

    def _kind(self) -> str:
        if normal(self.field.within) in {"build", "_build"} and self.key in {"render", "list"}:
            return "public" if self.word in _NO else ""
        if self.key in {"permalink", "url"} and self.word in _NO:
            return "public"
        for kind, keys, words in _KINDS:
            if self.key in keys:
                return kind if words is None or self.word in words else ""
        if canonical(self.field.key, self.field.within):
            return ""
        near = nearest(self.key, _NEAR, _REALLY_NEAR)
        if near:
            return _NEAR[near]
        return "private" if self.word in DRAFT_WORDS - {"archive", "archived", "future", "pending"} else ""

    @property
    def holds(self) -> bool:
        """Whether it may mean that nobody is to see the text."""
        if self.kind == "private":
            return self.word not in _NO
        if self.kind == "public":
            return self.word not in _YES | _OPEN and self.moment(dt.UTC) is None
        return self.word not in _OPEN if self.kind == "audience" else bool(self.word)

    @property
    def is_sure(self) -> bool:
        """Whether the key is one we know, and its value one of those it takes."""
        words = {"private": _YES, "public": _NO, "audience": DRAFT_WORDS}.get(self.kind, frozenset())
        return self.key in _SURE and self.word in words

    def moment(self, zone: dt.tzinfo) -> dt.datetime | None:
        try:
            moment = dates.parse(self.field.value)
        except dates.DateError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)


_KINDS = (
    ("private", PRIVATE, None),
    ("private", PERHAPS_PRIVATE, _YES),
    ("public", PUBLIC, None),
    ("public", PERHAPS_PUBLIC, _NO),
    ("audience", AUDIENCE, None),
    ("audience", PERHAPS_AUDIENCE, DRAFT_WORDS),
    ("appears", APPEARS, None),
    ("expires", EXPIRES, None),
)
_SURE = (PRIVATE | PUBLIC | AUDIENCE | {"permalink", "url", "render"}) - {"hidden", "unlisted", "masque"}
_REALLY_NEAR = 0.8
_NEAR = {
    "draft": "private",
    "brouillon": "private",
    "private": "private",
    "published": "public",
    "publish": "public",
    "visibility": "audience",
    "publishdate": "appears",
    "expirydate": "expires",
}
"""Keys that are often mistyped, and what they are about."""


_FEW_WORDS, _OF_A_FIELD = 6, 2


def says_draft(lines: Sequence[str]) -> str:
    """The first of these lines, which nobody understood, that speaks of a draft."""
    return next((line.strip() for line in lines if _DRAFT_WORD.search(fold(line))), "")


def opens_as_a_draft(line: str) -> bool:
    """« **Status:** draft » or « BROUILLON » where the text should begin."""
    return not _is_a_sentence(line) and _OPENING.fullmatch(fold(line)) is not None


def _is_a_sentence(line: str) -> bool:
    """Whether a line has more words than a field and its value: a quick look, as nearly all texts begin so."""
    return sum(map(str.isalnum, line.split(maxsplit=_FEW_WORDS)[:_FEW_WORDS])) > _OF_A_FIELD


def by_title(title: str) -> bool:
    """« [Brouillon] Un titre »."""
    return _TITLE.match(title) is not None


def is_draft_tag(tag: str) -> bool:
    """Nikola's way: a keyword."""
    return normal(tag) in {"draft", "brouillon", "wip"}


def by_name(path: str) -> str:
    """What in the name of a file, or of its folders, holds it back; empty when nothing does.

    :param path: from the folder of texts, with slashes.
    """
    folders, _, name = path.rpartition("/")
    held = _folder_that_holds(folders)
    if held:
        return f"{held}/"
    if name.startswith(("_", ".")):
        return name
    stem = fold(PurePosixPath(name).stem)
    is_plain = stem.isascii() and not any(sign in stem for sign in _SIGNS_OF_A_COPY)  # as nearly always
    return name if not is_plain and (_FILE.search(stem) or _COPY.search(stem)) else ""


@functools.lru_cache(maxsize=1024)
def _folder_that_holds(folders: str) -> str:
    return next((folder for folder in folders.split("/") if folder.startswith(("_", ".")) or fold(folder) in _FOLDERS), "")
