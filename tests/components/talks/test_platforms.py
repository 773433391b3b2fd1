"""Every shape of address that leads to a film, and those that only look like one."""

from __future__ import annotations

import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.components.talks.platforms import closed_platform, name_of, recognise
from plancher.components.talks.platforms.video import seconds

Y, SHORT, UUID = "dQw4w9WgXcQ", "9UrbhJHMWYm8EWMzSvJWn6", "9c9de5e8-0a1e-484a-b099-e80766180a6d"
FILMS = {
    f"https://www.youtube.com/watch?v={Y}": ("YouTube", Y, 0),
    f"http://youtube.com/watch?v={Y}": ("YouTube", Y, 0),
    f"https://m.youtube.com/watch?v={Y}&feature=share": ("YouTube", Y, 0),
    f"https://music.youtube.com/watch?v={Y}&si=abc": ("YouTube", Y, 0),
    f"https://www.youtube.com/watch?feature=player_embedded&v={Y}": ("YouTube", Y, 0),
    f"https://www.youtube.com/watch?v={Y}&t=1h2m3s": ("YouTube", Y, 3723),
    f"https://www.youtube.com/watch?v={Y}&t=90": ("YouTube", Y, 90),
    f"https://www.youtube.com/watch?v={Y}&t=90s": ("YouTube", Y, 90),
    f"https://www.youtube.com/watch?v={Y}&start=12": ("YouTube", Y, 12),
    f"https://www.youtube.com/watch?v={Y}&time_continue=7": ("YouTube", Y, 7),
    f"https://www.youtube.com/watch?v={Y}#t=2m5s": ("YouTube", Y, 125),
    f"https://www.youtube.com/watch?v={Y}&list=PLabcdef&index=3": ("YouTube", Y, 0),
    f"https://www.youtube.com/watch/{Y}": ("YouTube", Y, 0),
    f"https://www.youtube.com/live/{Y}?feature=share": ("YouTube", Y, 0),
    f"https://www.youtube.com/shorts/{Y}": ("YouTube", Y, 0),
    f"https://www.youtube.com/embed/{Y}?start=30": ("YouTube", Y, 30),
    f"https://www.youtube-nocookie.com/embed/{Y}": ("YouTube", Y, 0),
    f"https://www.youtube.com/v/{Y}": ("YouTube", Y, 0),
    f"https://www.youtube.com/e/{Y}": ("YouTube", Y, 0),
    f"https://youtu.be/{Y}": ("YouTube", Y, 0),
    f"https://youtu.be/{Y}?t=62": ("YouTube", Y, 62),
    f"https://youtu.be/{Y}?si=xyz&t=1m2s": ("YouTube", Y, 62),
    f"HTTPS://WWW.YOUTUBE.COM/watch?v={Y}": ("YouTube", Y, 0),
    f"https://www.youtube.com:443/watch?v={Y}": ("YouTube", Y, 0),
    f"https://www.youtube.com./watch?v={Y}": ("YouTube", Y, 0),
    f"https://www.youtube.com/watch?v={Y}&v=autre": ("YouTube", Y, 0),
    f"https://youtu.be/{Y}?t=1:02:03": ("YouTube", Y, 3723),
    f"http://www.youtube.com/v/{Y}&hl=fr&fs=1": ("YouTube", Y, 0),
    f"http://www.youtube.com/v/{Y}?fs=1&amp;hl=fr_FR": ("YouTube", Y, 0),
    f"http://www.youtube.com/watch?v={Y}&amp;t=30": ("YouTube", Y, 30),
    f"http://fr.youtube.com/watch?v={Y}": ("YouTube", Y, 0),
    f"https://www.youtube.fr/watch?v={Y}": ("YouTube", Y, 0),
    f"https://www.youtube.com/?v={Y}": ("YouTube", Y, 0),
    f"https://www.youtube.co.uk/watch?v={Y}": ("YouTube", Y, 0),
    f"http://youtube.googleapis.com/v/{Y}": ("YouTube", Y, 0),
    f"http://www.youtube.com/watch#!v={Y}&feature=x": ("YouTube", Y, 0),
    f"https://www.youtube.com/watch_popup?v={Y}": ("YouTube", Y, 0),
    "https://m.dailymotion.com/video/x7tgad0": ("Dailymotion", "x7tgad0", 0),
    f"https://www.youtube.com/watch?v={Y}?feature=share": ("YouTube", Y, 0),
    f"https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3D{Y}%26feature%3Dshare": ("YouTube", Y, 0),
    "https://player.vimeo.com/video/76979871/abcdef1234": ("Vimeo", "76979871", 0),
    "http://vimeo.com/moogaloop.swf?clip_id=76979871": ("Vimeo", "76979871", 0),
    "https://vimeo.com/user1/review/76979871/abcdef1234": ("Vimeo", "76979871", 0),
    "http://www.dailymotion.com/swf/video/x7tgad0": ("Dailymotion", "x7tgad0", 0),
    "http://www.dailymotion.com/swf/x7tgad0&related=1": ("Dailymotion", "x7tgad0", 0),
    "https://www.dailymotion.com/fr/video/x7tgad0_titre": ("Dailymotion", "x7tgad0", 0),
    "https://vimeo.com/76979871": ("Vimeo", "76979871", 0),
    "https://www.vimeo.com/76979871": ("Vimeo", "76979871", 0),
    "https://vimeo.com/76979871#t=1m2s": ("Vimeo", "76979871", 62),
    "https://vimeo.com/76979871/abcdef1234": ("Vimeo", "76979871", 0),
    "https://player.vimeo.com/video/76979871?h=abcdef1234": ("Vimeo", "76979871", 0),
    "https://player.vimeo.com/video/76979871": ("Vimeo", "76979871", 0),
    "https://vimeo.com/channels/staffpicks/76979871": ("Vimeo", "76979871", 0),
    "https://vimeo.com/groups/films/videos/76979871": ("Vimeo", "76979871", 0),
    "https://vimeo.com/showcase/123/video/76979871": ("Vimeo", "76979871", 0),
    "https://vimeo.com/album/123/video/76979871": ("Vimeo", "76979871", 0),
    "https://vimeo.com/ondemand/film/76979871?h=abcdef1234": ("Vimeo", "76979871", 0),
    "https://geo.dailymotion.com/player/x5poh.html?video=x7tgad0": ("Dailymotion", "x7tgad0", 0),
    f"https://framatube.org/w/{SHORT};threadId=123": ("PeerTube (framatube.org)", SHORT, 0),
    f"https://tube.exemple.fr/videos/watch/{UUID.upper()}": ("PeerTube (tube.exemple.fr)", UUID, 0),
    "https://vimeo.com/ondemand/film/76979871": ("Vimeo", "76979871", 0),
    "https://www.dailymotion.com/video/x7tgad0": ("Dailymotion", "x7tgad0", 0),
    "https://www.dailymotion.com/video/x7tgad0_un-titre_news": ("Dailymotion", "x7tgad0", 0),
    "https://dai.ly/x7tgad0": ("Dailymotion", "x7tgad0", 0),
    "https://www.dailymotion.com/embed/video/x7tgad0?start=30": ("Dailymotion", "x7tgad0", 30),
    "https://geo.dailymotion.com/player.html?video=x7tgad0&startTime=5": ("Dailymotion", "x7tgad0", 5),
    f"https://framatube.org/w/{SHORT}": ("PeerTube (framatube.org)", SHORT, 0),
    f"https://framatube.org/w/{SHORT}?start=1m2s": ("PeerTube (framatube.org)", SHORT, 62),
    f"https://framatube.org/w/{UUID}": ("PeerTube (framatube.org)", UUID, 0),
    f"https://tube.exemple.fr/videos/watch/{UUID}": ("PeerTube (tube.exemple.fr)", UUID, 0),
    f"https://tube.exemple.fr/videos/embed/{UUID}?start=5s": ("PeerTube (tube.exemple.fr)", UUID, 5),
    "https://archive.org/details/une_video-2008": ("Internet Archive", "une_video-2008", 0),
    "https://www.archive.org/details/une_video-2008/film.mp4?start=12": ("Internet Archive", "une_video-2008", 12),
    "https://archive.org/embed/une_video-2008": ("Internet Archive", "une_video-2008", 0),
    "https://www.ted.com/talks/tim_berners_lee_the_next_web": ("TED", "tim_berners_lee_the_next_web", 0),
    "https://www.ted.com/talks/tim_berners_lee_the_next_web?language=fr": ("TED", "tim_berners_lee_the_next_web", 0),
    "https://www.ted.com/talks/lang/fr/tim_berners_lee_the_next_web": ("TED", "tim_berners_lee_the_next_web", 0),
    "https://embed.ted.com/talks/tim_berners_lee_the_next_web": ("TED", "tim_berners_lee_the_next_web", 0),
}
OTHERS = [
    "",
    "javascript:alert(1)",
    f"javascript://www.youtube.com/watch?v={Y}%0aalert(1)",
    f"data:text/html,https://www.youtube.com/watch?v={Y}",
    f"ftp://www.youtube.com/watch?v={Y}",
    f"//www.youtube.com/watch?v={Y}",
    f"www.youtube.com/watch?v={Y}",
    f"https://user@www.youtube.com/watch?v={Y}",
    f"https://www.youtube.com@pirate.example/watch?v={Y}",
    f"https://www.youtube.com:8080/watch?v={Y}",
    f"https://www.youtube.com:x/watch?v={Y}",
    f"https://www.youtube.com.pirate.example/watch?v={Y}",
    f"https://pirate.example/https://www.youtube.com/watch?v={Y}",
    f"https://xn--youtbe-6ya.com/watch?v={Y}",
    f"https://www.youtubе.com/watch?v={Y}",
    f"https://wwwyoutube.com/watch?v={Y}",
    f"https://evil-youtube.com/watch?v={Y}",
    f"https://www.youtube.com\\@pirate.example/watch?v={Y}",
    f"https://www.youtube.com/watch?v={Y}%00",
    f"https://www.youtube.com/watch?v={Y}%22onload=alert(1)",
    f'https://www.youtube.com/watch?v={Y}"onload=alert(1)',
    f"https://www.youtube.com/watch?v={Y}<script>",
    f"https://www.youtube.com/watch?v={Y} autre",
    f"https://www.youtube.com/watch?v={Y}\n",
    "https://www.youtube.com/watch?v=court",
    f"https://www.youtube.com/watch?v={Y}trop",
    "https://www.youtube.com/watch?v=../../etc/pas",
    f"https://www.youtube.com/embed/../watch/{Y}",
    "https://www.youtube.com/embed/videoseries?list=PLabcdef",
    "https://www.youtube.com/embed/live_stream?channel=UCabcdefghij",
    "https://vimeo.com/%D9%A1%D9%A2%D9%A3",
    "https://vimeo.com/channels/76979871",
    "https://vimeo.com/channels/76979871/76979871/76979871",
    f"https://framatube.org/w/{SHORT}%3Cscript",
    "https://www.youtube.com/playlist?list=PLabcdef",
    "https://www.youtube.com/@chaine",
    "https://www.youtube.com/channel/UCabcdefghij",
    "https://www.youtube.com/",
    f"https://[::1]/w/{SHORT}",
    f"https://127.0.0.1/w/{SHORT}",
    f"https://localhost/w/{SHORT}",
    f"https://framatube.org/w/p/{SHORT}",
    "https://framatube.org/w/trop-court",
    f"https://framatube.org/videos/watch/playlist/{UUID}",
    "https://vimeo.com/categories",
    "https://vimeo.com/76979871/<b>",
    "https://vimeo.com/nom/76979871x",
    "https://player.vimeo.com/video/76979871?h=../..",
    "https://www.dailymotion.com/user/x7tgad0",
    "https://www.dailymotion.com/video/x7'gad0",
    "https://archive.org/details/..",
    "https://archive.org/web/2008/http://exemple.fr/",
    "https://www.ted.com/speakers/tim_berners_lee",
    "https://www.ted.com/talks/..%2f..",
    "http://www.ustream.tv/recorded/1",
    "https://exemple.fr/film.mp4",
]  # fmt: skip


@pytest.mark.parametrize("address", FILMS)
def test_a_film_is_recognised_whatever_its_address(address: str) -> None:
    video = recognise(address)
    assert (video.platform, video.id, video.start) == FILMS[address]
    for written in (video.page, video.embed, video.policy):
        assert written.startswith("https://")
        assert not set(written) & set("\"'<> \\")
    assert video.start == 0 or str(video.start) in video.embed
    again = recognise(video.page)
    assert (again.platform, again.id) == (video.platform, video.id)


@pytest.mark.parametrize("address", OTHERS)
def test_what_only_looks_like_one_is_no_film(address: str) -> None:
    assert recognise(address) is None


def test_the_host_that_follows_readers_least_is_asked() -> None:
    assert recognise(f"https://youtu.be/{Y}").origin == "https://www.youtube-nocookie.com"
    assert "dnt=1" in recognise("https://vimeo.com/76979871").embed
    assert "h=abcdef1234" in recognise("https://vimeo.com/76979871/abcdef1234").embed
    assert "p2p=0" in recognise(f"https://framatube.org/w/{SHORT}").embed


@pytest.mark.parametrize(
    ("address", "name", "since"),
    [
        ("http://www.ustream.tv/recorded/1", "Ustream", "2018"),
        ("http://video.google.com/videoplay?docid=1", "Google Vidéo", "2012-08-20"),
        ("http://blip.tv/file/1", "Blip", "2015-08-20"),
        ("https://vine.co/v/abc", "Vine", "2017-01-17"),
        ("http://www.justin.tv/a", "Justin.tv", "2014-08-05"),
        ("http://www.viddler.com/v/a", "Viddler", "2014"),
        ("http://seesmic.com/v/a", "Seesmic", ""),
    ],
)
def test_closed_platforms_are_known_by_the_day_they_closed(address: str, name: str, since: str) -> None:
    assert (closed_platform(address).name, closed_platform(address).since) == (name, since)
    assert recognise(address) is None


def test_another_host_is_called_by_its_name() -> None:
    assert name_of("https://www.exemple.fr/film.mp4") == "exemple.fr"
    assert name_of("https://youtu.be/dQw4w9WgXcQ") == "YouTube"


@given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59))
def test_a_moment_is_read_however_it_is_written(hours: int, minutes: int, rest: int) -> None:
    moment = hours * 3600 + minutes * 60 + rest
    ways = [str(moment), f"{moment}s", f"{hours}h{minutes}m{rest}s", f"{hours}:{minutes:02d}:{rest:02d}"]
    assert {seconds(way) for way in ways} == {moment}


@given(st.text(max_size=60))
def test_no_forged_letter_reaches_a_player(text: str) -> None:
    for address in (
        text,
        f"https://www.youtube.com/watch?v={text}",
        f"https://vimeo.com/{text}",
        f"https://archive.org/details/{text}",
        f"https://{text}/w/{SHORT}",
    ):
        video = recognise(address)
        if video:
            parts = urllib.parse.urlsplit(video.embed)
            assert parts.scheme == "https"
            assert not set(video.embed + video.page) & set("\"'<> \\\n")
