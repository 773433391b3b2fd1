"""From the lines of a header to a ``Front``: every field checked and typed.

Longer than our modules are: one method for each field, and a field is read nowhere else.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from plancher.base import clock, dates
from plancher.base.french import did_you_mean, join, nearest
from plancher.base.problems import Problem
from plancher.base.slugs import MAX_SLUG, date_in_name, from_the_root, slug
from plancher.text import draft_signs
from plancher.text.draft_signs import Hold
from plancher.text.front import Front, FrontRules
from plancher.text.grammar import LegacyTagLine
from plancher.text.header import HeaderField, RawHeader
from plancher.text.header_keys import KNOWN, canonical, has_words, normal
from plancher.text.people import people
from plancher.text.source import FORBIDDEN

STATUSES = ("published", "draft", "hidden")
KINDS = ("billet", "revue")
MAX_NAME = 60
"""Characters of a tag or a category: each becomes a folder."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"]+")
_ADDRESS = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*/?")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
"""Signs of no width (Unicode's Default_Ignorable_Code_Point, and the empty pattern of braille): two tags that look the same are the same."""
_UNUSABLE_TAG = re.compile(r"[/\\\"<>,;]|^\.+$")


@dataclasses.dataclass(frozen=True, slots=True)
class FrontRead:
    """A header understood, and what was wrong with it."""

    front: Front
    problems: tuple[Problem, ...]


def read(raw: RawHeader, rules: FrontRules, opening: Callable[[], str] = str) -> FrontRead:
    """Check and type every field.

    :param opening: says how the text begins, which may be its title.
    """
    reader = _FrontReader(raw, rules, opening)
    return FrontRead(reader.front(), tuple(reader.problems))


def with_tags(front: Front, legacy_tag_lines: Iterable[LegacyTagLine]) -> tuple[Front, list[Problem]]:
    """The header with the tags that a text says at its foot, and what is wrong with these."""
    tags, problems = list(front.tags), []
    for relic in legacy_tag_lines:
        usable, refused = _usable_tags(relic.tags, relic.line)
        tags += usable
        problems += refused
    return dataclasses.replace(front, tags=tuple(dict.fromkeys(tags))) if legacy_tag_lines else front, problems


def _usable_tags(typed: Iterable[str], line: int) -> tuple[tuple[str, ...], list[Problem]]:
    """The tags that can be addresses, and why the others cannot."""
    tags, problems = [], []
    for tag in filter(None, dict.fromkeys(map(clean_tag, typed))):
        reason = why_not_a_tag(tag)
        if reason:
            problems.append(Problem(line, "PDV026", reason))
        else:
            tags.append(tag)
    return tuple(tags), problems


def clean_tag(typed: str) -> str:
    """A tag as everything else knows it: letters composed, spaces plain and single, nothing hidden."""
    plain = typed if typed.isascii() else unicodedata.normalize("NFC", _INVISIBLE.sub("", typed))
    return " ".join(FORBIDDEN.sub("", plain).split())


def why_not_a_tag(tag: str) -> str:
    """Why a tag cannot be the last segment of an address; empty when it can."""
    if len(tag) > MAX_NAME:
        return f"mot-clé de {len(tag)} caractères. Restez sous {MAX_NAME}."
    if not tag or _UNUSABLE_TAG.search(tag):
        return f'mot-clé impossible « {tag} » : il devient une adresse. Retirez / \\ " < > , et ;.'
    return ""


def _given(raw: RawHeader, rules: FrontRules) -> list[HeaderField]:
    """What the settings say of a text, where its header says nothing."""
    said = {canonical(field.key, field.within) or normal(field.key) for field in raw.fields}
    return [HeaderField(key, value, 1) for key, value in rules.given if (canonical(key) or normal(key)) not in said]


class _FrontReader:
    def __init__(self, raw: RawHeader, rules: FrontRules, opening: Callable[[], str]) -> None:
        self.raw, self.rules, self.opening = raw, rules, opening
        self.problems: list[Problem] = []
        self.fields: dict[str, HeaderField] = {}
        self.ignored: list[HeaderField] = []
        self.unknown: list[HeaderField] = []
        self.others: dict[str, str] = {}
        given = _given(raw, rules)
        self.verdict = draft_signs.judge((*raw.fields, *given), clock.now, rules.timezone)
        for place, field in enumerate(raw.fields):
            if place not in self.verdict.understood:
                self._take(field)
        for field in given:
            self._give(field)
        self._say_what_is_missing()
        self._say_what_is_unknown()
        self._say_what_is_ignored()

    def _say(self, line: int, code: str, message: str) -> None:
        self.problems.append(Problem(line, code, message))

    def _give(self, field: HeaderField) -> None:
        """A field that the settings say for the header."""
        key = canonical(field.key)
        if key is None:
            self.others.setdefault(normal(field.key), field.value)
        elif field.value:
            self.fields.setdefault(key, field)

    def _take(self, field: HeaderField) -> None:
        key = canonical(field.key, field.within)
        if key is None and self.rules.takes_others and nearest(field.key, KNOWN.values(), _REALLY_NEAR) is None:
            self.others[normal(field.key)] = field.value
        elif key is None:
            self._unknown(field)
        elif not field.value:
            if not self.raw.is_foreign:  # models of other generators leave keys without a value
                self._say(field.line, "PDV013", f"« {field.key} » n'a pas de valeur. Complétez la ligne ou retirez-la.")
        elif key not in self.fields:
            self.fields[key] = field
        elif key in _LISTS and normal(field.key) != normal(self.fields[key].key):
            first = self.fields[key]
            items = (*(first.items or (first.value,)), *(field.items or (field.value,)))
            self.fields[key] = dataclasses.replace(first, value=", ".join(items), items=items)
        elif self.raw.is_foreign and field.key != self.fields[key].key:
            self._prefer(key, field)
        else:
            first_line = self.fields[key].line
            self._say(field.line, "PDV011", f"« {field.key} » est déjà donné ligne {first_line}. Gardez une seule des deux lignes.")

    def _prefer(self, key: str, field: HeaderField) -> None:
        """Of two keys of another generator that mean one of ours, the one that has our name; the other's words are not lost in silence."""
        known, other = self.fields[key], field
        if normal(field.key) in {key, "excerpt"} and normal(known.key) != key:
            self.fields[key], other = field, known
        if other.value != self.fields[key].value and key in {"title", "summary"}:
            self.ignored.append(other)

    def _unknown(self, field: HeaderField) -> None:
        near = nearest(field.key, KNOWN.values(), _REALLY_NEAR if self.raw.is_foreign else _NEAR) if not field.within else None
        if near is None and (self.raw.is_foreign or not has_words(field.key)):
            self.ignored.append(field)
        elif near is None:
            self.unknown.append(field)
        else:
            self._say(field.line, "PDV012", f"clé inconnue « {field.key} ». Vouliez-vous dire « {near} » ?")

    def _say_what_is_unknown(self) -> None:
        """Keys that nothing of ours resembles: one line for the file, with all that is possible."""
        if self.unknown:
            names = join([f"« {field.key} »" for field in self.unknown])
            lines = f" (lignes {join([str(field.line) for field in self.unknown])})" if len(self.unknown) > 1 else ""
            plural = "s" if len(self.unknown) > 1 else ""
            self._say(self.unknown[0].line, "PDV012", f"clé{plural} inconnue{plural} {names}{lines}. Choix possibles : {', '.join(KNOWN.values())}.")

    def _say_what_is_missing(self) -> None:
        """What is missing is said once, with all that is to be typed."""
        needed = ("title",) if self.rules.is_page else ("title", "date")
        missing = [key for key in needed if key not in self.fields and not self._is_said_otherwise(key)]
        if not missing:
            return
        wanted = {"title": f"Title: {self.opening() or '…'}", "date": f"Date: {clock.now():%Y-%m-%d}"}
        typed = " et ".join(f"« {wanted[key]} »" for key in missing)
        if not self.raw.fields and self.raw.problems:
            return  # a header that cannot be read at all is said already
        if not self.raw.fields:
            self._say(1, "PDV021", f"ce fichier n'a pas d'en-tête. Écrivez tout en haut {typed}, chacun sur sa ligne, puis une ligne vide.")
        else:
            names = " et ".join(f"« {KNOWN[key]}: »" for key in missing)
            self._say(1, "PDV021", f"il manque {names} dans l'en-tête. Ajoutez-y {typed}.")

    def _is_said_otherwise(self, key: str) -> bool:
        """Whether something else gives the field, or a message already speaks of it."""
        if key == "date" and (self.verdict.appears or date_in_name(self.rules.path)):
            return True
        return any(
            problem.code == "PDV013" and canonical(field.key) == key for problem in self.problems for field in self.raw.fields if field.line == problem.line
        )

    def _say_what_is_ignored(self) -> None:
        """Keys of other generators that mean nothing here: one line for the file, whatever their number."""
        fields = [field for field in self.ignored if field.value]
        if not fields:
            return
        worded = [field for field in fields if has_words(field.key) and canonical(field.key) != "id"]
        names = ", ".join(dict.fromkeys(f"« {field.key} »" for field in (worded or fields)))
        if worded:
            advice = "Si les lecteurs doivent le savoir, écrivez-le dans le texte ou dans « Summary: … » ; sinon, retirez-le."
            self._say(worded[0].line, "PDV103", f"l'en-tête dit {names}, que ce site ne montre pas. {advice}")
        else:
            self._say(fields[0].line, "PDV104", f"{names} : réglages d'un autre outil, sans effet ici. Retirez-les si vous voulez.")

    def front(self) -> Front:
        """The header, typed."""
        date, modified = self._date("date") or self._other_date(), self._date("modified")
        if date and modified and modified < date:
            if modified.astimezone(self.rules.timezone).date() == date.astimezone(self.rules.timezone).date():
                modified = date  # a day without its hour, as the guide writes it
            else:
                self._say(
                    self.fields["modified"].line,
                    "PDV023",
                    f"modifié le {dates.day(modified)}, avant sa publication le {dates.day(date)}. Corrigez l'une des deux dates.",
                )
        category, others = self._categories()
        status, is_held = self._status(date)
        return Front(
            title=self._text("title"),
            date=date,
            modified=modified,
            category=category,
            tags=self._tags(others),
            slug=self._slug(),
            summary=self._text("summary"),
            authors=tuple(dict.fromkeys((*self._people("authors"), *self._people("author")))),
            status=status,
            is_held=is_held,
            appears=self.verdict.appears,
            expires=self.verdict.expires,
            lang=self._lang(),
            id=self._id(),
            kind=self._choice("kind", KINDS, "PDV015") or "billet",
            image=self._text("image"),
            template=self._choice("template", self.rules.templates, "PDV027"),
            save_as=self._address("save_as"),
            url=self._address("url"),
            others=tuple(self.others.items()),
            lines=tuple((key, field.line) for key, field in self.fields.items()),
        )

    def _text(self, key: str) -> str:
        field = self.fields.get(key)
        return field.value if field else ""

    def _list(self, key: str) -> list[str]:
        field = self.fields.get(key)
        typed = (field.items or (field.value,)) if field else ()
        return [part.strip() for item in typed for part in re.split(r"[;,]", item) if part.strip()]

    def _people(self, key: str) -> tuple[str, ...]:
        field = self.fields.get(key)
        typed = (field.items or (field.value,)) if field else ()
        return tuple(name for item in typed for name in people(item))

    def _date(self, key: str) -> dt.datetime | None:
        field = self.fields.get(key)
        if field is None:
            return None
        try:
            moment = dates.parse(field.value)
        except dates.DateError as error:
            self._say(field.line, "PDV022", f"« {field.key} » : {error}")
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=self.rules.timezone)

    def _other_date(self) -> dt.datetime | None:
        """The day of publication where the header does not give it under that name."""
        if self.rules.is_page or "date" in self.fields:
            return None
        named = date_in_name(self.rules.path)
        return self.verdict.appears or (named.replace(tzinfo=self.rules.timezone) if named else None)

    def _status(self, date: dt.datetime | None) -> tuple[str, bool]:
        """The status, and whether it is a draft because its author says so."""
        field = self.fields.get("status")
        status = _STATUS_WORDS.get(normal(re.sub(r"\s#.*", "", field.value)), "") if field else "published"
        if field and not status:
            near = _STATUS_WORDS.get(nearest(field.value, _STATUS_WORDS) or "")
            advice = f"{did_you_mean(near or field.value, STATUSES)} En attendant, le texte est gardé hors du site."
            self._say(field.line, "PDV025", f"valeur inconnue « {field.value[:40]} » pour « {field.key} ». {advice}")
            return "draft", True  # a status nobody understands never publishes
        if status == "draft":
            return "draft", True
        if self._is_held():
            return "draft", True
        first = max((moment for moment in (date, self.verdict.appears) if moment), default=None)
        if first and first > clock.now():
            line = self.fields["date"].line if "date" in self.fields else 1
            self._say(line, "PDV028", f"billet à venir : il paraîtra le {dates.day(first)}.")
            return "draft", False
        return status, False

    def _is_held(self) -> bool:
        """Whether something else than the status holds the text back; each of them is said."""
        holds = list(self.verdict.holds)
        unread = draft_signs.says_draft(self.raw.unread)
        if unread and not holds:
            holds.append(Hold(self._line_of_the_unread(), unread[:60], is_sure=False))
        if draft_signs.by_title(self._text("title")):
            holds.append(Hold(self.fields["title"].line, self._text("title")[:60], is_sure=False))
        holds += [Hold(self.fields["tags"].line, tag, is_sure=False) for tag in self._list("tags") if draft_signs.is_draft_tag(tag)]
        for hold in holds:
            code, why = ("PDV100", "brouillon") if hold.is_sure else ("PDV101", "sans doute un brouillon")
            self._say(hold.line, code, f"{why}, gardé hors du site : « {hold.shown} ». {_HOW_TO_HOLD}")
        name = draft_signs.by_name(self.rules.path)
        if name:
            self._say(1, "PDV100", f"brouillon, gardé hors du site : son nom ou son dossier le dit, « {name} ». Pour le publier, changez-le.")
        return bool(holds or name)

    def _line_of_the_unread(self) -> int:
        return next((problem.line for problem in self.raw.problems), 1)

    def _choice(self, key: str, options: Sequence[str], code: str) -> str:
        field = self.fields.get(key)
        if field is None or field.value.lower() in options:
            return field.value.lower() if field else ""
        if not self.raw.is_foreign:  # « template: post.html » is another generator's
            self._say(field.line, code, f"valeur inconnue « {field.value} » pour « {field.key} ». {did_you_mean(field.value, options)}")
        return ""

    def _lang(self) -> str:
        field = self.fields.get("lang")
        value = field.value.replace("_", "-") if field else ""
        if field is None or value.casefold() in {"fr", "fr-fr"}:
            return value and "fr"
        if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
            return value
        self._say(field.line, "PDV014", f"« {field.key} » attend un code de langue comme « en » ou « es », pas « {field.value[:20]} ».")
        return ""

    def _categories(self) -> tuple[str, list[str]]:
        """The category, and those that other generators let a post have beside it: they are tags here."""
        field = self.fields.get("category")
        if field is None:
            return "", []
        is_one = not field.items and normal(field.key) in {"category", "categorie"}
        first, *others = [field.value] if is_one and not self.raw.is_foreign else self._list("category") or [field.value]
        if re.search(r"[^\W_]", first) and len(first) <= MAX_NAME:
            return first, others
        self._say(field.line, "PDV026", f"catégorie impossible « {first[:20]} » : elle devient une adresse. Restez sous {MAX_NAME} lettres.")
        return "", others

    def _slug(self) -> str:
        field = self.fields.get("slug")
        if field is None:
            return ""
        value = field.value.strip("/").rsplit("/", 1)[-1] if self.raw.is_foreign else field.value
        if len(value) > MAX_SLUG:
            self._say(field.line, "PDV026", f"adresse de {len(value)} caractères. Restez sous {MAX_SLUG}.")
            return ""
        if _SLUG.fullmatch(value) is None:
            advice = f"Écrivez « {slug(value)} »." if slug(value) else "Utilisez des minuscules sans accent, des chiffres et des tirets."
            self._say(field.line, "PDV026", f"adresse impossible « {value} » : minuscules sans accent, chiffres et tirets seulement. {advice}")
            return ""
        return value

    def _address(self, key: str) -> str:
        """An imposed address stays in the site; whether somebody else has it is known once the whole site is (``claims``)."""
        field = self.fields.get(key)
        if field is None:
            return ""
        value = from_the_root(field.value) if self.raw.is_foreign else field.value
        ends = (".html",) if key == "save_as" else (".html", "/")
        inside = _ADDRESS.fullmatch(value) and ".." not in value.split("/") and value.endswith(ends)
        if inside:
            return value
        form = "« dossier/nom.html »" if key == "save_as" else "« dossier/nom/ » ou « dossier/nom.html »"
        self._say(field.line, "PDV061", f"adresse refusée « {field.value} » : lettres, chiffres, tirets et points seulement. Écrivez {form}.")
        return ""

    def _tags(self, others: Sequence[str]) -> tuple[str, ...]:
        line = self.fields["tags"].line if "tags" in self.fields else 1
        tags, problems = _usable_tags([*self._list("tags"), *others], line)
        self.problems += problems
        return tags

    def _id(self) -> str:
        field = self.fields.get("id")
        if field is None or _ID.fullmatch(field.value):
            return field.value if field else ""
        if not self.raw.is_foreign:
            self._say(
                field.line, "PDV029", f"identifiant impossible « {field.value} ». Gardez celui qu'écrit « invoke new », comme « tag:exemple.fr,2024:titre »."
            )
        return ""


_LISTS = frozenset({"tags", "author", "authors", "category"})
"""Fields that two keys may fill together."""
_NEAR, _REALLY_NEAR = 0.7, 0.85
_STATUS_WORDS = (
    dict.fromkeys(draft_signs.PUBLISHED_WORDS, "published")
    | dict.fromkeys(draft_signs.DRAFT_WORDS, "draft")
    | dict.fromkeys(draft_signs.HIDDEN_WORDS, "hidden")
)
_HOW_TO_HOLD = "Pour le garder ainsi, écrivez « Status: draft » dans l'en-tête ; pour le publier, retirez ces mots."
