"""What an author's text must hold to be published: one generator a rule.

Each rule sees the parsed document and the findings of its tree, and yields
problems with the true line. Rules about several files live in
``site_checks``, ``terms`` and ``anchors`` of ``site/``.
"""

from __future__ import annotations

import collections
import re
from collections.abc import Callable, Iterator

from plancher.base import addresses
from plancher.base.french import clip, nearest
from plancher.base.problems import Problem, Problems
from plancher.markdown import foreign, highlight, link_checks
from plancher.markdown.place import Place
from plancher.markdown.tree_findings import TreeFindings
from plancher.markdown.where import Where, once_each
from plancher.pictures import phones
from plancher.text.document import Document
from plancher.text.front import Front
from plancher.text.source import MARK_CLOSE

_HEADING = re.compile(r"(?P<level>#{1,6})\s+\S")
_FIRST_LEVEL = re.compile(r"#(\s|$)|=+\s*\Z")
_HEADING_SIGNS = frozenset("#=")

_SHOWN = 60
"""Characters of an address that a message shows."""

Rule = Callable[[Document, TreeFindings, Place], Problems]


def headings_follow_each_other(document: Document, _findings: TreeFindings, _place: Place) -> Problems:
    """A text starts at « ## » (the title is level 1) and goes down one level at a time."""
    yield from _first_levels(document)
    level = 1
    for line in document.scan.lines:
        match = _HEADING.match(line.text) if line.text.startswith("#") and not line.raw else None
        if match is None:
            continue
        new = len(match["level"])
        if new > level + 1:
            yield Problem(line.number, "PDV040", f"titre de niveau {new} après un niveau {level}. Écrivez « {'#' * (level + 1)} ».")
        level = max(new, 1)


def _first_levels(document: Document) -> Problems:
    """Headings of level 1, reported once for the file. The first line of a file without a header is its title: the header rules report it."""
    lines = [line.number for line in document.scan.every_line if line.text[:1] in _HEADING_SIGNS and not line.raw and _FIRST_LEVEL.match(line.text)]
    opening = next((line for line in document.scan.lines if line.text.strip()), None)
    if not document.front.lines and opening and opening.text.startswith("# "):
        lines = lines[1:]
    if len(lines) == 1:
        yield Problem(lines[0], "PDV040", "titre de niveau 1 : c'est celui du billet. Écrivez « ## ».")
    elif lines:
        numbers = ", ".join(map(str, lines))
        yield Problem(lines[0], "PDV040", f"titres de niveau 1 (lignes {numbers}) : ce niveau est celui du billet. Ajoutez un « # » à chaque titre du texte.")


def notes_are_written(document: Document, findings: TreeFindings, _place: Place) -> Problems:
    """Each footnote that is called has its text."""
    where = Where(document.scan)
    for name in dict.fromkeys(findings.undefined_notes):
        for line in where.says(f"[^{name}]"):
            yield Problem(line, "PDV043", f"note « {name} » appelée sans texte. Ajoutez une ligne « [^{name}]: … ».")


def notes_are_called(document: Document, findings: TreeFindings, _place: Place) -> Problems:
    """Each footnote that is written is called, or nobody would know why it stands there."""
    for name, line in document.scan.notes:
        if name not in findings.called_notes:
            yield Problem(line, "PDV049", f"note « {name} » jamais appelée. Écrivez « [^{name}] » à sa place dans le texte, ou retirez-la.")


_REFERENCE = re.compile(r"(?<![\w\]\\!])!?\[(?P<text>[^\[\]^][^\[\]]*)\]\[(?P<name>[^\[\]^]*)\](?!\()")


def references_are_defined(document: Document, findings: TreeFindings, _place: Place) -> Problems:
    """« [texte][nom] » leads where a line « [nom]: adresse » says."""
    for line in document.scan.every_line if "][" in document.scan.every_text else ():
        if "][" not in line.text or line.raw:
            continue
        for match in _REFERENCE.finditer(re.sub(r"(`+).+?\1", "", line.text)):
            name = " ".join((match["name"] or match["text"]).lower().split())
            if name not in findings.references:
                yield Problem(line.number, "PDV047", f"« {clip(match[0], 40)} » ne mène nulle part. Ajoutez une ligne « [{clip(name, 30)}]: adresse ».")


def blocks_are_shown(document: Document, findings: TreeFindings, _place: Place) -> Problems:
    """Each block stands where it can be rendered; of nested blocks, only the outer one is reported."""
    lost = {i: block for i, block in enumerate(document.scan.blocks) if i not in findings.rendered_blocks}
    inside = "".join(line.text for block in lost.values() for line in block.lines)
    for index, block in lost.items():
        if f"bloc:{index}{MARK_CLOSE}" not in inside:
            yield Problem(block.line, "PDV001", f"bloc [!{block.name}] placé où il ne peut pas être rendu. Sortez-le du HTML ou du tableau qui l'entoure.")


def images_are_described(document: Document, findings: TreeFindings, _place: Place) -> Problems:
    """Each image says in words what it shows."""
    where = Where(document.scan)
    bare = [src for src, text in findings.images if not text.strip() and not _is_pasted(src)]
    for src in dict.fromkeys(bare):
        shown = clip(src, _SHOWN)
        for line in where.shows_undescribed(src):
            yield Problem(line, "PDV041", f"image sans texte de remplacement « {shown} ». Écrivez « ![ce qu'elle montre]({shown}) ».")


def images_are_kept_here(document: Document, findings: TreeFindings, _place: Place) -> Problems:
    """Showing a page asks nothing of another site."""
    where = Where(document.scan)
    for src in dict.fromkeys(src for src, _text in findings.images if addresses.is_elsewhere(src) and not _is_pasted(src)):
        for line in where.leads(src):
            yield Problem(line, "PDV054", f"image chargée chez un tiers « {clip(src, _SHOWN)} ». Gardez-en une copie dans content/images/.")


def images_are_files(document: Document, findings: TreeFindings, _place: Place) -> Problems:
    """No picture is pasted into the text, as Google Docs does; reported once for the file."""
    pasted = [src for src, _text in findings.images if _is_pasted(src)]
    if pasted:
        lines = sorted({document.scan.find(src) for src in pasted})
        where = f" (lignes {', '.join(map(str, lines))})" if len(lines) > 1 else ""
        advice = "Enregistrez-la dans content/images/ et écrivez « ![ce qu'elle montre]({static}/images/nom.png) »."
        yield Problem(lines[0], "PDV054", f"image collée dans le texte{where} au lieu d'être un fichier. {advice}")


def _is_pasted(src: str) -> bool:
    return src[:11].lower() == "data:image/"


def links_lead_somewhere(document: Document, findings: TreeFindings, place: Place) -> Problems:
    """Internal links and images name a file of the content folder."""
    where = Where(document.scan)
    for address in dict.fromkeys((*findings.links, *(src for src, _ in findings.images if not _is_pasted(src)))):
        faults = list(link_checks.faults(address, place))
        for line in where.leads(address) if faults else ():
            for code, message in faults:
                yield Problem(line, code, message)


def html_is_harmless(document: Document, findings: TreeFindings, _place: Place) -> Problems:
    """Raw HTML and attribute lists hold nothing that runs, loads or restyles."""
    if not findings.refused_html and not findings.refused_attributes:  # as nearly always
        return
    where = Where(document.scan)
    for (piece, code, message), count in collections.Counter(findings.refused_html).items():
        for line in once_each(where.says(piece.strip().split("\n")[0]), count):
            yield Problem(line, code, message)
    for (tag, name), count in collections.Counter(findings.refused_attributes).items():
        lines = once_each(where.says(name), count)  # of an attribute list: reported once for the file
        shown = f" (lignes {', '.join(map(str, lines))})" if len(lines) > 1 else ""
        yield Problem(lines[0], "PDV051", f"attribut « {name} » interdit sur <{tag}>{shown}. Retirez-le.")


_IN_CODE = re.compile(r"(`+).+?\1")
_GAP = re.compile(r"\[à compléter\b[^\]]*\]?", re.IGNORECASE)


def gaps_are_filled(document: Document, _findings: TreeFindings, _place: Place) -> Problems:
    """Nothing is published that its author was to fill: « invoke start » leaves such marks in the pages that a law asks for."""
    front = document.front
    lines = [(front.line(key), text) for key, text in (("title", front.title), ("summary", front.summary))]
    if _GAP.search(document.scan.every_text):
        lines += [(line.number, line.text) for line in document.scan.every_line if not line.raw]
    for number, text in lines:
        for match in _GAP.finditer(_IN_CODE.sub("", text)):
            yield Problem(number, "PDV107", f"« {clip(match[0], _SHOWN)} » : écrivez ici ce qui est demandé, ou effacez la marque.")


def header_image(front: Front, place: Place) -> tuple[str, list[Problem]]:
    """The picture that the header names, from the content folder, and what is wrong with it."""
    if not front.image:
        return "", []
    line, shown = front.line("image"), clip(front.image, _SHOWN)
    if addresses.is_elsewhere(front.image):
        advice = "Gardez-en une copie dans content/images/ et écrivez « Image: {static}/images/… »."
        return "", [Problem(line, "PDV054", f"image de l'en-tête chargée chez un tiers « {shown} ». {advice}")]
    typed = [front.image] if addresses.is_internal(front.image) else [f"{{static}}{front.image}", f"{{static}}/{front.image.lstrip('/')}"]
    picture = next((target for target in filter(None, map(place.target, typed)) if place.holds(target)), None)
    if picture is None or picture.suffix.lower() not in _PICTURES:
        return "", [
            Problem(line, "PDV042", f"image de l'en-tête introuvable « {shown} ». Écrivez « Image: {{static}}/images/nom.jpg », avec un fichier qui existe.")
        ]
    return picture.resolve().relative_to(place.root.resolve()).as_posix(), []


_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", *phones.SUFFIXES})


def languages_are_known(document: Document, _findings: TreeFindings, _place: Place) -> Problems:
    """The language of a piece of code is one that can be coloured."""
    for code in document.scan.codes:
        language = highlight.language_of(code.language)
        if language and not highlight.is_known(language):
            near = nearest(language, highlight.names())
            remedy = f"Vouliez-vous dire « {near} » ?" if near else "Corrigez-le, ou retirez-le."
            yield Problem(code.line, "PDV145", f"le langage de code « {clip(language, _SHOWN)} » n'est pas connu : ce morceau reste sans couleurs. {remedy}")


RULES: tuple[Rule, ...] = (
    headings_follow_each_other,
    notes_are_written,
    notes_are_called,
    references_are_defined,
    blocks_are_shown,
    images_are_described,
    images_are_kept_here,
    images_are_files,
    links_lead_somewhere,
    html_is_harmless,
    gaps_are_filled,
    languages_are_known,
    lambda document, _findings, _place: foreign.foreign_syntax(document),
)


def run(document: Document, findings: TreeFindings, place: Place) -> Iterator[Problem]:
    """Every rule, on one file."""
    if document.readable:
        for rule in RULES:
            yield from rule(document, findings, place)


def run_fragment(findings: TreeFindings, line: int, place: Place) -> Iterator[Problem]:
    """The rules that hold for a header's summary, all on its line."""
    for _piece, code, message in findings.refused_html:
        yield Problem(line, code, message)
    for tag, name in findings.refused_attributes:
        yield Problem(line, "PDV051", f"attribut « {name} » interdit sur <{tag}>. Retirez-le.")
    for address in (*findings.links, *(src for src, _ in findings.images)):
        for code, message in link_checks.faults(address, place):
            yield Problem(line, code, message)
