"""What keeps the house open to strangers: values have types, rooms have doors, and a build leaves nothing behind in its process."""

from __future__ import annotations

import ast
import collections
import functools
import io
import json
import os
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.conftest import BLOG, ROOT, settings_file

PACKAGE = ROOT / "plugins" / "plancher"
FEW_PELICANS = 13
FEW_ANYS = 40
NO_REASON = re.compile(r"#\s*(?:noqa|type:)[^-]*$")
POST = "Title: {name}\nDate: 2024-05-02\nSummary: Dit.\nTags: PME, {name}\n\nTexte, et [un lien](https://exemple.fr/{name}).\n\n> [!tangible] Bruit\n> avant : du bruit\n"


def _modules() -> dict[str, Path]:
    """Each module of the package, by its name."""
    files = {path.relative_to(PACKAGE.parent): path for path in sorted(PACKAGE.rglob("*.py"))}
    return {".".join(name.with_suffix("").parts).removesuffix(".__init__"): path for name, path in files.items()}


@functools.cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imported(path: Path, modules: Mapping[str, Path]) -> Iterator[str]:
    """The names that a file imports, wherever and whatever for; a module of ours by its own name."""
    for node in ast.walk(_parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in modules else node.module


def _circles(imports: Mapping[str, set[str]]) -> list[list[str]]:
    """Modules that lead to one another, each group once."""

    def reached(start: str) -> set[str]:
        seen, waiting = set(), [start]
        while waiting:
            new = imports.get(waiting.pop(), set()) - seen
            seen |= new
            waiting += new
        return seen

    leads = {name: reached(name) for name in imports}
    groups = {tuple(sorted(other for other in leads[name] if name in leads.get(other, ()))) for name in imports if name in leads[name]}
    return sorted(map(list, groups))


def _probe(what: str, folder: Path, *words: str, **env: str) -> object:
    command = [sys.executable, ROOT / "tests" / "house_probe.py", what, *words]
    ran = subprocess.run(command, cwd=folder, env={**os.environ, "CI": "true", **env}, capture_output=True, text=True, check=False, timeout=180)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


def _content(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / "content" / "articles" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(POST.format(name=name), encoding="utf-8")
    return folder / "content"


def _words(content: Path, output: Path, *extra: str) -> list[str]:
    return [str(content), "-o", str(output), "-s", str(settings_file("local")), "-q", *(["-e", *extra] if extra else [])]


OPEN = "OUTPUT_SOURCES=true"
"""With this setting Pelican's own generators run, as they do beside plugins of others."""


@pytest.mark.parametrize("road", [(), (OPEN,)], ids=["ours alone", "with Pelican's generators"])
def test_nothing_of_ours_stands_under_a_string_key_in_settings_and_context(tmp_path: Path, road: tuple[str, ...]) -> None:
    cache = f'CACHE_PATH="{tmp_path / "cache"}"'
    ours = _probe("keys", tmp_path, *_words(BLOG, tmp_path / "nous", cache, *road))
    bare = ("PLUGINS=[]", 'PELICAN_CLASS="pelican.Pelican"', 'THEME="simple"', 'DIRECT_TEMPLATES=["index"]')
    plain = _probe("keys", tmp_path, *_words(_content(tmp_path, "un"), tmp_path / "seul", cache, *bare, *road))
    assert "SITENAME" in ours["settings"]
    assert ("articles" in ours["context"]) is bool(road)
    added = {table: sorted(set(ours[table]) - set(plain[table])) for table in ("settings", "context")}
    assert added == {"settings": [], "context": []}, json.dumps(added, indent=1)


def test_no_modules_import_one_another_in_a_circle() -> None:
    modules = _modules()
    circles = _circles({name: {other for other in _imported(path, modules) if other in modules} for name, path in modules.items()})
    assert circles == [], "\n".join(map(" ".join, circles))


def test_few_files_know_pelican() -> None:
    modules = _modules()
    knowing = [name for name, path in modules.items() if any(other.split(".")[0] == "pelican" for other in _imported(path, modules))]
    assert len(knowing) <= FEW_PELICANS, knowing
    assert {name.split(".")[1] for name in knowing} <= {"pelican_adapter", "preview"}


def test_few_lines_say_any_and_each_says_why() -> None:
    anys, unexplained = collections.Counter(), []
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] in {"pelican_adapter", "preview"}:
            continue
        lines, said = set(), {}
        for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
            if token.type == tokenize.NAME and token.string == "Any" and not re.match(r"\s*from typing import|\s*import", token.line):
                lines.add(token.start[0])
            elif token.type == tokenize.COMMENT and not NO_REASON.fullmatch(token.string):
                said[token.start[0]] = token.string
        anys[path.relative_to(PACKAGE).as_posix()] += len(lines)
        unexplained += [f"{path.relative_to(PACKAGE).as_posix()}:{line}" for line in sorted(lines) if line not in said and line - 1 not in said]
    assert anys.total() < FEW_ANYS, f"{anys.total()} lines: {anys.most_common(12)}"
    assert unexplained == [], unexplained


def test_a_build_changes_nothing_that_its_process_keeps(tmp_path: Path) -> None:
    cache = f'CACHE_PATH="{tmp_path / "cache"}"'
    first = _words(BLOG, tmp_path / "un", cache)
    other = ('PLANCHER_TALKS={"bare": false}', 'PLANCHER_TANGIBLE={"natures": ["rires", "ventes"]}')
    second = _words(_content(tmp_path, "deux", "trois"), tmp_path / "deux", cache, *other)
    third = _words(tmp_path / "content", tmp_path / "trois", cache, OPEN)
    changed = _probe("state", tmp_path, *first, "--", *second, "--", *third)
    assert changed == [], changed


ENDLESS = {"communicate", "wait", "join"}
"""Without arguments these wait for ever, for a process or a thread."""


def _endless(path: Path) -> Iterator[str]:
    for node in ast.walk(_parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
            is_run = of == "subprocess" and node.func.attr in {"run", "check_call", "check_output"} and "timeout" not in {word.arg for word in node.keywords}
            if is_run or (node.func.attr in ENDLESS and not node.args and not node.keywords):
                yield f"{path.relative_to(ROOT)}:{node.lineno}"


def test_no_test_waits_for_ever() -> None:
    """A process that never ends must fail its own test, by name; the benchmark has no limit."""
    files = [path for path in (ROOT / "tests").rglob("*.py") if "tools" not in path.parts and (path.parent.name != "bench" or path.name.startswith("test_"))]
    assert [place for path in sorted(files) for place in _endless(path)] == []
