"""The feed of links."""

from __future__ import annotations

from collections.abc import Sequence

from plancher.base import addresses
from plancher.base.french import clip
from plancher.components.links import pages
from plancher.components.links.collection import ListedLink
from plancher.components.links.settings import LinkSettings
from plancher.site.feeds import FeedItem, FeedRequest
from plancher.site.model import Post, Site
from plancher.text.html import Element, add, add_plain, as_typed, el, say

ATOM, JSON = "feeds/liens.atom.xml", "feeds/liens.json"
_TITLE = 120
"""Characters of a title."""


def request(site: Site, links: Sequence[ListedLink], settings: LinkSettings) -> FeedRequest:
    """The newest links, each at its place in the first post that cites it."""
    posts = {post.url: post for post in site.posts}
    items = tuple(_item(link, posts[link.cited_by[0].url]) for link in links[: settings.feed_size])
    return FeedRequest(path=ATOM, json=JSON, title="liens", page=pages.ROOT, items=items, leads_out=settings.leads_out)


def _item(link: ListedLink, post: Post) -> FeedItem:
    return FeedItem(
        post=post,
        anchor=link.cited_by[0].anchor,
        title=clip(link.title, _TITLE),
        html=as_typed(_content(link)),
        name=link.name,
        external=link.leads_to,
        via=link.via[0] if link.via and addresses.is_web(link.via[0]) else "",
    )


def _content(link: ListedLink) -> Element:
    """A link where no style exists: its address, its facts, why it is worth reading."""
    box = el("div")
    head = add(box, "p")
    add_plain(head, "a" if link.leads_to else "cite", link.title, href=link.leads_to or None, lang=link.lang or None)
    say(head, f" ({', '.join(link.facts)})" if link.facts else "")
    say(head, f" {link.note}" if link.note else "")
    if link.url:
        add_plain(add(box, "p"), "code", link.url)
    if link.comment:
        add_plain(box, "p", link.comment)
    if link.via:
        _add_via(box, *link.via)
    return box


def _add_via(box: Element, address: str, name: str) -> None:
    line = add(box, "p")
    say(line, "Vu chez ")
    if addresses.is_web(address):
        add_plain(line, "a", name, href=address)
    else:
        say(line, name)
    say(line, ".")
