"""« invoke dev.… », for whoever works on the engine."""

from __future__ import annotations

from pathlib import Path

from plancher.commands import development
from plancher.tasks.blog_task import BlogTask, blog_task

_GROUP = "Le moteur"


@blog_task(_GROUP, aliases=["tester"], help={"args": "arguments pour pytest, par exemple « -k feeds »"})
def test(engine: Path, args: str = "") -> int:
    """Lance tous les tests, sur tous les cœurs ; dit comment installer ce qui leur manque."""
    return development.test(engine, args.split())


@blog_task(_GROUP, aliases=["relire"])
def lint(engine: Path) -> None:
    """Relit le code : ruff, types, imports, gabarits."""
    development.lint(engine)


@blog_task(
    _GROUP,
    aliases=["mesurer"],
    help={
        "posts": "nombre de billets du blog inventé (1000)",
        "rounds": "nombre de tours alternés (3)",
        "growth": "mesurer aussi 1 000 et 10 000 billets",
        "what": "all, typography, tags ou build",
    },
)
def bench(engine: Path, *, posts: int = 1000, rounds: int = 3, growth: bool = False, what: str = "all") -> int:
    """Mesure ce que coûte la construction, à côté de Hugo et de Pelican seul, en rapports de tours alternés."""
    return development.bench(engine, posts, rounds, what, growth=growth)


TASKS: tuple[BlogTask, ...] = (test, lint, bench)
