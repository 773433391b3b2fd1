"""What becomes of one picture: upright, in the colours of the web, light, and without a word of the camera's."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest
from PIL import Image
from plancher.pictures import making, stripping
from plancher.pictures.model import Picture, RefusedError
from plancher.pictures.settings import PictureSettings

from tests.pictures import photos

SETTINGS = PictureSettings()


def made(raw: bytes, name: str = "a.jpg", **options: Any) -> tuple[Picture, dict[str, bytes]]:
    return making.made(raw, name, SETTINGS, **options)


def opened(files: dict[str, bytes], picture: Picture) -> list[Image.Image]:
    return [Image.open(io.BytesIO(files[one.digest])) for one in picture.renditions]


def has_notes(raw: bytes) -> bool:
    with Image.open(io.BytesIO(raw)) as picture:
        return bool(picture.getexif()) or bool({"exif", "xmp", "comment", "icc_profile", "Make"} & picture.info.keys()) or photos.CAMERA in raw


@pytest.mark.parametrize("orientation", photos.TURNS)
def test_every_file_of_a_photograph_stands_upright_whatever_way_the_telephone_was_held(orientation: int) -> None:
    picture, files = made(photos.phone(orientation))
    assert (picture.largest.width, picture.largest.height) == (900, 600)
    for rendition, shown in zip(picture.renditions, opened(files, picture), strict=True):
        assert shown.size == (rendition.width, rendition.height)
        assert photos.are_near(photos.corners(shown), photos.UPRIGHT), (orientation, rendition)


@pytest.mark.parametrize("orientation", photos.TURNS)
def test_a_photograph_of_an_iphone_is_turned_once(orientation: int) -> None:
    picture, files = made(photos.iphone(orientation), "IMG_1.HEIC")
    assert (picture.largest.width, picture.largest.height, picture.largest.format) == (900, 600, "jpg")
    for shown in opened(files, picture):
        assert photos.are_near(photos.corners(shown), photos.UPRIGHT)


ODD = {
    "phone": photos.phone,
    "progressive": lambda: photos.phone(progressive=True),
    "small": lambda: photos.phone(1, 200, 150),
    "small and turned": lambda: photos.phone(6, 200, 150),
    "cmyk": photos.cmyk,
    "sixteen bits": photos.sixteen_bits,
    "other colours": photos.other_colours,
    "moving gif": lambda: photos.moving("GIF"),
    "moving webp": lambda: photos.moving("WEBP"),
    "moving png": lambda: photos.moving("PNG"),
    "webp": lambda: photos.saved(photos.scene(), "WEBP", exif=photos.notes().tobytes(), xmp=photos.CAMERA),
    "png": lambda: photos.saved(photos.scene(700, 500), "PNG", exif=photos.notes()),
    "avif": lambda: photos.saved(photos.scene(700, 500), "AVIF", exif=photos.notes().tobytes(), speed=10),
    "iphone": photos.iphone,
    "grey": lambda: photos.saved(photos.scene().convert("L"), exif=photos.notes()),
    "two in one": lambda: photos.saved(photos.scene(), "MPO", save_all=True, append_images=[photos.scene(300, 200)], exif=photos.notes()),
    "with a film behind": lambda: photos.phone() + b"ftypmp42" + photos.CAMERA * 100,
    "small with a film behind": lambda: photos.phone(1, 200, 150) + photos.CAMERA * 100,
}


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("as_it_is", [False, True])
def test_no_file_holds_anything_that_the_camera_wrote(kind: str, *, as_it_is: bool) -> None:
    raw = ODD[kind]()
    assert has_notes(raw), "the picture of the test must have notes to lose"
    picture, files = made(raw, as_it_is=as_it_is)
    assert picture.renditions
    for rendition in picture.renditions:
        assert not has_notes(files[rendition.digest]), rendition


def test_a_picture_for_the_printer_is_shown_in_the_colours_of_the_web() -> None:
    picture, files = made(photos.cmyk())
    for shown in opened(files, picture):
        assert shown.mode == "RGB"
        assert photos.are_near(photos.corners(shown), photos.UPRIGHT, 40)


def test_colours_that_a_profile_gives_to_numbers_are_those_that_are_shown() -> None:
    picture, files = made(photos.other_colours())
    for shown in opened(files, picture):
        assert photos.are_near(photos.corners(shown), photos.UPRIGHT), shown


def test_a_picture_of_sixteen_bits_keeps_its_light() -> None:
    picture, files = made(photos.sixteen_bits(), "a.png")
    for shown in opened(files, picture):
        assert photos.are_near(photos.corners(shown), photos.UPRIGHT)
    grey = Image.new("I;16", (400, 300), 40_000)
    lit, held = made(photos.saved(grey, "PNG"), "a.png")
    (shown,) = opened(held, lit)
    assert shown.mode == "I;16" or shown.convert("L").getextrema() == pytest.approx((156, 156), abs=1)


def test_a_photograph_comes_in_sizes_each_lighter_than_the_next() -> None:
    picture, _ = made(photos.phone(1, 2000, 1500))
    for ladder in (picture.shown, picture.light):
        assert [one.width for one in ladder] == sorted(one.width for one in ladder)
        assert [one.size for one in ladder] == sorted(one.size for one in ladder)
    assert (picture.largest.width, picture.largest.height) == (1600, 1200)
    assert picture.middle.width == 800
    assert sum(one.size for one in picture.renditions) < len(photos.phone(1, 2000, 1500))


def _drawing(width: int, height: int) -> bytes:
    drawn = Image.new("RGB", (width, height), "white")
    drawn.paste((200, 0, 0), (10, 10, width // 2, height // 2))
    return photos.saved(drawn, "PNG", optimize=True)


SMALL = {
    "drawing": lambda: _drawing(1200, 800),
    "icon": lambda: _drawing(64, 64),
    "tight photo": lambda: photos.saved(photos.scene(300, 200), quality=60),
    "tight webp": lambda: photos.saved(photos.scene(300, 200), "WEBP", quality=50),
    "few colours": lambda: photos.saved(photos.scene(640, 480).quantize(16), "PNG", optimize=True),
    "gif": lambda: photos.saved(photos.scene(400, 300), "GIF"),
}


@pytest.mark.parametrize("kind", SMALL)
def test_what_is_small_does_not_grow(kind: str) -> None:
    raw = SMALL[kind]()
    picture, files = made(raw)
    assert len(files[picture.own.digest]) <= len(raw)
    assert sum(one.size for one in picture.renditions) <= 1.5 * len(raw)


def test_a_photograph_that_is_well_packed_already_keeps_its_very_points() -> None:
    raw = photos.saved(photos.scene(900, 600), quality=60, progressive=True, optimize=True)
    picture, files = made(raw)
    with Image.open(io.BytesIO(raw)) as before, Image.open(io.BytesIO(files[picture.own.digest])) as after:
        assert before.tobytes() == after.tobytes()


def test_what_shows_what_lies_behind_goes_on_to_do_so() -> None:
    seen = photos.scene(900, 600).convert("RGBA")
    seen.putalpha(Image.linear_gradient("L").resize(seen.size))
    for kind, name in (("PNG", "a.png"), ("WEBP", "a.webp")):
        picture, files = made(photos.saved(seen, kind), name)
        assert all(shown.convert("RGBA").getchannel("A").getextrema() != (255, 255) for shown in opened(files, picture)), kind
        assert {one.format for one in picture.shown} == {kind.lower()}


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_what_moves_goes_on_moving_at_the_same_pace(kind: str) -> None:
    raw = photos.moving(kind)
    picture, files = made(raw)
    (shown,) = opened(files, picture)
    with Image.open(io.BytesIO(raw)) as before:
        before.load()
        shown.load()
        assert (shown.n_frames, shown.info["duration"], shown.info["loop"]) == (3, before.info["duration"], before.info["loop"])


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert made(photos.phone(6)) == made(photos.phone(6))


BROKEN = {
    "cut in its middle": lambda: photos.phone()[:30_000],
    "cut at its head": lambda: photos.phone()[:200],
    "a bomb": photos.bomb,
    "no picture": lambda: b"\xff\xd8\xff" + b"rien" * 100,
    "nothing": bytes,
    "a film that calls itself a picture": lambda: b"\0\0\0\x18ftypmp42" + bytes(100),
    "an animation that is cut": lambda: photos.moving("GIF")[:-200],
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_cannot_be_a_picture_is_refused_in_a_sentence(kind: str) -> None:
    with pytest.raises(RefusedError, match=r"^(image|animation) .*(Copiez|Réduisez|Enregistrez)"):
        made(BROKEN[kind]())


def test_a_photograph_of_an_iphone_is_refused_with_its_remedy_where_nothing_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = photos.iphone()
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(RefusedError, match="pip install pillow-heif"):
        made(raw, "IMG_1.HEIC")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_taking_notes_out_fails_on_no_file_whatever_it_holds(kind: str) -> None:
    whole = {"JPEG": photos.phone(1, 60, 40), "PNG": _drawing(60, 40), "GIF": photos.moving("GIF"), "WEBP": photos.moving("WEBP")}[kind]
    for end in range(0, len(whole), max(1, len(whole) // 300)):
        stripping.stripped(whole[:end], kind)
        stripping.stripped(whole[:end] + b"\xff\0;" + whole[end + 3 :], kind)
