"""The plain callouts: a visible word says what each is (RGAA 3.1), no field, free Markdown."""

from __future__ import annotations

import dataclasses

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


def _kind(name: str, label: str, purpose: str, *aliases: str) -> BlockKind[object]:
    def read(block: Block) -> Read[object]:
        body = "\n".join(line.text for line in block.lines).strip("\n")
        callout = Callout(kind=name, label=label, title=block.title, body=body)
        empty = not body.strip() and not block.title
        problem = Problem(block.line, "PDV006", f"bloc [!{name}] vide. Écrivez son texte sur des lignes « > ».")
        return Read(callout, (problem,) if empty else ())

    return BlockKind(name=name, aliases=aliases, purpose=purpose, read=read, render=_render)


def _render(model: object, markdown: Markdown) -> Element:
    if not isinstance(model, Callout):
        raise TypeError(model)
    box = el("div", class_=f"callout callout-{model.kind}")
    heading = add(box, "p", class_="callout-title")
    add(heading, "strong", f"{model.label}{NBSP}: {model.title}" if model.title else model.label)
    markdown.blocks(box, model.body)
    return box


BLOCKS = (
    _kind("note", "À noter", "Une précision que l'on peut sauter.", "info", "remarque"),
    _kind("astuce", "Astuce", "Un geste qui fait gagner du temps.", "tip", "hint", "conseil"),
    _kind("attention", "Attention", "Ce qui peut coûter cher si on l'oublie.", "important", "warning", "caution", "danger", "avertissement"),
    _kind("definition", "Définition", "Un mot du métier, expliqué."),
)
