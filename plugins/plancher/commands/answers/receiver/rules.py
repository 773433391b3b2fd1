"""The bounds of the receiver, and whose it is."""

from __future__ import annotations

import dataclasses
import urllib.parse

from plancher.components.answers import form


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Bounds: what goes beyond is refused with a sentence."""

    soonest: float = 3.0
    """Seconds that a reader needs to read the page again: a program is quicker."""
    latest: float = 86_400.0
    """Seconds after which a page has to be confirmed anew."""
    window: float = 600.0
    """Seconds over which requests are counted; then the key of digests changes and nothing is left of them."""
    per_machine: int = 30
    """Requests of one machine (of one /64 of IPv6) in that time: two for each answer, and some corrections."""
    in_all: int = 3000
    """Requests of all machines in that time, which bounds what is remembered of them too."""
    at_once: int = 64
    """Requests under way."""
    at_once_each: int = 8
    """Requests of one machine under way: nobody holds the others up by sending slowly."""
    body: int = 65_536
    """Bytes of what is sent: the longest answer, each letter of it as three signs."""
    body_seconds: float = 20.0
    room: int = 50_000_000
    """Bytes of the database."""
    strangers: int = 5_000_000
    """Bytes of these that answers may take whose calls the owner has not named: no fetch takes away those of a call that somebody made up."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Whose receiver it is, as its pages say it."""

    name: str
    """Of the blog."""
    blog: str
    """Its address."""
    receiver: str
    """The address of the receiver, as readers reach it."""
    email: str = ""
    lang: str = "fr"

    @property
    def blog_origin(self) -> str:
        """« https://exemple.fr », as browsers say from which site a form was sent (RFC 6454)."""
        return form.origin_of(self.blog)

    @property
    def own_origin(self) -> str:
        """The same of the receiver."""
        return form.origin_of(self.receiver)

    @property
    def base(self) -> str:
        """The path below which its pages stand, with its last slash."""
        return urllib.parse.urlsplit(form.base_of(self.receiver)).path

    def page(self, typed: str) -> str:
        """Where to lead a reader back: a page of the blog, and of no other site."""
        base = f"{self.blog.rstrip('/')}/"
        return typed if typed.startswith(base) and typed.isprintable() else base
