"""Drawings: published as they were drawn, without what the program that drew them noted."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from plancher.pictures import drawn
from plancher.pictures.settings import PictureSettings
from plancher.site import drawings

from tests.conftest import Built
from tests.pictures import photos

START = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 300 200">'
DRAWN = '<style>g &gt; text {fill: red}</style><g id="a"><title>Un quai</title><text xml:space="preserve">a &amp; b</text></g></svg>\n'
PROGRAM = "http://www.inkscape.org/namespaces/inkscape"
MAKER = photos.CAMERA.decode()
NOTED = {
    "comment": START + f"<!-- {MAKER} -->" + DRAWN,
    "comment before": f"<!-- {MAKER} -->" + START + DRAWN,
    "metadata": START + f'<metadata><who xmlns="http://purl.org/dc/elements/1.1/">{MAKER}</who></metadata>' + DRAWN,
    "name of a file": START.replace("<svg", f'<svg xmlns:k="{PROGRAM}" k:export-filename="/chez/{MAKER}/quai.png"') + DRAWN,
    "element of the program": START.replace("<svg", f'<svg xmlns:k="{PROGRAM}"') + f'<k:view><k:who name="{MAKER}"/></k:view>' + DRAWN,
}


def _made(text: str) -> str:
    raw = text.encode()
    assert not drawings.refusal(raw), "the drawing of the test must be one that is published"
    picture, files = drawn.made(raw, PictureSettings())
    assert (picture.largest.width, picture.largest.height) == (300, 200)
    return files[picture.own.digest].decode()


@pytest.mark.parametrize("kind", NOTED)
def test_what_a_program_noted_in_a_drawing_is_not_published(kind: str) -> None:
    made = _made(NOTED[kind])
    assert MAKER not in made
    assert "<text" in made
    assert made == START + DRAWN
    assert not drawings.refusal(made.encode())


def test_a_drawing_without_notes_keeps_its_very_bytes() -> None:
    text = "<?xml version='1.0'?>\n" + START.replace('"', "'") + DRAWN
    assert _made(text) == text


@pytest.mark.parametrize(
    "place",
    [
        '<image href="{}"/>',
        '<image xlink:href="{}"/>',
        '<image href=" {}"/>',
        '<filter><feImage href="{}"/></filter>',
        "<style>rect {{mask-image: url({})}}</style>",
        "<style><![CDATA[rect {{mask-image: url('{}')}}]]></style>",
        "<rect style=\"mask-image: url('{}')\"/>",
        '<rect mask="url({})"/>',
    ],
)
def test_a_photograph_in_a_drawing_is_upright_and_without_notes(place: str) -> None:
    made = _made(START + place.format(f"data:image/jpeg;base64,{base64.b64encode(photos.phone(6, 90, 60)).decode()}") + DRAWN)
    (held,) = re.findall(r"data:image/jpeg;base64,([A-Za-z0-9+/=]+)", made)
    raw = base64.b64decode(held)
    assert photos.CAMERA not in raw
    with photos.opened(raw) as shown:
        assert shown.size == (90, 60)
        assert not shown.getexif()


def test_a_photograph_in_a_drawing_that_is_none_costs_nothing() -> None:
    text = START + f'<image href="data:image/png;base64,{base64.b64encode(b"rien").decode()}"/>' + DRAWN
    assert _made(text) == text


def test_the_drawings_of_a_site_are_published_at_their_address_and_one_that_runs_code_still_stops_it(site: Callable[..., Built], tmp_path: Path) -> None:
    images = tmp_path / "content" / "images"
    images.mkdir(parents=True)
    (images / "a.svg").write_text(NOTED["metadata"])
    text = "-- articles/un.md --\nTitle: Un\nDate: 2026-03-02\nImage: {static}/images/a.svg\nSummary: Dit.\n\n![Un quai]({static}/images/a.svg)\n"
    built = site(text, settings="public")
    assert built.code == 0, built.said
    assert built.text("images/a.svg") == START + DRAWN
    assert 'src="/images/a.svg"' in built.text("2026/03/un/index.html").replace(built.address, "")
    (images / "a.svg").write_text(START + "<script>alert(1)</script>" + DRAWN)
    refused = site(text, settings="public")
    assert refused.code == 1
    assert "PDV053" in refused.said
