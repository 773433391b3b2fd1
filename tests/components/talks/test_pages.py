"""Talks in pages, data and feeds; what a talk keeps when it is lost."""

from __future__ import annotations

import gzip
import json
import re
import time
from xml.etree import ElementTree as ET

import feedparser
import pytest
from bs4 import BeautifulSoup
from plancher.outputs.feeds import podcast

from tests.settings import identity

SITE = identity.SITEURL
MEDIA, POD, ITUNES = "{http://search.yahoo.com/mrss/}", "{https://podcastindex.org/namespace/1.0}", "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
HEAD = "-- articles/{0}.md --\nTitle: {0}\nDate: {1}\nCategory: Essais\n\n{2}\n\n"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anne>Bonjour.\n\n01:02.000 --> 01:03.000\n<v Bob>Une preuve.\n"
OWN = HEAD.format(
    "ici",
    "2024-05-02",
    "> [!video] Le film\n> url : {static}/videos/a.webm\n> sous-titres : {static}/videos/a.vtt\n> orateur : Anne\n> événement : PodCamp\n> lieu : Montréal\n"
    "> date : 2008-09-12\n> durée : 1:05\n> chapitres : 0:00 Le début\n> chapitres : 1:02 La preuve\n>\n> Résumé.",
)  # fmt: skip
AWAY = HEAD.format(
    "ailleurs", "2025-01-01", "> [!video] The talk\n> url : https://youtu.be/dQw4w9WgXcQ\n> url : https://vimeo.com/76979871\n> orateur : Bob\n> langue : en"
)
GONE = HEAD.format(
    "perdu",
    "2010-01-01",
    "> [!video] Perdue\n> url : http://www.ustream.tv/recorded/1\n> orateur : Anne\n> archive : https://web.archive.org/web/2009/http://www.ustream.tv/recorded/1",
)
FILES = f"-- videos/a.webm --\nfilm\n-- videos/a.vtt --\n{VTT}\n"


@pytest.fixture
def made(site):
    built = site(OWN + AWAY + GONE + FILES)
    assert built.code == 0, built.said
    return built


def test_the_data_say_all_that_is_known_and_nothing_else(made) -> None:
    data = json.loads(made.text("videos.json"))
    assert data["version"] == 1
    away, own, gone = data["items"]
    assert {name: own[name] for name in ("title", "speaker", "event", "place", "date", "duration", "language", "state", "transcript", "chapters")} == {
        "title": "Le film",
        "speaker": "Anne",
        "event": "PodCamp",
        "place": "Montréal",
        "date": "2008-09-12",
        "duration": 65,
        "language": "fr",
        "state": "available",
        "transcript": f"{SITE}/2024/05/ici/#transcription-1",
        "chapters": [{"start": 0, "title": "Le début"}, {"start": 62, "title": "La preuve"}],
    }
    assert own["sources"] == [{"url": f"{SITE}/videos/a.webm", "type": "video/webm", "length": 5}]
    assert own["url"] == f"{SITE}/2024/05/ici/#video-1"
    assert [source["platform"] for source in away["sources"]] == ["YouTube", "Vimeo"]
    assert (away["state"], away["date"], gone["state"], gone["archive"][:30]) == ("unknown", None, "lost", "https://web.archive.org/web/20")


def test_talks_are_found_by_speaker_event_and_year_and_the_lost_are_kept(made) -> None:
    found = {path for path in made.files if path.startswith("videos/") and path.endswith("index.html")}
    assert found == {
        f"videos/{name}index.html" for name in ("", "disparues/", "intervenant/anne/", "intervenant/bob/", "evenement/podcamp/", "2008/", "2010/", "2025/")
    }
    lost = made.text("videos/disparues/index.html")
    assert "Perdue" in lost
    assert "Anne" in lost
    assert "gardent les archives" in lost
    assert "Le film" not in lost
    for path in found:
        assert f"{SITE}/{path}".removesuffix("index.html") in made.text("sitemap.xml")


def test_words_and_chapters_lead_into_the_film(made) -> None:
    page = made.text("2024/05/ici/index.html")
    assert '<p class="talk-chapter"><a class="talk-time" data-at="62" href="/videos/a.webm#t=62">1:02</a> <strong>La preuve</strong></p>' in page
    assert "<b>Bob\u00a0:</b> Une preuve." in page
    assert re.search(r"Chapitres.*?0:00</a> Le début.*?1:02</a> La preuve", page, re.DOTALL)
    assert '<h2 id="transcription-1"' in page
    feed = feedparser.parse(made.files["feeds/atom.xml"])
    body = next(entry for entry in feed.entries if entry.title == "ici").content[0].value
    assert "Une preuve" not in body
    assert f'href="{SITE}/2024/05/ici/#transcription-1"' in body
    assert "1 min de lecture" in page.replace("\u00a0", " ").replace("&nbsp;", " ")


def test_a_moment_of_a_talk_elsewhere_leads_to_its_page(site) -> None:
    text = AWAY.replace("> langue : en", "> sous-titres : {static}/videos/a.vtt\n> chapitres : 1:02 Une preuve")
    page = site(text + FILES).text("2025/01/ailleurs/index.html")
    assert page.count('href="https://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;t=62s"') == 2


def test_what_is_known_of_an_address_is_known_of_its_film(site) -> None:
    typed = {
        "https://youtu.be/dQw4w9WgXcQ": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.dailymotion.com/video/x7tgad0_un-titre": "https://www.dailymotion.com/video/x7tgad0",
        "https://exemple.fr/film?utm_source=rss": "https://exemple.fr/film",
    }
    posts = "".join(HEAD.format(f"p{number}", "2024-05-02", f"> [!video] V\n> url : {url}") for number, url in enumerate(typed))
    dead = ", ".join(f'"{url}": {{"state": "dead", "checked": "2026-11-01"}}' for url in typed.values())
    made = site(f'{posts}-- links/state.json --\n{{"version": 1, "links": {{{dead}}}}}\n')
    assert [item["state"] for item in json.loads(made.text("videos.json"))["items"]] == ["lost"] * 3
    assert "page disparue" in made.text("2024/05/p0/index.html")
    assert "la politique de YouTube</a>" in made.text("2024/05/p0/index.html")


def test_captions_in_other_letters_are_not_published(site, tmp_path) -> None:
    folder = tmp_path / "content" / "videos"
    folder.mkdir(parents=True)
    (folder / "a.vtt").write_bytes("WEBVTT\n\n00:01.000 --> 00:02.000\nété\n".encode("cp1252"))
    made = site(OWN + "-- videos/a.webm --\nfilm\n", settings="public")
    assert made.code != 0
    assert "articles/ici.md:5: PDV030 a.vtt, ligne 1 : ce fichier n'est pas en UTF-8" in made.said


def test_a_player_in_a_page_is_declared(site) -> None:
    made = site(HEAD.format("un", "2024-05-02", "Rien.") + "-- pages/p.md --\nTitle: P\n\n> [!video] V\n> url : https://vimeo.com/76979871\n")
    assert "frame-src https://player.vimeo.com;" in made.text("_headers")


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("sous-titres : {static}/videos/a.webm", "« sous-titres » attend un fichier de sous-titres (srt, vtt)"),
        ("affiche : {static}/videos/a.vtt", "« affiche » attend une image"),
        ("chapitres : {static}/videos/a.webm", "« chapitres » attend un fichier WebVTT"),
        ("url : {filename}/articles/ici.md", "« url » attend un film ou un son"),
        ("chapitres : 1:75 Trop", "chapitre illisible « 1:75 Trop »"),
        ("chapitres : 99:99:99 Trop", "chapitre illisible"),
        ("chapitres : 2:00 Après la fin", "ce chapitre commence après la fin de la vidéo"),
    ],
)
def test_a_field_of_the_wrong_kind_is_told(site, field: str, message: str) -> None:
    assert f"articles/ici.md:15: PDV014 {message}" in site(OWN.replace(">\n> Résumé.", f"> {field}\n>\n> Résumé.") + FILES).said


def test_a_duration_that_nobody_films_is_told(site) -> None:
    assert "PDV014 durée illisible" in site(AWAY.replace("> langue : en", "> durée : 99999999999999999999 h")).said


def test_each_speaker_has_a_page_and_names_that_letters_do_not_tell_apart_too(site) -> None:
    talk = "> [!video] V\n> url : https://vimeo.com/7697987{0}\n> orateur : {1}\n> orateur : Anne Durand\n\n"
    names = ("C++ Zoé", "C# Zoé", "李明", "王芳")
    made = site(HEAD.format("un", "2024-05-02", "".join(talk.format(number, name) for number, name in enumerate(names))))
    pages = [text.decode() for path, text in made.files.items() if path.startswith("videos/intervenant/")]
    assert {re.search(r"<h1[^>]*>Vidéos avec ([^<]*)", page)[1].replace("\u00a0", " ") for page in pages} == {*names, "Anne Durand"}
    assert made.text("videos/intervenant/anne-durand/index.html").count('class="link-item') == 4
    graph = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', made.text("2024/05/un/index.html"))[1])["@graph"]
    assert [who["name"] for who in next(one for one in graph if one["@type"] == "VideoObject")["actor"]] == ["C++ Zoé", "Anne Durand"]


def test_words_are_in_the_language_that_is_spoken(site) -> None:
    french = "> [!video] L'avenir\n> url : {static}/videos/a.webm\n> langue : fr\n> sous-titres : fr {static}/videos/a.vtt"
    made = site(HEAD.format("en", "2024-05-02", french).replace("Category", "Lang: en\nCategory") + FILES)
    page = made.text("2024/05/en-en/index.html")
    assert '<talk-words lang="fr">' in page
    made = site(
        HEAD.format("en", "2024-05-02", french.replace("langue : fr\n> sous-titres : fr", "sous-titres :")).replace("Category", "Lang: en\nCategory") + FILES
    )
    assert "<talk-words>" in made.text("2024/05/en-en/index.html")
    assert json.loads(made.text("videos.json"))["items"][0]["language"] == "en"
    english = '> [!video] "What\'s next": a talk\n> url : https://vimeo.com/76979871\n> langue : en\n> chapitres : 0:10 "Why"?'
    made = site(HEAD.format("fr", "2024-05-02", english))
    assert json.loads(made.text("videos.json"))["items"][0]["title"] == '"What\'s next": a talk'
    assert '<ol lang="en">' in made.text("2024/05/fr/index.html")


def test_a_title_is_words_where_no_mark_can_stand(site) -> None:
    made = site(
        HEAD.format("un", "2024-05-02", "> [!video] *Open data* et `code` : l'[art](https://x.fr/)\n> url : https://vimeo.com/76979871\n> orateur : **Anne**")
    )
    page = made.text("2024/05/un/index.html").replace("\u00a0", " ")
    assert 'data-name="Vidéo : Open data et code : l’art"' in page
    assert 'aria-label="Adresse de cette vidéo : Open data et code : l’art"' in page
    assert "<em>Open data</em>" in page


def test_what_a_lost_talk_said_is_still_read(site) -> None:
    page = site(GONE.replace("> orateur", "> sous-titres : {static}/videos/a.vtt\n> orateur") + FILES).text("2010/01/perdu/index.html")
    assert "Cette vidéo a disparu avec Ustream, fermé en 2018." in page
    assert '<span class="talk-time" data-at="62">1:02</span>' in page
    assert "<iframe" not in page
    assert "talk-player" not in page


def test_podcast_applications_get_the_film_its_words_and_its_chapters(made) -> None:
    channel = ET.fromstring(made.files["feeds/videos.rss.xml"]).find("channel")
    assert channel.findtext("image/url") == f"{SITE}/theme/icon-192.png"
    assert channel.findtext(f"{POD}guid") == podcast.guid(f"{SITE}/feeds/videos.rss.xml")
    assert b"itunes" not in made.files["feeds/videos.rss.xml"]  # Apple's vocabulary asks for an e-mail, and nobody gave one
    items = {item.findtext("title"): item for item in channel.iter("item")}
    own = items["Le film, Anne"]
    assert own.find("enclosure").attrib == {"url": f"{SITE}/videos/a.webm", "length": "5", "type": "video/webm"}
    assert own.find(f"{MEDIA}content").get("duration") == "65"
    assert own.findtext("description") == "Anne, PodCamp, Montréal, 12 septembre 2008, 1:05"
    assert own.find(f"{POD}transcript").attrib == {"url": f"{SITE}/videos/a.vtt", "type": "text/vtt", "language": "fr", "rel": "captions"}
    address = own.find(f"{POD}chapters").get("url").removeprefix(f"{SITE}/")
    assert json.loads(made.text(address)) == {"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Le début"}, {"startTime": 62, "title": "La preuve"}]}
    away = items["The talk, Bob"]
    assert away.find("enclosure") is None
    assert away.find(f"{MEDIA}content/{MEDIA}player").get("url") == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    gone = items["Perdue, Anne"]
    assert gone.find(f"{MEDIA}content") is None
    assert not feedparser.parse(made.files["feeds/videos.rss.xml"]).bozo
    assert len(feedparser.parse(made.files["feeds/videos.atom.xml"]).entries) == 3


def test_an_owner_who_gives_an_address_is_told_to_directories_with_a_category_and_an_identifier_of_before(site) -> None:
    given = {"email": "voix@exemple.fr", "category": "Business", "guid": "917393e3-1b1e-5cef-ace4-edaa54e1f810"}
    channel = ET.fromstring(site(OWN + FILES, f"PLANCHER_TALKS={json.dumps(given)}").files["feeds/videos.rss.xml"]).find("channel")
    assert channel.findtext(f"{ITUNES}owner/{ITUNES}email") == "voix@exemple.fr"
    assert channel.find(f"{ITUNES}category").get("text") == "Business"
    assert channel.findtext(f"{ITUNES}explicit") == "false"
    assert channel.find(f"{ITUNES}image").get("href") == f"{SITE}/theme/icon-1400.png"
    assert channel.findtext(f"{POD}guid") == given["guid"]
    assert channel.findtext(f"item/{ITUNES}duration") == "65"


@pytest.mark.parametrize("wrong", ['{"category": "Affaires"}', '{"email": "pas une adresse"}', '{"guid": "nouveau"}'])
def test_what_no_directory_takes_stops_the_build(site, wrong: str) -> None:
    made = site(OWN + FILES, f"PLANCHER_TALKS={wrong}")
    assert made.code == 1
    assert "réglage PLANCHER_TALKS" in made.said


def test_the_sound_of_a_film_is_offered_beside_it(site) -> None:
    made = site(OWN.replace("videos/a.webm", "videos/a.webm\n> url : {static}/videos/a.mp3") + FILES + "-- videos/a.mp3 --\nson\n")
    item = ET.fromstring(made.files["feeds/videos.rss.xml"]).find("channel/item")
    assert item.find("enclosure").get("type") == "video/webm"
    other = item.find(f"{POD}alternateEnclosure")
    assert (other.attrib, other[0].get("uri")) == ({"type": "audio/mpeg", "length": "4"}, f"{SITE}/videos/a.mp3")
    entry = feedparser.parse(made.files["feeds/videos.atom.xml"]).entries[0]
    assert [link.type for link in entry.enclosures] == ["video/webm", "audio/mpeg"]


def test_the_identifier_of_a_podcast_is_that_of_the_specification() -> None:
    assert podcast.guid("https://mp3s.nashownotes.com/pc20rss.xml") == "917393e3-1b1e-5cef-ace4-edaa54e1f810"


def test_a_file_of_any_kind_has_a_type_and_captions_their_own_language(site) -> None:
    text = HEAD.format(
        "genres",
        "2024-05-02",
        "> [!video] Un\n> url : {static}/videos/a.MOV\n> sous-titres : en {static}/videos/a.srt\n\n> [!video] Deux\n> url : {static}/videos/a.mp3",
    )
    made = site(text + "-- videos/a.MOV --\nfilm\n-- videos/a.mp3 --\nson\n-- videos/a.srt --\n1\n00:00:01,000 --> 00:00:02,000\nHello\n")
    items = {item.findtext("title"): item for item in ET.fromstring(made.files["feeds/videos.rss.xml"]).iter("item")}
    assert items["Un"].find("enclosure").get("type") == "video/quicktime"
    assert items["Un"].find(f"{POD}transcript").attrib == {"url": f"{SITE}/videos/a.srt", "type": "application/x-subrip", "language": "en", "rel": "captions"}
    assert items["Deux"].find(f"{MEDIA}content").get("medium") == "audio"


def test_each_talk_has_a_name_and_chapters_of_its_own(site) -> None:
    block = "> [!video] Le film\n> url : https://youtu.be/dQw4w9WgXcQ\n> chapitres : 0:01 {0}\n\n"
    made = site(HEAD.format("a", "2024-05-02", block.format("Un") + block.format("Deux")) + HEAD.format("b", "2024-05-03", block.format("Trois")))
    items = json.loads(made.text("videos.json"))["items"]
    assert len({item["id"] for item in items}) == 3
    chapters = [json.loads(text)["chapters"][0]["title"] for path, text in made.files.items() if path.startswith("videos/chapitres/")]
    assert sorted(chapters) == ["Deux", "Trois", "Un"]


def test_search_engines_are_not_told_what_nobody_knows(site) -> None:
    made = site(AWAY + GONE.replace("http://www.ustream.tv/recorded/1", "https://youtu.be/dQw4w9WgXcQ", 1).replace("> archive", "> état : disparue\n> archive"))
    for path, known in (("2025/01/ailleurs/", {"embedUrl", "uploadDate"}), ("2010/01/perdu/", {"uploadDate"})):
        graph = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', made.text(f"{path}index.html"))[1])["@graph"]
        film = next(one for one in graph if one["@type"] == "VideoObject")
        assert {"embedUrl", "contentUrl", "uploadDate", "duration"} & set(film) == known


def test_search_engines_read_talks_and_their_parts(made) -> None:
    graph = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', made.text("2024/05/ici/index.html"))[1])["@graph"]
    film = next(one for one in graph if one["@type"] == "VideoObject")
    assert (film["name"], film["duration"], film["uploadDate"], film["contentUrl"]) == (
        "Le film",
        "PT1M5S",
        "2024-05-02T00:00:00+02:00",
        f"{SITE}/videos/a.webm",
    )
    assert [(clip["startOffset"], clip["endOffset"]) for clip in film["hasPart"]] == [(0, 62), (62, 65)]
    assert film["dateCreated"] == "2008-09-12"
    assert film["thumbnailUrl"] == f"{SITE}/theme/partage.png"  # that of its post, since it has no poster
    assert "embedUrl" not in film


def test_a_host_is_told_of_the_players_in_use_and_of_no_other(made, site) -> None:
    assert "frame-src https://www.youtube-nocookie.com;" in made.text("_headers")
    assert "frame-src 'none'" in site("-- articles/ailleurs.md --\nTitle: T\nDate: 2024-05-02\nCategory: C\n\nRien.\n").text("_headers")


def test_a_bare_address_is_a_talk_unless_the_site_says_no(site) -> None:
    text = HEAD.format(
        "nu",
        "2024-05-02",
        "Voir :\n\nhttps://youtu.be/dQw4w9WgXcQ?t=62\n\nhttps://exemple.fr/a\n\nEt https://vimeo.com/76979871 aussi.\n\n```\nhttps://vimeo.com/76979871\n```",
    )
    made = site(text)
    assert made.code == 0, made.said
    page = made.text("2024/05/nu/index.html")
    assert page.count("<talk-player") == 1
    assert "start=62" in page
    off = site(text, 'PLANCHER_TALKS={"bare": false}')
    assert "<talk-player" not in off.text("2024/05/nu/index.html")


def test_captions_that_are_wrong_are_told_with_their_line(site) -> None:
    made = site(OWN + "-- videos/a.webm --\nfilm\n-- videos/a.vtt --\nWEBVTT\n\n00:01.000 -->\nBonjour.\n")
    assert "articles/ici.md:5: PDV044 a.vtt, ligne 3 : minutage illisible" in made.said
    assert "Bonjour." in made.text("2024/05/ici/index.html")


def test_captions_that_change_change_the_page(site) -> None:
    site(OWN + FILES)
    assert "Au revoir." in site(FILES.replace("Bonjour.", "Au revoir.")).text("2024/05/ici/index.html")


def test_a_proof_cites_a_moment_and_the_talk_leads_back_to_it(site) -> None:
    proof = HEAD.format("preuve", "2025-05-02", "> [!tangible] Un mot\n> promesse : du bruit\n> preuve : trois contrats\n> source : video:ici@1:02")
    made = site(OWN + FILES + proof)
    assert made.code == 0, made.said
    assert 'href="/2024/05/ici/#t=62"' in made.text("preuves/index.html")
    page = made.text("2024/05/ici/index.html")
    assert re.search(r'Preuves qui citent cette vidéo.*data-at="62">1:02</a>.*href="/2025/05/preuve/#preuve-1">du bruit', page, re.DOTALL)


def test_three_hours_make_a_light_page(site) -> None:
    words = "On compte avant et après, avec la même règle, et l'on écrit la date au bas de la feuille numéro".split()
    cues = "".join(
        f"{t // 3600:02d}:{t % 3600 // 60:02d}:{t % 60:02d}.000 --> {t // 3600:02d}:{t % 3600 // 60:02d}:{t % 60:02d}.900\n{' '.join(words[t % 7 :])} {t * 7919 % 10007}.\n\n"
        for t in range(0, 12_000, 3)
    )
    start = time.monotonic()
    made = site(OWN + f"-- videos/a.webm --\nfilm\n-- videos/a.vtt --\nWEBVTT\n\n{cues}")
    print(f"{time.monotonic() - start:.2f} s")
    page = made.files["2024/05/ici/index.html"]
    assert page.count(b"talk-time") > 400
    assert len(gzip.compress(page)) < 150_000


@pytest.mark.parametrize("picture", ["", "> affiche : {static}/images/a.png\n"])
def test_the_card_of_a_talk_says_each_thing_once(site, picture: str) -> None:
    text = AWAY.replace("> langue : en", f"{picture}> langue : en")
    page = BeautifulSoup(site(text + "-- images/a.png --\nimage\n").text("2025/01/ailleurs/index.html"), "html.parser")
    card = page.select_one(".talk")
    words = card.get_text(" ", strip=True)
    assert [words.count(said) for said in ("The talk", "Bob", "Voir la vidéo sur YouTube", "adresse IP")] == [1, 1, 1, 1]
    assert card.select_one("details:not([open]) > summary").get_text() == "Ce que YouTube saura de vous"
    assert [image.get("alt") for image in card.select("img")] == ([""] if picture else [])
    assert card.select("svg") == []


def test_no_words_stand_in_a_picture_of_a_list(made) -> None:
    rows = BeautifulSoup(made.text("videos/index.html"), "html.parser").select(".talk-row")
    assert [row.select_one(".talk-still").get_text() for row in rows] == ["", "", ""]
    assert ["is-lost" in row.select_one(".talk-still")["class"] for row in rows] == [False, False, True]
