"""Words of somebody else, written into Markdown or into a header, read back as these very words."""

from __future__ import annotations

import datetime as dt
import html
import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from plancher.commands import talks as fetch
from plancher.commands.links import inbox
from plancher.components.talks import platforms
from plancher.importing.bookmarks import bookmark
from plancher.importing.bookmarks.bookmarks import Bookmark
from plancher.markdown.convert import Converter, Reading
from plancher.markdown.place import Place
from plancher.text import drafts, header, plain
from plancher.text.front import FrontRules

from tests.grammar import grammar_of

FILM = platforms.recognise("https://youtu.be/dQw4w9WgXcQ")
RULES = FrontRules(is_page=False, templates=(), timezone=dt.UTC)
PIECES = st.sampled_from(
    "* ** _ __ ` `` [ ] ( ) ![ ]( ](http://x.fr) < > <b> </b> <!-- --> <script> & &amp; &lt; &copy; &#42; &copy \\ \\* \\\\ { } {: #a} {static} | ~~ ~ ^ [^1] [!note] "
    "> # - + 1. : url : https://exemple.fr/ www.exemple.fr a@exemple.fr *[HTML]: [a]: http:// = --- ``` ~~~ $ $$ % @ « » \" ' — … é œ 漢字 👩‍👩‍👧 ❤️ \u202e \u200b \u00ad \u0007 "
    "Status: draft Title: x: y \n \r\n \t \u2028 \u00a0 a b mot Mot".split(" ")
)
TEXTS = (
    st.lists(PIECES | st.text(max_size=4), min_size=1, max_size=12).map(" ".join)
    | st.lists(PIECES, min_size=1, max_size=12).map("".join)
    | st.text(max_size=40)
)


@pytest.fixture(scope="module")
def converter(tmp_path_factory: pytest.TempPathFactory) -> Converter:
    """Reads as a site without typography does: what it sets is another matter."""
    brought = grammar_of(["plancher.components.callouts", "plancher.components.talks", "plancher.components.links"], {"PLANCHER_TALKS": None})
    return Converter(tmp_path_factory.mktemp("contenu"), brought)


def read(converter: Converter, body: str) -> Reading:
    text = f"Title: T\nDate: 2024-05-02\n\n{body}"
    return converter.read_bytes(text.encode(), RULES, Place(converter.root, converter.root))


def shown(fragment: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", fragment)).split())


def letters(text: str) -> str:
    """What is left of a note whatever Markdown its owner typed: numbers of lists are marks."""
    return "".join(re.findall(r"[^\W_]", re.sub(r"(?<!\w)\d{1,9}[.)](?!\S)", "", text)))


@settings(deadline=None, max_examples=int(os.environ.get("EX", "60")), suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
@example("# Un *dièse*")
@example("- un *tiret*")
@example("+ un *plus*")
@example("1. un *nombre*")
@example("---")
@example("#")
@example("$$")
@example("Le *vrai* prix <b>")
@example("[^0] &copy; &#42; ~~barré~~")
@example("[!note] url : https://exemple.fr/ | a | b")
@example("$$")
@example("^*[HTML]:")
@example("> cité `code` \\* fin\\")
@example("\u202e\x07\u2028 a\nb")
def test_what_a_platform_says_reads_as_it_said_it(converter: Converter, typed: str) -> None:
    title = plain.unescaped(fetch._words(typed))
    block = fetch.block(FILM, {"title": typed, "author_name": typed}, "")
    reading = read(converter, block.replace("À écrire : ce qui s'y dit, en deux phrases.", "Fin."))
    assert not [problem for problem in reading.problems if problem.line < 8 and problem.code != "PDV033"], block
    (talk,) = reading.entries["TalkEntry"]
    assert talk.title == (title or "Film sur YouTube")
    assert talk.speakers == ((title,) if title else ())
    heading = re.search(r'<p class="talk-title">(.*?)</p>', reading.html, re.DOTALL)[1]
    assert shown(heading) == " ".join(f"Vidéo : {title or 'Film sur YouTube'}".split())
    assert "<b>" not in heading
    assert plain.words(plain.escaped(title)) == title


def test_a_title_of_ten_thousand_letters_is_cut_at_a_word() -> None:
    title = plain.unescaped(fetch._words("*mot* " * 2000))
    assert len(title) <= 200
    assert title.endswith("*mot*…")


@settings(deadline=None, max_examples=int(os.environ.get("EX", "60")), suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.builds(
            Bookmark, url=st.from_regex(r"https://exemple\.fr/[a-z]{6}", fullmatch=True), title=TEXTS, note=TEXTS.map(lambda note: note.replace("\x85", ""))
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda one: one.url,
    )
)
@example([Bookmark(url="https://exemple.fr/a", title="^*[HTML]:")])
def test_bookmarks_go_through_the_inbox_into_a_draft_as_they_are(converter: Converter, typed: list[Bookmark]) -> None:
    kept = [Bookmark(url=one.url, title=bookmark.words(one.title), note=bookmark.note(one.note), tags=("a/b", '"c"', "[d]")) for one in typed]
    waiting = inbox.items(inbox.add("", kept))[1]
    assert [(item.title, item.url) for item in waiting] == [(one.title or one.url, one.url) for one in kept]
    text = inbox.roundup(waiting, dt.date(2026, 11, 30), "exemple.fr")
    reading = converter.read_bytes(text.encode(), RULES, Place(converter.root, converter.root))
    assert not [problem for problem in reading.problems if problem.code not in {"PDV033", "PDV045", "PDV046", "PDV047"}], text  # its owner's own Markdown
    assert [(link.title, link.url) for link in reading.entries["LinkEntry"]] == [(one.title or one.url, one.url) for one in kept]
    assert reading.document.front.tags == ("a b", "c", "d")
    for link, one in zip(reading.entries["LinkEntry"], kept, strict=True):
        assert letters(link.comment) == letters(one.note), text


@given(TEXTS)
def test_a_title_typed_at_a_terminal_is_the_title_of_the_post(typed: str) -> None:
    title = drafts.clean(typed)
    if not title:
        return
    text = drafts.text(title, "x", dt.datetime(2024, 5, 2, tzinfo=dt.UTC), "exemple.fr")
    read = header.split(text.split("\n"))
    assert not read.problems
    assert [field.key for field in read.fields if field.key in {"Title", "Date", "Status", "Id"}] == ["Title", "Date", "Status", "Id"]
    quotes = str.maketrans(dict.fromkeys("\"'«»’ []", None))
    assert read.fields[0].value.translate(quotes) == title.translate(quotes)
    if '"' not in title and "'" not in title:
        assert read.fields[0].value == title


@pytest.mark.parametrize(
    "title",
    [
        "Title: x: y",
        "# Un dièse",
        "[Entre crochets]",
        'Un "mot" cité',
        '"Tout" et "partie"',
        "a" * 300,
        "🐄 et 🌾",
        "Status: draft",
        "- a",
        "'x'",
        "l'été d'après",
    ],
)
def test_such_titles_are_kept(title: str) -> None:
    assert header.split([header.line("Title", title)]).fields[0].value == title


def test_a_title_all_in_quotes_has_those_of_french() -> None:
    assert header.split([header.line("Title", '"Bonjour"')]).fields[0].value in {"« Bonjour »", '"Bonjour"'}


def test_files_are_named_after_paths_only(tmp_path: Path) -> None:
    assert drafts.slug("../../etc/passwd") == "etc-passwd"
