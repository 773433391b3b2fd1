"""Templates as Python runs them, kept beside their sources in ``__pycache__``, where Python keeps its own modules.

Not in the cache, which may come from elsewhere: what lies there is never run.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket

from plancher.core import digest


def ready(env: jinja2.Environment, settings: Mapping[str, Any]) -> jinja2.Environment:
    """The environment of one build: what was compiled before is used, and a template is looked up once."""
    if env.bytecode_cache is None:
        env.bytecode_cache = _Compiled(Path(settings["THEME"]), settings["JINJA_ENVIRONMENT"])
    env.auto_reload = False
    return env


class _Compiled(jinja2.FileSystemBytecodeCache):
    """What Jinja made of each template; made again when its source, Jinja or the site's settings for it change."""

    def __init__(self, theme: Path, environment: Mapping[str, Any]) -> None:
        super().__init__(os.fspath(theme / "templates" / "__pycache__"))
        self._environment = digest.of_text(jinja2.__version__, repr(sorted((name, str(value)) for name, value in environment.items())))

    def get_source_checksum(self, source: str) -> str:
        """Of all that decides of the code."""
        return digest.of_text(source, self._environment)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, where that can be: a theme that cannot be written costs time."""
        with contextlib.suppress(OSError):
            Path(self.directory).mkdir(exist_ok=True)
            super().dump_bytecode(bucket)
