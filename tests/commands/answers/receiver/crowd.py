"""Many readers at once, each on a machine of its own, as the server before the receiver names them."""

from __future__ import annotations

import asyncio
import collections
import dataclasses

import aiohttp

from tests.commands.answers.receiver.running import FILLED, FROM_BLOG, FROM_RECEIVER, Running, fields_of, reference


@dataclasses.dataclass
class Seen:
    """What the readers were told."""

    kill_after: int | None
    """How many are received when the receiver is killed; None: it is not."""

    received: dict[str, str] = dataclasses.field(default_factory=dict)
    """The words of each answer that was said to be received, by its reference."""
    refused: list[str] = dataclasses.field(default_factory=list)
    """Pages with status 429."""
    statuses: collections.Counter[int] = dataclasses.field(default_factory=collections.Counter)
    cut: list[dict[str, str]] = dataclasses.field(default_factory=list)
    """What was sent and not answered."""


async def _read(session: aiohttp.ClientSession, seen: Seen, address: str, fields: dict[str, str], headers: dict[str, str]) -> str:
    async with session.post(address, data=fields, headers=headers) as answer:
        text = await answer.text()
        seen.statuses[answer.status] += 1
        if answer.status == 429:
            assert answer.headers["Retry-After"].isdigit()
            seen.refused.append(text)
            return ""
        return text


async def _reader(session: aiohttp.ClientSession, receiver: Running, seen: Seen, machine: str, answers: int) -> None:
    named = {"X-Forwarded-For": machine}
    for number in range(answers):
        words = f"Réponse {number} de {machine}. " + "Du texte. " * 40
        page = await _read(session, seen, receiver.address, FILLED | {"answer": words}, FROM_BLOG | named)
        if not page:
            continue
        fields = fields_of(page)
        try:
            done = await _read(session, seen, receiver.send_to, fields, FROM_RECEIVER | named)
        except (aiohttp.ClientError, OSError):
            seen.cut.append(fields)
            raise
        if reference(done):
            seen.received[reference(done)] = words.strip()
            if len(seen.received) == seen.kill_after:
                receiver.process.kill()


async def _all(receiver: Running, readers: int, answers: int, kill_after: int | None) -> Seen:
    seen = Seen(kill_after)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(60)) as session:
        work = [asyncio.create_task(_reader(session, receiver, seen, f"198.51.100.{number}", answers)) for number in range(readers)]
        done = await asyncio.gather(*work, return_exceptions=kill_after is not None)
        assert all(one is None or isinstance(one, (aiohttp.ClientError, OSError)) for one in done), done
    return seen


def send(receiver: Running, readers: int, answers: int, kill_after: int | None = None) -> Seen:
    """What they see; the receiver is killed as soon as so many were received."""
    return asyncio.run(_all(receiver, readers, answers, kill_after))
