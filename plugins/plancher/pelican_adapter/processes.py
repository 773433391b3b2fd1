"""What a build gives to a process that does not start as a copy of it (``spawn``)."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path
from typing import Any

from pelican.plugins import signals

from plancher.build import render
from plancher.build.render import RenderContext


def travels(value: Any) -> bool:
    """Whether a setting can be sent to another process."""
    try:
        pickle.dumps(value)
    except (pickle.PicklingError, TypeError, AttributeError):
        return False
    return True


def boot(asked: dict[str, Any]) -> None:
    """Load plugins and settings, and begin the reading session."""
    _engine(asked)


def boot_rendering(asked: dict[str, Any], folder: Path, frames: dict[str, Any]) -> None:
    """The same, with the templates."""
    render.set_up(RenderContext(folder, _engine(asked).templates(), frames))


def _engine(asked: dict[str, Any]) -> Any:
    from plancher.pelican_adapter.engine import Engine  # noqa: PLC0415 - which imports this module

    sys.path[:0] = [path for path in asked["PLUGIN_PATHS"] if path not in sys.path]
    engine = Engine(dict(asked))
    signals.get_generators.send(engine)
    return engine
