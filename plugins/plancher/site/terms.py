"""Where ``{tag}``, ``{category}``, ``{author}`` and ``{index}`` lead: the pages that posts of the site have in common."""

from __future__ import annotations

import html
import urllib.parse
from collections.abc import Iterable, Mapping, Sequence

from plancher.base import addresses
from plancher.base.french import did_you_mean, fold_words
from plancher.base.problems import Problem
from plancher.markdown.record import Record
from plancher.site.model import Term
from plancher.site.site_checks import Found

_KINDS = {"tag": "le mot-clé", "category": "la catégorie", "author": "l'auteur"}


class Terms:
    """The addresses of tags, categories and authors, by their names, however these are typed."""

    def __init__(self, index: str, tags: Iterable[Term], categories: Iterable[Term], authors: Iterable[Term], aliases: Mapping[str, Sequence[str]]) -> None:
        """Terms whose pages are made (``Term.save_as``).

        :param index: the address of the home page.
        :param aliases: the other names of each tag.
        """
        self._index = index
        self.named = {"tag": _names(tags), "category": _names(categories), "author": _names(authors)}
        loose: dict[str, str] = {}
        for name, others in aliases.items():
            address = self.named["tag"].get(name, "")
            loose |= {typed: address for other in others for typed in (other, fold_words(other))} if address else {}
        self.named["tag"] = loose | self.named["tag"]

    def address(self, typed: str) -> str | None:
        """Where one of these leads, from the root of the site, as links have it; None when no such page is made.

        :param typed: as it stands in a text or in its HTML.
        """
        internal = addresses.parse_internal(html.unescape(typed))
        if internal is None or internal.names_file:
            return None
        name, rest = internal.path, ""
        if internal.kind == "index":
            return addresses.quote(self._index) + name
        known = self.named[internal.kind]
        if self._known(known, name) is None:  # « C# » is a tag; « pme#suite » is a place
            place = min((name.find(mark) for mark in "?#" if mark in name), default=len(name))
            name, rest = name[:place], name[place:]
        address = self._known(known, name)
        return None if address is None else addresses.quote(address) + rest

    @staticmethod
    def _known(known: Mapping[str, str], typed: str) -> str | None:
        """By its very name, or however it is spelt."""
        name = urllib.parse.unquote(typed)
        return known.get(name, known.get(fold_words(name)))

    def missing(self, records: Iterable[Record]) -> Found:
        """A link to the page of a tag that no post bears would lead nowhere."""
        for record in records:
            for typed, line in record.links if record.status != "draft" else ():
                internal = addresses.parse_internal(typed)
                if internal and not internal.names_file and self.address(typed) is None:
                    known, name = self.named[internal.kind], urllib.parse.unquote(internal.path)
                    advice = (
                        did_you_mean(name, sorted({*map(fold_words, known)})) if known else "Liez une page par son adresse, ou un billet par « {filename} »."
                    )
                    yield record.path, Problem(line, "PDV066", f"« {typed} » ne mène nulle part : {_KINDS[internal.kind]} n'a pas de page. {advice}")


def _names(terms: Iterable[Term]) -> dict[str, str]:
    """By their very names, which come first, and by what all spellings share."""
    exact = {typed: term.url for term in terms if term.save_as for typed in (term.slug, term.name)}
    return {fold_words(typed): url for typed, url in exact.items()} | exact
