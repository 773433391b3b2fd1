"""The form of a call, on the page of its post; the receiver's own pages ask the same."""

from __future__ import annotations

import dataclasses
import urllib.parse
from collections.abc import Mapping, Sequence

from plancher.components.answers.entries import CallEntry
from plancher.components.answers.questions import BOXES, TEXTS, Box, TextField
from plancher.site.model import Post, Site

YES = "oui"
"""The value of a box that is ticked."""
CALL = "appel"
"""In the address of a form that the receiver shows: before the token of the call."""
TRAP = "website"
"""A field that no reader sees: whoever fills it is a program."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form of one open call."""

    action: str
    """The receiver."""
    anchor: str
    """Where the form stands in the page of the post."""
    call: str
    """The anchor of the call."""
    token: str
    question: str
    page: str
    """The whole address of the post, to lead back there."""
    texts: Sequence[TextField] = TEXTS
    boxes: Sequence[Box] = BOXES
    trap: str = TRAP


def base_of(receiver: str) -> str:
    """The address of a receiver, with its last slash: what is below it is the receiver's own."""
    return f"{receiver.rstrip('/')}/" if receiver else ""


def link_to(receiver: str, token: str) -> str:
    """Where the receiver itself shows the form of a call, for pages that have none."""
    return f"{base_of(receiver)}?{CALL}={token}"


def origin_of(address: str) -> str:
    """« https://exemple.fr », as browsers name the site of a page (RFC 6454)."""
    parts = urllib.parse.urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


def anchor_of(call: str) -> str:
    """Where the form of a call stands."""
    return f"formulaire-{call}"


def by_post(site: Site, receiver: str) -> Mapping[str, tuple[Form, ...]]:
    """The forms of the open calls of each post, by its path; none without a receiver."""
    posts = (*site.posts, *site.hidden) if receiver else ()
    found = {post.path: tuple(_form(site, post, entry, receiver) for entry in post.entries(CallEntry) if entry.is_open) for post in posts}
    return {path: forms for path, forms in found.items() if forms}


def _form(site: Site, post: Post, entry: CallEntry, receiver: str) -> Form:
    return Form(
        action=base_of(receiver), anchor=anchor_of(entry.anchor), call=entry.anchor, token=entry.token, question=entry.question, page=site.absolute(post.url)
    )
