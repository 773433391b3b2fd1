"""What a reader was told is received is there: under load, after kill -9 at any moment, and with the memory of one afternoon."""

from __future__ import annotations

import contextlib
import random
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.commands.answers.receiver import crowd
from tests.commands.answers.receiver.running import Running, reference, running

if sys.platform != "linux":
    pytest.skip("the memory of a process is read as Linux shows it", allow_module_level=True)


def words(receiver: Running) -> dict[str, str]:
    return {name: content["answer"] for name, content in receiver.kept().items()}


def test_under_load_what_is_received_is_kept_what_is_refused_is_told_and_memory_stays_flat(tmp_path: Path) -> None:
    with running(tmp_path / "recu.sqlite", per_machine=8, window=3600.0) as receiver:
        first = crowd.send(receiver, readers=60, answers=3)
        memory = receiver.memory()
        second = crowd.send(receiver, readers=120, answers=3)
        assert set(first.statuses) | set(second.statuses) == {200, 429}
        assert words(receiver) == first.received | second.received
        assert len(first.received) > 40
        assert all("Trop d’envois" in page or "Beaucoup d’envois" in page for page in first.refused + second.refused)
        assert receiver.memory() < memory + 4_000, "kilobytes"


def test_after_kill_9_at_random_moments_under_load_every_answer_that_was_received_is_there(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    moments = random.Random(seed)
    received: dict[str, str] = {}
    cut: list[dict[str, str]] = []
    for _ in range(4):
        with running(tmp_path / "recu.sqlite", at_once=1000) as receiver:
            seen = crowd.send(receiver, readers=25, answers=1000, kill_after=moments.randrange(3, 60))
        received |= seen.received
        cut += seen.cut
    with running(tmp_path / "recu.sqlite") as receiver:
        before = words(receiver)
        assert received.items() <= before.items()
        assert len(received) >= 4 * 3
        for fields in cut:  # their readers press the button once more
            done = receiver.client.post(receiver.send_to, data=fields, headers=crowd.FROM_RECEIVER)
            assert reference(done) == fields["seal"].split(".")[1]
        after = words(receiver)
        assert len(after) == len(before | {fields["seal"].split(".")[1]: "" for fields in cut})
    with contextlib.closing(sqlite3.connect(tmp_path / "recu.sqlite")) as found:
        assert found.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
