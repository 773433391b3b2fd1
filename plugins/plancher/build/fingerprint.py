"""All that decides of every page, beside what the page is made from; and where that lies on disk."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from plancher.base import digest
from plancher.cache import folders
from plancher.cache.folders import Folder
from plancher.cache.tree import Tree

_PACKAGES = ("babel", "feedgenerator", "fontpkg-vollkorn", "jinja2", "markupsafe", "nh3", "pelican", "pillow", "rcssmin", "resvg-py", "rjsmin")
"""What a page owes its bytes to, beside our own code."""
_CODE = Path(__file__).resolve().parent.parent


def of(settings: Mapping[str, object]) -> str:
    """The digest of code, versions, and the settings that no template names."""
    named = [_table(settings, name) for name in ("JINJA_FILTERS", "JINJA_TESTS", "JINJA_GLOBALS")]
    functions = [(name, value) for names in named for name, value in sorted(names.items()) if callable(value)]
    texts = [repr(settings[name]) for name in ("SITEURL", "JINJA_EXTENSIONS", "TEMPLATE_EXTENSIONS") if name in settings]
    environment = repr(sorted((name, str(value)) for name, value in _table(settings, "JINJA_ENVIRONMENT").items()))
    sources = [name + _source(function) for name, function in functions]
    return digest.of_text(digest.of_code(_CODE), digest.of_machine(_PACKAGES), environment, *texts, *sources)


def _table(settings: Mapping[str, object], name: str) -> dict[str, object]:
    value = settings[name]
    return value if isinstance(value, dict) else {}


def _source(function: object) -> str:
    """The name of a filter and, unless it is ours, a digest of its file: our code is in the fingerprint anyway."""
    module = getattr(function, "__module__", None) or ""
    name = f"{module}.{getattr(function, '__qualname__', function)}"
    if module.startswith("plancher.") or not hasattr(function, "__code__"):
        return name
    return name + digest.of_bytes(Path(function.__code__.co_filename).read_bytes())


def modules(trees: list[Tree]) -> list[Folder]:
    """The modules of the project itself: its settings, and what they import, outside the folders that are walked."""
    roots = tuple(f"{tree.root}/" for tree in trees)
    project = Path.cwd()
    files: list[Folder] = []
    for module in list(sys.modules.values()):
        path = Path(getattr(module, "__file__", None) or "/")
        if path.is_relative_to(project) and "site-packages" not in path.parts and not str(path).startswith(roots):
            files.append(folders.of_file(path))
    return sorted(files)
