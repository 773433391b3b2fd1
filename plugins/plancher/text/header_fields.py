"""From the lines of a header to the fields that we know, each given once; the other lines are reported."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

from plancher.base import clock
from plancher.base.french import join, nearest
from plancher.base.problems import Problem
from plancher.base.slugs import date_in_name
from plancher.text import draft_signs
from plancher.text.front import FrontRules
from plancher.text.header_keys import KNOWN, canonical, has_words, normal
from plancher.text.header_lines import HeaderField, RawHeader

_LISTS = frozenset({"tags", "author", "authors", "category", "aliases"})
"""Fields that two keys may fill together."""
_NEAR, _REALLY_NEAR = 0.7, 0.85


def _given(raw: RawHeader, rules: FrontRules) -> list[HeaderField]:
    """What the settings say of a text, where its header says nothing."""
    typed = {canonical(field.key, field.within) or normal(field.key) for field in raw.fields}
    return [HeaderField(key, value, 1) for key, value in rules.given if (canonical(key) or normal(key)) not in typed]


class HeaderFields:
    """The fields of a header that we know, by our names."""

    def __init__(self, raw: RawHeader, rules: FrontRules, opening: Callable[[], str]) -> None:
        self.raw, self.rules, self.opening = raw, rules, opening
        self.problems: list[Problem] = []
        self.fields: dict[str, HeaderField] = {}
        """By our key."""
        self.ignored: list[HeaderField] = []
        self.unknown: list[HeaderField] = []
        self.others: dict[str, str] = {}
        """Those of other plugins."""
        given = _given(raw, rules)
        self.verdict = draft_signs.judge((*raw.fields, *given), clock.now, rules.timezone)
        for place, field in enumerate(raw.fields):
            if place not in self.verdict.understood:
                self._take(field)
        for field in given:
            self._give(field)
        self._report_missing()
        self._report_unknown()
        self._report_ignored()

    def report(self, line: int, code: str, message: str) -> None:
        """Something is wrong with a line."""
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
                self.report(field.line, "PDV013", f"« {field.key} » n'a pas de valeur. Complétez la ligne ou retirez-la.")
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
            self.report(field.line, "PDV011", f"« {field.key} » est déjà donné ligne {first_line}. Gardez une seule des deux lignes.")

    def _prefer(self, key: str, field: HeaderField) -> None:
        """Of two foreign keys that mean one of ours, the one with our name wins; the words of the other are reported."""
        first, second = self.fields[key], field
        if normal(field.key) in {key, "excerpt"} and normal(first.key) != key:
            self.fields[key], second = field, first
        if second.value != self.fields[key].value and key in {"title", "summary"}:
            self.ignored.append(second)

    def _unknown(self, field: HeaderField) -> None:
        near = nearest(field.key, KNOWN.values(), _REALLY_NEAR if self.raw.is_foreign else _NEAR) if not field.within else None
        if near is None and (self.raw.is_foreign or not has_words(field.key)):
            self.ignored.append(field)
        elif near is None:
            self.unknown.append(field)
        else:
            self.report(field.line, "PDV012", f"clé inconnue « {field.key} ». Vouliez-vous dire « {near} » ?")

    def _report_unknown(self) -> None:
        """Keys that resemble none of ours: one problem for the file, with all possible keys."""
        if self.unknown:
            names = join([f"« {field.key} »" for field in self.unknown])
            lines = f" (lignes {join([str(field.line) for field in self.unknown])})" if len(self.unknown) > 1 else ""
            plural = "s" if len(self.unknown) > 1 else ""
            self.report(self.unknown[0].line, "PDV012", f"clé{plural} inconnue{plural} {names}{lines}. Choix possibles : {', '.join(KNOWN.values())}.")

    def _report_missing(self) -> None:
        """Missing fields: one problem, with all that is to be typed."""
        needed = ("title",) if self.rules.is_page else ("title", "date")
        missing = [key for key in needed if key not in self.fields and not self._is_said_otherwise(key)]
        if not missing:
            return
        wanted = {"title": f"Title: {self.opening() or '…'}", "date": "Date: AAAA-MM-JJ"}  # no day: what is said of a text is kept longer than that
        typed = " et ".join(f"« {wanted[key]} »" for key in missing)
        if not self.raw.fields and self.raw.problems:
            return  # a header that cannot be read at all is reported already
        if not self.raw.fields:
            self.report(1, "PDV021", f"ce fichier n'a pas d'en-tête. Écrivez tout en haut {typed}, chacun sur sa ligne, puis une ligne vide.")
        else:
            names = " et ".join(f"« {KNOWN[key]}: »" for key in missing)
            self.report(1, "PDV021", f"il manque {names} dans l'en-tête. Ajoutez-y {typed}.")

    def _is_said_otherwise(self, key: str) -> bool:
        """Whether something else gives the field, or a message already speaks of it."""
        if key == "date" and (self.verdict.appears or date_in_name(self.rules.path)):
            return True
        return any(
            problem.code == "PDV013" and canonical(field.key) == key for problem in self.problems for field in self.raw.fields if field.line == problem.line
        )

    def _report_ignored(self) -> None:
        """Keys of other generators without meaning here: one problem for the file."""
        fields = [field for field in self.ignored if field.value]
        if not fields:
            return
        worded = [field for field in fields if has_words(field.key) and canonical(field.key) != "id"]
        names = ", ".join(dict.fromkeys(f"« {field.key} »" for field in (worded or fields)))
        if worded:
            advice = "Si les lecteurs doivent le savoir, écrivez-le dans le texte ou dans « Summary: … » ; sinon, retirez-le."
            self.report(worded[0].line, "PDV103", f"l'en-tête dit {names}, que ce site ne montre pas. {advice}")
        else:
            self.report(fields[0].line, "PDV104", f"{names} : réglages d'un autre outil, sans effet ici. Retirez-les si vous voulez.")

    def text(self, key: str) -> str:
        """What is typed; empty when the field is not there."""
        field = self.fields.get(key)
        return field.value if field else ""

    def items(self, key: str) -> tuple[str, ...]:
        """The items of a YAML list, or the whole value as one item."""
        field = self.fields.get(key)
        return (field.items or (field.value,)) if field else ()

    def parts(self, key: str) -> list[str]:
        """Words between commas or semicolons."""
        return [part.strip() for item in self.items(key) for part in re.split(r"[;,]", item) if part.strip()]
