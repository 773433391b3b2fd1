"""The icons and the picture that networks show: drawn from the blog's own name and colours, and from nothing else."""

from __future__ import annotations

import datetime as dt
import html
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageChops
from plancher.base.identity import Colours, Identity
from plancher.outputs.theme import cards, lettering, pair_picture, pictures, share_picture
from plancher.outputs.theme.pair_picture import PairPicture
from plancher.outputs.theme.settings import ThemeSettings
from plancher.outputs.theme.share_picture import SharePicture
from plancher.site.model import Card, Post, Site

from tests.conftest import ROOT, Built

POST = "-- articles/un.md --\nTitle: Un\nDate: 2024-05-02\nSummary: Dit.\n\nTexte.\n"
DRAWN = {"icon.svg", "icon-180.png", "icon-192.png", "icon-512.png", "icon-1400.png", "partage.png"}
OURS = ("Le carnet d’essai", "Le plancher des vaches", "Le numérique utile aux petites entreprises, preuves à l’appui")
EXPLAINED = 'PLANCHER_BUILDING={"explain": true}'
GREEN = Colours(paper="#ffffff", ink="#12211b", ground="#0b6e4f", cloud="#c1121f", dark_paper="#101010", dark_cloud="#ffb3c1", dark_ground="#95d5b2")


def _blog(folder: Path, identity: str) -> Path:
    """Settings of a blog that is not ours."""
    path = folder / "reglages.py"
    path.write_text(
        f'import sys\n\nsys.path.insert(0, "{ROOT}/plugins")\n\nfrom plancher.blog import Colours, Identity, blog_settings\n\n'
        f"IDENTITY = Identity({identity})\nglobals().update(blog_settings(IDENTITY))\n",
        encoding="utf-8",
    )
    return path


def _drawn(built: Built) -> dict[str, bytes]:
    return {path.removeprefix("theme/"): content for path, content in built.files.items() if path.removeprefix("theme/") in DRAWN}


def _picture(raw: bytes) -> Image.Image:
    return Image.open(io.BytesIO(raw)).convert("RGB")


def _share(name: str, motto: str = "", colours: Colours | None = None) -> ET.Element:
    return share_picture.drawing(SharePicture(name=name, motto=motto, colours=colours or Colours()))


def _written(name: str, motto: str = "") -> list[str]:
    return [line.text or "" for line in _share(name, motto).iter("text")]


def _colours(raw: bytes) -> set[str]:
    picture = _picture(raw)
    counted = picture.getcolors(picture.width * picture.height) or []
    return {"#{:02x}{:02x}{:02x}".format(*colour) for count, colour in counted if count > picture.width}  # type: ignore[misc] # three bytes


def test_a_blog_has_each_picture_in_its_size(site: Callable[..., Built]) -> None:
    made = _drawn(site(POST))
    assert made.keys() == DRAWN
    sizes = {name: _picture(content).size for name, content in made.items() if name.endswith(".png")}
    assert sizes == {**{f"icon-{side}.png": (side, side) for side in (180, 192, 512, 1400)}, "partage.png": (1200, 630)}
    assert ET.fromstring(made["icon.svg"]).get("viewBox") == "0 0 64 64"


def test_the_pictures_of_another_blog_show_its_name_and_its_colours_and_nothing_of_ours(site: Callable[..., Built], tmp_path: Path) -> None:
    ours = _drawn(site(POST))
    green = ", ".join(f'{name}="{getattr(GREEN, name)}"' for name in ("paper", "ink", "ground", "cloud", "dark_paper", "dark_cloud", "dark_ground"))
    settings = _blog(tmp_path, f'name="Chez Zoé", motto="Du pain, et c’est tout", colours=Colours({green})')
    theirs = _drawn(site(POST, settings=settings))
    assert all(theirs[name] != ours[name] for name in DRAWN)
    assert theirs["partage.png"] == pictures.share_image(SharePicture(name="Chez Zoé", motto="Du pain, et c’est tout", colours=GREEN))
    assert _written("Chez Zoé", "Du pain, et c’est tout") == ["Chez Zoé", "Du pain, et c’est tout"]
    assert {"#ffffff", "#12211b", "#0b6e4f"} <= _colours(theirs["partage.png"])
    assert all({"#ffffff", "#0b6e4f", "#c1121f"} <= _colours(theirs[name]) for name in DRAWN if name.startswith("icon-"))
    assert set(re.findall(r"#\w{6}", theirs["icon.svg"].decode())) == {"#ffffff", "#0b6e4f", "#c1121f", "#101010", "#ffb3c1", "#95d5b2"}
    assert not any(word.encode() in content for word in OURS for content in theirs.values())
    assert not any(chunk in content for chunk in (b"tEXt", b"iTXt", b"zTXt", b"tIME", b"eXIf") for content in theirs.values())


def test_only_what_shows_a_name_is_drawn_again_when_it_changes(site: Callable[..., Built], tmp_path: Path) -> None:
    first = _drawn(site(POST, settings=_blog(tmp_path, 'name="Un"')))
    second = _drawn(site(POST, settings=_blog(tmp_path, 'name="Deux"')))
    assert {name for name in DRAWN if first[name] != second[name]} == {"partage.png"}


def test_a_new_title_draws_nothing(site: Callable[..., Built]) -> None:
    first = site(POST, EXPLAINED)
    assert all(f"theme/{name}" in first.said for name in DRAWN)
    again = site(POST.replace("Un\n", "Deux\n"), EXPLAINED)
    assert "index.html" in again.said
    assert not any(name in again.said for name in DRAWN)


def test_two_processes_with_other_seeds_draw_the_same_bytes() -> None:
    code = (
        "import hashlib; from plancher.base.identity import Colours; from plancher.outputs.theme import pictures as p; "
        "from plancher.outputs.theme.share_picture import SharePicture as S; "
        "made = [p.icon(p.Icon(side=192, colours=Colours())), p.share_image(S(name='Où ça ?', motto='Là', colours=Colours())), p.tab_icon(Colours()).encode()]; "
        "print([hashlib.sha256(one).hexdigest() for one in made])"
    )
    environments = [{**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "PYTHONHASHSEED": seed, "LC_ALL": "C", "HOME": "/nowhere"} for seed in ("1", "2")]
    said = [subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True, timeout=60).stdout for env in environments]
    assert said[0] == said[1] != ""


@pytest.mark.parametrize(
    "name", ["Z", "Le plancher des vaches", "L’Œuvre & le Cœur : chroniques d’une menuiserie à Saint-Étienne-du-Bois", "mot " * 60, "W" * 90]
)
def test_a_name_of_any_length_stays_within_the_picture_and_above_the_line(name: str) -> None:
    drawing = _share(name)
    lines = list(drawing.iter("text"))
    assert lines
    for line in lines:
        size, base = (int(line.get(key, "")) for key in ("font-size", "y"))
        assert (line.get("x"), line.get("text-anchor")) == ("600", "middle")
        assert lettering._font(lettering.BOLD).getlength(line.text or "") * size / 100 <= 1200 - 2 * 88
        assert base - size > 0
        assert base + size * 0.3 < 456
    raw = pictures._painted(drawing, 1200, 630)
    bare = pictures._painted(_share(""), 1200, 630)
    edges = [_picture(one).crop(box) for one in (raw, bare) for box in ((0, 0, 80, 630), (1120, 0, 1200, 630))]
    assert edges[0].tobytes() == edges[2].tobytes()
    assert edges[1].tobytes() == edges[3].tobytes()


PROMISE, PROOF = "dix mille visites par mois", "onze devis de plus, dont quatre signés"
LONG = "La dématérialisation simplifiera la vie de tous et réduira les délais de moitié, partout et pour tout le monde, sans rien coûter à personne. " * 2


def _pair(promise: str = PROMISE, proof: str = PROOF, *, fictional: bool = False, name: str = "Chez Zoé") -> ET.Element:
    return pair_picture.drawing(PairPicture(promise=promise, proof=proof, is_fictional=fictional, name=name, colours=GREEN))


@pytest.mark.parametrize(
    ("drawing", "floor"),
    [
        *[(_share(name, "Du pain", GREEN), 456) for name in ("Z", "Chez Zoé", "mot " * 60, "🐄")],
        *[(_pair(promise, proof, fictional=fictional), 344) for promise, proof in (("Z", "0"), (PROMISE, PROOF), (LONG, LONG)) for fictional in (True, False)],
    ],
    ids=lambda value: "" if isinstance(value, int) else next((line.text or "" for line in value.iter("text")), "")[:12],
)
def test_nothing_but_the_floor_touches_an_edge_and_all_stands_in_the_middle(drawing: ET.Element, floor: int) -> None:
    picture = _picture(pictures._painted(drawing, 1200, 630))
    shown = ImageChops.difference(picture, Image.new("RGB", picture.size, GREEN.paper))
    for top, bottom in ((0, floor), (floor + 14, 630)):
        left, upper, right, lower = shown.crop((0, top, 1200, bottom)).getbbox() or (600, 20, 600, 20)
        assert min(left, 1200 - right) >= 80
        assert abs(left + right - 1200) <= 24  # a letter has its own air at each side
        assert upper + top >= 20
        assert lower + top <= 630 - 20
    assert shown.crop((0, floor, 1200, floor + 14)).getbbox() == (0, 0, 1200, 14)


def test_a_longer_name_has_smaller_letters_and_lines_of_about_one_length() -> None:
    def sizes(name: str) -> set[int]:
        return {int(line.get("font-size", "")) for line in _share(name).iter("text")}

    assert max(sizes("Zut")) > max(sizes("Chroniques d’une menuiserie de village")) > max(sizes("Chroniques d’une menuiserie de village " * 3))
    lines = _written("Chroniques d’une menuiserie de village en Vendée")
    assert len(lines) > 1
    assert max(map(len, lines)) < 2 * min(map(len, lines))


def test_a_no_break_space_holds_and_what_cannot_fit_ends_with_an_ellipsis() -> None:
    assert not any(
        line.startswith(("!", "»")) for line in _written("Ah !\u00a0Quelle « belle\u00a0»\u202f! histoire de menuisiers\u00a0! Et de « scies\u00a0»")
    )
    assert _written("mot " * 300)[-1].endswith("…")
    assert _written("x" * 300)[-1].endswith("…")


@pytest.mark.parametrize("text", ["À É Ÿ Œ œ æ ç « » ’ “ ” … – — · € ° № ½ ×", "Łódź, Škoda, Ñandú, Þór, Çeşme", "Ελλάδα", "Ярмарка", "e\u0301te\u0301"])
def test_the_face_has_the_letters_of_europe(text: str) -> None:
    assert lettering.lacking(text) == ""
    for face in (lettering.BOLD, lettering.ITALIC):
        absent = bytes(lettering._font(face).getmask("\uffff"))
        assert not [letter for letter in lettering.printable(text) if bytes(lettering._font(face).getmask(letter)) == absent]


def test_every_letter_that_is_not_looked_up_is_there() -> None:
    plain = [chr(code) for code in range(0x20, lettering._PLAIN + 1) if chr(code).isprintable() or code == 0xA0]
    for face in (lettering.BOLD, lettering.ITALIC):
        absent = bytes(lettering._font(face).getmask("\uffff"))
        assert [letter for letter in plain if bytes(lettering._font(face).getmask(letter)) == absent] == []


@pytest.mark.parametrize(
    ("name", "shown", "lacking"),
    [
        ("Café ☕ & 🐄", ["Café &"], "☕🐄"),
        ("★ Les étoilés ★", ["Les étoilés"], "★"),
        ("👩\u200d🌾 La ferme\ufe0f", ["La ferme"], "👩🌾"),
        ("Ｌａｒｇｅ\u3000①", ["Large 1"], ""),
        ("Un\x07 \u00adblog\u202e", ["Un blog"], ""),
        ("東京 blog", [], "東京"),
        ("בלוג", [], "בלוג"),
        ("🐄", [], "🐄"),
    ],
)
def test_what_the_face_lacks_is_left_out_and_a_name_that_would_lose_a_letter_is_not_shown(name: str, shown: list[str], lacking: str) -> None:
    assert _written(name) == shown
    assert lettering.lacking(name) == lacking


def test_what_is_left_out_is_told_with_a_remedy_and_stops_nothing(site: Callable[..., Built], tmp_path: Path) -> None:
    built = site(POST, settings=_blog(tmp_path, 'name="Café ☕", motto="東京"'))
    assert built.code == 0
    said = [line for line in built.said.splitlines() if "PDV059" in line]
    assert len(said) == 2
    assert "☕" in said[0] + said[1]
    assert all("theme/static/icons/partage.png" in line for line in said)


def test_words_that_look_like_code_are_words() -> None:
    drawing = ET.fromstring(ET.tostring(_share("<b>&amp;</b>", "\"'<!--")))
    assert [line.text for line in drawing.findall("{*}text")] == ["<b>&amp;</b>", "\"'<!--"]


def _own(folder: Path, name: str, content: bytes) -> bytes:
    path = folder / "theme" / "static" / "icons" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return content


def _png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#123456").save(out, "PNG")
    return out.getvalue()


def test_a_picture_of_the_owners_stands_in_the_place_of_ours_and_the_others_are_drawn(site: Callable[..., Built], tmp_path: Path) -> None:
    drawn = _drawn(site(POST))
    own = {name: _own(tmp_path, name, _png(40, side)) for side, name in enumerate(("icon.svg", "icon-180.png", "partage.png"), 20)}
    assert _drawn(site(POST)) == drawn | own
    shutil.rmtree(tmp_path / "theme")
    assert _drawn(site(POST)) == drawn


def test_other_files_beside_them_are_published_too(site: Callable[..., Built], tmp_path: Path) -> None:
    own = _own(tmp_path, "logo.png", _png(40, 20))
    _own(tmp_path, ".cache", b"rien")
    built = site(POST)
    assert built.files["theme/logo.png"] == own
    assert not built.has("theme/.cache")


def _said_of_share(built: Built) -> list[str]:
    return re.findall(r'property="og:image:(?:width|height)" content="(\d+)"', built.text("index.html"))


def test_pages_say_how_large_the_picture_is_that_networks_show(site: Callable[..., Built], tmp_path: Path) -> None:
    assert _said_of_share(site(POST)) == ["1200", "630"]
    _own(tmp_path, "partage.png", _png(800, 400))
    assert _said_of_share(site(POST)) == ["800", "400"]
    _own(tmp_path, "partage.png", b"rien")
    assert _said_of_share(site(POST)) == []


def test_the_picture_of_a_post_wins_and_its_size_is_said(site: Callable[..., Built], tmp_path: Path) -> None:
    (tmp_path / "content" / "images").mkdir(parents=True)
    (tmp_path / "content" / "images" / "a.png").write_bytes(_png(30, 30))
    page = site(POST.replace("Summary", "Image: images/a.png\nSummary")).text("2024/05/un/index.html")
    assert re.findall(r'property="og:image" content="([^"]*)"', page)[0].endswith("/images/a.png")
    assert re.findall(r'property="og:image:(?:width|height)" content="([^"]*)"', page) == ["30", "30"]


def test_a_telephone_may_cut_our_icons_but_not_those_of_the_owner(site: Callable[..., Built], tmp_path: Path) -> None:
    assert site(POST).text("theme/site.webmanifest").count("maskable") == 2
    _own(tmp_path, "icon-192.png", _png(192, 192))
    assert site(POST).text("theme/site.webmanifest").count("maskable") == 1


def test_the_mark_lies_in_the_circle_that_every_telephone_keeps() -> None:
    """The safe zone of a maskable icon: a circle of two fifths of its side (w3.org/TR/appmanifest)."""
    raw = pictures.icon(pictures.Icon(side=192, colours=GREEN))
    picture = _picture(raw)
    outside = [(x, y) for x in range(192) for y in range(130) if (x - 96) ** 2 + (y - 96) ** 2 > (192 * 0.4) ** 2]
    assert {picture.getpixel(place) for place in outside} == {(255, 255, 255)}


def test_the_icon_of_a_tab_is_two_shapes_on_whole_pixels() -> None:
    drawing = ET.fromstring(pictures.tab_icon(GREEN))
    small = _picture(pictures._painted(drawing, 16, 16))
    column = [small.getpixel((8, y)) for y in range(16)]
    assert column.count((11, 110, 79)) == 2
    assert column.count((193, 18, 31)) >= 4


ALL_CARDS = 'PLANCHER_THEME={"cards": "toujours"}'
CARDS = f"""-- articles/paire.md --
Title: La menuiserie
Date: 2024-05-02
Summary: Dit.

> [!tangible]
> promesse : du bruit
> preuve : rien encore
> fictif : oui

> [!tangible]
> promesse : {PROMISE}
> preuve : {PROOF}
> niveau : constaté
-- articles/fictif.md --
Title: Le fournil
Date: 2024-05-03
Summary: Dit.

> [!tangible]
> promesse : {PROMISE}
> preuve : {PROOF}
> fictif : oui
-- articles/attente.md --
Title: L'attente
Date: 2024-05-04
Summary: Dit.

> [!tangible]
> promesse : {PROMISE}
-- articles/image.md --
Title: Une image
Date: 2024-05-05
Image: images/a.png
Summary: Dit.

Texte.
-- articles/brouillon.md --
Title: Pas encore
Date: 2024-05-06
Status: draft
Summary: Dit.

Texte.
-- articles/loin.md --
Title: 東京
Date: 2024-05-07
Summary: Dit.

Texte.
"""


def _with_cards(site: Callable[..., Built], folder: Path, *extra: str) -> Built:
    path = folder / "content" / "images" / "a.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_png(30, 30))
    return site(CARDS, *extra)


def _said_of_card(built: Built, slug: str) -> dict[str, str]:
    found = re.findall(r'property="og:image([^"]*)" content="([^"]*)"', built.text(f"2024/05/{slug}/index.html"))
    return {name: html.unescape(value) for name, value in found}


def test_each_post_has_a_card_beside_its_page_unless_it_has_an_image_or_a_title_that_cannot_be_written(site: Callable[..., Built], tmp_path: Path) -> None:
    built = _with_cards(site, tmp_path, ALL_CARDS)
    assert {path.split("/")[2] for path in built.files if path.endswith("carte.png")} == {"paire", "fictif", "attente"}
    for slug, alt in (
        ("paire", f"{PROMISE} → {PROOF}"),
        ("fictif", f"Exemple fictif\u00a0: {PROMISE} → {PROOF}"),
        ("attente", "L’attente – Le carnet d’essai"),
    ):
        said = _said_of_card(built, slug)
        assert said.pop("").endswith(f"/2024/05/{slug}/carte.png")
        assert said == {":width": "1200", ":height": "630", ":alt": alt}
        assert "summary_large_image" in built.text(f"2024/05/{slug}/index.html")
        raw = built.files[f"2024/05/{slug}/carte.png"]
        assert _picture(raw).size == (1200, 630)
        assert len(raw) < 40_000
    assert _said_of_card(built, "image")[""].endswith("/images/a.png")
    assert _said_of_card(built, "loin")[""].endswith("/theme/partage.png")


def test_a_made_up_pair_says_so_on_its_card_and_a_proved_one_does_not() -> None:
    assert "Exemple fictif" in [line.text for line in _pair(fictional=True).iter("text")]
    assert "Exemple fictif" not in [line.text for line in _pair().iter("text")]


def test_a_post_that_did_not_change_is_not_drawn_again(site: Callable[..., Built], tmp_path: Path) -> None:
    _with_cards(site, tmp_path, ALL_CARDS)
    changed = tmp_path / "content" / "articles" / "paire.md"
    changed.write_text(changed.read_text(encoding="utf-8").replace("onze devis", "douze devis"), encoding="utf-8")
    again = site("", ALL_CARDS, EXPLAINED)
    assert "2024/05/paire/carte.png" in again.said
    assert "2024/05/fictif/carte.png" not in again.said
    assert "2024/05/attente/carte.png" not in again.said


@pytest.mark.parametrize(
    ("asked", "is_publication", "drawn"),
    [("publication", False, False), ("publication", True, True), ("toujours", False, True), ("jamais", True, False)],
)
def test_cards_are_drawn_when_the_blog_is_published_unless_its_owner_wants_otherwise(asked: str, *, is_publication: bool, drawn: bool) -> None:
    card = Card(title="Un", url="2024/05/un/", date=None, modified=None, summary="", category=None, lang="fr")
    posts = (Post(path="articles/un.md", card=card, save_as="2024/05/un/index.html"), Post(path="articles/b.md", card=card, save_as="b.html"))
    drafts = (Post(path="articles/non.md", card=card, save_as="brouillons/non/index.html"),)
    blog = Site(identity=Identity(), content=ROOT, theme=ROOT, today=dt.date(2024, 5, 2), posts=posts, drafts=drafts, is_publication=is_publication)
    made = cards.cards(blog, ThemeSettings(cards=asked))
    assert [card.address for card, _ in made.values()] == (["2024/05/un/carte.png", "b-carte.png"] if drawn else [])


def test_a_published_blog_has_cards(built: Built) -> None:
    pages = [path for path in built.files if re.fullmatch(r"\d{4}/\d\d/[^/]+/index\.html", path)]
    for path in pages:
        address = re.findall(r'property="og:image" content="([^"]*)"', built.text(path))[0].removeprefix(f"{built.address}/")
        assert built.has(address), path
    assert any(path.endswith("/carte.png") for path in built.files)
