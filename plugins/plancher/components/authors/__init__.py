"""Several people sign: a page and a feed for each, and signatures lead there. Where one signs everything, there is nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from plancher.base.french import fold
from plancher.site import registration
from plancher.site.collected import Values
from plancher.site.component import Component
from plancher.site.feeds import FeedRequest
from plancher.site.listing import Part
from plancher.site.model import Post, Site
from plancher.site.requests import PageRequest, TemplatePage


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Somebody who signs posts of a blog of several."""

    name: str
    slug: str
    """What « Élodie » and « Elodie » have in common."""
    url: str
    """Of their page, from the root of the site."""
    posts: tuple[Post, ...]
    """Newest first."""
    feed: str
    """The file of their Atom feed, from the root of the site."""
    rss: str
    has_own_page: bool
    """Whether the settings of the blog make the page already (``AUTHOR_SAVE_AS``)."""


AuthorIndex = tuple[Signatory, ...]


class Authors(Component[None, AuthorIndex]):
    """Who writes here."""

    name = "authors"

    def collect(self, site: Site) -> AuthorIndex:
        """All of them, in alphabetical order; nobody, where there is one."""
        found = [(term, posts) for term, posts in site.authors if term.slug]
        if len(found) < 2:  # noqa: PLR2004 - several begin at two
            return ()
        found.sort(key=lambda group: (fold(group[0].name), group[0].name))
        return tuple(
            Signatory(
                name=term.name,
                slug=term.slug,
                url=term.url if term.save_as else f"auteur/{term.slug}/",
                posts=posts,
                feed=f"feeds/auteur/{term.slug}.atom.xml",
                rss=f"feeds/auteur/{term.slug}.rss.xml",
                has_own_page=bool(term.save_as),
            )
            for term, posts in found
        )

    def pages(self, site: Site, index: AuthorIndex) -> Iterator[PageRequest]:
        """``/auteur/<slug>/``."""
        for person in index:
            if not person.has_own_page:
                values = {"person": {"name": person.name, "url": person.url, "feed": person.feed, "rss": person.rss}, "signed": person.posts}
                yield TemplatePage(address=person.url, template="auteur", values=values, shows=frozenset(post.url for post in person.posts))

    def feeds(self, site: Site, index: AuthorIndex) -> Iterator[FeedRequest]:
        """The posts of each."""
        for person in index:
            yield FeedRequest(path=person.feed, rss=person.rss, title=person.name, page=person.url, posts=person.posts, group="Auteurs")

    def site_values(self, site: Site, index: AuthorIndex) -> Values:
        """The list of them, with their feeds."""
        return {"AUTHORS": tuple((Part(name=person.name, url=person.url, count=len(person.posts)), person.feed) for person in index)}

    def post_values(self, site: Site, index: AuthorIndex) -> Mapping[str, Values]:
        """The pages of those who sign a post, by their names."""
        pages = {person.slug: person.url for person in index}
        return {"author_pages": {post.path: _known(pages, post) for post in site.texts.values() if not post.is_page} if pages else {}}


def _known(pages: Mapping[str, str], post: Post) -> Values:
    return {author.name: pages[author.slug] for author in post.authors if author.slug in pages}


COMPONENT = Authors


def register() -> None:
    """Pelican calls it; the adapter takes ``COMPONENT``."""
    registration.register()
