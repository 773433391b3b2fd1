"""The name of the blog, drawn: a small SVG of its owner's (``Identity.wordmark``) that stands in each page where the name would.

It is part of the page, so that it costs no request, takes the colour of the
text, in the light and in the dark, and prints. The name itself stays beside it
as text, for those who do not see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from plancher.base.problems import Problem, SiteProblem
from plancher.build import owners
from plancher.site import drawings
from plancher.site.model import Site

LARGEST = 2_048
"""Bytes: every page holds it."""
_SHAPES = frozenset({"g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_NAMES = frozenset({"id", "class", "style"})
"""What would mean something to the rest of the page."""


class _UnfitError(Exception):
    """Why a drawing cannot stand for the name, in French."""


def drawn(site: Site) -> str:
    """The drawing, as HTML (filter ``drawing``); empty: the name is text."""
    try:
        return _drawn(site)
    except _UnfitError:
        return ""


def problems(site: Site) -> Iterator[SiteProblem]:
    """What is wrong with the file."""
    try:
        _drawn(site)
    except _UnfitError as reason:
        yield owners.SETTINGS, Problem(1, "PDV058", f"« {site.identity.wordmark} » {reason}. Le nom reste écrit.")


def _drawn(site: Site) -> str:
    """:raises _UnfitError: the file is missing, or is no such drawing."""
    if not site.identity.wordmark:
        return ""
    try:
        raw = (site.content / site.identity.wordmark).read_bytes()
    except OSError:
        raise _UnfitError("n'existe pas dans le dossier des textes") from None
    refusal = drawings.refusal(raw)
    if refusal:
        raise _UnfitError(f"n'est pas un simple dessin : {refusal}")
    if len(raw) > LARGEST:
        raise _UnfitError(f"pèse {len(raw)} octets, dans chaque page : {LARGEST} au plus")
    root = ET.fromstring(raw)  # noqa: S314 - entities were refused just before
    if not root.get("viewBox"):
        raise _UnfitError("ne dit pas sa taille : il faut « viewBox » sur <svg>")
    shown = _copy(root)
    shown.attrib |= {"class": "wordmark", "aria-hidden": "true"}
    return ET.tostring(shown, encoding="unicode")


def _copy(element: ET.Element) -> ET.Element:
    """The same without a namespace, as HTML has it."""
    made = ET.Element(element.tag.removeprefix(f"{{{drawings.SVG}}}"), {name: value for name, value in element.attrib.items() if name not in _NAMES})
    for child in element:
        name = child.tag.removeprefix(f"{{{drawings.SVG}}}")
        if name not in _SHAPES:
            raise _UnfitError(f"a <{name.rpartition('}')[2]}> : seules des formes, d'une couleur, suivent celle du texte")
        made.append(_copy(child))
    return made
