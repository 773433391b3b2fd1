"""What is published as it is can neither run nor load anything, whatever its name; what nobody could read is named."""

from __future__ import annotations

import gzip
import io
import os
from pathlib import Path

import pytest
from PIL import Image
from plancher.cache import tree
from plancher.site import drawings, file_checks, file_kinds

NS = 'xmlns="http://www.w3.org/2000/svg"'
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
HTML = 'xmlns:h="http://www.w3.org/1999/xhtml"'


def svg(inside: str, more: str = "", before: str = "") -> bytes:
    return f'{before}<svg {NS} {XLINK} {HTML} viewBox="0 0 9 9" {more}>{inside}</svg>'.encode()


ACTS = {
    "feuille XSLT": svg("<rect/>", before='<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="#x"?>'),
    "feuille CSS du dehors": svg("<rect/>", before='<?xml-stylesheet href="https://a.example/x.css"?>'),
    "XSLT dedans": svg('<x:element xmlns:x="http://www.w3.org/1999/XSL/Transform" name="script"/>'),
    "script": svg("<script>1</script>"),
    "script sous un autre nom": svg('<s:script xmlns:s="http://www.w3.org/2000/svg">1</s:script>'),
    "script de XHTML": svg("<h:script>1</h:script>"),
    "refresh": svg('<h:meta http-equiv="refresh" content="0;url=https://a.example/"/>'),
    "cadre": svg('<h:iframe src="https://a.example/"/>'),
    "foreignObject": svg("<foreignObject><h:body/></foreignObject>"),
    "image du dehors": svg('<image href="https://a.example/t.png"/>'),
    "image du dehors, par xlink": svg('<image xlink:href="//a.example/t.png"/>'),
    "dessin dans une adresse": svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'),
    "use du dehors": svg('<use href="https://a.example/x.svg#a"/>'),
    "use d'une adresse data": svg('<use href="data:image/svg+xml;base64,PHN2Zy8+#a"/>'),
    "feImage du dehors": svg('<filter><feImage href="https://a.example/t.png"/></filter>'),
    "import": svg("<style>@import url(https://a.example/x.css);</style>"),
    "import sans url": svg("<style>@import '//a.example/x.css';</style>"),
    "import en CDATA": svg("<style><![CDATA[@import 'https://a.example/x.css';]]></style>"),
    "import échappé": svg(r"<style>@\69mport 'https://a.example/x.css';</style>"),
    "style coupé": svg("<style><g/>@import 'https://a.example/x.css';</style>"),
    "style dans metadata": svg("<metadata><style>rect{fill:url(https://a.example/x)}</style></metadata>"),
    "police du dehors": svg("<style>@font-face{font-family:a;src:url(https://a.example/f.woff2)}</style>"),
    "image-set entre de faux commentaires": svg("""<style>a{content:"/*";background:image-set("https://a.example/x" 1x);content:"*/"}</style>"""),
    "attribut style": svg('<rect style="fill:url(https://a.example/x.svg#a)"/>'),
    "attribut fill": svg("<rect fill=\"url('https://a.example/x.svg#a')\"/>"),
    "curseur": svg('<rect cursor="url(https://a.example/x.cur), auto"/>'),
    "événement": svg("<rect onclick='x()'/>"),
    "événement de la racine": svg("", more="onload='x()'"),
    "événement d'une animation": svg('<animate attributeName="x" onbegin="x()"/>'),
    "lien qui agit": svg('<a href="javascript:x()"><rect/></a>'),
    "lien qui agit, par entités": svg('<a xlink:href="java&#x09;script:x()"><rect/></a>'),
    "lien data": svg('<a href="data:text/html,x"><rect/></a>'),
    "animation d'un lien": svg('<a href="#"><animate attributeName="href" to="javascript:x()"/></a>'),
    "animation d'un lien par xlink": svg('<a href="#"><set attributeName="xlink:href" to="javascript:x()"/></a>'),
    "animation d'un événement": svg('<set attributeName="onclick" to="x()"/>'),
    "base": svg("<rect/>", more='xml:base="https://a.example/"'),
    "entités": svg("&a;", before='<!DOCTYPE svg [<!ENTITY a "x">]>'),
    "attributs par défaut": svg("", before='<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x()">]>'),
    "gestionnaire": svg("<handler>x()</handler>"),
    "événement XML": svg('<rect xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load"/>'),
    "autre racine": b'<html xmlns="http://www.w3.org/1999/xhtml"><script/></html>',
    "UTF-16": svg("<script/>").decode().encode("utf-16"),
    "UTF-7": svg("+ADw-script+AD4-", before='<?xml version="1.0" encoding="utf-7"?>'),
    "gzip": gzip.compress(svg("<script/>")),
    "mille niveaux": svg("<g>" * 100_000),
    "rien": b"",
}
DRAWS = {
    "Inkscape": svg(
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><cc:Work xmlns:cc="http://creativecommons.org/ns#" rdf:about=""/></rdf:RDF></metadata>'
        '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" id="a" inkscape:zoom="1" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"/>'
        '<g inkscape:label="Calque" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" style="fill:#fff;stroke:url(#a);-inkscape-stroke:none"/>',
        before='<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!-- Created with Inkscape (http://www.inkscape.org/) -->\n',
    ),
    "Illustrator": svg(
        "<path class='a' d='M0 0L9 9'/>", before='<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    ),
    "feuille de style": svg("<style>/* deux traits */ @media (prefers-color-scheme: dark) { .a { fill: var(--x, #fff) } } .b { clip-path: url(#c) }</style>"),
    "animation": svg(
        '<rect><animate attributeName="fill" values="red;blue" dur="2s" repeatCount="indefinite"/><animateTransform attributeName="transform" type="rotate"/></rect>'
    ),
    "image dedans": svg('<image href="data:image/png;base64,iVBORw0KGgo=" width="1" height="1"/><use xlink:href="#a"/>'),
    "lien": svg('<a href="https://exemple.fr/?a=1&amp;b=2"><title>Un lien : là</title><text x="1" y="2">Là</text></a>'),
    "marque d'ordre": b"\xef\xbb\xbf" + svg("<rect/>"),
}


@pytest.mark.parametrize("name", ACTS)
def test_a_drawing_that_could_act_or_load_is_refused(name: str) -> None:
    assert drawings.refusal(ACTS[name]), name


@pytest.mark.parametrize("name", DRAWS)
def test_a_drawing_as_programs_export_it_passes(name: str) -> None:
    assert drawings.refusal(DRAWS[name]) == "", name


def picture(kind: str, mode: str = "RGB", size: int = 40, **extra: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((size, size), 90).convert(mode).save(out, kind, **extra)
    return out.getvalue()


def told(tmp_path: Path, name: str, raw: bytes) -> str:
    path = tmp_path / name
    path.write_bytes(raw)
    found = file_kinds.look(path, tree.stamp(path.stat()))
    return found.code if found else ""


PAGES = (
    b"<html><script>x</script>",
    b"<!DOCTYPE html>x",
    b" \n\t<SCRIPT>x</SCRIPT>",
    b"\xef\xbb\xbf<svg onload=x>",
    b"<?xml version='1.0'?><a/>",
    b"<!-- --><b>x",
    b"<?php x ?>",
)


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.pdf", "a.webm", "a.vtt", "a.csv", "a.json", "a.txt", "a.zip", "a.ico", "a.epub"])
@pytest.mark.parametrize("raw", PAGES)
def test_a_page_under_another_name_is_told(tmp_path: Path, name: str, raw: bytes) -> None:
    assert told(tmp_path, name, raw) == "PDV055"


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("a.png", picture("PNG"), ""),
        ("a.jpg", picture("JPEG"), ""),
        ("a.jpeg", picture("JPEG", progressive=True), ""),
        ("a.gif", picture("GIF", "P"), ""),
        ("a.webp", picture("WEBP"), ""),
        ("a.ico", picture("ICO"), ""),
        ("appareil.jpg", picture("JPEG") + b"suite ajoutee par un telephone" * 9, ""),
        ("a.png", picture("JPEG"), "PDV057"),
        ("a.jpg", picture("WEBP"), "PDV057"),
        ("a.png", b"", "PDV056"),
        ("a.png", picture("PNG")[:-40], "PDV056"),
        ("a.jpg", picture("JPEG", size=200)[:-300], "PDV056"),
        ("a.webp", picture("WEBP")[:-20], "PDV056"),
        ("a.jpg", picture("JPEG", "CMYK"), ""),
        ("a.jpg", picture("TIFF"), "PDV056"),
        ("a.jpg", picture("BMP"), "PDV056"),
        ("a.png", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"x" * 99, "PDV056"),
        ("a.jpg", b"\x00\x00\x00\x0cjP  \r\n\x87\n" + b"x" * 99, "PDV056"),
        ("a.png", b"8BPS\x00\x01" + b"x" * 99, "PDV056"),
        ("a.gif", b"du texte", "PDV056"),
        ("a.txt", b"Un texte < un autre", ""),
        ("a.csv", b"<5;2\n", ""),
        ("a.pdf", b"%PDF-1.7\n", ""),
    ],
)
def test_a_picture_is_what_it_holds(tmp_path: Path, name: str, raw: bytes, code: str) -> None:
    assert told(tmp_path, name, raw) == code


def test_a_picture_cut_short_is_told_though_its_small_picture_is_whole(tmp_path: Path) -> None:
    small = b"Exif\x00\x00" + picture("JPEG")
    whole = picture("JPEG", size=200)
    with_small = whole[:2] + b"\xff\xe1" + (len(small) + 2).to_bytes(2, "big") + small + whole[2:]
    assert told(tmp_path, "a.jpg", with_small) == ""
    assert told(tmp_path, "b.jpg", with_small[:-400]) == "PDV056"


def test_pipes_and_bottomless_folders_are_named_and_nothing_waits(site, tmp_path: Path) -> None:
    images = tmp_path / "content" / "images"
    images.mkdir(parents=True)
    os.mkfifo(images / "tube.png")
    deep = images
    for _ in range(300):  # twice as long as what is read
        deep /= "aaa"
    os.makedirs(deep)  # noqa: PTH103 - Path's own is recursive, and too slow
    (images / "photo.heic").write_bytes(b"x")
    (images / "faux.png").write_bytes(b"<script>x</script>")
    made = site("-- articles/a.md --\nTitle: A\nDate: 2024-05-02\nCategory: C\n\nTexte.\n")
    assert made.code == 0, made.said
    assert "content/images/tube.png:1: PDV092" in made.said
    assert "/aaa:1: PDV092" in made.said
    assert "content/images/photo.heic:1: PDV056" in made.said
    assert "content/images/faux.png:1: PDV055" in made.said
    assert not made.has("images/faux.png")


def test_links_that_turn_in_a_circle_are_told_as_links(tmp_path: Path) -> None:
    (tmp_path / "rond.md").symlink_to("rond.md")
    (tmp_path / "dehors.md").symlink_to(tmp_path.parent / "a.md")
    found = [(str(path), problem.code, "hors du" in problem.message) for path, problem in file_checks.nothing_is_a_link(["rond.md", "dehors.md"], tmp_path)]
    assert found == [("rond.md", "PDV034", False), ("dehors.md", "PDV034", True)]


def test_signs_of_a_drawing_that_nobody_sees_are_written_out(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><a href="java&#9;script:x"/></svg>')
    ((_, problem),) = file_checks.drawings_hold_no_code([tmp_path / "a.svg"])
    assert "« java\\tscript:x »" in problem.message
