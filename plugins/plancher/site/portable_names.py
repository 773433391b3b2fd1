"""Names that Windows or macOS cannot hold, or take for one another: there, the blog could not be copied whole."""

from __future__ import annotations

import collections
import re
import unicodedata
from collections.abc import Iterable, Iterator

from plancher.base import files
from plancher.base.problems import Problem, SiteProblem

_LONGEST = 200
"""Characters of a path inside the project. Windows stops at 260 with the folders around it (Microsoft, « Maximum Path Length Limitation »)."""
_UNFIT = re.compile(r"""(?P<sign>[<>:"|?*\\])|(?P<end>[. ])(?=[/\n]|\Z)""")
_DEVICE = re.compile(r"(?:^|[/\n])(?P<device>con|prn|aux|nul|com[1-9]|lpt[1-9])(?=[./\n]|\Z)", re.IGNORECASE)
"""Names that Windows keeps for itself, whatever their extension (Microsoft, « Naming Files, Paths, and Namespaces »)."""


def unfit(path: str, *, devices: bool = True) -> str:
    """Why Windows cannot hold a path, as a sentence goes on after its name; empty: it can.

    :param path: with slashes, from the root of the project or of the site.
    :param devices: whether to look for names of devices.
    """
    found = _UNFIT.search(path)
    if found and found["sign"]:
        return f"contient « {found['sign']} », que Windows refuse dans un nom"
    if found:
        return f"finit un nom par {_ENDS[found['end']]}, que Windows efface"
    device = _DEVICE.search(path) if devices else None
    if device:
        return f"contient « {device['device']} », un nom que Windows garde pour lui"
    return f"compte {len(path)} signes, et Windows s'arrête à 260 avec les dossiers autour" if len(path) > _LONGEST else ""


_ENDS = {".": "un point", " ": "une espace"}


def names_suit_other_systems(names: Iterable[str], folder: str) -> Iterator[SiteProblem]:
    """Whoever clones the blog onto another system would lose these files, or get none at all.

    :param names: files from the content folder, with slashes.
    :param folder: the name of the content folder.
    """
    known = list(names)
    if _UNFIT.search(whole := "\n".join(known)) or _DEVICE.search(whole) or any(len(name) + len(folder) >= _LONGEST for name in known):
        for name in known:
            why = unfit(name) or unfit(f"{folder}/{name}")
            if why:
                yield name, Problem(1, "PDV037", f"ce chemin {why}. Renommez-le : le blog ne pourrait pas être copié là-bas.")
    yield from _twins(known)


def _folded(path: str) -> str:
    """A path as a disk keeps it that knows neither case nor two ways to write « é »."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _twins(names: list[str]) -> Iterator[SiteProblem]:
    """Names that differ by case alone, or by how an accent is written; of folders, the first file in each is named."""
    places = {place: name for name in reversed(names) for place in (name, *files.parents(name))}
    if len(alike := collections.Counter(map(_folded, places))) == len(places):
        return
    spelt: dict[str, list[str]] = collections.defaultdict(list)
    for place in sorted(places):
        if alike[_folded(place)] > 1:
            spelt[_folded(place)].append(place)
    for same, rivals in spelt.items():
        if same.rpartition("/")[0] in spelt and len({rival.rpartition("/")[2] for rival in rivals}) == 1:
            continue  # their folders differ, which is said
        for rival in rivals:
            others = " et ".join(f"« {other} »" for other in rivals if other != rival)
            why = "ne diffèrent que par les capitales ou l'écriture d'un accent : Windows et macOS n'en gardent qu'un. Renommez-en un."
            yield places[rival], Problem(1, "PDV038", f"« {rival} » et {others} {why}")
