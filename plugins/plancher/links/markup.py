"""From ``[!liens]`` and ``[!citation]`` to links and quotations."""

from __future__ import annotations

import re

from plancher.core.blocks import Block, Line
from plancher.core.fields import FieldReader, Spec, Value, split
from plancher.core.problems import Problem
from plancher.core.registry import Read
from plancher.links.model import Link, Quotation, Roundup

ACCESS = ("libre", "payant")
_LINK_SPECS = tuple(Spec(key) for key in ("auteur", "site", "date", "langue", "via", "type", "archive", "accès"))
_QUOTE_SPECS = (Spec("auteur", required=True), Spec("titre"), Spec("source"), Spec("date"), Spec("langue"))
_ITEM = re.compile(r"(?:[-*+]|\d+\.) (?P<text>.*)")
_MARKDOWN_LINK = re.compile(r"\[(?P<title>(?:[^\[\]\\]|\\.|\[[^\]]*\])+)\]\(<?(?P<url>[^\s<>]*?(?:\([^\s()]*\))?[^\s<>()]*)>?(?:\s+\"[^\"]*\")?\)$")
_BARE = re.compile(r"<?(?P<url>https?://\S+?)>?$")


def read_roundup(block: Block) -> Read[object]:
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
        found = _ITEM.match(line.text)
        if found:
            items.append([Line(line.number, found["text"])])
        elif items:
            items[-1].append(Line(line.number, line.text.removeprefix("    ")))
        else:
            intro.append(line)
    return intro, items


def _link(lines: list[Line], problems: list[Problem]) -> Link:
    first = lines[0]
    typed, comment, _ = split(lines[1:])
    fields = FieldReader("à ce lien", first.number, typed, _LINK_SPECS)
    title, url = first.text.strip(), ""
    found = _MARKDOWN_LINK.match(title) or _BARE.match(title)
    if found:
        title = found.groupdict().get("title") or found["url"]
        url = fields.address(Value(found["url"], first.number), "lien", internal=True) or ""
    elif "](" in title:
        problems.append(Problem(first.number, "PDV016", "lien illisible. Écrivez « - [titre](adresse) », seul sur sa ligne ; le commentaire vient dessous."))
    link = Link(
        title=title,
        url=url,
        author=fields.text("auteur"),
        site=fields.text("site"),
        date=fields.date("date"),
        lang=fields.language("langue") or "",
        via=fields.text("via"),
        type=fields.text("type"),
        archive=next(iter(fields.addresses("archive")), ""),
        access=fields.choice("accès", ACCESS) or "",
        comment="\n".join(line.text for line in comment).strip("\n"),
        line=first.number,
    )
    problems.extend(fields.problems)
    return link


def read_quotation(block: Block) -> Read[object]:
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
