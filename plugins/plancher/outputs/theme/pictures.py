"""The pictures of a blog that stand in no text, drawn from its name and its colours: its icons, and what networks show beside its links.

Each is a file of the plan like any other: drawn when what it shows has
changed, and not when the blog's owner has put one of the same name into
``theme/static/icons/``.

resvg paints them. CairoSVG needs a library of the system, which Windows and
macOS have not; Pillow alone draws no smooth curve, and kerns letters only where
the machine has FriBiDi. The letter that Pillow brings has no accents.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterable
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from plancher.base.identity import Colours
from plancher.base.problems import Problem, SiteProblem
from plancher.build import owners
from plancher.outputs.theme import lettering, mark, pair_picture, share_picture
from plancher.outputs.theme.pair_picture import PairPicture
from plancher.outputs.theme.share_picture import SharePicture
from plancher.site.makers import Maker, maker
from plancher.site.model import Site
from plancher.site.requests import MadeFile

SHARE = "partage.png"
_TAB = "icon.svg"
_SHADES = 8
"""Of each colour, from the paper to itself."""
_SIZES = (180, 192, 512, 1400)
"""Of icons, in pixels: Apple's telephones, the web manifest twice, what directories of podcasts ask for."""

_REMEDY = f"Une image à vous, {share_picture.WIDTH} sur {share_picture.HEIGHT} pixels, se place dans « theme/static/icons/{SHARE} »."


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Icon:
    """The mark as a picture."""

    side: int
    colours: Colours


def requests(site: Site) -> Iterable[MadeFile]:
    """The pictures to draw."""
    colours = site.identity.colours
    share = SharePicture(name=site.identity.name, motto=site.identity.motto, colours=colours)
    drawn: dict[str, tuple[Maker, object]] = {
        _TAB: (tab_icon, colours),
        **{f"icon-{side}.png": (icon, Icon(side=side, colours=colours)) for side in _SIZES},
        SHARE: (share_image, share),
    }
    for name, (function, argument) in drawn.items():
        if own(site, name) is None:
            yield MadeFile(path=f"theme/{name}", maker=function, argument=argument)


def own(site: Site, name: str) -> Path | None:
    """The file that stands in the place of a picture; None when it is drawn."""
    folders = [site.own_theme, site.theme] if site.own_theme else [site.theme]
    found = (folder / "static" / "icons" / name for folder in folders)
    return next((path for path in found if path.is_file()), None)


def share_size(site: Site) -> tuple[int, int] | None:
    """Width and height of what networks show, in pixels; None when its owner's file does not tell."""
    path = own(site, SHARE)
    if path is None:
        return share_picture.WIDTH, share_picture.HEIGHT
    from PIL import Image  # noqa: PLC0415 - few blogs have their own

    try:
        with Image.open(path) as picture:
            return picture.size
    except Exception:  # noqa: BLE001 - Pillow raises nearly anything on a picture that is cut or forged
        return None


def unwritten(site: Site) -> Iterable[SiteProblem]:
    """The name or the motto has letters or signs that our face does not have."""
    if own(site, SHARE) is not None:
        return
    for words, text in (("le nom du blog", site.identity.name), ("la devise", site.identity.motto)):
        missing = lettering.lacking(text)
        if missing:
            outcome = "s'y lit sans" if lettering.printable(text) else "ne s'y lit pas"
            yield owners.SETTINGS, Problem(1, "PDV059", f"l'image de partage n'a pas de lettres pour « {missing} » : {words} {outcome}. {_REMEDY}")


@maker
def tab_icon(colours: Colours) -> str:
    """The icon of a browser's tab."""
    return tostring(mark.tab_icon(colours), encoding="unicode") + "\n"


@maker
def icon(asked: Icon) -> bytes:
    """Another icon."""
    return _painted(mark.icon(asked.colours), asked.side, asked.side)


@maker
def share_image(shown: SharePicture) -> bytes:
    """What networks show."""
    return _flat(_painted(share_picture.drawing(shown), share_picture.WIDTH, share_picture.HEIGHT), shown.colours)


@maker
def pair_image(shown: PairPicture) -> bytes:
    """What networks show of a post that has a pair."""
    return _flat(_painted(pair_picture.drawing(shown), share_picture.WIDTH, share_picture.HEIGHT), shown.colours)


def _flat(raw: bytes, colours: Colours) -> bytes:
    """The same picture with the few colours it needs, which halves it: those of the blog, and what lies between each and the paper."""
    from PIL import Image  # noqa: PLC0415 - most builds draw nothing

    palette = Image.new("P", (1, 1))
    palette.putpalette(_shades(colours))
    with Image.open(io.BytesIO(raw)) as picture:
        flat = picture.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE)
    out = io.BytesIO()
    flat.save(out, "PNG")
    return out.getvalue()


def _shades(colours: Colours) -> list[int]:
    """Red, green and blue of each."""
    paper, *inks = (bytes.fromhex(colour[1:]) for colour in (colours.paper, colours.ink, colours.cloud, colours.ground))
    parts = [part / _SHADES for part in range(1, _SHADES + 1)]
    mixed = [round(dark * part + light * (1 - part)) for ink in inks for part in (mark.FILL, *parts) for light, dark in zip(paper, ink, strict=True)]
    return [*paper, *mixed]


def _painted(drawing: Element, width: int, height: int) -> bytes:
    """A drawing as PNG, with our letters and none of the machine's."""
    import resvg_py  # noqa: PLC0415 - most builds draw nothing

    faces = [face.path for face in (lettering.BOLD, lettering.ITALIC)]
    has_words = drawing.find("text") is not None
    return resvg_py.svg_to_bytes(
        svg_string=tostring(drawing, encoding="unicode"), width=width, height=height, skip_system_fonts=True, font_files=faces if has_words else None
    )
