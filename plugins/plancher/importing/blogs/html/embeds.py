"""Players and frames: each becomes the address that it shows, alone in its paragraph.

Our Markdown reads the address of a film, alone, as a talk; ``habits.video`` makes a block of it, and knows the platforms that are gone.
"""

from __future__ import annotations

import re
import urllib.parse

from bs4 import BeautifulSoup, Tag

from plancher.base import addresses
from plancher.components.talks import platforms
from plancher.importing.blogs.html import walk
from plancher.importing.blogs.html.passage import Passage

EMBED = "embed"
"""The class of a link that stands for what a page showed."""
_PLAYERS = frozenset({"object", "embed", "iframe", "frame", "video", "audio", "lite-youtube", "lite-vimeo", "amp-youtube"})
_IDS = {"lite-youtube": "https://youtu.be/{}", "amp-youtube": "https://youtu.be/{}", "lite-vimeo": "https://vimeo.com/{}"}
_SOURCES = ("movie", "src", "data", "url", "filename", "flashvars", "flashVars")
_IN_VARIABLES = re.compile(r"(?:^|[&?])(?:file|video|videoUrl|src|url|clip|videoRef)=(?P<url>https?(?::|%3A)[^&]+)", re.IGNORECASE)
_NAMES = {"video": "Vidéo", "audio": "Enregistrement"}


def run(soup: BeautifulSoup, passage: Passage) -> None:
    """Replace each player."""
    for tag in walk.every(soup, among=_PLAYERS):
        if tag.parent is not None and walk.around(tag, "object") is None:
            _replace(soup, tag, passage)


def address_of(tag: Tag) -> str:
    """What a player shows; empty when it does not say."""
    if tag.name in _IDS:
        name = str(tag.get("videoid") or tag.get("data-videoid") or "")
        return _IDS[tag.name].format(urllib.parse.quote(name)) if name else ""
    places = [tag, *walk.every(tag, "embed", "source", "iframe", "param")]
    typed = [str(place.get(name, "")) for place in places for name in ("src", "data", "data-src", "data-lazy-src") if place.get(name)]
    typed += [str(place.get("value", "")) for place in places if place.name == "param" and str(place.get("name", "")).lower() in map(str.lower, _SOURCES)]
    typed += [str(place.get("flashvars", "")) for place in places if place.get("flashvars")]
    candidates = [address for text in typed if (address := _web(text))]
    known = next((address for address in candidates if platforms.recognise(address) or platforms.closed_platform(address)), "")
    return known or next(iter(candidates), "")


def _web(typed: str) -> str:
    """The address in an attribute or in the variables of a Flash player."""
    inside = _IN_VARIABLES.search(typed)
    if inside and not (platforms.recognise(typed) or platforms.closed_platform(typed)):
        return urllib.parse.unquote(inside["url"])
    bare = typed.strip()
    if bare.startswith("//"):
        bare = f"https:{bare}"
    return (
        bare
        if addresses.is_safe(bare) and not bare.startswith(("about:", "#")) and "=" not in bare.partition("?")[0].partition("#")[0].partition("&")[0]
        else ""
    )


def _replace(soup: BeautifulSoup, tag: Tag, passage: Passage) -> None:
    address = address_of(tag)
    fallback = tag.name in {"object", "video", "audio"}
    for inner in walk.every(tag, "embed", "param", "source", "track"):
        inner.unwrap()
    box = soup.new_tag("div")
    if address and addresses.is_safe(address):
        paragraph, link = soup.new_tag("p"), soup.new_tag("a", href=address)
        link["class"] = EMBED
        film = platforms.recognise(address) or platforms.closed_platform(address)
        title = " ".join(str(tag.get("title", "")).split())
        link.string = address if film or not title or title.lower().endswith("player") else title
        if film and title and "player" not in title.lower():
            link["data-title"] = title
        if not film:
            if tag.name in _NAMES:
                link.string = f"{_NAMES[tag.name]} : {urllib.parse.unquote(address).rpartition('/')[2].partition('?')[0] or address}"
            passage.say("un contenu intégré devient un lien : une page d'ici ne charge rien chez un tiers.", tag)
        paragraph.append(link)
        box.append(paragraph)
    else:
        passage.say("un contenu intégré, qui ne dit pas d'où il venait, ne vient pas.", tag)
    for child in list(tag.contents) if fallback else []:
        box.append(child)
    tag.replace_with(box)
