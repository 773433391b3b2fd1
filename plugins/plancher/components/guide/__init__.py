"""The author's guide, at the version of the engine in use: in every preview, and on the site if its owner wants."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

from plancher.base.problems import Problem, SiteProblem
from plancher.components.guide import text
from plancher.components.guide.settings import KEY, GuideSettings
from plancher.site import claims
from plancher.site.collected import MenuEntry, Values
from plancher.site.component import Component
from plancher.site.model import Post, Site, StaticFile
from plancher.site.requests import OwnText, PageRequest, TemplatePage
from plancher.text.grammar import Grammar

ADDRESS = "guide/"
_SOURCE = Path(__file__).with_name("guide.md")
_IN_ITS_WAY = frozenset({"guide", f"{ADDRESS}index.html"})
"""Files of the site beside which it cannot stand."""


class Guide(Component[GuideSettings, None]):
    """One page, made of no text of the blog."""

    name = "guide"
    settings_name = KEY
    settings_type = GuideSettings

    def own_texts(self, site: Site, grammar: Grammar) -> Iterable[OwnText]:
        """The guide of what this site is built with."""
        if self.settings.published or site.is_preview:
            source = _SOURCE.read_text(encoding="utf-8")
            yield OwnText(name="plancher/guide.md", address=ADDRESS, text=text.of_site(source, site.components, grammar))

    def pages(self, site: Site, index: None) -> Iterable[PageRequest]:
        """Its page, unless the owner of the blog has one there."""
        guide = site.own_texts.get(ADDRESS)
        if guide is not None and _owners_page(site) is None:
            yield TemplatePage(address=ADDRESS, template="page", values={"page": guide})

    def site_values(self, site: Site, index: None) -> Values:
        """Where readers find it; empty: nowhere."""
        return {"GUIDE": self._shown(site)}

    def menu(self, site: Site, index: None) -> Sequence[MenuEntry]:
        """« Guide de l’auteur », when readers see it."""
        address = self._shown(site)
        return (MenuEntry(text="Guide de l’auteur", address=address, in_footer=True),) if address else ()

    def _shown(self, site: Site) -> str:
        return ADDRESS if self.settings.published and _owners_page(site) is None else ""

    def checks(self, site: Site, index: None) -> Iterable[SiteProblem]:
        """The owner's page wins, and that is said."""
        theirs = _owners_page(site)
        if theirs is not None:
            line, remedy = (theirs.line(theirs.address_field, "title"), "Changez « Slug: »") if isinstance(theirs, Post) else (1, "Renommez ce fichier")
            message = f"l'adresse « /{ADDRESS} » est celle du guide de l'auteur, que « invoke serve » ne peut donc plus montrer. {remedy} pour le retrouver."
            yield theirs.path, Problem(line, "PDV120", message)


def _owners_page(site: Site) -> Post | StaticFile | None:
    """What the owner of the blog has put where the guide would be."""
    shown: Iterable[Post | StaticFile] = itertools.chain(site.texts.values(), site.files.values())
    return next((found for found in shown if claims.key(found.save_as) in _IN_ITS_WAY), None)


COMPONENT = Guide


def register() -> None:
    """Pelican asks for it; the adapter takes ``COMPONENT``."""
