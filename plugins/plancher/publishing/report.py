"""A plan and a state, for the owner to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plancher.base.french import NBSP, plural
from plancher.base.terminal import on_one_line
from plancher.publishing import manifest
from plancher.publishing.plan import Plan
from plancher.publishing.work import Status

_SHOWN = 12
"""Lines of each list, but where all are asked for."""


def planned(plan: Plan, most: int = _SHOWN) -> Iterator[str]:
    """What a publication would do."""
    if plan.is_empty:
        yield f"Rien à faire{NBSP}: le site en ligne est celui-ci ({plural(plan.online, 'fichier', 'fichiers')})."
        return
    yield f"À envoyer{NBSP}: {plural(len(plan.sent), 'fichier', 'fichiers')}, {size(plan.size)}."
    yield from _listed("+", plan.sent, most)
    if plan.retiring:
        yield f"Absent du nouveau site{NBSP}: {plural(len(plan.retiring), 'fichier', 'fichiers')}."
        yield from _listed("-", plan.retiring, most)
    if plan.removed:
        yield f"À effacer, retiré la fois d'avant{NBSP}: {plural(len(plan.removed), 'fichier', 'fichiers')}."
        yield from _listed("x", plan.removed, most)
    if plan.conflicts:
        yield f"À la place où le site veut écrire, et pas à lui{NBSP}: {plural(len(plan.conflicts), 'fichier', 'fichiers')}."
        yield from _listed("!", plan.conflicts, most)
    if plan.foreign:
        yield f"Pas à nous, et laissé tel quel{NBSP}: {plural(len(plan.foreign), 'fichier', 'fichiers')}."


def state(status: Status) -> Iterator[str]:
    """What is online."""
    if not status.identifier:
        yield "Rien n'est en ligne, ou rien que nous y ayons mis."
    else:
        yield f"En ligne{NBSP}: la version {moment(status.identifier)}, {plural(status.files, 'fichier', 'fichiers')}, {size(status.size)}."
    for identifier in status.releases:
        mark = "  (en ligne)" if identifier == status.identifier else ""
        yield f"  {on_one_line(identifier)}  {moment(identifier)}{mark}"
    if status.holder:
        yield on_one_line(status.holder)


def moment(identifier: str) -> str:
    """« du 4 janvier 2026 à 10:15 (UTC) »; the identifier where it is none of ours."""
    from babel.dates import format_date  # noqa: PLC0415 - slow to load

    when = manifest.moment_of(identifier)
    if when is None:
        return on_one_line(identifier)
    return f"du {format_date(when, 'd MMMM y', locale='fr')} à {when:%H:%M} (UTC)"


def size(count: int) -> str:
    """« 12 ko », « 3,4 Mo »."""
    for unit, name in ((10**9, "Go"), (10**6, "Mo"), (10**3, "ko")):
        if count >= unit:
            return f"{count / unit:.1f}".replace(".", ",").removesuffix(",0") + f"{NBSP}{name}"
    return plural(count, "octet", "octets")


def _listed(mark: str, paths: Iterable[str], most: int) -> Iterator[str]:
    paths = list(paths)
    yield from (f"  {mark} {on_one_line(path)}" for path in paths[:most])
    if len(paths) > most:
        yield f"  … et {len(paths) - most} autres"
