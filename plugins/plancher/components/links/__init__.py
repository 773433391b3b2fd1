"""Curated links and quotations, as blocks; the pages of all links, and how they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plancher.base.data import DataError
from plancher.base.problems import Problem, SiteProblem
from plancher.components.links import backlinks, collection, copies, entries, exports, feed, lists, markup, model, pages, render, state
from plancher.components.links.collection import ListedLink
from plancher.components.links.entries import LinkEntry
from plancher.components.links.health import Health
from plancher.components.links.settings import KEY, LinkSettings
from plancher.site import registration
from plancher.site.collected import MenuEntry, Values
from plancher.site.component import Component, Preparation
from plancher.site.feeds import FeedRequest
from plancher.site.model import Mention, Post, Site
from plancher.site.requests import PageRequest
from plancher.text.grammar import Advice, BlockKind, ResolveDocument, ScanTransform

ROUNDUP = BlockKind(
    name="liens",
    purpose="Une liste de liens choisis, avec pour chacun pourquoi le lire.",
    read=markup.read_roundup,
    render=render.render_roundup,
    index=LinkEntry,
    index_entries=entries.index_entries,
)
QUOTATION = BlockKind(
    name="citation",
    purpose="Les mots d'un autre, avec son nom et la source.",
    read=markup.read_quotation,
    render=render.render_quotation,
)


LinkIndex = tuple[ListedLink, ...]
"""All the links of a site, the newest first."""


class Links(Component[LinkSettings, LinkIndex]):
    """What a blog says of other sites."""

    name = "links"
    settings_name = KEY
    settings_type = LinkSettings

    def blocks(self) -> Sequence[BlockKind[model.Roundup] | BlockKind[model.Quotation]]:
        """``[!liens]`` and ``[!citation]``."""
        return ROUNDUP, QUOTATION

    def scan_transforms(self) -> Mapping[str, ScanTransform]:
        """Addresses defined elsewhere in a text; a whole post that is a list of links."""
        return {"": lists.resolve_references, "revue": lists.read_lists}

    def resolve_document(self) -> ResolveDocument:
        """Numbers links."""
        return model.number_links

    def text_advice(self) -> Sequence[Advice]:
        """Lists of links that are no block yet."""
        return (lists.suggest_block,)

    def prepare(self, site: Site) -> Preparation:
        """What is known of all links, before anything shows one."""
        health, problems = _health(site)
        return Preparation(
            link_states={address: str(known.state) for address, known in health.items()},
            link_replacements={replacement.address: replacement for replacement in copies.replacements(site, health)},
            problems=problems,
        )

    def mentions(self, post: Post) -> Iterator[Mention]:
        """Its links."""
        return map(entries.mention, post.entries(LinkEntry))

    def collect(self, site: Site) -> LinkIndex:
        """All links, the newest first."""
        health, _ = _health(site)
        return tuple(collection.collect(site, health))

    def pages(self, site: Site, index: LinkIndex) -> Iterator[PageRequest]:
        """``/liens/``, its parts, and their data."""
        yield from pages.requests(index)
        yield from exports.requests(site, index)

    def feeds(self, site: Site, index: LinkIndex) -> Sequence[FeedRequest]:
        """``/feeds/liens.atom.xml`` and ``.json``."""
        return (feed.request(site, index, self.settings),)

    def post_values(self, site: Site, index: LinkIndex) -> Mapping[str, Values]:
        """The posts that link to a post."""
        return {"cited_by": backlinks.backlinks(site)}

    def menu(self, site: Site, index: LinkIndex) -> Sequence[MenuEntry]:
        """« Liens »."""
        return (MenuEntry(text="Liens", address=pages.ROOT, in_footer=True),) if index else ()

    def command_files(self, site: Site, index: LinkIndex) -> Mapping[str, str]:
        """What « invoke links.check » visits."""
        return {exports.JSON: exports.to_visit(site, self.settings)}


def _health(site: Site) -> tuple[Mapping[str, Health], tuple[SiteProblem, ...]]:
    """What is known of each link; why the file cannot be read."""
    try:
        return state.load(site.content / state.FILE), ()
    except DataError as error:
        message = f"ce fichier ne se lit pas : {error}. Rendez-lui sa dernière version (git restore), ou retirez-le et relancez « invoke links.check »."
        return {}, ((state.FILE, Problem(error.line, "PDV081", message)),)


COMPONENT = Links


def register() -> None:
    """Pelican calls it; the adapter takes ``COMPONENT``."""
    registration.register()
