"""Messages have one kind of apostrophe, that of the keyboard: what is searched for in the guide is found, and what is to be typed may be pasted."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from plancher.base.catalogue import CATALOGUE

ROOT = Path(__file__).resolve().parent.parent.parent
CURLY = re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])")
TELLERS = re.compile(r"Problem|print|Exit|_?say|_?tell|Notice|\w*Error")
"""What a message is given to."""


def messages(path: Path) -> Iterator[tuple[int, str]]:
    """Each piece of text that a module gives to an author, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if TELLERS.fullmatch(name):
                yield from ((part.lineno, part.value) for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))


MODULES = [path for path in (*sorted((ROOT / "plugins" / "plancher").rglob("*.py")), ROOT / "tasks.py") if path.parent.name != "receiver"]
"""The receiver of the form shows what it says to readers, on pages."""


def test_no_message_has_a_curly_apostrophe() -> None:
    found = [f"{path.name}:{line} {text}" for path in MODULES for line, text in messages(path) if CURLY.search(text)]
    assert found == []


PAGES_TOO = {"archives.py", "failures.py", "visitor.py"}
"""Why a link did not answer stands on a page too, set as pages are; a command types it (« links/tasks.py »)."""
ONLY_TOLD = [
    *(path for path in MODULES if {"tasks", "commands"} & {*path.parent.parts} and path.name not in PAGES_TOO),
    *(
        ROOT / "plugins" / "plancher" / name
        for name in ("base/reasons.py", "preview/diagnosis.py", "pelican_adapter/command.py", "pelican_adapter/stop_reasons.py")
    ),
]


@pytest.mark.parametrize("path", ONLY_TOLD, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_only_a_terminal_shows_has_none_helps_included(path: Path) -> None:
    parts = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert [(part.lineno, part.value) for part in parts if CURLY.search(part.value)] == []


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_no_code_is_explained_with_one(code: str) -> None:
    assert not CURLY.search(CATALOGUE[code].meaning)
