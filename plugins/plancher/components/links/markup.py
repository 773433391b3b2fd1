"""From ``[!liens]`` and ``[!citation]`` to links and quotations."""

from __future__ import annotations

import re

from plancher.base.french import clip
from plancher.base.problems import Problem
from plancher.components.links.model import Link, Quotation, Roundup
from plancher.text import typed_link
from plancher.text.blocks import Block, Line
from plancher.text.fields import FieldReader, Spec, Value, split
from plancher.text.grammar import Read

ACCESS = ("libre", "payant")
_LINK_SPECS = tuple(Spec(key) for key in ("auteur", "site", "date", "langue", "via", "type", "archive", "accès"))
_QUOTE_SPECS = (Spec("auteur", required=True), Spec("titre"), Spec("source"), Spec("date"), Spec("langue"))
_ITEM = re.compile(r"(?:[-*+]|\d+\.) (?P<text>.*)")
_SHOWN = 60
_LOOKS_LIKE_A_LINK = re.compile(
    r"\]\(|\]\[|(?:https?|ftps?|file):|<a\s|(?:^|\s)//\w|^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}$|(?:^|\s)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}/\S", re.IGNORECASE
)


def read_roundup(block: Block) -> Read[Roundup]:
    """Each list item is a link, its fields, then a comment."""
    problems: list[Problem] = []
    intro, items = _items(block.lines)
    links = tuple(_link(item, problems) for item in items)
    if not links:
        problems.append(Problem(block.line, "PDV006", "bloc de liens sans lien. Écrivez une ligne « - [titre](adresse) » par lien."))
    text = "\n".join(line.text for line in intro).strip("\n")
    return Read(Roundup(title=block.title, intro=text, links=links, line=block.line), tuple(problems))


def _items(lines: tuple[Line, ...]) -> tuple[list[Line], list[list[Line]]]:
    """What stands before the first item, and the lines of each item, without their indentation."""
    intro: list[Line] = []
    items: list[list[Line]] = []
    for line in lines:
        item = _ITEM.match(line.text)
        if item:
            items.append([Line(line.number, item["text"])])
        elif items:
            items[-1].append(Line(line.number, line.text.removeprefix("    ")))
        else:
            intro.append(line)
    return intro, items


def _link(lines: list[Line], problems: list[Problem]) -> Link:
    first = lines[0]
    typed, comment, _ = split(lines[1:])
    fields = FieldReader("à ce lien", first.number, typed, _LINK_SPECS)
    title_line = typed_link.read(first.text)
    url = (fields.address(Value(title_line.url, first.number), "lien", internal=True) or "") if title_line.url else ""
    if not title_line.url and looks_like_a_link(first.text):
        advice = "Écrivez « - [titre](adresse) », seul sur sa ligne ; le commentaire vient dessous."
        problems.append(Problem(first.number, "PDV016", f"lien illisible « {clip(first.text.strip(), _SHOWN)} ». {advice}"))
    text = "\n".join(line.text for line in comment).strip("\n")
    link = Link(
        title=title_line.title,
        url=url,
        author=fields.text("auteur"),
        site=fields.text("site"),
        date=fields.date("date"),
        lang=fields.language("langue") or "",
        via=fields.text("via"),
        type=fields.text("type"),
        archive=next(iter(fields.addresses("archive")), ""),
        access=fields.choice("accès", ACCESS) or "",
        comment="\n\n".join(filter(None, (title_line.words, text))),
        line=first.number,
    )
    problems.extend(fields.problems)
    return link


def looks_like_a_link(text: str) -> bool:
    """Whether the title of an item seems to hold an address that cannot be read."""
    return _LOOKS_LIKE_A_LINK.search(text) is not None


def read_quotation(block: Block) -> Read[Quotation]:
    """The words under the fields, with who wrote them and where."""
    fields, text = FieldReader.of(block, _QUOTE_SPECS)
    if not text.strip():
        fields.problems.append(Problem(block.line, "PDV006", "citation sans texte. Laissez une ligne « > » vide après les champs, puis citez."))
    quotation = Quotation(
        title=fields.text("titre") or block.title,
        author=fields.text("auteur"),
        source=next(iter(fields.addresses("source", internal=True)), ""),
        date=fields.date("date"),
        lang=fields.language("langue") or "",
        text=text,
        line=block.line,
    )
    return Read(quotation, tuple(fields.problems))
