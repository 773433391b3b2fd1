"""What names the release that readers get: it leads to another one in one step."""

from __future__ import annotations

from typing import Protocol

from plancher.publishing.place import Place
from plancher.publishing.store import Reader, SwitchingStore


class Shown(Protocol):
    """Says which release it is."""

    async def current(self) -> str | None:
        """Its identifier; None: none of ours."""


class Pointer(Shown, Protocol):
    """Leads to another one."""

    async def lead_to(self, identifier: str) -> None:
        """Readers get this release from now on.

        :raises PublishingError: they get the one of before.
        """


class ShownLink:
    """A symbolic link in the place of the site's folder."""

    def __init__(self, reader: Reader, place: Place) -> None:
        self._reader, self._place = reader, place

    async def current(self) -> str | None:
        """The release to which it leads."""
        return self._place.linked(await self._reader.link_target(self._place.folder))


class Link(ShownLink):
    """The same, with what exchanges it."""

    def __init__(self, store: SwitchingStore, place: Place) -> None:
        super().__init__(store, place)
        self._store = store

    async def lead_to(self, identifier: str) -> None:
        """A new link takes the name of the old one."""
        await self._store.switch(self._place.folder, self._place.link_to(identifier))
