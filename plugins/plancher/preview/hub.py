"""Where the session leaves what browsers should know, and where they wait for it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import threading
from typing import Any

from plancher.preview.report import Outcome


class Hub:
    """The last outcome, and a number that grows with each."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._number = 0
        self._report: dict[str, Any] = {}
        self.is_closed = False

    @property
    def is_ready(self) -> bool:
        """Whether a first build has ended, well or not."""
        return self._number > 0

    def publish(self, outcome: Outcome) -> None:
        """Tell everyone."""
        notices = [dataclasses.asdict(notice) for notice in outcome.notices]
        name = hashlib.blake2b(json.dumps(notices).encode(), digest_size=8).hexdigest()
        with self._news:
            self._report = {"id": name, "broken": outcome.is_broken, "notices": notices}
            self._number += 1
            self._news.notify_all()

    def wait(self, seen: int, seconds: float) -> tuple[int, dict[str, Any]]:
        """The number and the report, at once when the number is not ``seen``, else when it changes or time is up."""
        with self._news:
            self._news.wait_for(lambda: self._number != seen or self.is_closed, seconds)
            return self._number, self._report

    def close(self) -> None:
        """Let everyone go."""
        with self._news:
            self.is_closed = True
            self._news.notify_all()
