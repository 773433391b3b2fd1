"""How often one machine, and all of them, may send. Addresses are known by a digest alone, in memory, under a key that is thrown away after each window."""

from __future__ import annotations

import collections
import contextlib
import hashlib
import ipaddress
import math
import secrets
import time
from collections.abc import Callable, Iterator

from plancher.commands.answers.receiver.rules import Rules

_DIGEST = 16
"""Bytes."""


class Limits:
    """Counts of one window; there are never more of them than requests that are let through in all."""

    def __init__(self, rules: Rules, clock: Callable[[], float] = time.monotonic) -> None:
        self._rules, self._clock = rules, clock
        self._under_way: collections.Counter[bytes] = collections.Counter()
        self._begin()

    def _begin(self) -> None:
        self._end = self._clock() + self._rules.window
        self._key = secrets.token_bytes(32)
        self._counts: collections.Counter[bytes] = collections.Counter()
        self._total = 0

    def admits(self, address: str) -> bool:
        """Whether one more request from there is let through."""
        if self._clock() >= self._end:
            self._begin()
        known = self._digest(address)
        if self._total >= self._rules.in_all or self._counts[known] >= self._rules.per_machine:
            return False
        self._total += 1
        self._counts[known] += 1
        return True

    @contextlib.contextmanager
    def entering(self, address: str) -> Iterator[bool]:
        """Whether one more request from there may be under way; while it is."""
        known = self._digest(address)
        may_enter = self._under_way.total() < self._rules.at_once and self._under_way[known] < self._rules.at_once_each
        self._under_way[known] += may_enter
        try:
            yield may_enter
        finally:
            self._under_way[known] -= may_enter
            if not self._under_way[known]:
                del self._under_way[known]

    def _digest(self, address: str) -> bytes:
        return hashlib.blake2b(_network(address), key=self._key, digest_size=_DIGEST).digest()

    @property
    def wait(self) -> int:
        """Seconds until the window ends."""
        return max(1, math.ceil(self._end - self._clock()))


def _network(address: str) -> bytes:
    """The machine; of IPv6, the /64 that one subscriber has."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address.encode("utf-8", "replace")
    if isinstance(known, ipaddress.IPv6Address):
        return (known.ipv4_mapped or known).packed[:8]
    return known.packed
