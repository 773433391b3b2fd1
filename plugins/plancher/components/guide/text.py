"""The text of the guide, as a site needs it: without what is about components that it is built without, and with the two tables that the code knows.

``guide.md`` holds comments, each on a line of its own: what stands between
``<!-- avec tags -->`` and ``<!-- fin -->`` is for sites with that component;
``<!-- blocs -->`` and ``<!-- messages -->`` are the tables.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from plancher.base.catalogue import CATALOGUE
from plancher.text.grammar import Grammar

_PART = re.compile(r"^<!-- avec (?P<name>\w+) -->\n(?P<text>.*?)^<!-- fin -->\n", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r"^> \[!exemple\] (?P<title>.*)\n(?P<source>(?:>.*\n)+)", re.MULTILINE)
_SIGNS = re.compile(r"[\\`*_{}\[\]<>|~#]")


def of_site(source: str, components: Container[str], grammar: Grammar) -> str:
    """The guide of a site.

    :param source: what ``guide.md`` holds.
    :param components: the names of those that the site is built with.
    """
    text = _PART.sub(lambda part: part["text"] if part["name"] in components else "", source)
    if "exemple" not in grammar.kinds:
        text = _EXAMPLE.sub(_source_alone, text)
    kinds = {kind.name: kind.purpose for kind in grammar.kinds.values()}
    blocks = [(f"`[!{name}]`", _plain(purpose)) for name, purpose in kinds.items()]
    codes = [(f'<span id="{code}">{code}</span>', entry.severity, _plain(entry.meaning)) for code, entry in CATALOGUE.items()]
    text = text.replace("<!-- blocs -->\n", _table(("Bloc", "Ce qu'il est"), blocks))
    return text.replace("<!-- messages -->\n", _table(("Code", "Gravité", "Ce qu'il veut dire"), codes))


def _source_alone(example: re.Match[str]) -> str:
    """An example where there is no block to show one: what is typed, without its result."""
    typed = "\n".join(line.removeprefix(">").removeprefix(" ") for line in example["source"].splitlines())
    return f"{example['title']} :\n\n````markdown\n{typed}\n````\n"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def lines() -> Iterator[str]:
        for row in (heads, ["---"] * len(heads), *rows) if rows else ():
            yield f"| {' | '.join(row)} |\n"

    return "".join(lines())


def _plain(words: str) -> str:
    """Words that Markdown is to leave as they are."""
    return _SIGNS.sub(lambda sign: f"\\{sign[0]}", words)
