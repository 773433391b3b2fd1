"""Servers that the tests of a module share, and the queue that each test has of its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from plancher.commands.answers import fetching
from plancher.commands.answers.fetching import Wishes
from plancher.commands.answers.queue import Queue
from plancher.commands.answers.taking_in import Tally
from plancher.components.answers.asked import Asked
from plancher.components.answers.settings import AnswerSettings

from tests.commands.answers import dovecot, pages
from tests.commands.answers.dovecot import Dovecot
from tests.commands.answers.pages import Pages

CALL = Asked(token="a1b2c3d4", post="articles/2024/un.md", call="gains", question="Qu’avez-vous gagné ?", url="https://carnet.example/2024/05/un/")
FAST = AnswerSettings(delay=0.0, timeout=2.0, total=3.0, allowed=("127.0.0.0/8",))


@pytest.fixture
def queue(tmp_path: Path) -> Queue:
    return Queue(tmp_path / "blog" / ".temoignages")


def fetch(queue: Queue, settings: AnswerSettings, asked: Asked = CALL, **more: Any) -> tuple[Tally, list[str]]:
    """What a fetch did, and what it could not read."""
    said: list[str] = []
    wishes = Wishes(blog=queue.folder.parent, settings=settings, asked=[asked], **more)
    tally, is_whole = fetching.fetch(queue, wishes, said.append)
    assert is_whole is not bool(said)
    return tally, said


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot.serving() as made:
        yield made


@pytest.fixture
def box(server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Dovecot:
    """The mailbox, empty, whose password is known."""
    server.empty()
    monkeypatch.setenv("PLANCHER_IMAP_PASSWORD", dovecot.PASSWORD)
    return server


def settings_for(box: Dovecot, **changes: Any) -> AnswerSettings:
    """The settings of a blog whose mailbox this is."""
    return dataclasses.replace(FAST, imap_host="localhost", imap_port=box.port, imap_user=dovecot.USER, **changes)


@pytest.fixture(scope="module")
def web_server() -> Iterator[Pages]:
    with pages.playing() as made:
        yield made


@pytest.fixture
def web(web_server: Pages) -> Pages:
    """A web on which nothing stands yet."""
    web_server.forget()
    return web_server
