"""The public register, built as a site builds it."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable
from xml.etree import ElementTree as ET

import brotli
import feedparser
import jsonschema
import pytest
from bs4 import BeautifulSoup

from tests.conftest import Built, tool
from tests.settings import identity

ATOM = "{http://www.w3.org/2005/Atom}"
CHECK = 'PLANCHER_READING={"mode": "check"}'
HEAD = "Title: {title}\nDate: {date}\nCategory: Essais\nTags: PME, {tag}\nId: tag:exemple.fr,2024:{name}\n\nTexte.\n\n"
ONE = """\
> [!tangible] Devis
> promesse : répondre **plus vite**
> preuve : les devis partent dans la journée
> indicateur : délai d'un devis
> avant : 1 h 30
> après : 45 min
> nature : temps
> niveau : mesuré
> source : [Le relevé](https://exemple.fr/releve)
> réexaminer : 2020-06
"""
TWO = """\
> [!bilan] Outils
> - la visibilité → onze devis
>   avant : 12,5 %
>   après : 25 %
>   nature : ventes
>   niveau : constaté
> - la modernité → 1,2 M€ de commandes
>   source : {filename}/articles/un.md
"""
WAITING = "> [!tangible]\n> promesse : =1+1, être partout\n"
SITE = (
    f"-- articles/un.md --\n{HEAD.format(title='Un', date='2024-05-02', tag='temps', name='un')}{ONE}"
    f"-- articles/deux.md --\n{HEAD.format(title='Deux', date='2025-01-10', tag='ventes', name='deux')}{TWO}\n\n{WAITING}"
)


@pytest.fixture
def register(site: Callable[..., Built]) -> Built:
    made = site(SITE, SOURCE_DATE_EPOCH="1767225600")  # 1 January 2026
    assert made.code == 0, made.said
    return made


def page(made: Built, path: str) -> BeautifulSoup:
    return BeautifulSoup(made.text(f"{path}index.html"), "html.parser")


def items(made: Built) -> list[dict[str, object]]:
    return list(json.loads(made.text("preuves.json"))["items"])


def test_every_pair_of_every_post_is_there_newest_post_first(register: Built) -> None:
    assert [item["promise"] for item in items(register)] == ["la visibilité", "la modernité", "=1+1, être partout", "répondre plus vite"]


def test_values_are_numbers_in_the_unit_named_and_what_is_absent_is_null(register: Built) -> None:
    percent, _, waiting, time = items(register)
    assert time["before"] == {"text": "1 h 30", "value": 90, "unit": "min"}
    assert time["change"] == {"text": "deux fois moins", "ratio": 0.5}
    assert percent["before"] == {"text": "12,5 %", "value": 12.5, "unit": "%"}
    assert percent["change"] == {"text": "+\u00a012,5\u00a0points", "ratio": 2.0}
    assert [waiting[name] for name in ("proof", "before", "change", "nature", "source", "review")] == [None] * 6


def test_the_data_obey_their_own_schema(register: Built, built: Built) -> None:
    for made in (register, built):
        schema = json.loads(made.text("preuves.schema.json"))
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(json.loads(made.text("preuves.json")), schema, format_checker=jsonschema.FormatChecker())


def test_each_address_leads_to_the_very_place(register: Built) -> None:
    for item in items(register):
        path, _, anchor = str(item["url"]).removeprefix(f"{identity.SITEURL}/").partition("#")
        assert page(register, path).find(id=anchor) is not None


def test_sources_lead_to_posts_and_elsewhere(register: Built) -> None:
    _, post, _, elsewhere = items(register)
    assert elsewhere["source"] == {"url": "https://exemple.fr/releve", "text": "Le relevé"}
    assert post["source"]["url"] == f"{identity.SITEURL}/2024/05/un/"


SOURCES = {
    "[x](https://fr.wikipedia.org/wiki/Caisse_(commerce))": ("https://fr.wikipedia.org/wiki/Caisse_(commerce)", "x"),
    'voir [a](https://exemple.fr/a "titre"), p. 3': ("https://exemple.fr/a", "voir a, p.\u00a03"),
    "<https://exemple.fr/b>": ("https://exemple.fr/b", "https://exemple.fr/b"),
    "{filename}autre.md": ("SITE/2024/05/autre/", "billet «\u00a0autre\u00a0»"),
    "[z]({filename}autre.md#preuve-1)": ("SITE/2024/05/autre/#preuve-1", "z"),
    "[ici](#preuve-1)": ("SITE/2024/05/un/#preuve-1", "ici"),
    "[le registre](/preuves/)": ("SITE/preuves/", "le registre"),
    "[un mot](mailto:a@exemple.fr)": (None, "un mot"),
    "[la conférence](video:autre@32:10)": ("SITE/2024/05/autre/#t=1930", "la conférence"),
    "video:autre@1:02:03": ("SITE/2024/05/autre/#t=3723", "vidéo «\u00a0autre\u00a0», à 1:02:03"),
    "le cahier des appels": (None, "le cahier des appels"),
}


@pytest.mark.parametrize("typed", SOURCES)
def test_a_source_is_read_as_the_post_shows_it(site: Callable[..., Built], typed: str) -> None:
    other = f"-- articles/autre.md --\n{HEAD.format(title='Autre', date='2024-05-01', tag='x', name='autre')}> [!tangible]\n> promesse : a\n"
    made = site(
        f"-- articles/un.md --\n{HEAD.format(title='Un', date='2024-05-02', tag='x', name='un')}> [!tangible]\n> promesse : a\n> source : {typed}\n{other}"
    )
    address, text = SOURCES[typed]
    assert items(made)[0]["source"] == {"url": address and address.replace("SITE", identity.SITEURL), "text": text}


def test_a_talk_that_nobody_shows_is_named(site: Callable[..., Built]) -> None:
    made = site(
        f"-- articles/un.md --\n{HEAD.format(title='Un', date='2024-05-02', tag='x', name='un')}> [!tangible]\n> promesse : a\n> source : video:inconnu@32:10\n"
    )
    assert "PDV042 aucun billet ne porte la vidéo « inconnu »" in made.said


def test_made_up_examples_prove_nothing(site: Callable[..., Built]) -> None:
    made = site(SITE.replace("> [!bilan] Outils\n", "> [!bilan] Outils\n> fictif : oui\n"))
    text = page(made, "preuves/").get_text()
    assert "1 promesse sur 2 ramenée à sa preuve\u00a0; 1 en attente. 2\u00a0exemples fictifs ne sont pas comptés." in text
    sales = made.text("preuves/nature/ventes/index.html")
    assert "1\u00a0exemple fictif, et pas encore de promesse réelle." in page(made, "preuves/nature/ventes/").get_text()
    assert "sur 0" not in sales
    assert "0\u00a0promesse" not in sales


def test_what_an_example_shows_is_no_proof(site: Callable[..., Built]) -> None:
    example = "> [!exemple] Un bloc\n> > [!note] Dedans\n> > > [!tangible]\n> > > promesse : a\n> > > preuve : b\n"
    made = site(f"-- articles/un.md --\n{HEAD.format(title='Un', date='2024-05-02', tag='x', name='un')}{example}")
    assert made.code == 0, made.said
    assert items(made) == []


def test_words_in_another_language_say_so(site: Callable[..., Built]) -> None:
    made = site(SITE.replace("Title: Un\n", "Title: One\nLang: en\n"))
    assert page(made, "preuves/niveau/mesure/").select_one(".pair-promise dd[lang=en]") is not None


def test_a_page_cannot_take_the_place_of_the_register(site: Callable[..., Built]) -> None:
    made = site(SITE + "-- pages/preuves.md --\nTitle: Preuves\n\nTexte.\n")
    assert "PDV061" in made.said


def test_computed_changes_are_no_formulas(register: Built) -> None:
    rows = list(csv.DictReader(io.StringIO(register.text("preuves.csv").removeprefix("\ufeff")), delimiter=";"))
    assert rows[0]["Évolution"] == "+\u00a012,5\u00a0points"


def test_the_table_opens_as_french_numbers_and_runs_no_formula(register: Built) -> None:
    raw = register.text("preuves.csv")
    assert raw.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(raw.removeprefix("\ufeff")), delimiter=";"))
    assert [row["Avant (nombre)"] for row in rows] == ["12,5", "", "", "90"]
    assert rows[2]["Promesse"] == "'=1+1, être partout"


def test_a_real_spreadsheet_reads_the_numbers(register: Built, tmp_path) -> None:
    office = tool("soffice")
    # Field separator 59 (;), no text delimiter but 34 ("), UTF-8 (76), from line 1, French (1036): CSV filter options of LibreOffice.
    command = [
        office,
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profil",
        "--convert-to",
        "fods",
        "--infilter=CSV:59,34,76,1,,1036",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(register.output / "preuves.csv")], check=True, capture_output=True, timeout=120)
    text = (tmp_path / "preuves.fods").read_text(encoding="utf-8")
    assert 'office:value="12.5"' in text
    assert 'office:value="90"' in text


def test_the_feed_has_each_pair_once_with_an_id_of_its_own(register: Built) -> None:
    feed = ET.fromstring(register.text("feeds/preuves.atom.xml"))
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert ids == [item["id"] for item in items(register)]
    assert len(set(ids)) == len(ids) == 4
    read = feedparser.parse(register.text("feeds/preuves.atom.xml"))
    assert not read.bozo
    assert "les devis partent dans la journée" in read.entries[-1].content[0].value


def test_the_pages_group_by_nature_then_year_and_say_how_many_are_proved(register: Built) -> None:
    whole = page(register, "preuves/")
    assert [heading.get_text() for heading in whole.select("h2.register-nature")] == ["Ventes", "Temps", "Nature non précisée"]
    assert "3 promesses sur 4 ramenées à leur preuve\u00a0; 1 en attente." in whole.get_text()
    assert next(row.get_text(" ", strip=True) for row in whole.select("tbody tr")) == "PME 4 3 0 1"
    for path in ("preuves/nature/temps/", "preuves/niveau/mesure/", "preuves/2024/"):
        assert [row.dd.get_text() for row in page(register, path).select(".register-row")] == ["répondre plus vite"]


def test_a_promise_without_proof_waits_on_its_own_list_with_its_age(register: Built) -> None:
    row = page(register, "preuves/en-attente/").select_one(".register-row")
    assert row is not None
    assert "En attente depuis 12\u00a0mois" in row.get_text()
    assert "Promesse en attente de preuve." in row.get_text()


def test_a_proof_past_its_day_is_to_be_looked_at_again_everywhere(register: Built) -> None:
    for path in ("preuves/", "2024/05/un/"):
        assert re.search(r"à réexaminer\s+depuis juin 2020", page(register, path).get_text(), re.IGNORECASE)


def test_time_alone_brings_a_proof_to_its_day(site: Callable[..., Built]) -> None:
    text = SITE.replace("2020-06", "2025-12-31")
    day = 24 * 3600
    assert "depuis décembre 2025" not in page(site(text, SOURCE_DATE_EPOCH="1767139200"), "2024/05/un/").get_text()
    assert re.search(r"depuis le\s31\sdécembre\s2025", page(site(SOURCE_DATE_EPOCH=str(1767139200 + day)), "2024/05/un/").get_text())


def test_who_hears_the_page_meets_promise_then_proof_then_facts(register: Built) -> None:
    row = page(register, "preuves/nature/temps/").select_one(".register-row")
    assert row is not None
    heard = row.get_text(" ", strip=True)
    order = [
        "Promesse",
        "répondre plus vite",
        "Preuve",
        "les devis partent",
        "délai d’un devis",
        "Niveau de preuve\u00a0: mesuré",
        "Source",
        "À réexaminer",
        "Billet",
    ]
    assert [heard.index(words) for words in order] == sorted(heard.index(words) for words in order)


def test_the_home_page_shows_the_latest_proof(register: Built) -> None:
    latest = page(register, "").select_one(".latest-proof")
    assert latest is not None
    assert "la visibilité" in latest.get_text()


def test_each_pair_leads_to_its_row_on_the_very_page_of_the_register_and_back(site: Callable[..., Built]) -> None:
    made = site(SITE, 'PLANCHER_TANGIBLE={"page_size": 2}')
    found = 0
    for post in ("2024/05/un/", "2025/01/deux/"):
        for link in page(made, post).select(".page-facts a"):
            path, _, anchor = str(link["href"]).strip("/").partition("#")
            row = page(made, f"{path.strip('/')}/").find(id=anchor)
            assert row is not None
            back = row.select_one("a")
            assert back["href"].startswith(f"/{post}#preuve-")  # type: ignore[index]
            assert back.get_text() == link.get_text()  # type: ignore[union-attr]
            found += 1
    assert found == 4
    assert made.has("preuves/page/2/index.html")


def test_the_page_of_a_tag_shows_its_proofs_as_the_register_does(register: Built) -> None:
    shelf = page(register, "tag/ventes/").select_one(".shelf .pair")
    assert shelf is not None
    assert shelf.select_one(".figure-numbers").get_text() == "12,5\u00a0% → 25\u00a0%"  # type: ignore[union-attr]
    assert page(register, "tag/PME/").select(".is-waiting") == []


def test_words_may_change_and_anchors_do_not(site: Callable[..., Built]) -> None:
    before = [item["url"] for item in items(site(SITE))]
    assert [item["url"] for item in items(site(SITE.replace("plus vite", "sans tarder").replace("onze devis", "douze devis")))] == before


def test_an_empty_site_has_an_empty_register(site: Callable[..., Built]) -> None:
    made = site("-- articles/un.md --\nTitle: Un\nDate: 2024-05-02\nCategory: Essais\n\nTexte.\n")
    assert items(made) == []
    assert "Aucune promesse n’est encore inscrite." in page(made, "preuves/").get_text()


def test_two_thousand_pairs_stay_light(site: Callable[..., Built]) -> None:
    posts = []
    for number in range(50):
        pairs = "".join(f"> - promesse {number}-{place} → preuve {place} en quelques mots de plus\n>   nature : ventes\n" for place in range(40))
        posts.append(f"-- articles/p{number}.md --\n{HEAD.format(title=f'Billet {number}', date='2024-05-02', tag='x', name=number)}> [!bilan]\n{pairs}")
    made = site("".join(posts))
    assert made.code == 0, made.said
    assert len(items(made)) == 2000
    pages = [made.text(path) for path in made.files if path.startswith("preuves/")]
    assert max(len(text.encode()) for text in pages) < 200_000
    assert max(len(brotli.compress(text.encode(), quality=5)) for text in pages) < 12_000


def test_an_old_list_is_recognised_and_the_block_to_paste_is_printed(site: Callable[..., Built]) -> None:
    old = "-- articles/un.md --\nTitle: Un\nDate: 2024-05-02\nCategory: Essais\n\nTexte.\n\n– formation 2.0, mais au final trois stages\n– buzz 2.0, mais au final deux ventes\n"
    made = site(old, CHECK)
    assert "content/articles/un.md:7: PDV074" in made.said
    assert "    > [!bilan]\n    > - formation 2.0 → trois stages\n    > - buzz 2.0 → deux ventes" in made.said


UNCOMPUTED = (("14,000 €", "900 €"), ("12 °C", "15 °C"), ("100 et plus", "200"), ("12 %", "15"), ("2011", "2019"), ("4G", "5G"), ("100 Mb/s", "100 MB/s"))


def test_where_nothing_is_computed_no_figure_stands_anywhere(site: Callable[..., Built]) -> None:
    blocks = "\n\n".join(f"> [!tangible]\n> promesse : p{n}\n> preuve : q\n> avant : {a}\n> après : {b}" for n, (a, b) in enumerate(UNCOMPUTED))
    made = site(f"-- articles/un.md --\n{HEAD.format(title='Un', date='2024-05-02', tag='x', name='un')}{blocks}\n")
    assert made.said.count("rien n'est calculé") == len(UNCOMPUTED)
    assert [(item["change"], item["before"]["value"], item["after"]["value"]) for item in items(made)] == [(None, None, None)] * len(UNCOMPUTED)  # type: ignore[index]
    rows = list(csv.DictReader(io.StringIO(made.text("preuves.csv").removeprefix("\ufeff")), delimiter=";"))
    assert [[row[name] for name in ("Avant (nombre)", "Après (nombre)", "Unité", "Évolution", "Rapport")] for row in rows] == [[""] * 5] * len(UNCOMPUTED)
    for path in ("2024/05/un/index.html", "preuves/index.html", "feeds/preuves.atom.xml", "feeds/atom.xml"):
        assert not re.search(r"fois (?:plus|moins)|inchangé|multiplié|divisé|[+−]\u00a0\d", made.text(path)), path
        assert "gauge-figure" not in made.text(path), path
