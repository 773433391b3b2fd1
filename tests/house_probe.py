"""Builds in a process of its own, and prints as JSON what it left in Pelican's settings and context, or in our modules.

``python tests/house_probe.py keys WORDS…`` runs one build; ``state WORDS… -- WORDS…``
runs several, one after the other. WORDS are those of the ``pelican`` command.
"""

from __future__ import annotations

import collections
import importlib
import itertools
import json
import pkgutil
import sys
import types
from collections.abc import Hashable, Iterator
from pathlib import Path

import pelican

ROOT = Path(__file__).resolve().parent.parent
DEEPEST = 4
"""Levels of containers and of our own objects that are looked into."""


def keys(words: list[str]) -> dict[str, list[str]]:
    """The keys of Pelican's settings and context once a build is over."""
    settings, contexts = [], []

    def note_settings(build: pelican.Pelican) -> None:
        settings.append(build.settings)

    def note_contexts(generators: list) -> None:
        contexts.extend(generator.context for generator in generators)

    pelican.signals.initialized.connect(note_settings)
    pelican.signals.all_generators_finalized.connect(note_contexts)  # sent only where Pelican's own generators run
    _build(words)
    return {name: sorted({key for found in tables for key in found}) for name, tables in (("settings", settings), ("context", contexts))}


def state(builds: list[list[str]]) -> list[str]:
    """The module-level values of ours that these builds have changed."""
    modules = list(_modules())
    for plugin in importlib.import_module("tests.settings.identity").PLUGINS:
        importlib.import_module(plugin).register()
    alive: list[object] = []  # an address in memory is nobody else's as long as its object lives
    before = {name: _frozen(value, alive) for name, value in _values(modules)}
    for words in builds:
        _build(words)
    after = {name: _frozen(value, alive) for name, value in _values(modules)}
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _build(words: list[str]) -> None:
    try:
        pelican.main(words)
    except SystemExit as end:
        if end.code:
            raise


def _modules() -> Iterator[types.ModuleType]:
    """All modules of the package but those that run when they are imported."""
    package = importlib.import_module("plancher")
    yield package
    for found in pkgutil.walk_packages(package.__path__, "plancher."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def _values(modules: list[types.ModuleType]) -> Iterator[tuple[str, object]]:
    for module in modules:
        for name, value in vars(module).items():
            if name.startswith("__") or isinstance(value, types.ModuleType):
                continue
            if isinstance(value, type) and value.__module__ == module.__name__:
                own = ((f"{name}.{key}", held) for key, held in vars(value).items() if not key.startswith("__") and isinstance(held, list | dict | set))
                yield from ((f"{module.__name__}.{key}", held) for key, held in own)
            elif not callable(value):
                yield f"{module.__name__}.{name}", value


def _frozen(value: object, alive: list[object], depth: int = 0) -> Hashable:
    """What tells whether a value has changed: containers and our own objects by what they hold, all others by who they are."""
    alive.append(value)
    if isinstance(value, str | bytes | int | float | None):
        return value
    if depth < DEEPEST:
        if isinstance(value, dict):
            return ("dict", *((_frozen(key, alive, depth + 1), _frozen(held, alive, depth + 1)) for key, held in value.items()))
        if isinstance(value, list | tuple | collections.deque):
            return (type(value).__name__, *(_frozen(held, alive, depth + 1) for held in value))
        if isinstance(value, set | frozenset):
            return ("set", frozenset(_frozen(held, alive, depth + 1) for held in value))
        if type(value).__module__.startswith("plancher.") and type(value).__module__ != "plancher.base.lazy":  # a lazy pattern caches what it compiles
            return (id(value), _frozen(_attributes(value), alive, depth + 1))
    return id(value)


def _attributes(value: object) -> dict[str, object]:
    slots = [
        name
        for kind in type(value).__mro__
        for name in ([kind.__slots__] if isinstance(getattr(kind, "__slots__", ()), str) else getattr(kind, "__slots__", ()))
    ]
    return {**getattr(value, "__dict__", {}), **{name: getattr(value, name) for name in slots if hasattr(value, name)}}


def main() -> None:
    sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]
    what, *words = sys.argv[1:]
    if what == "keys":
        found: object = keys(words)
    else:
        found = state([list(build) for is_end, build in itertools.groupby(words, key="--".__eq__) if not is_end])
    print(f"\n{json.dumps(found)}")


if __name__ == "__main__":
    main()
