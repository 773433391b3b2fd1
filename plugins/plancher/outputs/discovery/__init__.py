"""Site map, robots.txt, security headers and redirections."""

from __future__ import annotations

from typing import Any

from pelican import signals

from plancher.outputs.discovery.generator import DiscoveryGenerator


def discovery_generator(pelican: Any) -> type[DiscoveryGenerator]:  # noqa: ARG001 - the signal's sender
    """Writes what machines read."""
    return DiscoveryGenerator


def register() -> None:
    """Connect the receivers."""
    signals.get_generators.connect(discovery_generator)
