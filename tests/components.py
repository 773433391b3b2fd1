"""What components bring to the reading of a text, without any site."""

from __future__ import annotations

import importlib
from collections.abc import Iterable

from plancher.site import assembly
from plancher.text.grammar import Grammar


def grammar_of(plugins: Iterable[str]) -> Grammar:
    """:param plugins: as ``PLUGINS`` names them; each has its default settings."""
    components = [importlib.import_module(name).COMPONENT for name in plugins]
    return assembly.grammar([component(component.settings_type() if component.settings_type else None) for component in components])
