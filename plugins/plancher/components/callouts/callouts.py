"""The plain callouts: a visible word says what each is (RGAA 3.1), no field, free Markdown."""

from __future__ import annotations

import dataclasses
import functools

from plancher.base.french import NBSP
from plancher.base.problems import Problem
from plancher.text.blocks import Block
from plancher.text.grammar import BlockKind, Markdown, Read
from plancher.text.html import Element, add, el


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """A remark set apart from the text."""

    kind: str
    """Suffix of its class: ``note``, ``astuce``…"""
    label: str
    """The word that says what it is."""
    title: str
    body: str
    """Markdown."""


def _kind(name: str, label: str, purpose: str, *aliases: str) -> BlockKind[Callout]:
    return BlockKind(name=name, aliases=aliases, purpose=purpose, read=functools.partial(_read, name, label), render=_render)


def _read(name: str, label: str, block: Block) -> Read[Callout]:
    body = "\n".join(line.text for line in block.lines).strip("\n")
    is_empty = not body.strip() and not block.title
    problem = Problem(block.line, "PDV006", f"bloc [!{name}] vide. Écrivez son texte sur des lignes « > ».")
    return Read(Callout(kind=name, label=label, title=block.title, body=body), (problem,) if is_empty else ())


def _render(callout: Callout, markdown: Markdown) -> Element:
    box = el("div", class_=f"callout callout-{callout.kind}")
    heading = add(box, "p", class_="callout-title")
    add(heading, "strong", f"{callout.label}{NBSP}: {callout.title}" if callout.title else callout.label)
    markdown.blocks(box, callout.body)
    return box


BLOCKS = (
    _kind("note", "À noter", "Une précision que l'on peut sauter.", "info", "remarque"),
    _kind("astuce", "Astuce", "Un geste qui fait gagner du temps.", "tip", "hint", "conseil"),
    _kind("attention", "Attention", "Ce qui peut coûter cher si on l'oublie.", "important", "warning", "caution", "danger", "avertissement"),
    _kind("definition", "Définition", "Un mot du métier, expliqué."),
)
