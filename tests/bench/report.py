"""The results for people (a table, a chart) and for programs (JSON)."""

from __future__ import annotations

import dataclasses
import json
import os
import platform
import statistics
from collections.abc import Iterator
from pathlib import Path

import chart
import measure
from babel.numbers import format_decimal
from bars import SET_FOR, Row, rows
from scenarios import BLOGS, WAITS, Results

NBSP = "\N{NO-BREAK SPACE}"
NAMES = {
    "plancher cold": "Le plancher, à froid",
    "plancher noop": "Le plancher, rien à refaire",
    "plancher body": "Le plancher, corps d'un billet",
    "plancher title": "Le plancher, titre d'un billet",
    "plancher tags": "Le plancher, mots-clés d'un billet",
    "plancher template": "Le plancher, gabarit des billets",
    "plancher serve": "Le plancher, aperçu",
    "hugo cold": "Hugo",
    "hugo-flux cold": "Hugo, flux par mot-clé",
    "hugo serve": "Hugo, aperçu",
    "pelican cold": "Pelican seul, typogrify, flux",
    "growth 1000": "Le plancher, à froid, 1 000 billets",
    "growth 10000": "Le plancher, à froid, 10 000 billets",
}


def table(results: Results) -> str:
    """What is shown at the end."""
    return typeset("\n".join([*_costs(results), "", *_waits(results), "", *_bars(results)]))


def save(results: Results, folder: Path) -> list[Path]:
    """Write the JSON and the chart."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{results.options.posts}-billets"
    files = [folder / f"{name}.json", folder / f"{name}.svg"]
    files[0].write_text(json.dumps(_data(results), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    files[1].write_bytes(_chart(results))
    return files


def number(value: float | None, digits: int = 2) -> str:
    """As it is written in French; a dash when there is none."""
    return "–" if value is None else str(format_decimal(value, format=f"#,##0.{'0' * digits}", locale="fr"))


def typeset(text: str) -> str:
    """French no-break spaces, on the same columns."""
    for mark in ":;!?»":
        text = text.replace(f" {mark}", NBSP + mark)
    return text.replace("« ", f"«{NBSP}")


def _costs(results: Results) -> Iterator[str]:
    options = results.options
    yield f"{number(options.posts, 0)} billets, {'médianes de ' if options.rounds > 1 else ''}{options.rounds} tour{'s alternés' if options.rounds > 1 else ''}, {os.cpu_count()} cœurs, {measure.python()}"
    yield f"{'':40}{'durée (s)':>12}{'processeur (s)':>16}{'mémoire (Mio)':>16}"
    for name, label in NAMES.items():
        latency = results.latency.get(name)
        wall = statistics.median(latency) if latency else results.wall(name)
        engine, _, scenario = name.partition(" ")
        memory = results.memory.get(engine) if scenario == "cold" else None
        if wall is not None:
            yield f"{label:40}{number(wall):>12}{number(results.cpu(name)):>16}{number(memory / 2**20 if memory else None, 0):>16}"


def _waits(results: Results) -> Iterator[str]:
    yield f"{'Ce que son auteur attend, en secondes':40}{'à froid':>10}{'rien à refaire':>16}{'corps':>8}{'titre':>8}"
    for posts in BLOGS:
        cold, noop, body, title = (number(results.wait(posts, scenario)) for scenario in WAITS)
        yield f"{f'Un blog de {number(posts, 0)} billets':40}{cold:>10}{noop:>16}{body:>8}{title:>8}"


def _bars(results: Results) -> Iterator[str]:
    yield "Ce qui est promis" + ("" if results.options.posts == SET_FOR else f" (les barres valent pour {number(SET_FOR, 0)} billets)")
    yield f"{'':56}{'mesuré':>10}{'au plus':>10}{'processeur':>12}  verdict"
    for row in rows(results):
        yield f"{row.label:56}{number(row.ratio, 3):>10}{number(row.bar):>10}{number(row.processor, 3):>12}  {row.verdict}{_detail(row)}"


def _detail(row: Row) -> str:
    if row.ratio is None or row.rival == 1:
        return ""
    return f" ({number(row.ours)} {row.unit} contre {number(row.rival)} {row.unit})"


def _data(results: Results) -> dict[str, object]:
    return {
        "options": dataclasses.asdict(results.options),
        "machine": {"cores": os.cpu_count(), "system": platform.system(), "python": measure.python()},
        "seconds": {name: [dataclasses.asdict(cost) for cost in costs] for name, costs in results.costs.items()},
        "waits": {posts: {scenario: results.wait(posts, scenario) for scenario in WAITS} for posts in BLOGS},
        "latency_seconds": results.latency,
        "peak_bytes": results.memory,
        "bars": [{**dataclasses.asdict(row), "ratio": row.ratio, "verdict": row.verdict} for row in rows(results)],
    }


def _chart(results: Results) -> bytes:
    found = []
    for name, label in NAMES.items():
        latency = results.latency.get(name)
        wall = statistics.median(latency) if latency else results.wall(name)
        if wall is not None and not name.startswith("growth"):
            found.append(chart.Bar(label=label, value=wall, text=typeset(f"{number(wall)}{NBSP}s"), ours=name.startswith("plancher")))
    return chart.draw(f"Durée pour {number(results.options.posts, 0)} billets, en secondes", found)
