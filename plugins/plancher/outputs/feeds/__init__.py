"""Feeds as a first-class page: Atom with its archives, RSS, JSON Feed, per tag and category."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plancher.outputs.feeds import letter, plan
from plancher.outputs.feeds.settings import FeedSettings
from plancher.site.collected import Collected, MenuEntry
from plancher.site.component import Component
from plancher.site.model import Site
from plancher.site.requests import PageRequest, TemplatePage


class Feeds(Component[FeedSettings, None]):
    """Every feed of the site, and the page that says how to subscribe."""

    name = "feeds"
    settings_name = "PLANCHER_FEEDS"
    settings_type = FeedSettings

    def pages(self, site: Site, index: None) -> Iterable[PageRequest]:
        """How to subscribe."""
        if site.patterns.subscription:
            yield TemplatePage(address=site.patterns.subscription, template="abonnement", precedes_posts=True)

    def menu(self, site: Site, index: None) -> Sequence[MenuEntry]:
        """The same."""
        address = site.patterns.subscription
        return [MenuEntry(text="S’abonner", address=address)] if address else []

    def expires_at(self, site: Site, index: None) -> float | None:
        """When a week is over, and has its letter."""
        return letter.closes_next(site) if site.patterns.all_atom else None

    def outputs(self, site: Site, collected: Collected) -> Iterable[PageRequest]:
        """All feeds, and the list of them."""
        return plan.FeedPlan(site, self.settings, collected).files()


COMPONENT = Feeds


def register() -> None:
    """Pelican asks for it; the adapter takes ``COMPONENT``."""
