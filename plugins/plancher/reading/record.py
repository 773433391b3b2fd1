"""What the site keeps of one text: a line of JSON in the cache.

The body and the table of contents stay in the cache, where the page that
shows them fetches them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
import pickle
import zoneinfo
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from plancher.core import addresses, body, clock
from plancher.core.problems import Problem
from plancher.core.store import Row
from plancher.reading.convert import Heading, Reading


class Record(NamedTuple):
    """The head of one text; a tuple, so that a JSON array is one and five thousand load at once."""

    path: str
    """From the content folder, with slashes."""
    title: str
    category: str
    summary: str
    """HTML, with Pelican's ``{static}`` links still to resolve."""
    date: float | None
    """Seconds since the epoch."""
    modified: float | None
    tags: list[str]
    authors: list[str]
    slug: str
    """The author's, else made of the file's name."""
    status: str
    lang: str
    id: str
    kind: str
    template: str
    save_as: str
    url: str
    lines: dict[str, int]
    """Line of each header field."""
    readable: bool
    """False when the file is not text at all."""
    pending: bool
    """Whether the text was kept back because its date was still to come."""
    links: list[list[Any]]
    """Each internal address in the text, with its line."""
    targets: list[str]
    """Each internal address in the HTML, body and summary, as it stands there."""
    consulted: dict[str, str | None]
    """Files this text depends on, with their digest; none where there was no file; empty where only being there counts."""
    problems: list[list[Any]]
    """Line, code and message."""
    advice: list[list[Any]]
    """The same, for « invoke check » alone."""
    key: str = ""
    """Where the cache keeps the body; not part of the row."""

    def line(self, field: str) -> int:
        """The line of a header field, or the first of the file."""
        return self.lines.get(field, 1)

    @property
    def found(self) -> list[Problem]:
        """What its author should know."""
        return [Problem(*problem) for problem in self.problems]

    def is_current(self) -> bool:
        """Whether the passing of time has changed nothing: a text kept for later has its day."""
        return self.date is None or self.pending == (self.date > clock.now().timestamp())


@dataclasses.dataclass(frozen=True, slots=True)
class Outline:
    """What a template may say of a text before showing it."""

    headings: tuple[Heading, ...]
    minutes: int
    """To read it in silence."""


@dataclasses.dataclass(frozen=True, slots=True)
class Facts:
    """What only the text's own page needs."""

    headings: tuple[Heading, ...] = ()
    words: int = 0
    models: tuple[object, ...] = ()
    """The blocks, in the order of the text."""


def row(path: str, key: str, reading: Reading, consulted: dict[str, str | None], advice: list[Problem], slugify: Callable[[str], str]) -> Row:
    """A reading, as the cache keeps it."""
    front, document = reading.document.front, reading.document
    pending = front.date is not None and front.date > clock.now()
    record = Record(
        path=path,
        title=reading.title if front.title else "",
        category=reading.category,
        summary=reading.summary,
        date=_seconds(front.date),
        modified=_seconds(front.modified),
        tags=list(front.tags),
        authors=list(front.authors),
        slug=front.slug or slugify(PurePosixPath(path).stem),
        status=front.status,
        lang=front.lang,
        id=front.id,
        kind=front.kind,
        template=front.template,
        save_as=front.save_as,
        url=front.url,
        lines=dict(front.lines),
        readable=document.readable,
        pending=pending,
        links=[[address, line] for address, line in reading.links if addresses.is_internal(address)],
        targets=list(body.internal(reading.html + reading.summary)),
        consulted=consulted,
        problems=[_typed(problem) for problem in reading.problems],
        advice=[_typed(problem) for problem in advice],
    )
    facts = Facts(reading.headings, reading.words, tuple(block.model for block in document.blocks if block))
    return Row(key, json.dumps(record[:-1], ensure_ascii=False, separators=(",", ":")), _packed(facts), reading.html)


def records(heads: dict[str, str]) -> dict[str, Record]:
    """Records by key, from the heads the cache gave."""
    lists = json.loads(f"[{','.join(heads.values())}]")
    return {key: Record(*fields, key) for key, fields in zip(heads, lists, strict=True)}


def _seconds(moment: dt.datetime | None) -> float | None:
    return moment.timestamp() if moment else None


def _typed(problem: Problem) -> list[object]:
    return [problem.line, problem.code, problem.message]


class _Packer(pickle.Pickler):
    def persistent_id(self, value: object) -> str | None:
        """Time zones by name: they hold no state of ours."""
        return value.key if isinstance(value, zoneinfo.ZoneInfo) else None


class _Unpacker(pickle.Unpickler):
    """Makes our own dataclasses and dates, and nothing else: a cache restored from elsewhere runs no code."""

    def persistent_load(self, name: str) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(name)

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in {("datetime", "datetime"), ("datetime", "date"), ("datetime", "timedelta"), ("datetime", "timezone")}:
            return super().find_class(module, name)
        found = super().find_class(module, name) if module.startswith("plancher.") else None
        if not (isinstance(found, type) and dataclasses.is_dataclass(found)):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


def _packed(facts: Facts) -> bytes:
    buffer = io.BytesIO()
    _Packer(buffer, pickle.HIGHEST_PROTOCOL).dump(facts)
    return buffer.getvalue()


def facts(packed: bytes) -> Facts:
    """What only the text's own page needs.

    :raises pickle.UnpicklingError: these bytes are not ours.
    """
    found = _Unpacker(io.BytesIO(packed)).load()
    if not isinstance(found, Facts):
        raise pickle.UnpicklingError("Facts")
    return found
