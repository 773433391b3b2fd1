"""What the site keeps of one text: a line of JSON in the cache.

The body and the table of contents stay in the cache, where the page that
shows them fetches them.
"""

from __future__ import annotations

import datetime as dt
import html
import json
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from plancher.base import addresses, clock, digest
from plancher.base.problems import Problem, Severity
from plancher.base.slugs import without_date
from plancher.cache.outline import Outline
from plancher.cache.store import Row

if TYPE_CHECKING:
    from plancher.markdown.convert import Reading
    from plancher.text.front import Front


NOTE_ANCHORS = ("fn:", "fnref")
"""How the anchors of notes begin: nobody links to these."""


class Record(NamedTuple):
    """The head of one text; a tuple, so that a JSON array is one and five thousand load at once."""

    path: str
    """From the content folder, with slashes."""
    title: str
    category: str
    summary: str
    """HTML; each address that the site may change stands between marks (``cache.slots``)."""
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
    image: str
    """The picture that the header names, from the content folder."""
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
    """Each internal address in the text, and each that names an anchor of another page of the site, with its line."""
    anchors: list[str]
    """The names that a link may end with, in the order of the text."""
    elsewhere: list[str]
    """Each address of another site in the text, once."""
    targets: list[str]
    """Each internal address in the HTML, body and summary, as it stands there."""
    plain: list[str]
    """The last segment of each other address of the site in the HTML."""
    consulted: dict[str, str | None]
    """Files this text depends on, with their digest; none where there was no file; empty where only being there counts."""
    entries: dict[str, list[list[Any]]]
    """The index entries of its blocks, by the name of their type."""
    shown_since: float | None
    """Since when it shows what it shows: seconds since the epoch; none for ever."""
    expires_at: float | None
    """When it will show something else by itself."""
    shown: str
    """Digest of what other pages show of this text, beside its address and its category; empty when they show links of it."""
    files: str
    """Digest of ``consulted``; empty when there is none."""
    problems: list[list[Any]]
    """Line, code and message."""
    advice: list[list[Any]]
    """The same, for « invoke check » alone."""
    others: dict[str, str]
    """Fields of the header that are other plugins'."""
    key: str = ""
    """Where the cache keeps the body; not part of the row."""

    def line(self, field: str) -> int:
        """The line of a header field, or the first of the file."""
        return self.lines.get(field, 1)

    @property
    def found(self) -> list[Problem]:
        """What its author should know."""
        return [Problem(*problem) for problem in self.problems]

    def is_current(self, now: float) -> bool:
        """Whether the passing of time has changed nothing: a text kept for later has its day, a proof is to be looked at again.

        :param now: seconds since the epoch.
        """
        is_its_day = self.date is None or self.pending == (self.date > now)
        return is_its_day and (self.shown_since is None or self.shown_since <= now) and (self.expires_at is None or now < self.expires_at)


class Origin(NamedTuple):
    """Where a reading comes from, and what the site decides of it."""

    path: str
    """From the content folder, with slashes."""
    key: str
    """Where the cache keeps it."""
    slugify: Callable[[str], str]
    words_per_minute: int


def row(origin: Origin, reading: Reading, consulted: dict[str, str | None], advice: list[Problem]) -> Row:
    """A reading, as the cache keeps it."""
    front, document = reading.document.front, reading.document
    pending = front.date is not None and front.date > clock.now()
    title = reading.title if front.title else ""
    dates = _seconds(front.date), _seconds(front.modified)
    linked = reading.summary.internal
    now, limits = clock.now().timestamp(), [moment.timestamp() for moment in (front.appears, front.expires) if moment]
    record = Record(
        path=origin.path,
        title=title,
        category=reading.category,
        summary=reading.summary.marked,
        date=dates[0],
        modified=dates[1],
        tags=list(front.tags),
        authors=list(front.authors),
        slug=front.slug or origin.slugify(_name(origin.path, front)),
        status=front.status,
        lang=front.lang,
        id=front.id,
        kind=front.kind,
        image=reading.image,
        template=front.template,
        save_as=front.save_as,
        url=front.url,
        lines=dict(front.lines),
        readable=document.readable,
        pending=pending,
        links=[[address, line] for address, line in reading.links if addresses.is_internal(address) or _names_anchor(address)],
        anchors=[name for name in reading.body.ids if not name.startswith(NOTE_ANCHORS)],
        elsewhere=list(dict.fromkeys(html.unescape(address) for address, _ in reading.links if addresses.is_web(html.unescape(address)))),
        targets=list(dict.fromkeys([*reading.body.internal, *reading.summary.internal])),
        plain=sorted({*reading.body.file_names, *reading.summary.file_names}),
        consulted=consulted,
        entries={name: [list(row) for row in rows] for name, rows in reading.entries.items()},
        shown_since=max(filter(None, (_midnight(reading.shown_since), *(moment for moment in limits if moment <= now))), default=None),
        expires_at=min(filter(None, (_midnight(reading.expires_at), *(moment for moment in limits if moment > now))), default=None),
        shown="" if linked else digest.of_text(title, reading.summary.html, repr(dates)),
        files=digest.of_text(repr(sorted(consulted.items()))) if consulted else "",
        problems=[_typed(problem) for problem in reading.problems if problem.severity is not Severity.SUGGESTION],
        advice=[_typed(problem) for problem in (*reading.problems, *advice) if problem.severity is Severity.SUGGESTION],
        others=dict(front.others),
    )
    outline = Outline(reading.headings, max(1, -(-reading.words // origin.words_per_minute)), bool(front.summary))
    return Row(origin.key, json.dumps(record[:-1], ensure_ascii=False, separators=(",", ":")), outline.to_bytes(), reading.body.marked)


def records(heads: dict[str, str]) -> dict[str, Record]:
    """Records by key, from the heads the cache gave."""
    lists = json.loads(f"[{','.join(heads.values())}]")
    return {key: Record._make([*fields, key]) for key, fields in zip(heads, lists, strict=True)}


def _seconds(moment: dt.datetime | None) -> float | None:
    return moment.timestamp() if moment else None


def _name(path: str, front: Front) -> str:
    """What names a text that names itself nowhere: its file, or its folder when the file is only « index.md »."""
    whole = PurePosixPath(path)
    if whole.stem.lower() == "index" and len(whole.parts) > _IN_A_FOLDER and not whole.parent.name.isdigit():
        return whole.parent.name
    return whole.stem if "date" in dict(front.lines) else without_date(whole.stem)


_IN_A_FOLDER = 2
"""Parts of a path: the folder of texts, and the text."""


def _midnight(day: dt.date | None) -> float | None:
    """The end of a day (UTC)."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC).timestamp() if day else None


def _typed(problem: Problem) -> list[object]:
    return [problem.line, problem.code, problem.message]


def _names_anchor(address: str) -> bool:
    """Whether an address names an anchor of a page by the page's own address, or of its own page."""
    return "#" in address and address.startswith(("/", "#")) and not address.startswith("//")
