"""What « invoke measure » prints: a table in French, or JSON."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from decimal import Decimal

from plancher.base import french, quantities
from plancher.commands.measure import Build, Report, Visit

_UNITS = ((1_000_000, "Mo"), (1_000, "ko"))
"""Of bytes, powers of ten as the metric system has them."""


def as_json(report: Report) -> str:
    """Under the names of ``Report``."""
    return json.dumps({"compression": "gzip", **dataclasses.asdict(report)}, ensure_ascii=False, indent=2)


def as_table(report: Report) -> str:
    """One line for each fact, the words first."""
    rows = list(_rows(report))
    column = max(len(words) for words, _ in rows)
    return "\n".join(f"{words.ljust(column)}   {value}".rstrip() for words, value in rows)


def _rows(report: Report) -> Iterator[tuple[str, str]]:
    yield "Pages", f"{quantities.number(Decimal(report.pages))}, dont {french.plural(report.posts, 'billet', 'billets')}"
    yield "Première visite de l'accueil (gzip)", _visit(report.home)
    if report.median_post is not None and report.heaviest_post is not None:
        yield "Première visite d'un billet, médiane (gzip)", _bytes(report.median_post)
        yield "Première visite du billet le plus lourd (gzip)", f"{_visit(report.heaviest_post)}, {report.heaviest_post.address}"
    yield "Adresses de tiers contactées avant un clic", str(len(report.third_parties))
    yield from (("", address) for address in report.third_parties)
    yield "Endroits qui déposent un cookie", str(report.cookies)
    if report.full_build is not None and report.unchanged_build is not None:
        yield "Construction de tout le site", _build(report.full_build)
        yield "Construction quand rien n'a changé", _build(report.unchanged_build)


def _visit(visit: Visit) -> str:
    return f"{_bytes(visit.bytes)}, {french.plural(visit.requests, 'requête', 'requêtes')}"


def _bytes(count: int) -> str:
    for size, unit in _UNITS:
        if count >= size:
            return f"{quantities.number(round(Decimal(count) / size, 1))}{french.NBSP}{unit}"
    return french.plural(count, "octet", "octets")


def _build(build: Build) -> str:
    waited = f"{_seconds(build.seconds)} d'attente"
    return waited if build.cpu_seconds is None else f"{_seconds(build.cpu_seconds)} de processeur ({waited})"


def _seconds(count: float) -> str:
    return f"{quantities.number(Decimal(str(count)))}{french.NBSP}s"
