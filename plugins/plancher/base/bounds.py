"""The limits of every command that uses the network."""

from __future__ import annotations

import dataclasses

from plancher.base.settings import between, shaped


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Limits of requests."""

    delay: float = between(1.0, 0, 3600)
    """Seconds between two requests to one host."""
    timeout: float = between(15.0, 0.01, 3600)
    """Seconds one request may take before it answers."""
    total: float = between(30.0, 0.01, 3600)
    """Seconds one request may take in all, its redirections too."""
    size: int = between(200_000, 1, 100_000_000)
    """Bytes read of one answer, at most."""
    redirects: int = between(8, 0, 100)
    """Redirections followed, at most."""
    together: int = between(40, 1, 1000)
    """Requests at once, at most, all hosts together."""
    allowed: tuple[str, ...] = shaped((), "des noms de machines ou des réseaux, comme « 127.0.0.0/8 »", r"[\w.:\[\]-]+(?:/\d{1,3})?")
    """Hosts or networks of this machine or of its network that may be asked all the same: « 127.0.0.0/8 »."""
    agent: str = shaped("", "un nom en lettres sans accent", r"(?:[!-~](?:[ -~]*[!-~])?)?")
    """How we say who we are, in plain letters; empty: by the name and the address of the blog."""
