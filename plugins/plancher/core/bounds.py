"""How far one may go on the web: what every command that touches the network obeys."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How far one may go."""

    delay: float = 1.0
    """Seconds between two requests to one host."""
    timeout: float = 15.0
    """Seconds one request may take before it answers."""
    total: float = 30.0
    """Seconds one request may take in all, its redirections too."""
    size: int = 200_000
    """Bytes read of one answer, at most."""
    redirects: int = 8
    """Redirections followed, at most."""
    together: int = 40
    """Requests at once, at most, all hosts together."""
    allowed: tuple[str, ...] = ()
    """Hosts or networks of this machine or of its network that may be asked all the same: « 127.0.0.0/8 »."""
    agent: str = "plancher-des-vaches/0.1 (+https://plancher-des-vaches.example/)"
    """How we say who we are, in plain letters."""
