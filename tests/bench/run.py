"""What building costs us, Hugo and plain Pelican, on the same made-up blog: « invoke dev.bench »."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import report
import tags
import typography
from measure import CommandError
from scenarios import Bench, Options
from workcopy import ROOT, StaleError

FOLDER = ROOT / ".bench"
FEWEST = 10
"""Fewer posts are no blog."""
PARTS = ("all", "typography", "tags", "build")


def main() -> int:
    given = _parser().parse_args()
    if given.what not in PARTS:
        print(report.typeset(f"« {given.what} » ne se mesure pas. Choisissez {', '.join(PARTS[:-1])} ou {PARTS[-1]}."), file=sys.stderr)
        return 1
    if given.posts < FEWEST or given.rounds < 1:
        print(report.typeset(f"Il faut au moins {FEWEST} billets et un tour."), file=sys.stderr)
        return 1
    work = Path(tempfile.mkdtemp(prefix="plancher-bench-"))
    try:
        _measure(given, work)
    except (CommandError, StaleError) as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Mesure la construction, à côté de Hugo et de Pelican seul.")
    parser.add_argument("--posts", type=int, default=1000, help="nombre de billets (1000)")
    parser.add_argument("--rounds", type=int, default=3, help="nombre de tours (3)")
    parser.add_argument("--slow-rounds", type=int, default=1, help="tours de Pelican seul et des 10 000 billets (1)")
    parser.add_argument("--growth", action="store_true", help="mesurer aussi 1 000 et 10 000 billets")
    parser.add_argument("--what", default="all", help=f"{', '.join(PARTS)} (all)")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="où écrire le JSON et le graphique (.bench)")
    return parser


def _measure(given: argparse.Namespace, work: Path) -> None:
    """All parts in one folder, which is deleted after the last."""
    if given.what in {"all", "typography"}:
        typography.run()
    if given.what in {"all", "tags"}:
        tags.run(work / "tags", given.posts, given.rounds)
    if given.what in {"all", "build"}:
        options = Options(posts=given.posts, rounds=given.rounds, slow_rounds=given.slow_rounds, growth=given.growth)
        results = Bench(work / "build", options).run()
        print(report.table(results))
        for file in report.save(results, given.folder):
            print(report.typeset(f"Écrit : {file}"))


if __name__ == "__main__":
    sys.exit(main())
