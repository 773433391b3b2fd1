"""The ``clé : valeur`` lines of a block, checked against what the block declares."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Sequence

from plancher.base import addresses, dates
from plancher.base.french import did_you_mean, fold
from plancher.base.problems import Problem
from plancher.text.blocks import Block, Line

_FIELD = re.compile(r"(?P<key>[^\W\d][\w '’-]{0,30}?)\s*:(?:\s+(?P<value>.*)|$)")
_DURATION = re.compile(
    r"(?:(?P<hours>\d{1,9}) ?h(?: ?(?P<rest>\d{1,9})(?: ?(?:min|mn))?)?)? ?(?:(?P<minutes>\d{1,9}) ?(?:min|mn))? ?(?:(?P<seconds>\d{1,9}) ?s)?"
)
_CLOCK = re.compile(r"(?:(\d{1,9}):)?(\d{1,2}):(\d{2})")
_LONGEST = 360_000
"""Seconds; a hundred hours."""
_YES_NO = {"oui": True, "non": False}


@dataclasses.dataclass(frozen=True, slots=True)
class Spec:
    """A field a block understands."""

    key: str
    required: bool = False
    many: bool = False
    """May be written on several lines."""


@dataclasses.dataclass(frozen=True, slots=True)
class Value:
    """What the author typed after a key."""

    text: str
    line: int


def split(lines: Sequence[Line]) -> tuple[tuple[tuple[str, Value], ...], tuple[Line, ...], Line | None]:
    """Cut the lines under a title into typed fields, free Markdown, and a stray line.

    Fields end at the first empty line. A line among them without ``clé :`` is
    returned as stray, and the Markdown starts with it.
    """
    fields: list[tuple[str, Value]] = []
    for index, line in enumerate(lines):
        if not line.text.strip():
            return tuple(fields), tuple(lines[index + 1 :]), None
        match = _FIELD.fullmatch(line.text.strip())
        if match is None:
            return tuple(fields), tuple(lines[index:]), line
        fields.append((match["key"], Value((match["value"] or "").strip(), line.number)))
    return tuple(fields), (), None


def typed_field(line: Line, keys: Iterable[str]) -> tuple[str, Value] | None:
    """A line that is a field, one of these or one of a single word; None for words."""
    match = _FIELD.fullmatch(line.text.strip())
    if match is None or (fold(match["key"]) not in map(fold, keys) and " " in match["key"].strip()):
        return None
    return match["key"], Value((match["value"] or "").strip(), line.number)


class FieldReader:
    """Reads the fields of one block (or of one item in it) and remembers what was wrong.

    Each reading method answers None where the field is absent or unreadable;
    the unreadable is then among the ``problems``.
    """

    def __init__(self, what: str, line: int, typed: Sequence[tuple[str, Value]], specs: Sequence[Spec]) -> None:
        self._values: dict[str, list[Value]] = {}
        self.problems: list[Problem] = []
        keys = {fold(spec.key): spec for spec in specs}
        for key, value in typed:
            self._take(key, value, keys)
        for spec in specs:
            if spec.required and spec.key not in self._values:
                self._say(line, "PDV010", f"il manque « {spec.key} » {what}. Ajoutez une ligne « {spec.key} : … ».")

    @classmethod
    def of(cls, block: Block, specs: Sequence[Spec]) -> tuple[FieldReader, str]:
        """The fields of a block, and the free Markdown under them."""
        typed, body, stray = split(block.lines)
        reader = cls(f"au bloc [!{block.name}]", block.line, typed, specs)
        if stray is not None:
            reader._say(stray.number, "PDV005", "ligne sans « clé : valeur » parmi les champs. Laissez une ligne « > » vide avant le texte.")
        return reader, "\n".join(line.text for line in body).strip("\n")

    def _say(self, line: int, code: str, message: str) -> None:
        self.problems.append(Problem(line, code, message))

    def _take(self, key: str, value: Value, keys: dict[str, Spec]) -> None:
        spec = keys.get(fold(key))
        if spec is None:
            advice = did_you_mean(key, [known.key for known in keys.values()])
            self._say(value.line, "PDV012", f"clé inconnue « {key} ». {advice}")
        elif not value.text:
            self._say(value.line, "PDV013", f"« {spec.key} » n'a pas de valeur. Complétez la ligne ou retirez-la.")
        elif spec.key in self._values and not spec.many:
            first = self._values[spec.key][0].line
            self._say(value.line, "PDV011", f"« {spec.key} » est déjà donné ligne {first}. Gardez une seule des deux lignes.")
        else:
            self._values.setdefault(spec.key, []).append(value)

    def all(self, key: str) -> tuple[Value, ...]:
        """Every value of a field that may be repeated."""
        return tuple(self._values.get(key, ()))

    def text(self, key: str) -> str:
        """The text as typed, empty when absent."""
        values = self._values.get(key)
        return values[0].text if values else ""

    def date(self, key: str) -> dt.datetime | None:
        """A full date."""
        for value in self.all(key):
            try:
                return dates.parse(value.text)
            except dates.DateError as error:
                self._say(value.line, "PDV014", f"« {key} » : {error}")
        return None

    def yes(self, key: str) -> bool:
        """« oui » or « non » (the default)."""
        for value in self.all(key):
            answer = _YES_NO.get(fold(value.text))
            if answer is not None:
                return answer
            self._say(value.line, "PDV014", f"« {key} » se répond par oui ou par non, pas « {value.text} ».")
        return False

    def choice(self, key: str, options: Sequence[str]) -> str | None:
        """One of ``options``, accents and case forgiven."""
        for value in self.all(key):
            for option in options:
                if fold(option) == fold(value.text):
                    return option
            self._say(value.line, "PDV015", f"valeur inconnue « {value.text} » pour « {key} ». {did_you_mean(value.text, options)}")
        return None

    def language(self, key: str) -> str | None:
        """A language tag such as ``en`` or ``pt-BR`` (BCP 47)."""
        for value in self.all(key):
            if re.fullmatch(r"[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*", value.text):
                return value.text
            self._say(value.line, "PDV014", f"« {key} » attend un code de langue comme « en » ou « es », pas « {value.text} ».")
        return None

    def duration(self, key: str) -> int | None:
        """A length in seconds: ``1 h 30``, ``45 min``, ``1:02:03`` or ``3:20``."""
        for value in self.all(key):
            bare = value.text.replace("\u00a0", " ").replace("\u202f", " ")
            clock, words = _CLOCK.fullmatch(bare), _DURATION.fullmatch(bare)
            seconds = None
            if clock:
                seconds = int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + int(clock[3])
            elif words and any(words.groups()):
                minutes = int(words["rest"] or 0) + int(words["minutes"] or 0)
                seconds = int(words["hours"] or 0) * 3600 + minutes * 60 + int(words["seconds"] or 0)
            if seconds is not None and seconds <= _LONGEST:
                return seconds
            self._say(value.line, "PDV014", f"durée illisible « {value.text} ». Écrivez « 45 min », « 1 h 30 » ou « 1:02:03 ».")
        return None

    def address(self, value: Value, key: str, *, internal: bool = False) -> str | None:
        """A whole web address, or one of Pelican's ``{static}`` links where allowed."""
        if addresses.is_web(value.text) or (internal and addresses.is_internal(value.text)):
            return value.text
        if not addresses.is_safe(value.text):
            self._say(value.line, "PDV052", f"adresse dangereuse pour « {key} ». Donnez une adresse qui commence par https://.")
        else:
            self._say(value.line, "PDV016", f"« {key} » n'est pas une adresse complète : « {value.text} ». Donnez une adresse qui commence par https://.")
        return None

    def kept_here(self, key: str) -> str:
        """A file of the site, ``{static}…``: what a page loads by itself asks nothing of others."""
        for value in self.all(key):
            if addresses.is_internal(value.text):
                return value.text
            self._say(value.line, "PDV054", f"« {key} » serait chargé chez un tiers. Gardez le fichier dans content/ et écrivez « {{static}}/… ».")
        return ""

    def addresses(self, key: str, *, internal: bool = False) -> tuple[str, ...]:
        """Every readable address of a field."""
        read = [self.address(value, key, internal=internal) for value in self.all(key)]
        return tuple(address for address in read if address)
