"""What makes a feed in each format, in any process; without an entry that cannot be made, rather than not at all."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from plancher.base import reasons
from plancher.cache.body import LostError
from plancher.outputs.feeds import json_feed as json_format
from plancher.outputs.feeds import xml_feeds
from plancher.outputs.feeds.model import Feed
from plancher.outputs.feeds.podcast import ApplePodcast, Podcast
from plancher.site.makers import Partial, maker

Write = Callable[[Feed], str]


@maker
def atom(feed: Feed) -> str | Partial:
    """The feed as Atom."""
    return _written(feed, lambda some: xml_feeds.write(xml_feeds.Atom, some))


@maker
def rss(feed: Feed) -> str | Partial:
    """The feed as RSS."""
    return _written(feed, lambda some: xml_feeds.write(xml_feeds.Rss, some))


@maker
def podcast(feed: Feed) -> str | Partial:
    """The feed as RSS for applications that play films."""
    return _written(feed, lambda some: xml_feeds.write(ApplePodcast if some.show.email else Podcast, some))


@maker
def json_feed(feed: Feed) -> str | Partial:
    """The feed as JSON Feed."""
    return _written(feed, json_format.write)


def _written(feed: Feed, write: Write) -> str | Partial:
    """The whole feed; without the entries that fail, when others do not.

    :raises Exception: it fails without any entry, too.
    """
    try:
        return write(feed)
    except (LostError, OSError, MemoryError):
        raise
    except Exception:
        failures = [(entry, _failure(dataclasses.replace(feed, entries=(entry,)), write)) for entry in feed.entries]
        lost = tuple((entry.url.removeprefix(feed.home).split("#")[0], why) for entry, why in failures if why)
        if not lost:
            raise
        return Partial(write(dataclasses.replace(feed, entries=tuple(entry for entry, why in failures if not why))), lost)


def _failure(feed: Feed, write: Write) -> str:
    """Why a feed cannot be made; empty when it can."""
    try:
        write(feed)
    except (LostError, OSError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - said to who writes the text
        return reasons.french(error)
    return ""
