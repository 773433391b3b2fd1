"""A call in its text: the question, what is expected, and every way to answer. It reads well with no style at all."""

from __future__ import annotations

import dataclasses

from plancher.base import dates
from plancher.base.french import NBSP
from plancher.components.answers import form
from plancher.components.answers.letter import MARK, Letter
from plancher.components.answers.model import Call
from plancher.text.grammar import Markdown
from plancher.text.html import SELF_LINK, Element, add, add_plain, el, say


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
    """The call, open or closed."""
    question = markdown.text(call.question)
    box = el("div", class_="call", id=call.anchor)
    box.set(SELF_LINK, f"{call.anchor} Adresse de cet appel{NBSP}: {question}")
    add(add(box, "p", class_="call-title"), "strong", f"Appel à témoignages{NBSP}: {call.question}")
    _facts(box, call)
    markdown.blocks(box, call.body)
    if call.is_open:
        _ways(box, ways, call, question)
        if call.thanks:
            add(box, "p", call.thanks, class_="call-thanks")
    return box


def _facts(box: Element, call: Call) -> None:
    if call.until:
        words = f"Ouvert jusqu’au {dates.day(call.until)}." if call.is_open else f"Cet appel est clos depuis le {dates.day(call.until)}."
        add_plain(box, "p", words, class_="call-until")
    facts = [(name, value) for name, value in (("Réponse attendue", call.expected), ("Exemple", call.example)) if value]
    if facts and call.is_open:
        items = add(box, "ul", class_="call-facts")
        for name, value in facts:
            add(items, "li", f"{name}{NBSP}: {value}")


def _ways(box: Element, ways: Ways, call: Call, question: str) -> None:
    """How to answer: the address is written out too, since many browsers open no mail program."""
    if not (ways.email or call.mastodon or ways.takes_mentions or ways.receiver):
        return
    add_plain(box, "p", f"Pour répondre{NBSP}:", class_="call-how")
    items = add(box, "ul", class_="call-ways")
    if ways.receiver:
        item = add(items, "li")
        say(item, "par ")
        if ways.has_forms:
            add_plain(item, "a", "le formulaire au pied de cette page", href=f"#{form.anchor_of(call.anchor)}")
        else:
            add_plain(item, "a", "un formulaire", href=form.link_to(ways.receiver, call.token))
    if ways.email:
        item = add(items, "li")
        say(item, "par ")
        add_plain(item, "a", "un courriel déjà préparé", href=Letter(ways.email, question, call.token).link)
        say(item, f", ou à {ways.email}, avec «{NBSP}{MARK}{call.token}{NBSP}» dans l’objet")
    if call.mastodon:
        item = add(items, "li")
        say(item, "en public, par ")
        add_plain(item, "a", "une réponse sur Mastodon", href=call.mastodon)
    if ways.takes_mentions:
        add_plain(items, "li", "depuis votre site, par une page qui mène à celle-ci (webmention)")
