"""A page that a post cites is told so once; again when the text changes, and when the link or the post is gone."""

from __future__ import annotations

import dataclasses
import datetime as dt
import time

import pytest
from plancher.outputs.announcing import sent

from tests.publishing.after.blog import Blog
from tests.publishing.after.village import OTHERS, Page, Village

TAKES = Page('<link rel="webmention" href="/recoit">')


@pytest.fixture
def cited(village: Village) -> str:
    """A page that takes webmentions."""
    village.pages["/page"] = TAKES
    return village.url("/page")


def test_each_link_of_a_post_is_told_once_and_a_text_that_git_shows_says_so(blog: Blog, village: Village, cited: str) -> None:
    village.pages["/deux"], village.pages["/muette"] = TAKES, Page("<p>Rien</p>")
    blog.post("un", cited, village.url("/deux"), village.url("/muette"), village.url("/ailleurs", "127.0.0.1"))
    assert blog.mention() == [("/un/", "/deux"), ("/un/", "/page")]
    form = village.told[0][1]
    assert sorted(form) == ["source", "target"]
    lines = [line.partition(" : ")[2].partition(" le ")[0] for line in blog.state.splitlines()[1:]]
    assert (lines, blog.state.splitlines()[1:]) == (["envoyée", "ne reçoit rien", "envoyée"], sorted(blog.state.splitlines()[1:]))
    assert blog.mention() == []
    assert village.asked == []


def test_a_second_machine_with_the_list_repeats_nothing(blog: Blog, cited: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    blog.post("un", cited)
    assert blog.mention() == [("/un/", "/page")]
    second = Blog(blog.village, tmp_path_factory.mktemp("seconde"))
    second.post("un", cited)
    (second.folder / "content" / sent.FILE).write_text(blog.state, encoding="utf-8")
    assert second.mention() == []
    third = Blog(blog.village, tmp_path_factory.mktemp("troisieme"))
    third.post("un", cited)
    assert third.mention() == [("/un/", "/page")]


def test_update_when_the_text_changed_the_pages_it_cites_and_cited_are_told_again(blog: Blog, village: Village, cited: str) -> None:
    village.pages["/deux"] = TAKES
    blog.post("un", cited, village.url("/deux"))
    blog.post("autre", cited)
    blog.mention()
    blog.post("un", cited, words="Corrigé.")
    assert blog.mention() == [("/un/", "/deux"), ("/un/", "/page")]
    assert "/deux" not in blog.state
    assert blog.mention() == []


@pytest.mark.parametrize("status", [404, 410])
def test_delete_when_the_post_is_gone_the_pages_are_told_once_readers_get_no_more(blog: Blog, cited: str, status: int) -> None:
    blog.post("un", cited)
    blog.mention()
    page = blog.village.pages["/blog/un/"]
    blog.remove("un")
    blog.village.pages["/blog/un/"] = page  # a host that takes it away one publication later
    assert blog.mention() == []
    assert "/un/" in blog.state
    blog.village.pages["/blog/un/"] = Page("Parti", status=status)
    assert blog.mention() == [("/un/", "/page")]
    assert "/un/" not in blog.state
    assert blog.mention() == []


def test_a_post_that_moved_is_told_from_its_new_address_and_gone_from_the_old_one(blog: Blog, cited: str) -> None:
    blog.post("un", cited)
    blog.mention()
    blog.remove("un")
    blog.village.pages["/blog/un/"] = Page('<meta http-equiv="refresh" content="0; url=/blog/deux/">')
    blog.post("deux", cited)
    assert blog.mention() == [("/deux/", "/page"), ("/un/", "/page")]


def test_a_link_whose_page_says_another_address_is_not_told(blog: Blog, cited: str) -> None:
    blog.post("un", cited)
    (blog.folder / "output" / "un" / "index.html").write_text('<a href="https://archive.example/copie">copie</a>', encoding="utf-8")
    assert blog.mention() == []


def test_old_posts_are_old_news_but_what_was_told_is_kept_true(blog: Blog, cited: str) -> None:
    day = f"{dt.datetime.now(dt.UTC) - dt.timedelta(days=400):%Y-%m-%d}"
    blog.post("un", cited, day=day)
    assert blog.mention() == []
    assert blog.mention(days=500) == [("/un/", "/page")]
    blog.post("un", cited, day=day, words="Corrigé.")
    assert blog.mention() == [("/un/", "/page")]
    blog.remove("un")
    assert blog.mention() == [("/un/", "/page")]


def test_no_more_than_the_bound_leave_at_once_the_newest_first_and_the_rest_follows(blog: Blog, cited: str, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(5):
        blog.post(f"b{number}", cited, day=f"{dt.datetime.now(dt.UTC) - dt.timedelta(days=number):%Y-%m-%d}")
    assert blog.mention(most=2) == [("/b0/", "/page"), ("/b1/", "/page")]
    assert "3 webmentions attendent la prochaine publication." in capsys.readouterr().out.replace("\u00a0", " ")
    assert blog.mention(most=10) == [("/b2/", "/page"), ("/b3/", "/page"), ("/b4/", "/page")]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_who_does_not_take_it_now_is_named_and_told_again_next_time(blog: Blog, cited: str, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    blog.post("un", cited)
    blog.village.answers["/recoit"] = status
    assert len(blog.mention()) == 1
    assert f"répond {status} ; la prochaine publication recommence" in capsys.readouterr().err
    assert "à refaire (1)" in blog.state
    del blog.village.answers["/recoit"]
    assert len(blog.mention()) == 1
    assert "envoyée le" in blog.state
    assert blog.mention() == []


def test_who_never_answers_is_left_alone_until_the_text_changes(blog: Blog, village: Village, cited: str) -> None:
    blog.post("un", cited)
    village.answers["/recoit"] = 500
    assert [len(blog.mention()) for _ in range(7)] == [1, 1, 1, 1, 1, 0, 0]
    blog.post("un", cited, words="Corrigé.")
    assert len(blog.mention()) == 1


@pytest.mark.parametrize("status", [400, 301, 404])
def test_who_refuses_is_asked_no_more_for_this_text_and_no_redirection_is_followed(blog: Blog, village: Village, cited: str, status: int) -> None:
    blog.post("un", cited)
    village.answers["/recoit"] = status
    assert len(blog.mention()) == 1
    assert ("à refaire" if status == 301 else "refusée") in blog.state


def test_an_update_that_nobody_took_is_sent_again_and_a_deletion_too(blog: Blog, village: Village, cited: str) -> None:
    blog.post("un", cited)
    blog.mention()
    village.answers["/recoit"] = 503
    blog.post("un", cited, words="Corrigé.")
    assert [len(blog.mention()), len(blog.mention())] == [1, 1]
    blog.remove("un")
    assert len(blog.mention()) == 1
    del village.answers["/recoit"]
    assert len(blog.mention()) == 1
    assert blog.mention() == []


@pytest.mark.parametrize(
    "target", ["http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]:{port}/page", "http://localhost:{port}/page", "http://192.168.1.1/"]
)
@pytest.mark.parametrize("way", ["cited", "redirection", "receiver", "header"])
def test_a_machine_of_a_private_network_is_never_asked_whatever_leads_there(blog: Blog, village: Village, target: str, way: str) -> None:
    address = target.replace("{port}", str(village.port))
    village.pages["/page"] = {
        "cited": TAKES,
        "redirection": Page(status=307, headers=(("Location", address),)),
        "receiver": Page(f'<a rel="webmention" href="{address}">ici</a>'),
        "header": Page(headers=(("Link", f"<{address}>; rel=webmention"),)),
    }[way]
    blog.post("un", address if way == "cited" else village.url("/page"))
    start = time.monotonic()
    assert blog.mention(allowed=(f"{OTHERS}/32",)) == []
    assert time.monotonic() - start < 5  # nobody waited for it
    assert {one.partition(" ")[2].partition("/")[0] for one in village.asked} <= {OTHERS}
    assert "envoyée" not in blog.state


def test_hosts_are_asked_together_and_each_one_thing_at_a_time(blog: Blog, village: Village) -> None:
    village.pages["/page"], village.pages["/deux"] = TAKES, TAKES
    village.pause = 0.3
    hosts = [f"127.0.0.{number}" for number in range(2, 8)]
    blog.post("un", *(village.url(path, host) for host in hosts for path in ("/page", "/deux")))
    start = time.monotonic()
    assert len(blog.mention()) == 12
    assert time.monotonic() - start < 12 * 2 * 0.3
    assert {village.at_once[host] for host in hosts} == {1}


def test_time_is_bounded_and_what_is_left_waits(blog: Blog, village: Village, cited: str, capsys: pytest.CaptureFixture[str]) -> None:
    blog.post("un", cited)
    village.pause = 8.0
    start = time.monotonic()
    assert blog.mention(longest=1.0, timeout=30.0, total=30.0) == []
    assert time.monotonic() - start < 7
    assert "1 webmention attend la prochaine publication." in capsys.readouterr().out.replace("\u00a0", " ")
    assert blog.state == "" or "/un/" not in blog.state


def test_a_page_without_end_is_read_as_far_as_the_bound(blog: Blog, village: Village) -> None:
    village.pages["/page"] = Page("x" * 50_000 + TAKES.body)
    blog.post("un", village.url("/page"))
    assert blog.mention(size=1000) == []
    assert "ne reçoit rien" in blog.state


def test_a_line_that_nobody_understands_stops_all_of_them(blog: Blog, cited: str, capsys: pytest.CaptureFixture[str]) -> None:
    blog.post("un", cited)
    path = blog.folder / "content" / sent.FILE
    path.write_text("# Liste\n<<<<<<< ici\n", encoding="utf-8")
    assert blog.mention() == []
    assert not blog.is_kept
    assert "webmentions.txt:2 : cette ligne ne se lit pas" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "# Liste\n<<<<<<< ici\n"


def test_a_forge_sends_none_since_it_could_not_keep_what_it_sent(
    blog: Blog, cited: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", "true")
    blog.post("un", cited)
    assert blog.mention() == []
    assert "chez vous" in capsys.readouterr().out


def test_two_branches_merge_and_the_later_line_counts(blog: Blog, cited: str) -> None:
    blog.post("un", cited)
    blog.mention()
    known, wrong = sent.parse(blog.state)
    ((link, last),) = known.items()
    earlier = dataclasses.replace(last, result=sent.Result.RETRY, day="2020-01-01", failures=3)
    for lines in ([sent.text({link: earlier}), blog.state], [blog.state, sent.text({link: earlier})]):
        assert sent.parse("".join(lines)) == (known, wrong)
    assert sent.parse(sent.text(known)) == (known, [])


def test_a_list_that_cannot_be_written_says_so(blog: Blog, cited: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> bool:
        raise OSError(28, "no space left")

    blog.post("un", cited)
    monkeypatch.setattr(sent, "save", full)
    blog.mention()
    assert not blog.is_kept
    assert "n'a pas pu être noté" in capsys.readouterr().err
