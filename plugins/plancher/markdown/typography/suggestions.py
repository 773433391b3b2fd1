"""What only the author can decide: « invoke check » suggests it, nothing applies it."""

from __future__ import annotations

import re

from plancher.base.problems import Problem, Problems
from plancher.text.document import Document

_BARE_CAPITALS = {
    r"A (?=la |l['’]|propos|partir|noter|savoir|cette |ce |mon |travers)": "À",
    r"Etats?\b": "État",
    r"Ecoles?\b": "École",
    r"Etudes?\b": "Étude",
    r"Etapes?\b": "Étape",
    r"Ecrire\b": "Écrire",
    r"Equipes?\b": "Équipe",
    r"Evénements?\b": "Événement",
    r"Economies?\b": "Économie",
    r"Electroniques?\b": "Électronique",
    r"Energies?\b": "Énergie",
    r"Ca (?=[a-zà-ÿ])": "Ça",
    r"Etre\b": "Être",
    r"Eglises?\b": "Église",
    r"Elections?\b": "Élection",
    r"Emissions?\b": "Émission",
}
_CAPITAL = re.compile("|".join(rf"(?P<c{i}>(?<!\w){pattern})" for i, pattern in enumerate(_BARE_CAPITALS)))
_ENGLISH_DATE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2},? \d{4}\b|\b\d{1,2}/(?:1[3-9]|2\d|3[01])/\d{4}\b"
)
_DOUBLED = re.compile(r"(?<=[^\s|:-])  +(?=[^\s|])")
_CODE_SPAN = re.compile(r"(`+).+?\1")


def suggestions(document: Document) -> Problems:
    """Accents on capitals, doubled spaces, quotes without a partner, dates the English way."""
    paragraph: list[tuple[int, str]] = []
    for line in (*document.scan.every_line, None):
        text = _CODE_SPAN.sub("`", line.text) if line else ""
        if line is None or not text.strip():
            yield from _lonely_quote(paragraph)
            paragraph = []
            continue
        paragraph.append((line.number, text))
        yield from _in_line(line.number, text)


def _in_line(number: int, text: str) -> Problems:
    capital = _CAPITAL.search(text)
    if capital:
        right = list(_BARE_CAPITALS.values())[int(str(capital.lastgroup)[1:])]
        yield Problem(number, "PDV070", f"capitale sans accent « {capital[0].strip()} ». Écrivez « {right} ».")
    if _DOUBLED.search(text.strip()):
        yield Problem(number, "PDV071", "espace doublée. Gardez-en une seule.")
    date = _ENGLISH_DATE.search(text)
    if date:
        yield Problem(number, "PDV073", f"date à l'anglaise « {date[0]} ». Écrivez le jour, le mois, puis l'année.")


def _lonely_quote(paragraph: list[tuple[int, str]]) -> Problems:
    quotes = [number for number, text in paragraph for letter in re.sub(r"\d\"|=\"[^\"]*\"|<[^>]*>|\(\S+ \"[^\"]*\"\)", "", text) if letter == '"']
    if len(quotes) % 2:
        yield Problem(quotes[-1], "PDV072", "guillemet droit sans partenaire. Ajoutez celui qui manque, ou retirez-le.")
