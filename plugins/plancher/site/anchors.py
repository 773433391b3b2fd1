"""Links inside the site that name an anchor which is not there."""

from __future__ import annotations

import difflib
import posixpath
import re
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping

from plancher.base.addresses import inside
from plancher.base.problems import Problem, SiteProblem
from plancher.markdown.anchors import OF_NOTES
from plancher.markdown.record import Record

_NEAR = 0.5
_FEW = 5
"""Anchors that are named when none is near."""


def exist(records: Iterable[Record], pages: Mapping[str, str]) -> Iterator[SiteProblem]:
    """The anchor that a link names exists in its page.

    :param pages: the address of each page that a text makes, from the root of the site, and the path of the text.
    """
    texts = {record.path: record for record in records}
    for record in texts.values():
        for address, line in record.links:
            before, sign, anchor = address.partition("#")
            wanted = urllib.parse.unquote(anchor)
            target = texts.get(_path(before, record.path, pages)) if sign and wanted and not wanted.startswith(OF_NOTES) else None
            if target is not None and not {wanted, _BESIDE.sub("", wanted)} & {*target.anchors, *_OF_THE_PAGE}:
                message = f"« {address[:80]} » : cette ancre n'existe pas dans la page. {_advice(wanted, target.anchors)}"
                yield record.path, Problem(line, "PDV105", message)


_BESIDE = re.compile(r"^(?:reponses|formulaire)-")
"""Below a text, its page has the answers to each call and the form to answer it, named after the call."""
_OF_THE_PAGE = frozenset({"", "top", "haut", "contenu"})
"""What every page has."""


def _path(before: str, own: str, pages: Mapping[str, str]) -> str:
    """The path of the text that an address leads to; empty for what no text makes."""
    if not before:
        return own
    if before.startswith("/"):
        return pages.get(posixpath.join(before.lstrip("/").split("?")[0], ""), "")
    return inside(before, own) or ""


def _advice(wanted: str, known: list[str]) -> str:
    near = difflib.get_close_matches(wanted.lower(), known, n=1, cutoff=_NEAR)
    if near:
        return f"Vouliez-vous dire « #{near[0]} » ?"
    if known:
        return f"Elle a : {', '.join(f'#{name}' for name in known[:_FEW])}{'…' if len(known) > _FEW else ''}"
    return "Elle n'en a aucune : retirez « # » et ce qui suit, ou ajoutez un titre."
