"""The links that every page shows: a main menu that fits on one line, and all the rest at the foot of the page.

The owner's menu (``Identity.menu``) takes the place of the first; what it leaves out then stands at the foot.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from plancher.site.collected import Collected, MenuEntry

MOST = 5
"""Entries of the main menu, so that it stays on one line: those after them go to the foot."""
_ABOUT = "a-propos/"
_FIRST = {"archives": "Billets", "tags": "Mots-clés"}
"""Pages of the blog itself that the main menu shows, by their template."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """Both, without a link twice."""

    main: tuple[MenuEntry, ...]
    foot: tuple[MenuEntry, ...]

    def current(self, address: str, section: str = "") -> MenuEntry | None:
        """The entry that a page is, or is under.

        :param address: of the page.
        :param section: the page under which it is, when its address does not say so: that of all posts for a post.
        """
        parents = address.strip("/").split("/")
        above = ["/".join(parents[:count]) for count in range(len(parents), 0, -1)]
        # A menu that has no entry for posts may have the home page, which shows them.
        asked = [*above, section.strip("/"), ""] if section else above
        for entries in (self.main, self.foot):
            known = {_plain(entry.address): entry for entry in entries}
            for name in asked:
                if name in known:
                    return known[name]
        return None

    def is_page(self, entry: MenuEntry, address: str) -> bool:
        """Whether an entry leads to this very page."""
        return _plain(entry.address) == address.strip("/")


def menu(collected: Collected, brought: Sequence[MenuEntry]) -> Menu:
    """The menu of a site.

    :param brought: what its components bring.
    """
    site = collected.site
    own = tuple(MenuEntry(text=text, address=address) for text, address in site.identity.menu)
    pages = [MenuEntry(text=page.title, address=page.url) for page in sorted(site.pages, key=lambda page: page.url)]
    about = [dataclasses.replace(page, text="À propos") for page in pages if page.address == _ABOUT]
    usual = [*_blog(collected, _FIRST), *(entry for entry in brought if not entry.in_footer), *about]
    categories = _blog(collected, {"categories": "Catégories"})
    others = (entry for entry in brought if entry.in_footer)
    main = own or tuple(_once(usual, collected.missing))[:MOST]
    left_out = {*collected.missing, *(_plain(entry.address) for entry in main)}
    return Menu(main=main, foot=tuple(_once([*usual, *others, *categories, *pages], left_out)))


def _blog(collected: Collected, names: dict[str, str]) -> Iterator[MenuEntry]:
    """Those pages of the blog itself that show something."""
    site = collected.site
    shown = {"archives": True, "tags": bool(site.tags), "categories": bool(site.categories)}
    addresses = {page.template: page.address for page in collected.blog_pages}
    yield from (MenuEntry(text=text, address=addresses[name]) for name, text in names.items() if shown[name] and addresses.get(name))


def _once(entries: Iterable[MenuEntry], left_out: Iterable[str]) -> Iterator[MenuEntry]:
    """Each address once, and none that is to be left out: shown already, or missing."""
    seen = {_plain(address) for address in left_out}
    for entry in entries:
        if _plain(entry.address) not in seen:
            seen.add(_plain(entry.address))
            yield entry


def _plain(address: str) -> str:
    return address.strip("/")
