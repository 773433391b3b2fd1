"""From the intangible to the tangible: promises and their proofs, as blocks, and their public register."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from plancher.base.problems import SiteProblem
from plancher.components.tangible import advice, collection, entries, exports, feed, markup, model, pages, render, rows, sections, stability
from plancher.components.tangible.collection import Register
from plancher.components.tangible.entries import ProofEntry
from plancher.components.tangible.model import Balance, Pair
from plancher.components.tangible.settings import KEY, TangibleSettings
from plancher.site import public, registration
from plancher.site.collected import MenuEntry, Redirection, Values
from plancher.site.component import Component
from plancher.site.feeds import FeedRequest
from plancher.site.model import Mention, Post, PostPair, Site
from plancher.site.requests import CopiedFile, FirstPage, MadeFile, PageRequest, TemplatePage
from plancher.text.grammar import Advice, BlockKind, ResolveDocument

JSON, CSV, SCHEMA = "preuves.json", "preuves.csv", "preuves.schema.json"


class Tangible(Component[TangibleSettings, Register]):
    """Promises, their proofs, and the register of all of them."""

    name = "tangible"
    settings_name = KEY
    settings_type = TangibleSettings

    def blocks(self) -> tuple[BlockKind[Pair], BlockKind[Balance]]:
        """``[!tangible]`` and ``[!bilan]``."""
        natures = self.settings.natures
        return (
            BlockKind(
                name="tangible",
                purpose="Une promesse, ramenée à sa preuve.",
                read=functools.partial(markup.read_tangible, natures),
                render=functools.partial(render.render_tangible, self.words),
                index=ProofEntry,
                index_entries=entries.of_block,
                expires_on=entries.expires_on,
            ),
            BlockKind(
                name="bilan",
                purpose="Une liste de promesses, chacune avec sa preuve.",
                read=functools.partial(markup.read_balance, natures),
                render=functools.partial(render.render_balance, self.words),
                index=ProofEntry,
                index_entries=entries.of_block,
                expires_on=entries.expires_on,
            ),
        )

    def resolve_document(self) -> ResolveDocument:
        """Each pair gets its anchor."""
        return model.numbered

    def text_advice(self) -> Sequence[Advice]:
        """Lists that could be a ``[!bilan]``."""
        return (advice.old_lists,)

    def mentions(self, post: Post) -> Iterable[Mention]:
        """The real proofs of a post."""
        return entries.mentions(post.entries(ProofEntry))

    def pair(self, post: Post) -> PostPair | None:
        """The one that weighs most."""
        return entries.main_pair(post.entries(ProofEntry))

    def collect(self, site: Site) -> Register:
        """Every pair of every post."""
        return collection.collect(site)

    def pages(self, site: Site, index: Register) -> Iterator[PageRequest]:
        """The register: pages, JSON and its schema, CSV."""
        for page in pages.register_pages(index.proofs, self.settings.natures, index.tag_slugs, self.settings.page_size, site.today):
            yield TemplatePage(address=page.url, template="preuves", values={"sheet": page}, shows=page.posts)
        yield MadeFile(path=JSON, maker=exports.as_json, argument=(site.identity.address, index.proofs))
        yield MadeFile(path=CSV, maker=exports.as_csv, argument=(site.identity.address, index.proofs))
        yield CopiedFile(path=SCHEMA, source=Path(__file__).with_name(SCHEMA))

    def feeds(self, site: Site, index: Register) -> Iterator[FeedRequest]:
        """The latest promises and proofs."""
        yield feed.request(self.words, index.rows[: self.settings.feed_size])

    def site_values(self, site: Site, index: Register) -> Values:
        """The proof that the home page shows."""
        return {"LATEST_PROOF": index.latest_proof}

    def redirections(self, site: Site, index: Register) -> Iterator[Redirection]:
        """Sections of tags that have other names."""
        return sections.former_addresses(sections.tag_shares(index.proofs, index.tag_slugs), site)

    def post_values(self, site: Site, index: Register) -> Mapping[str, Values]:
        """The proofs that cite the talk of a post, and where its own pairs stand in the register."""
        return {
            "cited_moments": collection.cited_moments(site, index),
            "register_rows": rows.of_posts(index.rows, self.settings.natures, self.settings.page_size),
        }

    def tag_values(self, site: Site, index: Register) -> Mapping[str, Values]:
        """The proofs of a tag."""
        return {"tag_proofs": {name: FirstPage(proofs) for name, proofs in rows.of_tags(index.proofs).items()}}

    def menu(self, site: Site, index: Register) -> Sequence[MenuEntry]:
        """« Preuves »."""
        return (MenuEntry(text="Preuves", address=sections.ROOT),) if index.proofs else ()

    def checks(self, site: Site, index: Register) -> Iterator[SiteProblem]:
        """Talks without a post, and anchors that lead astray."""
        yield from collection.missing_talks(site, index)
        yield from stability.problems(site, index)

    def expires_at(self, site: Site, index: Register) -> float | None:
        """The ages of waiting promises change with the month."""
        is_waiting = any(proof.state == "waiting" and not proof.fictional for proof in index.proofs)
        return pages.next_month(site.today) if is_waiting else None

    def command_files(self, site: Site, index: Register) -> Mapping[str, str]:
        """The public anchors, as « invoke publish » keeps them; nothing when the list could not be read."""
        text = stability.published_list(site, index)
        return {} if text is None else {public.FILE: text}


COMPONENT = Tangible


def register() -> None:
    """Pelican calls it; the adapter takes ``COMPONENT``."""
    registration.register()
