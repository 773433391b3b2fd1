"""The grammar that some components give, as a build of theirs has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from plancher.pelican_adapter import plugins
from plancher.site import assembly
from plancher.text.grammar import Grammar


def grammar_of(names: Iterable[str], settings: Mapping[str, Any] | None = None) -> Grammar:
    return assembly.grammar(plugins.components(plugins.modules(names), settings or {}))
