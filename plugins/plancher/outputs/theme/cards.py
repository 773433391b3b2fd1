"""The card of each post: the picture that networks show beside a link to it, beside its page (« /2024/05/un/carte.png »).

It shows the pair of the post, else its title. An ``Image:`` of the post stands
in its place. A draft has none, and neither has a post whose title our face
cannot write: the picture of the blog stands there.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from plancher.base.fast_pickle import fast_pickle
from plancher.base.french import NBSP
from plancher.outputs.theme import lettering, pair_picture, pictures
from plancher.outputs.theme.pair_picture import PairPicture
from plancher.outputs.theme.settings import ALWAYS, PUBLISHED, ThemeSettings
from plancher.outputs.theme.share_picture import SharePicture
from plancher.site.model import Post, Site
from plancher.site.requests import MadeFile

_NAME = "carte.png"
_REPLACED = "il prend la place de la carte que le moteur dessine pour ce billet"


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ShareCard:
    """Where the picture of a post is, and what it says to those who do not see it."""

    address: str
    """From the root of the site."""
    alt: str


def cards(site: Site, settings: ThemeSettings) -> Mapping[str, tuple[ShareCard, SharePicture | PairPicture]]:
    """The card of each post that has one, by the path of its text, and what is drawn on it."""
    if settings.cards == ALWAYS or (settings.cards == PUBLISHED and site.is_publication):
        return {post.path: found for post in _published(site) if (found := _card(post, site)) is not None}
    return {}


def requests(made: Mapping[str, tuple[ShareCard, SharePicture | PairPicture]]) -> Iterator[MadeFile]:
    """The pictures to draw."""
    for card, shown in made.values():
        maker = pictures.pair_image if isinstance(shown, PairPicture) else pictures.share_image
        yield MadeFile(path=card.address, maker=maker, argument=shown, if_replaced=_REPLACED)


def _published(site: Site) -> Iterator[Post]:
    for group in (site.posts, site.translations, site.hidden):
        yield from (post for post in group if post.save_as and not post.image)


def _card(post: Post, site: Site) -> tuple[ShareCard, SharePicture | PairPicture] | None:
    identity, pair = site.identity, post.pair
    if pair is not None and lettering.printable(pair.promise) and lettering.printable(pair.proof):
        shown = PairPicture(promise=pair.promise, proof=pair.proof, is_fictional=pair.is_fictional, name=identity.name, colours=identity.colours)
        return ShareCard(address=_address(post), alt=_words(shown)), shown
    if not lettering.printable(post.title):
        return None
    return ShareCard(address=_address(post), alt=f"{post.title} – {identity.name}"), SharePicture(
        name=post.title, motto=identity.name, colours=identity.colours
    )


def _address(post: Post) -> str:
    """In the folder of the page; beside a page that has no folder of its own, under its name."""
    folder, _, name = post.save_as.rpartition("/")
    start = f"{folder}/" if folder else ""
    return f"{start}{_NAME}" if name == "index.html" else f"{start}{name.removesuffix('.html')}-{_NAME}"


def _words(shown: PairPicture) -> str:
    """« Exemple fictif : dix mille visites → trois contrats »."""
    pair = f"{shown.promise} → {shown.proof}"
    return f"{pair_picture.FICTIONAL}{NBSP}: {pair}" if shown.is_fictional else pair
