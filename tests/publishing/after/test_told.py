"""A hub hears of the feeds that changed, search engines of the texts that did; what nobody took is told again."""

from __future__ import annotations

import dataclasses
import time
import urllib.parse
from collections.abc import Collection

import pytest
from plancher.commands.after.news import News
from plancher.publishing.after import indexnow, pending, websub
from plancher.publishing.after.changes import Changes

from tests.conftest import Built
from tests.publishing.after.blog import OPEN, Blog
from tests.publishing.after.village import BLOG, OTHERS, Page, Village

KEY = "0123456789abcdef"


def feed(blog: Blog, path: str, hub: str = "/relais", kind: str = "feed") -> None:
    """A feed that names itself and a hub."""
    named = f'<atom:link rel="hub" href="{blog.village.url(hub)}"/>' if hub else ""
    links = f'<atom:link rel="self" href="{blog.address}/{path}"/>{named}'
    text = f'<atom:feed xmlns:atom="http://www.w3.org/2005/Atom">{links}</atom:feed>'
    if kind == "rss":
        text = f'<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel>{links}</channel></rss>'
    file = blog.folder / "output" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{}" if path.endswith(".json") else text, encoding="utf-8")


def news(blog: Blog, changed: Collection[str], **settings: object) -> News:
    blog.settings = dataclasses.replace(OPEN, webmentions=False, **settings)
    made = blog.news()
    made.waiting = pending.load(made.cache / "a-dire.json")
    made.add(changed)
    return made


def hubs(village: Village) -> dict[str, list[str]]:
    assert {name for _, form in village.told for name in form} <= {"hub.mode", "hub.url"}
    return {path: [urllib.parse.urlsplit(one).path.removeprefix("/blog/") for one in form["hub.url"]] for path, form in village.told}


@pytest.fixture
def fed(blog: Blog) -> Blog:
    for path, kind in (("feeds/atom.xml", "feed"), ("feeds/rss.xml", "rss"), ("feeds/feed.json", ""), ("feeds/tag/été.atom.xml", "feed")):
        feed(blog, path, kind=kind)
    feed(blog, "feeds/autre.atom.xml", hub="/relais2")
    feed(blog, "feeds/seul.atom.xml", hub="")
    return blog


def test_a_hub_is_told_of_the_feeds_that_changed_and_of_no_other(fed: Blog, village: Village) -> None:
    assert fed.tell(news(fed, ["index.html", "feeds/rss.xml", "feeds/feed.json", "feeds/seul.atom.xml"]))
    assert hubs(village) == {"/relais": ["feeds/feed.json", "feeds/rss.xml"]}
    village.forget()
    assert fed.tell(news(fed, ["feeds/atom.xml", "feeds/autre.atom.xml"]))
    assert hubs(village) == {"/relais": ["feeds/atom.xml"], "/relais2": ["feeds/autre.atom.xml"]}
    village.forget()
    assert fed.tell(news(fed, ["index.html"]))
    assert village.told == []


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_hub_that_refuses_is_no_success_and_is_told_again_with_what_changed_since(
    fed: Blog, village: Village, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    village.answers["/relais"] = status
    assert not fed.tell(news(fed, ["feeds/rss.xml"]))
    said = capsys.readouterr().err
    assert f"répond {status}" in said
    assert "Le site, lui, est en ligne ; « invoke ping » recommence." in said
    village.forget()
    del village.answers["/relais"]
    assert fed.tell(news(fed, ["feeds/atom.xml"]))
    assert hubs(village) == {"/relais": ["feeds/atom.xml", "feeds/rss.xml"]}
    village.forget()
    assert fed.tell(news(fed, []))
    assert village.told == []


def test_a_hub_that_says_nothing_is_not_waited_for(fed: Blog, village: Village) -> None:
    village.pause = 8.0
    start = time.monotonic()
    assert not fed.tell(news(fed, ["feeds/rss.xml"], timeout=0.3, total=0.5))
    assert time.monotonic() - start < 7


def test_a_hub_of_ones_own_network_is_not_asked(fed: Blog, village: Village) -> None:
    assert not fed.tell(news(fed, ["feeds/rss.xml"], allowed=()))
    assert village.asked == []


def test_many_feeds_are_told_in_requests_of_fifty(blog: Blog, village: Village) -> None:
    for number in range(120):
        feed(blog, f"feeds/tag/{number:03}.atom.xml")
    assert blog.tell(news(blog, [f"feeds/tag/{number:03}.atom.xml" for number in range(120)]))
    assert [len(form["hub.url"]) for _, form in village.told] == [50, 50, 20]


def test_each_feed_of_a_blog_that_names_a_hub_is_known(site) -> None:
    post = "Title: Un\nDate: 2024-05-02\nTags: PME\nCategory: Essais\n\nTexte.\n"
    made: Built = site(f"-- articles/un.md --\n{post}", 'PLANCHER_FEEDS={"authority": "exemple.fr", "hub": "https://relais.example/"}')
    known = {one.path for one in websub.feeds(made.output)}
    named = {
        path.relative_to(made.output).as_posix()
        for path in (made.output / "feeds").rglob("*.*")
        if "https://relais.example/" in path.read_text(encoding="utf-8")
    }
    assert known == named
    assert {"feeds/atom.xml", "feeds/rss.xml", "feeds/feed.json", "feeds/lettre.atom.xml", "feeds/tag/PME.atom.xml", "feeds/liens.json"} <= known


def engines(blog: Blog) -> dict[str, object]:
    """Settings of an owner who tells them, whose key is online."""
    blog.village.pages[f"/blog/{KEY}.txt"] = Page(KEY, kind="text/plain")
    return {"indexnow": KEY, "indexnow_server": blog.village.url("/indexnow")}


def test_search_engines_hear_of_texts_that_are_new_changed_or_gone(blog: Blog, village: Village) -> None:
    mine = engines(blog)
    for name in ("un", "deux", "trois"):
        blog.post(name)
    every = [f"{name}/index.html" for name in ("un", "deux", "trois")]
    assert blog.tell(news(blog, [*every, "index.html", "tags/index.html"], **mine))
    ((path, sent),) = village.sent
    assert path == "/indexnow"
    assert sent == {
        "host": f"{BLOG}:{village.port}",
        "key": KEY,
        "keyLocation": f"{blog.address}/{KEY}.txt",
        "urlList": [f"{blog.address}/{name}/" for name in ("deux", "trois", "un")],
    }
    village.forget()
    blog.post("deux", words="Corrigé.")
    blog.remove("trois")
    assert blog.tell(news(blog, every, **mine))  # a new style sheet changes all pages
    assert [one["urlList"] for _, one in village.sent] == [[f"{blog.address}/deux/", f"{blog.address}/trois/"]]
    village.forget()
    assert blog.tell(news(blog, every[:2], **mine))
    assert village.sent == []


def test_nothing_is_told_to_engines_without_a_key(blog: Blog, village: Village) -> None:
    blog.post("un")
    assert blog.tell(news(blog, ["un/index.html"], indexnow_server=village.url("/indexnow")))
    assert village.asked == []


@pytest.mark.parametrize("page", [Page("autre"), Page(KEY, status=404), Page(KEY, status=302, headers=(("Location", "/ailleurs"),))])
def test_engines_are_not_told_before_the_key_is_online(blog: Blog, village: Village, page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    mine = engines(blog)
    village.pages[f"/blog/{KEY}.txt"] = page
    blog.post("un")
    assert not blog.tell(news(blog, ["un/index.html"], **mine))
    assert village.sent == []
    assert "la clé n'est pas en ligne" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("status", "words"), [(403, "ne reconnaît pas la clé"), (422, "ne sont pas de ce site"), (429, "demande d'attendre"), (500, "répond 500")]
)
def test_what_engines_refuse_is_said_and_told_again(blog: Blog, village: Village, status: int, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    mine = engines(blog)
    village.answers["/indexnow"] = status
    blog.post("un")
    assert not blog.tell(news(blog, ["un/index.html"], **mine))
    assert words in capsys.readouterr().err
    village.forget()
    del village.answers["/indexnow"]
    blog.post("deux")
    assert blog.tell(news(blog, ["deux/index.html"], **mine))
    assert [one["urlList"] for _, one in village.sent] == [[f"{blog.address}/deux/", f"{blog.address}/un/"]]


def test_a_request_names_ten_thousand_addresses_at_most(blog: Blog, village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = engines(blog)
    assert indexnow.MOST == 10_000
    monkeypatch.setattr(indexnow, "MOST", 2)
    for number in range(5):
        blog.post(f"b{number}")
    assert blog.tell(news(blog, [f"b{number}/index.html" for number in range(5)], **mine))
    assert [len(one["urlList"]) for _, one in village.sent] == [2, 2, 1]


def test_one_that_fails_keeps_no_other_from_hearing(fed: Blog, village: Village) -> None:
    mine = engines(fed)
    village.answers["/relais"] = 500
    village.pages["/page"] = Page('<link rel="webmention" href="/recoit">')
    fed.post("un", village.url("/page", OTHERS))
    made = news(fed, ["un/index.html", "feeds/rss.xml"], **mine)
    made.known = dataclasses.replace(made.known, settings=dataclasses.replace(made.known.settings, webmentions=True))
    assert not fed.tell(made)
    assert [path for path, _ in village.told] == ["/relais", "/recoit"]
    assert len(village.sent) == 1
    assert made.waiting == Changes(feeds=frozenset({"feeds/rss.xml"}))


def test_what_waits_survives_a_damaged_file(blog: Blog) -> None:
    for text in ("", "{", "[]", '{"feeds": 3}', '{"feeds": ["a"]}'):
        (blog.folder / "a-dire.json").write_text(text, encoding="utf-8")
        assert pending.load(blog.folder / "a-dire.json") == Changes()
