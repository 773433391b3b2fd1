"""What building costs us, Hugo and plain Pelican, on the same made-up blog: « invoke bench »."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import report
from measure import CommandError
from scenarios import Bench, Options
from workcopy import ROOT, StaleError

FOLDER = ROOT / ".bench"
FEWEST = 10
"""Fewer posts are no blog."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Mesure la construction, à côté de Hugo et de Pelican seul.")
    parser.add_argument("--posts", type=int, default=1000, help="nombre de billets (1000)")
    parser.add_argument("--rounds", type=int, default=3, help="nombre de tours (3)")
    parser.add_argument("--slow-rounds", type=int, default=1, help="tours de Pelican seul et des 10 000 billets (1)")
    parser.add_argument("--growth", action="store_true", help="mesurer aussi 1 000 et 10 000 billets")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="où écrire le JSON et le graphique (.bench)")
    given = parser.parse_args()
    if given.posts < FEWEST:
        parser.error(f"--posts : au moins {FEWEST}")
    options = Options(posts=given.posts, rounds=given.rounds, slow_rounds=given.slow_rounds, growth=given.growth)
    work = Path(tempfile.mkdtemp(prefix="plancher-bench-"))
    try:
        results = Bench(work, options).run()
    except (CommandError, StaleError) as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(report.table(results))
    for file in report.save(results, given.folder):
        print(report.typeset(f"Écrit : {file}"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
