"""Templates as Python runs them, kept beside their sources in ``__pycache__``, where Python keeps its own modules.

Not in the cache, which may come from elsewhere: what lies there is never run.
Jinja works out what it can while it compiles (« 'icon.svg'|link »): what was
compiled is of one site's settings and filters, and of no other.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from plancher.base import atomic, digest


def ready(env: jinja2.Environment, theme: str, fingerprint: str) -> jinja2.Environment:
    """The environment of one build: what was compiled before is used, and a template is looked up once.

    :param fingerprint: of code, versions, filters and settings.
    """
    if env.bytecode_cache is None:
        env.bytecode_cache = _Compiled(Path(theme, "templates") / "__pycache__", fingerprint)
    env.auto_reload = False
    return env


class _Compiled(jinja2.BytecodeCache):
    """One file for each template, with a digest: a damaged one is made again."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self.folder = folder
        self._fingerprint = fingerprint

    def get_source_checksum(self, source: str) -> str:
        """A digest of all that the code depends on."""
        return digest.of_text(source, self._fingerprint)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the code, unless its file is missing or damaged."""
        with contextlib.suppress(OSError, ValueError):
            bucket.bytecode_from_string(digest.unsealed((self.folder / bucket.key).read_bytes()))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the code beside the template; a theme that cannot be written costs time."""
        code = bucket.bytecode_to_string()
        with contextlib.suppress(OSError):
            if self.folder.parent.is_dir():
                atomic.write(self.folder / bucket.key, digest.of_bytes(code).encode() + b"\n" + code, is_durable=False)
