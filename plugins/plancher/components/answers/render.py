"""A call in its text: the question, what is expected, and every way to answer. It reads well with no style at all."""

from __future__ import annotations

import dataclasses

from plancher.base import dates
from plancher.base.french import NBSP
from plancher.components.answers import form
from plancher.components.answers.entries import CallEntry
from plancher.components.answers.letter import MARK, Letter
from plancher.components.answers.model import Call
from plancher.text.grammar import Markdown
from plancher.text.html import SELF_LINK, Element, add, add_plain, el, plain


@dataclasses.dataclass(frozen=True, slots=True)
class Ways:
    """How readers of the blog may answer."""

    email: str = ""
    """Empty: no mail."""
    takes_mentions: bool = False
    """Whether the blog has a receiver of webmentions."""
    receiver: str = ""
    """Of the form; empty: there is none."""
    has_forms: bool = False
    """Whether the form of each open call stands below its text; else the receiver shows one."""


def render_call(ways: Ways, call: Call, markdown: Markdown) -> Element:
    """The question, its author's words, then the place of an answer: what is expected, and how to give it."""
    question = markdown.text(call.question)
    box = el("div", class_="call" if call.is_open else "call is-closed", id=call.anchor)
    box.set(SELF_LINK, f"{call.anchor} Adresse de cet appel{NBSP}: {question}")
    add(add(box, "p", plain(f"Appel à témoignages{NBSP}: "), class_="call-title"), "strong", call.question)
    markdown.blocks(box, call.body)
    place = add(box, "div", class_="call-place")
    _facts(place, call)
    if call.is_open:
        add_ways(place, ways, call, question)
        if call.thanks:
            add(place, "p", call.thanks, class_="call-thanks")
    if not len(place):
        box.remove(place)
    return box


def _facts(place: Element, call: Call) -> None:
    facts = [(name, value) for name, value in (("Réponse attendue", call.expected), ("Exemple", call.example)) if value]
    if facts and call.is_open:
        items = add(place, "dl", class_="call-facts")
        for name, value in facts:
            add_plain(items, "dt", name)
            add(items, "dd", value)
    if call.until:
        words = f"Ouvert jusqu’au {dates.day(call.until)}." if call.is_open else f"Cet appel est clos depuis le {dates.day(call.until)}."
        add_plain(place, "p", words, class_="call-until")


def add_ways(place: Element, ways: Ways, call: Call | CallEntry, question: str) -> None:
    """How to answer: the address is written out too, since many browsers open no mail program.

    :param question: without markup.
    """
    if not (ways.email or call.mastodon or ways.takes_mentions or ways.receiver):
        return
    items = add(place, "ul", class_="call-ways")
    if ways.receiver:
        words = "Répondre par le formulaire au pied de cette page" if ways.has_forms else "Répondre par un formulaire"
        address = f"#{form.anchor_of(call.anchor)}" if ways.has_forms else form.link_to(ways.receiver, call.token)
        add_plain(add(items, "li"), "a", words, href=address)
    if ways.email:
        add_plain(add(items, "li"), "a", "Répondre par un courriel déjà préparé", href=Letter(ways.email, question, call.token).link)
        item = add(items, "li", plain(f"Ou écrire à {ways.email}, avec "))
        add_plain(item, "code", f"{MARK}{call.token}").tail = plain(" dans l’objet.")
    if call.mastodon:
        add_plain(add(items, "li"), "a", "Répondre en public, sur Mastodon", href=call.mastodon)
    if ways.takes_mentions:
        add_plain(items, "li", "Répondre depuis votre site, par une page qui mène à celle-ci (webmention).")
