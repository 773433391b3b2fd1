"""The grammar as an author could read it: Markdown cases, with their HTML and their problems.

A case is a title, a text, and between lines of a single dot its HTML, then its
problems. « ... » in the place of the HTML says that only problems matter.
"""

from __future__ import annotations

import dataclasses
import zoneinfo
from pathlib import Path

import pytest
from plancher.markdown.convert import Converter
from plancher.text.front import FrontRules

from tests.grammar import grammar_of

HERE = Path(__file__).resolve().parent
PLUGINS = (
    "plancher.components.callouts",
    "plancher.components.tangible",
    "plancher.components.links",
    "plancher.components.talks",
    "plancher.components.answers",
)


@dataclasses.dataclass(frozen=True)
class Case:
    source: Path
    title: str
    text: str
    html: str
    problems: tuple[str, ...]


def _read(path: Path) -> list[Case]:
    cases = []
    for chunk in path.read_text(encoding="utf-8").split("\n=====\n"):
        head, text, html, problems = (part.strip("\n") for part in chunk.split("\n.\n"))
        title = head.strip().splitlines()[-1]
        cases.append(Case(path, title, text, html, tuple(problems.splitlines()) if problems else ()))
    return cases


CASES = [case for path in sorted(HERE.rglob("cas.md")) for case in _read(path)]


@pytest.mark.parametrize("case", CASES, ids=[f"{case.source.parent.name}: {case.title}" for case in CASES])
def test_case(case: Case, tmp_path: Path) -> None:
    page = tmp_path / "cas.md"
    page.write_text("Title: Cas\n\n" + case.text + "\n", encoding="utf-8")
    rules = FrontRules(is_page=True, templates=("page",), timezone=zoneinfo.ZoneInfo("Europe/Paris"))
    reading = Converter(tmp_path, grammar_of(PLUGINS, {})).read(page, rules)
    said = tuple(f"{problem.line - 2}: {problem.code} {problem.message}" for problem in sorted(reading.problems, key=lambda p: p.sort_key))
    print(f"{case.title}\n.\n{case.text}\n.\n{reading.html}\n.\n" + "\n".join(said))  # what to paste
    if case.html != "...":
        assert reading.html == case.html
    assert said == case.problems
