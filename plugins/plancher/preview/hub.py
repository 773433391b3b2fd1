"""Passes the outcome of each build to the browsers that wait for it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import threading

from plancher.preview.report import Outcome

Report = dict[str, object]


class Hub:
    """The last outcome, and its number."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._number = 0
        self._report: Report = {}
        self.is_closed = False

    @property
    def is_ready(self) -> bool:
        """Whether a first build has ended, well or not."""
        return self._number > 0

    def publish(self, outcome: Outcome) -> None:
        """Send to all browsers."""
        notices = [dataclasses.asdict(notice) for notice in outcome.notices]
        digest = hashlib.blake2b(json.dumps(notices).encode(), digest_size=8).hexdigest()
        with self._news:
            self._report = {"id": digest, "broken": outcome.is_broken, "notices": notices}
            self._number += 1
            self._news.notify_all()

    def wait(self, seen: int, seconds: float) -> tuple[int, Report]:
        """The number and the report, as soon as the number is not ``seen`` any more or the time is up."""
        with self._news:
            self._news.wait_for(lambda: self._number != seen or self.is_closed, seconds)
            return self._number, self._report

    def close(self) -> None:
        """Release all that wait."""
        with self._news:
            self.is_closed = True
            self._news.notify_all()
