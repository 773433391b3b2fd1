"""Whether a file of the site is stale, and why, in the words of ``invoke build --explain``."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from plancher.build.ledger import Ledger

UNKNOWN = "entrées inconnues"
"""The input of what nobody can tell the inputs of: it is made each time."""
BODY = "le texte a changé"


def reason(path: str, inputs: Mapping[str, str], ledger: Ledger, unsure: Container[str]) -> str:
    """The reason; empty for a file that can stay as it is.

    :param inputs: a digest for each thing the file is made from.
    :param unsure: files that are not as the last build left them, as far as one can tell.
    """
    old = ledger.book.inputs.get(path)
    if path not in ledger.live.files or old is None:
        return "nouveau fichier"
    if path in unsure:
        return "fichier absent ou modifié sur le disque"
    if not old:
        return "refait seul la dernière fois"
    if UNKNOWN in inputs:
        return UNKNOWN
    return ", ".join(_differences(old, inputs, ledger.book.frames)) if old != inputs else ""


def _differences(old: Mapping[str, str], new: Mapping[str, str], frames: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The names of the inputs that changed; those that a frame holds, in its place."""
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            before, after = (frames.get(inputs.get(name, ""), {}) for inputs in (old, new))
            shared = [key for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key)]
            yield from shared or [name]
