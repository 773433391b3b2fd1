"""Every command that changes an author's texts takes its change back, on texts that git has never seen and on unsaved paragraphs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import without_posts
from tests.invoking import invoke

POST = b"\xef\xbb\xbfTitle: Un\r\nDate: 2024-05-02\r\nCategory: Essais\r\nTags: films, toile\r\n\r\nUn paragraphe que git ne conna\xc3\xaet pas.\r\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Never under git; the identifiers are in another name than ours."""
    folder = without_posts(tmp_path / "projet")
    post = folder / "content" / "articles" / "un.md"
    post.write_bytes(POST)
    post.chmod(0o640)
    (folder / "content" / "tags.toml").write_bytes(b'# Le registre.\r\n["toile"]\r\n\r\n["perdu"]\r\n')
    conf = folder / "pelicanconf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + '\nPLANCHER_FEEDS = FeedSettings(authority="carnet-du-port.fr")\n', encoding="utf-8")
    return folder


def seen(project: Path) -> dict[str, tuple[bytes | None, int]]:
    found = sorted((project / "content").rglob("*"))
    return {path.relative_to(project).as_posix(): (path.read_bytes() if path.is_file() else None, path.stat().st_mode) for path in found}


@pytest.mark.parametrize(
    "words",
    [
        ("tags.rename", "toile", "web"),
        ("tags.merge", "films, toile", "toile"),
        ("tags.unused", "--remove"),
        ("links.import", "favoris.html"),
        ("new", "Un titre"),
    ],
    ids=lambda words: words[0],
)
def test_a_change_is_taken_back_and_made_again(project: Path, words: tuple[str, ...]) -> None:
    (project / "favoris.html").write_text('<DL><p><DT><A HREF="https://exemple.fr/a">A</A></DL>', encoding="utf-8")
    before = seen(project)
    done = invoke(project, *words)
    assert done.returncode == 0, done.stderr
    after = seen(project)
    assert after != before
    undone = invoke(project, words[0], "--undo")
    assert undone.returncode == 0, undone.stderr
    assert seen(project) == before
    assert invoke(project, words[0], "--redo").returncode == 0
    assert seen(project) == after


def test_a_draft_gives_its_links_back_and_bears_the_site_s_own_name(project: Path) -> None:
    (project / "adresses.txt").write_text("https://exemple.fr/a\nhttps://exemple.fr/b\n", encoding="utf-8")
    invoke(project, "links.import", "adresses.txt")
    before = seen(project)
    assert invoke(project, "links.draft", "--count", "1").returncode == 0
    (post,) = (project / "content" / "articles").rglob("revue-*.md")
    assert "\nId: tag:carnet-du-port.fr," in post.read_text(encoding="utf-8")
    assert invoke(project, "links.draft", "--undo").returncode == 0
    assert seen(project) == before
    assert invoke(project, "clean").returncode == 0
    assert invoke(project, "links.import", "--undo").returncode == 0
    assert not (project / "content" / "links").exists()


def test_a_paragraph_written_since_is_never_lost(project: Path) -> None:
    invoke(project, "tags.merge", "films, toile", "toile")
    post = project / "content" / "articles" / "un.md"
    written = post.read_bytes() + "\r\nÉcrit depuis.\r\n".encode()
    post.write_bytes(written)
    undone = invoke(project, "tags.merge", "--undo")
    assert undone.returncode == 1
    assert "content/articles/un.md a changé depuis : laissé tel quel" in undone.stdout
    assert post.read_bytes() == written
    assert (project / "content" / "tags.toml").read_bytes() == b'# Le registre.\r\n["toile"]\r\n\r\n["perdu"]\r\n'


def test_a_new_post_bears_the_site_s_own_name_and_a_broken_settings_file_is_told(project: Path) -> None:
    assert invoke(project, "new", 'Titre: "x" [y] # z').returncode == 0
    (post,) = (project / "content" / "articles").rglob("titre-x-y-z.md")
    assert "\nId: tag:carnet-du-port.fr," in post.read_text(encoding="utf-8")
    conf = project / "pelicanconf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + "\nSITENAME = (\n", encoding="utf-8")
    told = invoke(project, "new", "Autre")
    assert told.returncode == 1
    assert "Rien n'a changé : pelicanconf.py ne se lit pas" in told.stderr
    assert "Traceback" not in told.stderr


def test_an_undo_with_nothing_to_undo_says_so(project: Path) -> None:
    told = invoke(project, "talks.fetch", "--undo")
    assert told.returncode == 1
    assert "rien à défaire pour « invoke talks.fetch »" in told.stderr


def test_visits_of_links_are_forgotten_too(project: Path) -> None:
    state = project / "content" / "links" / "state.json"
    state.parent.mkdir()
    text = json.dumps({"version": 1, "links": {}})
    state.write_text(text, encoding="utf-8")
    assert invoke(project, "links.check", "--no-copies").returncode == 0
    assert state.read_text(encoding="utf-8") != text
    assert invoke(project, "links.check", "--undo").returncode == 0
    assert state.read_text(encoding="utf-8") == text
