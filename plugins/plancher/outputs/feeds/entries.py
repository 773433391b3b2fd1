"""From the posts of a site to the entries of its feeds."""

from __future__ import annotations

import dataclasses
import functools
import html
from collections.abc import Mapping

from plancher.outputs.feeds import model
from plancher.outputs.feeds.model import Entry, EntryPicture, Label
from plancher.site.feeds import FeedItem, Replies
from plancher.site.model import Post, Site, Term

_MOST_TAGS = 100
"""That an entry names: each has two feeds, which all name the others once more. The page of the post has them all."""


class Entries:
    """Makes the entry of each post once: it stands in a dozen feeds."""

    def __init__(self, site: Site, authority: str, replies: Mapping[str, Replies]) -> None:
        """:param authority: of identifiers (RFC 4151).

        :param replies: by the path of a post.
        """
        self._site = site
        self._replies = replies
        self._authority = authority
        self._made: dict[str, Entry] = {}
        self._label = functools.cache(self._new_label)

    def of_post(self, post: Post) -> Entry:
        """A whole post."""
        entry = self._made.get(post.path)
        if entry is None:
            entry = self._made[post.path] = self._new_entry(post)
        return entry

    def of_item(self, item: FeedItem, *, leads_out: bool) -> Entry:
        """A place of a post, under the post's identifier and its own."""
        post = self.of_post(item.post)
        own = f"{post.id}{'-' if '#' in post.id else '#'}{item.name or item.anchor}"  # an address has one « # »
        return dataclasses.replace(
            post,
            id=own,
            updated=model.apart(item.answered_on or post.updated, own),
            url=f"{post.url}#{item.anchor}",
            title=item.title,
            summary=html.escape(item.summary, quote=False),
            body=item.html,
            external=item.external,
            via=item.via,
            leads_out=leads_out,
            media=item.media,
            picture=None,
            is_part=True,
            published=item.answered_on or post.published,
            authors=(item.reader,) if item.reader else post.authors,
            in_reply_to=(post.id, post.url) if item.answered_on else None,
            replies=None,
        )

    def _new_entry(self, post: Post) -> Entry:
        own = model.entry_id(post.own_id, self._authority, post.moment, post.path)
        return Entry(
            id=own,
            title=post.title,
            url=self._site.absolute(post.url),
            published=post.moment,
            updated=model.apart(post.modified or post.moment, own),
            summary=post.summary,
            body=post.body,
            base=self._site.identity.address,
            tags=tuple(self._label(tag) for tag in post.tags[:_MOST_TAGS]),
            authors=tuple(author.name for author in post.authors),
            lang=post.lang,
            picture=self._picture(post),
            replies=self._answered(post),
        )

    def _answered(self, post: Post) -> tuple[str, int] | None:
        found = self._replies.get(post.path)
        return (f"{self._site.absolute(post.url)}#{found.anchor}", found.count) if found else None

    def _picture(self, post: Post) -> EntryPicture | None:
        found = post.picture
        return EntryPicture(f"{self._site.identity.address}/{found.middle}", found.middle_width, found.middle_height) if found else None

    def _new_label(self, tag: Term) -> Label:
        return Label(tag.name, self._site.absolute(tag.url))
