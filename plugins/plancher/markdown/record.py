"""What the site keeps of one text, as a line of JSON in the cache.

The body and the table of contents stay in the cache, where the page that
shows them fetches them.
"""

from __future__ import annotations

import datetime as dt
import html
import json
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from plancher.base import addresses, clock, digest
from plancher.base.problems import Problem, Severity
from plancher.base.slugs import without_date
from plancher.cache.outline import Outline
from plancher.cache.store import Row
from plancher.markdown import anchors

if TYPE_CHECKING:
    from plancher.markdown.convert import Reading
    from plancher.text.front import Front


class Record(NamedTuple):
    """What the site keeps of one text. A tuple: five thousand are read at once from JSON arrays."""

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
    images: Sequence[tuple[str, str]]
    """Each picture of the site in the text, once: its address as typed, and its words."""
    template: str
    save_as: str
    url: str
    aliases: Sequence[str]
    """Former addresses (``Front.aliases``)."""
    series: str
    part: int
    lines: dict[str, int]
    """Line of each header field."""
    readable: bool
    """False when the file is not text at all."""
    pending: bool
    """Whether the text was held back because its date was still to come."""
    links: Sequence[tuple[str, int]]
    """Each internal address in the text, and each that names an anchor of another page of the site, with its line (a list, when it comes from JSON)."""
    anchors: list[str]
    """The ids of the text, in its order: a link may end with one."""
    elsewhere: list[str]
    """Each address of another site in the text, once."""
    targets: list[str]
    """Each internal address in the HTML of the body and the summary, escaped as it stands there."""
    plain: list[str]
    """The file name of each address in the HTML that begins at the root of the site, or at the page itself."""
    consulted: dict[str, str | None]
    """Files that the text depends on, with their digest: None where there was no file, empty where only the existence counts."""
    entries: dict[str, list[list[Any]]]  # Any: the fields of each type of entry, as JSON has them
    """The index entries of its blocks, by the name of their type."""
    shown_since: float | None
    """When time alone last changed what it shows: seconds since the epoch; None: never."""
    expires_at: float | None
    """When time alone will next change what it shows."""
    shown: str
    """Digest of what other pages show of this text, except its address and category; empty when its summary has internal links."""
    files: str
    """Digest of ``consulted``; empty when there is none."""
    problems: Sequence[tuple[int, str, str]]
    """Line, code and message."""
    advice: Sequence[tuple[int, str, str]]
    """The same, for « invoke check » alone."""
    others: dict[str, str]
    """Fields of the header that are other plugins'."""
    key: str = ""
    """Where the cache keeps the body; not part of the JSON."""

    def line(self, field: str) -> int:
        """The line of a header field, or the first of the file."""
        return self.lines.get(field, 1)

    @property
    def found(self) -> list[Problem]:
        """What is wrong with the text, for its author."""
        return [Problem(*problem) for problem in self.problems]

    @property
    def apart(self) -> str:
        """What makes two readings of one text differ: files that it consults, and time."""
        limits = (self.shown_since, self.expires_at)
        return self.files if limits == (None, None) else f"{self.files} {limits}"

    def is_current(self, now: float) -> bool:
        """Whether time has changed nothing since: a text held back reaches its date, a proof its day of review.

        :param now: seconds since the epoch.
        """
        is_its_day = self.date is None or self.pending == (self.date > now)
        return is_its_day and (self.shown_since is None or self.shown_since <= now) and (self.expires_at is None or now < self.expires_at)


class Origin(NamedTuple):
    """Where a text comes from, and what the site decides for it."""

    path: str
    """From the content folder, with slashes."""
    key: str
    """Where the cache keeps it."""
    slugify: Callable[[str], str]
    words_per_minute: int


def row(origin: Origin, reading: Reading, consulted: dict[str, str | None], advice: list[Problem]) -> Row:
    """A text as the cache keeps it."""
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
        images=reading.images,
        template=front.template,
        save_as=front.save_as,
        url=front.url,
        aliases=list(front.aliases),
        series=front.series,
        part=front.part,
        lines=dict(front.lines),
        readable=document.readable,
        pending=pending,
        links=[(address, line) for address, line in reading.links if addresses.is_internal(address) or anchors.is_on_the_site(address)],
        anchors=anchors.of(reading.body.ids),
        elsewhere=list(dict.fromkeys(html.unescape(address) for address, _ in reading.links if addresses.is_web(html.unescape(address)))),
        targets=list(dict.fromkeys([*reading.body.internal, *reading.summary.internal])),
        plain=sorted({*reading.body.file_names, *reading.summary.file_names}),
        consulted=consulted,
        entries={name: [list(row) for row in rows] for name, rows in reading.entries.items()},
        shown_since=max(filter(None, (_midnight(reading.shown_since), *(moment for moment in limits if moment <= now))), default=None),
        expires_at=min(filter(None, (_midnight(reading.expires_at), *(moment for moment in limits if moment > now))), default=None),
        shown="" if linked else digest.of_text(title, reading.summary.html, repr(dates)),
        files=digest.of_text(repr(sorted(consulted.items()))) if consulted else "",
        problems=[_plain(problem) for problem in reading.problems if problem.severity is not Severity.SUGGESTION],
        advice=[_plain(problem) for problem in (*reading.problems, *advice) if problem.severity is Severity.SUGGESTION],
        others=dict(front.others),
    )
    outline = Outline(reading.headings, max(1, -(-reading.words // origin.words_per_minute)), bool(front.summary), reading.kept)
    return Row(origin.key, json.dumps(record[:-1], ensure_ascii=False, separators=(",", ":")), outline.to_bytes(), reading.body.marked)


def records(heads: dict[str, str]) -> dict[str, Record]:
    """Records by key, from the heads the cache gave."""
    lists = json.loads(f"[{','.join(heads.values())}]")
    return {key: Record._make([*fields, key]) for key, fields in zip(heads, lists, strict=True)}


def _seconds(moment: dt.datetime | None) -> float | None:
    return moment.timestamp() if moment else None


def _name(path: str, front: Front) -> str:
    """The name of a text without a slug: its file, or its folder for « index.md »."""
    whole = PurePosixPath(path)
    if whole.stem.lower() == "index" and len(whole.parts) > _IN_A_FOLDER and not whole.parent.name.isdigit():
        return whole.parent.name
    return whole.stem if "date" in dict(front.lines) else without_date(whole.stem)


_IN_A_FOLDER = 2
"""Parts of a path: the folder of texts, and the text."""


def _midnight(day: dt.date | None) -> float | None:
    """The end of a day (UTC)."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC).timestamp() if day else None


def _plain(problem: Problem) -> tuple[int, str, str]:
    return problem.line, problem.code, problem.message
