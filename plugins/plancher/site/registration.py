"""How a component takes part in a blog that Pelican itself makes: with its own class, reader, writer and theme."""

from __future__ import annotations

import importlib

_PLAIN_ROAD = "plancher.pelican_adapter.plain"


def register() -> None:
    """Let the adapter connect what such a blog needs; in a blog of ours, it does nothing.

    This is the only step from a component up to the adapter. It is taken by
    name, at the time Pelican calls the component: no room imports one above it.
    """
    importlib.import_module(_PLAIN_ROAD).register()
