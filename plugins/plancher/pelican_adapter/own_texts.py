"""The texts that components bring themselves: read as pages of authors are, and no part of the blog."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plancher.base import links
from plancher.build.context import BuildContext
from plancher.cache import body as cached_body
from plancher.cache.body import CachedBody
from plancher.markdown.record import Record
from plancher.pelican_adapter.addresses import TermMaker
from plancher.pelican_adapter.site_frame import parts_of, site_frame
from plancher.site.model import Card, Post
from plancher.site.requests import OwnText


def read(build: BuildContext, settings: Any) -> Mapping[str, Post]:
    """Each of them by the address where it will be."""
    frame, grammar = site_frame(parts_of(build), settings), build.reading.grammar
    asked = {text.name: text for component in build.components for text in component.own_texts(frame, grammar)}
    records = build.library.read_own({name: text.text for name, text in asked.items()})
    return {text.address: _post(build, settings, text, records[name]) for name, text in asked.items() if name in records}


def _post(build: BuildContext, settings: Any, text: OwnText, record: Record) -> Post:
    """What a template shows of it."""
    summary = cached_body.filled(record.summary, links.path_of(str(settings["SITEURL"])), {})
    return Post(
        path=text.name,
        card=Card(record.title, text.address, None, None, summary, None, record.lang or settings["DEFAULT_LANG"].lower()),
        save_as=f"{text.address}index.html",
        is_page=True,
        authors=(TermMaker(settings).author(settings["AUTHOR"]),),
        body=CachedBody(record.key, str(build.library.store.path)),
        links=record.links,
        elsewhere=record.elsewhere,
    )
