"""The feed of talks, which podcast applications play."""

from __future__ import annotations

from collections.abc import Sequence

from plancher.base.french import NBSP, clip
from plancher.components.talks import exports, files, pages
from plancher.components.talks.collection import ListedTalk
from plancher.components.talks.settings import TalkSettings
from plancher.site.feeds import FeedItem, FeedRequest, Media, MediaFile, Show
from plancher.site.model import Post, Site
from plancher.text.html import Element, add, add_plain, as_typed, el, say

ATOM, RSS = "feeds/videos.atom.xml", "feeds/videos.rss.xml"
_TITLE = 120
"""Characters of a title."""


def request(site: Site, talks: Sequence[ListedTalk], settings: TalkSettings) -> FeedRequest:
    """The newest talks."""
    posts = {post.url: post for post in site.posts}
    items = tuple(_item(talk, posts[talk.post_url], site.identity.address) for talk in talks[: settings.feed_size])
    show = Show(guid=settings.guid, category=settings.category, email=settings.email)
    return FeedRequest(path=ATOM, rss=RSS, title="vidéos", page=pages.ROOT, items=items, show=show)


def _item(talk: ListedTalk, post: Post, site: str) -> FeedItem:
    title = ", ".join(filter(None, (talk.title, talk.speaker))).replace(" :", f"{NBSP}:")
    return FeedItem(
        post=post,
        anchor=talk.anchor,
        name=talk.name,
        title=clip(title, _TITLE),
        summary=", ".join(talk.facts),
        html=as_typed(_content(talk, site)),
        media=_media(talk, site),
    )


def _media(talk: ListedTalk, site: str) -> Media:
    sources = () if talk.is_lost else talk.sources
    return Media(
        files=tuple(MediaFile(url=file.url, type=file.type, length=file.length) for file in talk.own_files),
        duration=talk.duration or 0,
        player=next((source.url for source in sources if source.platform), ""),
        thumbnail=f"{site}/{talk.poster}" if talk.poster else "",
        captions=talk.captions,
        captions_type=files.captions(talk.captions),
        captions_lang=talk.captions_lang,
        language=talk.lang,
        chapters=f"{site}/{exports.chapters_path(talk)}" if talk.chapters else "",
    )


def _content(talk: ListedTalk, site: str) -> Element:
    """A talk where no style exists: its facts, where to see it, where to read it."""
    box = el("div")
    add_plain(box, "p", ", ".join(talk.facts) or talk.title)
    links = [(f"Voir la vidéo sur {source.platform}" if source.platform else "Télécharger la vidéo", source.url) for source in talk.sources if not talk.is_lost]
    links += [("Lire la transcription", talk.transcript_address(site)), ("Voir la copie archivée", talk.archive)]
    if any(address for _, address in links):
        items = add(box, "ul")
        for text, address in links:
            if address:
                add_plain(add(items, "li"), "a", text, href=address)
    if talk.is_lost:
        add_plain(box, "p", "Cette vidéo a disparu.")
    last = add(box, "p")
    say(last, f"Dans «{NBSP}")
    add_plain(last, "a", talk.post_title, href=talk.address(site))
    say(last, f"{NBSP}».")
    return box
