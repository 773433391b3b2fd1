"""What French typography costs beside Python-Markdown, on the posts of the blog of the tests.

Interleaved runs, medians, and ratios: this machine is never quiet.
Run by « invoke dev.bench ».
"""

from __future__ import annotations

import copy
import statistics
import time
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import Any

import measure
from plancher.markdown.convert import Converter
from plancher.markdown.typography.settings import TypographySettings
from plancher.markdown.typography.typographer import Typographer
from plancher.text.front import FrontRules
from plancher.text.grammar import Grammar

from tests.grammar import grammar_of

CONTENT = Path(__file__).resolve().parent.parent / "blog"
PLUGINS = ["plancher.components.callouts", "plancher.components.tangible", "plancher.components.links", "plancher.components.talks"]
ROUNDS = 15


def _spent(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def run() -> None:
    """Measure, and print."""
    posts = sorted((CONTENT / "articles").rglob("*.md"))
    rules = FrontRules(is_page=False, templates=("article",), timezone=zoneinfo.ZoneInfo("Europe/Paris"))
    plain = Converter(CONTENT, grammar_of(PLUGINS, {}))
    whole = Converter(CONTENT, grammar_of([*PLUGINS, "plancher.components.typography"], {}))
    trees = _trees(posts, rules)
    typographer = Typographer(TypographySettings())

    def set_all(given: list[tuple[Any, list[object]]]) -> None:
        for root, raw in given:
            typographer.tree(root, raw)

    spent: dict[str, list[float]] = {"markdown": [], "typography": [], "both": []}
    for _ in range(ROUNDS):
        given = [(copy.deepcopy(root), raw) for root, raw in trees]
        spent["markdown"].append(_spent(lambda: [plain.read(post, rules) for post in posts]))
        spent["typography"].append(_spent(lambda given=given: set_all(given)))
        spent["both"].append(_spent(lambda: [whole.read(post, rules) for post in posts]))
    median = {name: statistics.median(times) / len(posts) * 1000 for name, times in spent.items()}
    print(f"{len(posts)} billets, médianes de {ROUNDS} tours alternés, en ms de processeur par billet, {measure.python()}")
    print(f"Python-Markdown et nos blocs   {median['markdown']:6.2f}")
    print(f"typographie seule              {median['typography']:6.2f}   {median['typography'] / median['markdown']:5.1%}")
    print(f"lecture entière                {median['both']:6.2f}   {median['both'] / median['markdown'] - 1:+5.1%}")


def _trees(posts: list[Path], rules: FrontRules) -> list[tuple[Any, list[object]]]:
    """The trees as typography gets them."""
    trees: list[tuple[Any, list[object]]] = []

    class Grab:
        def text(self, text: str) -> str:
            return text

        def tree(self, root: Any, raw: Any) -> None:
            trees.append((copy.deepcopy(root), list(raw)))

    contributions = grammar_of(PLUGINS, {})
    grabbing = Grammar(kinds=contributions.kinds, text_filters=(Grab(),))
    converter = Converter(CONTENT, grabbing)
    for post in posts:
        converter.read(post, rules)
    return trees
