"""Those who are told: a hub, the pages that posts cite, search engines. Each is asked for itself: one that fails keeps no other from hearing."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

from plancher.base.french import plural
from plancher.commands.after import mentions
from plancher.commands.after.news import News
from plancher.publishing.after import indexnow, websub
from plancher.publishing.after.changes import Changes
from plancher.publishing.after.errors import AnnouncingError
from plancher.publishing.after.own_site import OwnSite
from plancher.web.client import Web


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """All who are told of one blog."""

    blog: Path
    news: News
    own: OwnSite

    async def tell(self) -> bool:
        """Tell all; whether each could be."""
        hubs = await self.tell_hubs(self.news.waiting)
        pages = await mentions.tell(self.news, self.own) if self.news.known.settings.webmentions else True
        return await self._tell_engines() and hubs and pages

    async def tell_hubs(self, only: Changes | None) -> bool:
        """Tell each hub that feeds name.

        :param only: what changed; None: anything may have.
        """
        hubs = websub.by_hub(list(websub.feeds(self.news.site, only.feeds if only else None)))
        try:
            async with Web(dataclasses.replace(self.news.known.settings, delay=0.0)) as web:
                for hub, addresses in hubs.items():
                    await websub.tell(web, hub, addresses)
                    print(f"Relais prévenu de {plural(len(addresses), 'flux', 'flux')} : {hub}")
        except AnnouncingError as error:
            return _failed(f"Relais pas prévenu : {error}")
        if only:
            self.news.told(Changes(feeds=only.feeds))
        return True

    async def _tell_engines(self) -> bool:
        news, mine = self.news, self.news.known.settings
        addresses = news.waiting.addresses
        if mine.indexnow and addresses:
            try:
                async with Web(mine) as web:
                    await indexnow.tell(web, self.own.web, news.known.address, [news.known.address + address for address in sorted(addresses)])
            except AnnouncingError as error:
                return _failed(f"Moteurs pas prévenus : {error}")
            print(f"Moteurs prévenus par IndexNow de {plural(len(addresses), 'adresse', 'adresses')}.")
        news.told(Changes(addresses=addresses))
        return True


def _failed(sentence: str) -> bool:
    print(f"{sentence} Le site, lui, est en ligne ; « invoke ping » recommence.", file=sys.stderr)
    return False
