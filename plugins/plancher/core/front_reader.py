"""From the lines of a header to a ``Front``: every field checked and typed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence

from plancher.core import clock, dates
from plancher.core.french import did_you_mean, fold
from plancher.core.front import KNOWN, Front, FrontRules
from plancher.core.header import HeaderField, RawHeader
from plancher.core.problems import Problem
from plancher.core.registry import Relic
from plancher.core.source import FORBIDDEN

_FRENCH = {
    "titre": "Title",
    "etiquettes": "Tags",
    "mots-cles": "Tags",
    "categorie": "Category",
    "resume": "Summary",
    "chapo": "Summary",
    "auteur": "Author",
    "auteurs": "Authors",
    "statut": "Status",
    "etat": "Status",
    "langue": "Lang",
    "modifie": "Modified",
    "identifiant": "Id",
    "gabarit": "Template",
    "adresse": "Url",
}
STATUSES = ("published", "draft", "hidden")
KINDS = ("billet", "revue")
MAX_SLUG = 100
"""Characters; file systems stop at 255 bytes and readers long before."""
MAX_NAME = 60
"""Characters of a tag or a category: each becomes a folder."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"]+")
_ADDRESS = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*/?")
_UNUSABLE_TAG = re.compile(r"[/\\\"<>,;]|^\.+$")


@dataclasses.dataclass(frozen=True, slots=True)
class FrontRead:
    """A header understood, and what was wrong with it."""

    front: Front
    problems: tuple[Problem, ...]


def read(raw: RawHeader, rules: FrontRules) -> FrontRead:
    """Check and type every field."""
    reader = _FrontReader(raw, rules)
    return FrontRead(reader.front(), tuple(reader.problems))


def with_tags(front: Front, relics: Iterable[Relic]) -> tuple[Front, list[Problem]]:
    """The header with the tags that a text says at its foot, and what is wrong with these."""
    tags, problems = list(front.tags), []
    for relic in relics:
        usable, refused = _usable_tags(relic.tags, relic.line)
        tags += usable
        problems += refused
    return dataclasses.replace(front, tags=tuple(dict.fromkeys(tags))) if relics else front, problems


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
    return " ".join(unicodedata.normalize("NFC", FORBIDDEN.sub("", typed)).split())


def why_not_a_tag(tag: str) -> str:
    """Why a tag cannot be the last segment of an address; empty when it can."""
    if len(tag) > MAX_NAME:
        return f"mot-clé de {len(tag)} caractères. Restez sous {MAX_NAME}."
    if not tag or _UNUSABLE_TAG.search(tag):
        return f'mot-clé impossible « {tag} » : il devient une adresse. Retirez / \\ " < > , et ;.'
    return ""


class _FrontReader:
    def __init__(self, raw: RawHeader, rules: FrontRules) -> None:
        self.rules = rules
        self.problems: list[Problem] = []
        self.fields: dict[str, HeaderField] = {}
        for field in raw.fields:
            self._take(field)
        for key in ("title",) if rules.is_page else ("title", "date"):
            if key not in self.fields and not any(p.code == "PDV013" and KNOWN[key] in p.message for p in self.problems):
                self._say(1, "PDV021", f"il manque « {KNOWN[key]}: » dans l'en-tête. Ajoutez cette ligne en haut du fichier.")

    def _say(self, line: int, code: str, message: str) -> None:
        self.problems.append(Problem(line, code, message))

    def _take(self, field: HeaderField) -> None:
        key = field.key.lower().replace("-", "_")
        if key not in KNOWN:
            french = _FRENCH.get(fold(field.key))
            advice = f"Vouliez-vous dire « {french} » ?" if french else did_you_mean(field.key, list(KNOWN.values()))
            self._say(field.line, "PDV012", f"clé inconnue « {field.key} ». {advice}")
        elif not field.value:
            self._say(field.line, "PDV013", f"« {KNOWN[key]} » n'a pas de valeur. Complétez la ligne ou retirez-la.")
        elif key in self.fields:
            first = self.fields[key].line
            self._say(field.line, "PDV011", f"« {KNOWN[key]} » est déjà donné ligne {first}. Gardez une seule des deux lignes.")
        else:
            self.fields[key] = field

    def front(self) -> Front:
        date, modified = self._date("date"), self._date("modified")
        if date and modified and modified < date:
            self._say(
                self.fields["modified"].line,
                "PDV023",
                f"modifié le {dates.day(modified)}, avant sa publication le {dates.day(date)}. Corrigez l'une des deux dates.",
            )
        return Front(
            title=self._text("title"),
            date=date,
            modified=modified,
            category=self._category(),
            tags=self._tags(),
            slug=self._slug(),
            summary=self._text("summary"),
            authors=self._list("authors") or self._list("author"),
            status=self._status(date),
            lang=self._lang(),
            id=self._id(),
            kind=self._choice("kind", KINDS, "PDV015") or "billet",
            image=self._text("image"),
            template=self._choice("template", self.rules.templates, "PDV027"),
            save_as=self._address("save_as"),
            url=self._address("url"),
            lines=tuple((key, field.line) for key, field in self.fields.items()),
        )

    def _text(self, key: str) -> str:
        field = self.fields.get(key)
        return field.value if field else ""

    def _list(self, key: str) -> tuple[str, ...]:
        parts = re.split(r"[;,]", self._text(key))
        return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))

    def _date(self, key: str) -> dt.datetime | None:
        field = self.fields.get(key)
        if field is None:
            return None
        try:
            moment = dates.parse(field.value)
        except dates.DateError as error:
            self._say(field.line, "PDV022", f"« {KNOWN[key]} » : {error}")
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=self.rules.timezone)

    def _status(self, date: dt.datetime | None) -> str:
        status = self._choice("status", STATUSES, "PDV025")
        if self.fields.get("status") and not status:
            return "draft"  # a status nobody understands never publishes
        if date and date > clock.now() and status != "draft":
            self._say(self.fields["date"].line, "PDV028", f"billet à venir : il paraîtra le {dates.day(date)}.")
            return "draft"
        return status or "published"

    def _choice(self, key: str, options: Sequence[str], code: str) -> str:
        field = self.fields.get(key)
        if field is None or field.value.lower() in options:
            return field.value.lower() if field else ""
        self._say(field.line, code, f"valeur inconnue « {field.value} » pour « {KNOWN[key]} ». {did_you_mean(field.value, options)}")
        return ""

    def _lang(self) -> str:
        field = self.fields.get("lang")
        if field is None or re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", field.value):
            return field.value if field else ""
        self._say(field.line, "PDV014", f"« Lang » attend un code de langue comme « en » ou « es », pas « {field.value[:20]} ».")
        return ""

    def _category(self) -> str:
        field = self.fields.get("category")
        if field is None or (re.search(r"[^\W_]", field.value) and len(field.value) <= MAX_NAME):
            return field.value if field else ""
        self._say(field.line, "PDV026", f"catégorie impossible « {field.value[:20]} » : elle devient une adresse. Restez sous {MAX_NAME} lettres.")
        return ""

    def _slug(self) -> str:
        field = self.fields.get("slug")
        if field is None:
            return ""
        if len(field.value) > MAX_SLUG:
            self._say(field.line, "PDV026", f"adresse de {len(field.value)} caractères. Restez sous {MAX_SLUG}.")
            return ""
        if _SLUG.fullmatch(field.value) is None:
            self._say(field.line, "PDV026", f"adresse impossible « {field.value} ». Utilisez des minuscules sans accent, des chiffres et des tirets.")
            return ""
        return field.value

    def _address(self, key: str) -> str:
        """An imposed address stays in the site, and out of the site's own folders."""
        field = self.fields.get(key)
        if field is None:
            return ""
        ends = (".html",) if key == "save_as" else (".html", "/")
        inside = _ADDRESS.fullmatch(field.value) and ".." not in field.value.split("/") and field.value.endswith(ends)
        if inside and field.value.casefold().split("/")[0] not in self.rules.reserved:
            return field.value
        folders = ", ".join(self.rules.reserved)
        self._say(field.line, "PDV061", f"adresse refusée « {field.value} ». Écrivez « dossier/nom.html », hors de : {folders}.")
        return ""

    def _tags(self) -> tuple[str, ...]:
        line = self.fields["tags"].line if "tags" in self.fields else 1
        tags, problems = _usable_tags(self._list("tags"), line)
        self.problems += problems
        return tags

    def _id(self) -> str:
        field = self.fields.get("id")
        if field is None or _ID.fullmatch(field.value):
            return field.value if field else ""
        self._say(field.line, "PDV029", f"identifiant impossible « {field.value} ». Gardez celui qu'écrit « invoke new », comme « tag:exemple.fr,2024:titre ».")
        return ""
