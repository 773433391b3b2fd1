"""From the fields of a header to a ``Front``: every value checked and typed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence

from plancher.base import dates
from plancher.base.french import did_you_mean
from plancher.base.problems import Problem
from plancher.base.slugs import MAX_SLUG, date_in_name, from_the_root, slug
from plancher.text import former_addresses, series_field
from plancher.text.front import Front, FrontRules
from plancher.text.grammar import LegacyTagLine
from plancher.text.header_fields import HeaderFields
from plancher.text.header_keys import normal
from plancher.text.header_lines import RawHeader
from plancher.text.people import people
from plancher.text.status import status_of
from plancher.text.tag_names import MAX_NAME, usable_tags

KINDS = ("billet", "revue")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
FEED_ID = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:(?:[^\s<>"{}|\\^`%\x00-\x20]|%[0-9A-Fa-f]{2})+""")
"""An IRI (RFC 3987), as Atom asks for; that of a former feed is kept to the letter."""
_ADDRESS = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*/?")


@dataclasses.dataclass(frozen=True, slots=True)
class FrontRead:
    """A header, parsed, and what is wrong with it."""

    front: Front
    problems: tuple[Problem, ...]


def read(raw: RawHeader, rules: FrontRules, opening: Callable[[], str] = str) -> FrontRead:
    """Check and type every field.

    :param opening: says how the text begins, which may be its title.
    """
    header = HeaderFields(raw, rules, opening)
    front = _FrontReader(header, rules).front()
    return FrontRead(front, tuple(header.problems))


def with_tags(front: Front, legacy_tag_lines: Iterable[LegacyTagLine]) -> tuple[Front, list[Problem]]:
    """The header with the tags at the foot of the text, and what is wrong with these."""
    tags, problems = list(front.tags), []
    for line in legacy_tag_lines:
        usable, refused = usable_tags(line.tags, line.line)
        tags += usable
        problems += refused
    return dataclasses.replace(front, tags=tuple(dict.fromkeys(tags))) if legacy_tag_lines else front, problems


class _FrontReader:
    def __init__(self, header: HeaderFields, rules: FrontRules) -> None:
        self.header, self.rules = header, rules
        self.fields = header.fields

    def front(self) -> Front:
        """The header, typed."""
        date, modified = self._date("date") or self._other_date(), self._date("modified")
        if date and modified and modified < date:
            if modified.astimezone(self.rules.timezone).date() == date.astimezone(self.rules.timezone).date():
                modified = date  # a day without its hour, as the guide writes it
            else:
                self.header.report(
                    self.fields["modified"].line,
                    "PDV023",
                    f"modifié le {dates.day(modified)}, avant sa publication le {dates.day(date)}. Corrigez l'une des deux dates.",
                )
        category, others = self._categories()
        status, is_held = status_of(self.header, date)
        series, part = series_field.read(self.header)
        return Front(
            title=self.header.text("title"),
            date=date,
            modified=modified,
            category=category,
            tags=self._tags(others),
            slug=self._slug(),
            summary=self.header.text("summary"),
            authors=tuple(dict.fromkeys((*self._people("authors"), *self._people("author")))),
            status=status,
            is_held=is_held,
            appears=self.header.verdict.appears,
            expires=self.header.verdict.expires,
            lang=self._lang(),
            id=self._id(),
            kind=self._choice("kind", KINDS, "PDV015") or "billet",
            series=series,
            part=part,
            image=self.header.text("image"),
            template=self._choice("template", self.rules.templates, "PDV027"),
            save_as=self._address("save_as"),
            url=self._address("url"),
            aliases=former_addresses.read(self.fields.get("aliases"), self.header.problems, is_foreign=self.header.raw.is_foreign),
            others=tuple(self.header.others.items()),
            lines=tuple((key, field.line) for key, field in self.fields.items()),
        )

    def _people(self, key: str) -> tuple[str, ...]:
        return tuple(name for item in self.header.items(key) for name in people(item))

    def _date(self, key: str) -> dt.datetime | None:
        field = self.fields.get(key)
        if field is None:
            return None
        try:
            moment = dates.parse(field.value)
        except dates.DateError as error:
            self.header.report(field.line, "PDV022", f"« {field.key} » : {error}")
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=self.rules.timezone)

    def _other_date(self) -> dt.datetime | None:
        """The day of publication where the header does not give it under that name."""
        if self.rules.is_page or "date" in self.fields:
            return None
        named = date_in_name(self.rules.path)
        return self.header.verdict.appears or (named.replace(tzinfo=self.rules.timezone) if named else None)

    def _choice(self, key: str, options: Sequence[str], code: str) -> str:
        field = self.fields.get(key)
        if field is None or field.value.lower() in options:
            return field.value.lower() if field else ""
        if not self.header.raw.is_foreign:  # « template: post.html » is another generator's
            self.header.report(field.line, code, f"valeur inconnue « {field.value} » pour « {field.key} ». {did_you_mean(field.value, options)}")
        return ""

    def _lang(self) -> str:
        field = self.fields.get("lang")
        value = field.value.replace("_", "-") if field else ""
        if field is None or value.casefold() in {"fr", "fr-fr"}:
            return value and "fr"
        if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
            return value
        self.header.report(field.line, "PDV014", f"« {field.key} » attend un code de langue comme « en » ou « es », pas « {field.value[:20]} ».")
        return ""

    def _categories(self) -> tuple[str, list[str]]:
        """The category, and those that other generators let a post have beside it: they are tags here."""
        field = self.fields.get("category")
        if field is None:
            return "", []
        is_one = not field.items and normal(field.key) in {"category", "categorie"}
        first, *others = [field.value] if is_one and not self.header.raw.is_foreign else self.header.parts("category") or [field.value]
        if re.search(r"[^\W_]", first) and len(first) <= MAX_NAME:
            return first, others
        self.header.report(field.line, "PDV026", f"catégorie impossible « {first[:20]} » : elle devient une adresse. Restez sous {MAX_NAME} lettres.")
        return "", others

    def _slug(self) -> str:
        field = self.fields.get("slug")
        if field is None:
            return ""
        value = field.value.strip("/").rsplit("/", 1)[-1] if self.header.raw.is_foreign else field.value
        if len(value) > MAX_SLUG:
            self.header.report(field.line, "PDV026", f"adresse de {len(value)} caractères. Restez sous {MAX_SLUG}.")
            return ""
        if _SLUG.fullmatch(value) is None:
            advice = f"Écrivez « {slug(value)} »." if slug(value) else "Utilisez des minuscules sans accent, des chiffres et des tirets."
            self.header.report(field.line, "PDV026", f"adresse impossible « {value} » : minuscules sans accent, chiffres et tirets seulement. {advice}")
            return ""
        return value

    def _address(self, key: str) -> str:
        """An imposed address stays in the site; whether another page has it is checked later, on the whole site (``build.owners``)."""
        field = self.fields.get(key)
        if field is None:
            return ""
        value = from_the_root(field.value) if self.header.raw.is_foreign else field.value
        ends = (".html",) if key == "save_as" else (".html", "/")
        inside = _ADDRESS.fullmatch(value) and ".." not in value.split("/") and value.endswith(ends)
        if inside:
            return value
        form = "« dossier/nom.html »" if key == "save_as" else "« dossier/nom/ » ou « dossier/nom.html »"
        self.header.report(field.line, "PDV061", f"adresse refusée « {field.value} » : lettres, chiffres, tirets et points seulement. Écrivez {form}.")
        return ""

    def _tags(self, others: Sequence[str]) -> tuple[str, ...]:
        line = self.fields["tags"].line if "tags" in self.fields else 1
        tags, problems = usable_tags([*self.header.parts("tags"), *others], line)
        self.header.problems += problems
        return tags

    def _id(self) -> str:
        field = self.fields.get("id")
        if field is None or FEED_ID.fullmatch(field.value):
            return field.value if field else ""
        if not self.header.raw.is_foreign:
            message = f"identifiant impossible « {field.value} » : Atom demande une adresse sans espace, comme « tag:exemple.fr,2024:titre »."
            self.header.report(
                field.line, "PDV029", f"{message} Recopiez celui de l'ancien flux, ou retirez la ligne : les abonnés reverront ce billet une fois."
            )
        return ""
