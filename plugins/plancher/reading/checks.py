"""What an author's text must hold to be published: one generator a rule.

Each rule sees the parsed document and the facts of its tree, and yields
problems with the true line. Rules about several files live in ``site_checks``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from plancher.core import addresses
from plancher.core.document import Document
from plancher.core.problems import Problem, Problems
from plancher.core.source import MARK_CLOSE
from plancher.reading.finisher import Facts
from plancher.reading.place import Place

_HEADING = re.compile(r"(?P<level>#{1,6})\s+\S")
_FIRST_LEVEL = re.compile(r"#(\s|$)|=+\s*\Z")

Rule = Callable[[Document, Facts, Place], Problems]


def headings_follow_each_other(document: Document, _facts: Facts, _place: Place) -> Problems:
    """A text starts at « ## » (the title is level 1) and goes down one level at a time."""
    for line in document.scan.every_line:
        if line.text.startswith(("#", "=")) and not line.raw and _FIRST_LEVEL.match(line.text):
            yield Problem(line.number, "PDV040", "titre de niveau 1 : c'est celui du billet. Écrivez « ## ».")
    level = 1
    for line in document.scan.lines:
        found = _HEADING.match(line.text) if line.text.startswith("#") and not line.raw else None
        if found is None:
            continue
        new = len(found["level"])
        if new > level + 1:
            yield Problem(line.number, "PDV040", f"titre de niveau {new} après un niveau {level}. Écrivez « {'#' * (level + 1)} ».")
        level = max(new, 1)


def notes_are_written(document: Document, facts: Facts, _place: Place) -> Problems:
    """Each footnote that is called has its text."""
    for name in dict.fromkeys(facts.open_notes):
        yield Problem(document.scan.find(f"[^{name}]"), "PDV043", f"note « {name} » appelée sans texte. Ajoutez une ligne « [^{name}]: … ».")


def blocks_are_shown(document: Document, facts: Facts, _place: Place) -> Problems:
    """Each block stands where it can be rendered; of nested blocks, the outer one is said."""
    lost = {i: block for i, block in enumerate(document.scan.blocks) if i not in facts.rendered}
    inside = "".join(line.text for block in lost.values() for line in block.lines)
    for index, block in lost.items():
        if f"bloc:{index}{MARK_CLOSE}" not in inside:
            yield Problem(block.line, "PDV001", f"bloc [!{block.name}] placé où il ne peut pas être rendu. Sortez-le du HTML ou du tableau qui l'entoure.")


def images_are_described(document: Document, facts: Facts, _place: Place) -> Problems:
    """Each image says in words what it shows."""
    for src, text in facts.images:
        if not text.strip():
            yield Problem(document.scan.find(src), "PDV041", f"image sans texte de remplacement « {src} ». Écrivez « ![ce qu'elle montre]({src}) ».")


def images_are_kept_here(document: Document, facts: Facts, _place: Place) -> Problems:
    """Showing a page asks nothing of another site."""
    for src, _text in facts.images:
        if addresses.is_elsewhere(src):
            yield Problem(document.scan.find(src), "PDV054", f"image chargée chez un tiers « {src[:60]} ». Gardez-en une copie dans content/images/.")


def links_lead_somewhere(document: Document, facts: Facts, place: Place) -> Problems:
    """Internal links and images name a file of the content folder."""
    for address in (*facts.links, *(src for src, _ in facts.images)):
        yield from _address(address, document.scan.find(address), place)


def _address(address: str, line: int, place: Place) -> Problems:
    if not addresses.is_safe(address):
        yield Problem(line, "PDV052", f"adresse dangereuse « {address[:40]} ». Donnez une adresse http ou https.")
        return
    if not addresses.is_readable(address):
        yield Problem(line, "PDV016", f"adresse illisible « {address[:40]} ». Vérifiez-la.")
        return
    if re.match(r"[{|](tag|category|author|index)[}|]", address):
        yield Problem(line, "PDV042", f"« {address} » n'est pas permis. Liez un billet, « {{filename}}… », ou la page par son adresse.")
        return
    target = place.target(address)
    if target is not None:
        if target.suffix.lower() == ".md" and not address.startswith(("{filename}", "|filename|")):
            yield Problem(line, "PDV042", f"« {address} » est un texte. Écrivez « {{filename}} » pour mener à sa page.")
        elif not place.holds(target):
            yield Problem(line, "PDV042", f"lien vers un fichier introuvable « {address} ». Vérifiez son nom, à partir de ce dossier ou de « / ».")
    elif address and not re.match(r"[a-zA-Z][\w+.-]*:|[/#?{|]", html.unescape(address)):
        yield Problem(
            line, "PDV042", f"adresse relative « {address} ». Écrivez « {{filename}}{address} » pour un billet, « {{static}}{address} » pour un fichier."
        )


def html_is_harmless(document: Document, facts: Facts, _place: Place) -> Problems:
    """Raw HTML and attribute lists hold nothing that runs, loads or restyles."""
    for piece, code, message in facts.refused_html:
        yield Problem(document.scan.find(piece.strip().split("\n")[0]), code, message)
    for tag, name in facts.refused_attributes:
        yield Problem(document.scan.find(name), "PDV051", f"attribut « {name} » interdit sur <{tag}>. Retirez-le.")


RULES: tuple[Rule, ...] = (
    headings_follow_each_other,
    notes_are_written,
    blocks_are_shown,
    images_are_described,
    images_are_kept_here,
    links_lead_somewhere,
    html_is_harmless,
)


def run(document: Document, facts: Facts, place: Place) -> Iterator[Problem]:
    """Every rule, on one file."""
    if document.readable:
        for rule in RULES:
            yield from rule(document, facts, place)


def run_fragment(facts: Facts, line: int, place: Place) -> Iterator[Problem]:
    """The rules that hold for a header's summary, all on its line."""
    for _piece, code, message in facts.refused_html:
        yield Problem(line, code, message)
    for tag, name in facts.refused_attributes:
        yield Problem(line, "PDV051", f"attribut « {name} » interdit sur <{tag}>. Retirez-le.")
    for address in (*facts.links, *(src for src, _ in facts.images)):
        yield from _address(address, line, place)
