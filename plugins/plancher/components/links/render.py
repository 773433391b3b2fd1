"""Links as a list of ``h-cite`` items, quotations as captioned figures.

The domain and the language are words: a feed reader keeps nothing else.
"""

from __future__ import annotations

from plancher.base import addresses, dates, tracking
from plancher.base.french import language_name
from plancher.components.links.model import Link, Quotation, Roundup, is_foreign
from plancher.text.grammar import Markdown
from plancher.text.html import Element, add, add_plain, el, plain, say

_LOST = "adresse perdue"


def render_roundup(roundup: Roundup, markdown: Markdown) -> Element:
    """A titled list, each link with its facts and why it is worth the click."""
    box = el("div", class_="roundup")
    if roundup.title:
        add(add(box, "p", class_="roundup-title"), "strong", roundup.title)
    markdown.blocks(box, roundup.intro)
    items = add(box, "ul", class_="roundup-links")
    for link in roundup.links:
        _render_link(add(items, "li", class_="h-cite", id=link.anchor or None), link, markdown)
    return box


def _render_link(item: Element, link: Link, markdown: Markdown) -> None:
    head = add(item, "p", class_="roundup-link")
    name = add(head, "cite")
    lang = link.lang or None
    if link.url:
        add(name, "a", link.title, class_="u-url p-name", href=tracking.clean(link.url), hreflang=lang, lang=lang)
    else:
        add(name, "span", link.title, class_="p-name", lang=lang)
    facts = _facts(link)
    say(head, f" ({', '.join(facts)})" if facts else "")
    if link.via:
        add(item, "p", f"Vu chez {link.via}.", class_="roundup-via")
    if link.archive:
        archived = add(item, "p", class_="roundup-archive")
        add(archived, "a", f"Copie archivée de « {link.title} »", href=link.archive)
    markdown.blocks(item, link.comment)


def _facts(link: Link) -> list[str]:
    where = link.site or (addresses.domain(link.url) if addresses.is_web(link.url) else "" if link.url else _LOST)
    date = dates.day(link.date) if link.date else ""
    language = f"en {language_name(link.lang)}" if is_foreign(link.lang) else ""
    access = "accès payant" if link.access == "payant" else ""
    return [fact for fact in (link.author, where, date, language, link.type, access) if fact]


def render_quotation(quotation: Quotation, markdown: Markdown) -> Element:
    """``<figure><blockquote cite>`` with its author below."""
    figure = el("figure", class_="quotation")
    quote = add(figure, "blockquote", cite=quotation.source if addresses.is_web(quotation.source) else None, lang=quotation.lang or None)
    markdown.blocks(quote, quotation.text)
    caption = add(figure, "figcaption")
    add_plain(caption, "span", quotation.author, class_="quotation-author")
    if quotation.title:
        say(caption, ", ")
        work = add(caption, "cite", "" if quotation.source else quotation.title)
        if quotation.source:
            add(work, "a", quotation.title, href=quotation.source)
    elif quotation.source:
        say(caption, ", ")
        add(caption, "a", plain(addresses.domain(quotation.source) or "source"), href=quotation.source)
    if quotation.date:
        say(caption, f", {dates.day(quotation.date)}")
    return figure
