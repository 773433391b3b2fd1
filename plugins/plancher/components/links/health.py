"""How a link is: what each visit changes of it. Nothing here touches the network.

A visit that failed for a reason of the moment (a wall, an overload, a delay)
proves nothing. After three that find nothing there (404, no such host), spread
over a week, the page is dead; it may come back.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum


class State(enum.StrEnum):
    """What is known of a link, as the data say it."""

    ALIVE = "alive"
    MOVED = "moved"
    """It answers at another address, for good."""
    SUSPECT = "suspect"
    """It answers, but perhaps something else; or it failed, not long enough to be dead."""
    DEAD = "dead"
    REVIVED = "revived"
    """It was dead and answers again: the next good visit makes it alive."""
    UNKNOWN = "unknown"


class Finding(enum.Enum):
    """What a visit found."""

    GOOD = "good"
    """The page, where it was."""
    MOVED = "moved"
    """The page, where a permanent redirection leads."""
    DOUBTFUL = "doubtful"
    """Something that does not look like the page: a soft 404, a parked domain, a broken certificate, a loop."""
    GONE = "gone"
    """Nobody, or nothing there: 404, 410, no such host, a closed door."""
    TROUBLE = "trouble"
    """An answer that says nothing of the page: 401, 403, 429, a redirection to an application, an address that is not asked."""
    SILENT = "silent"
    """No answer, or one of a host that does not work: 5xx, a delay, a line that is cut."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit to a link."""

    finding: Finding
    reason: str = ""
    """Why, in French: « 404 », « délai dépassé »."""
    moved: str = ""
    """Where it is now, when it moved for good."""
    feed: str = ""
    """The feed that the page announces."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An archived copy of a page."""

    url: str
    date: str
    """The day it was made, ISO 8601."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """All that is known of a link."""

    state: State = State.UNKNOWN
    checked: str = ""
    """The day of the last visit, ISO 8601; empty: never."""
    reason: str = ""
    failures: tuple[str, ...] = ()
    """The days of the visits that found nobody, since the last that found somebody."""
    moved: str = ""
    feed: str = ""
    archive: Copy | None = None
    sought: str = ""
    """The day an archived copy was last looked for."""
    silent_since: str = ""
    """The day from which no visit got an answer that works; empty: the last one did."""


_SILENCE = 60
"""Days without an answer that works, after which a link is to be checked by somebody."""
_FORGOTTEN = 400
"""Days after which a failure no longer accuses."""


def after(before: Health, visit: Visit, today: dt.date, *, failures: int, days: int) -> Health:
    """What is known of a link after a visit.

    :param failures: how many make it dead.
    :param days: over how many days they must be spread.
    """
    checked = dataclasses.replace(before, checked=today.isoformat(), reason=visit.reason, silent_since="")
    match visit.finding:
        case Finding.GOOD:
            state = State.REVIVED if before.state is State.DEAD else State.ALIVE
            return dataclasses.replace(checked, state=state, failures=(), moved="", feed=visit.feed or before.feed)
        case Finding.MOVED:
            return dataclasses.replace(checked, state=State.MOVED, failures=(), moved=visit.moved, feed=visit.feed or before.feed)
        case Finding.DOUBTFUL:
            return dataclasses.replace(checked, state=before.state if before.state is State.DEAD else State.SUSPECT)
        case Finding.TROUBLE:
            return checked
        case Finding.SILENT:
            return _after_silence(before, checked, today)
    oldest = (today - dt.timedelta(days=_FORGOTTEN)).isoformat()
    # Days to come are those of a clock that was wrong.
    known = tuple(dict.fromkeys((*(day for day in before.failures if oldest <= day <= today.isoformat()), today.isoformat())))
    known = known[:1] + known[1:][-failures:]  # the first and the latest say it all
    is_dead = before.state is State.DEAD or (len(known) >= failures and _spread(known) >= days)
    return dataclasses.replace(checked, state=State.DEAD if is_dead else State.SUSPECT, failures=known)


def _after_silence(before: Health, checked: Health, today: dt.date) -> Health:
    """A host that does not answer is not blamed at once; after two months, somebody should look."""
    since = min(before.silent_since or today.isoformat(), today.isoformat())
    is_long = (today - dt.date.fromisoformat(since)).days >= _SILENCE
    state = State.SUSPECT if is_long and before.state is not State.DEAD else before.state
    return dataclasses.replace(checked, state=state, silent_since=since)


def _spread(days: tuple[str, ...]) -> int:
    """Days between the first and the last."""
    dates = sorted(map(dt.date.fromisoformat, days))
    return (dates[-1] - dates[0]).days
