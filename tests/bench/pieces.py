"""Pieces of a post, as authors of this project write them: lists, tables, code, notes, blocks."""

from __future__ import annotations

from collections.abc import Callable

import words
from sentences import Writer, plain

CODE = (
    "```sh\ncp -r dossier copie-{low}\nls -l copie-{low} | wc -l\n```",
    "```csv\ndate;indicateur;valeur\n{year}-03-01;appels;{low}\n{year}-04-01;appels;{high}\n```",
    "```python\nlignes = [int(ligne) for ligne in open('releve.txt')]\nprint(sum(lignes) / {low})  # la moyenne\n```",
    "```ini\n[sauvegarde]\nchaque = {number} jours\ncopies = 3\n```",
)
NATURES = ("ventes", "économies", "temps", "emploi", "votes", "qualité")
LEVELS = ("mesuré", "constaté", "déclaré")


def bullets(writer: Writer) -> str:
    return " ;\n".join(f"- {writer.fill('{do} {what} {when}')}" for _ in range(writer.chance.randint(3, 6))) + "."


def steps(writer: Writer) -> str:
    return "\n".join(f"{i + 1}. **{writer.phrase('{do} {what}')}.** {writer.sentence()}" for i in range(writer.chance.randint(3, 5)))


def table(writer: Writer) -> str:
    rows = (f"| {plain(writer.phrase('{what}'))} | {writer['low']} | {writer['high']} € | {writer.fill('{how}')} |" for _ in range(writer.chance.randint(3, 7)))
    return "\n".join(["| Sujet | Avant | Après | Comment |", "|---|---:|---:|---|", *rows])


def code(writer: Writer) -> str:
    return writer.chance.choice(CODE).format_map(writer)


def aside(writer: Writer) -> str:
    """A plain callout, or a quotation."""
    kind = writer.chance.choice(("note", "astuce", "attention", "definition"))
    return f"> [!{kind}] {plain(writer.title())}\n> {writer.paragraph(1, 3)}"


def quotation(writer: Writer) -> str:
    return f"> [!citation]\n> auteur : {plain(writer.phrase('{who}'))}, exemple fictif\n> source : {address(writer)}\n>\n> {writer.paragraph(1, 2)}"


def tangible(writer: Writer) -> str:
    fields = {
        "promesse": writer.fill("{do} {what} {how}"),
        "preuve": writer.fill("{number} {units} de moins, {when}"),
        "indicateur": "clients revenus" if writer.chance.random() < 0.5 else "heures perdues",
        "avant": str(writer["high"]),
        "après": str(writer["low"]),
        "unité": "par mois",
        "nature": writer.chance.choice(NATURES),
        "niveau": writer.chance.choice(LEVELS),
        "fictif": "oui",
    }
    lines = (f"> {key} : {value}" for key, value in fields.items())
    return "\n".join([f"> [!tangible] {plain(writer.title())}", *lines, ">", f"> {writer.paragraph(1, 2)}"])


def balance(writer: Writer) -> str:
    pairs = (f"> - {writer.fill('{do} {what}')} → {writer.fill('{who} {does} {what} {when}')}" for _ in range(writer.chance.randint(3, 5)))
    return "\n".join([f"> [!bilan] {plain(writer.title())}", "> fictif : oui", ">", *pairs])


def roundup(writer: Writer) -> str:
    items = (
        f"> - [{plain(writer.title())}]({address(writer)})\n>   site : {writer.chance.choice(words.HOSTS).capitalize()}\n>\n>   {writer.paragraph(1, 2)}"
        for _ in range(writer.chance.randint(3, 5))
    )
    return "\n".join(["> [!liens] Quelques liens", *items])


def talk(writer: Writer) -> str:
    name = plain(writer.title())
    return f"> [!video] {name}\n> url : {address(writer)}\n> orateur : Une formatrice imaginaire\n> langue : fr\n>\n> {writer.paragraph(1, 2)}"


def address(writer: Writer) -> str:
    """An external address that exists nowhere (RFC 2606)."""
    return f"https://{writer.chance.choice(words.HOSTS)}-{writer.chance.randint(1, 60)}.example/{writer.chance.randint(1, 9999)}"


# The share of posts in which each piece stands.
SHARES: tuple[tuple[float, Callable[[Writer], str]], ...] = (
    (0.70, bullets),
    (0.30, steps),
    (0.15, table),
    (0.15, code),
    (0.20, aside),
    (0.08, quotation),
    (0.25, tangible),
    (0.10, balance),
    (0.10, roundup),
    (0.04, talk),
)
