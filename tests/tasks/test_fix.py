"""« invoke check --fix »: a published text that changed its address keeps the former one, and the change can be taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import without_posts
from tests.invoking import invoke

TEXTS = {
    "articles/un.md": "Title: Un\nDate: 2024-05-02\nCategory: Essais\n\nTexte.\n",
    "articles/deux.md": "---\ntitle: Deux\ndate: 2024-05-03\ncategory: Essais\n---\n\nTexte.\n",
    "articles/trois.md": '{"title": "Trois", "date": "2024-05-04"}\n\nTexte.\n',
    "articles/quatre.md": "Title: Quatre\nDate: 2024-05-05\nTags: PME\n\nTexte.\n",
    "pages/apropos.md": "Title: À propos\n\nTexte.\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A blog that was published, and then put in order."""
    folder = without_posts(tmp_path / "projet")
    content = folder / "content"
    (content / "pages").mkdir()
    for name, text in TEXTS.items():
        (content / name).write_text(text, encoding="utf-8")
    assert invoke(folder, "publish").returncode == 0
    (content / "articles" / "un.md").rename(content / "articles" / "premier.md")
    (content / "articles" / "deux.md").write_text(TEXTS["articles/deux.md"].replace("2024-05", "2024-06"), encoding="utf-8")
    (content / "articles" / "trois.md").write_text(TEXTS["articles/trois.md"].replace("2024-05", "2024-06"), encoding="utf-8")
    (content / "articles" / "quatre.md").write_text(TEXTS["articles/quatre.md"].replace("Date", "Status: draft\nDate"), encoding="utf-8")
    (content / "pages" / "apropos.md").rename(content / "pages" / "qui-sommes-nous.md")
    return folder


def said(text: str) -> list[str]:
    return sorted(line.partition(": PDV144 ")[0] for line in text.splitlines() if " PDV144 " in line)


def test_what_a_text_has_left_is_told_written_and_taken_back(project: Path) -> None:
    content = project / "content"
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    told = invoke(project, "check")
    assert told.returncode == 0
    (draft,) = [line for line in told.stderr.splitlines() if "articles/quatre.md" in line and "PDV144" in line]
    assert draft.startswith("content/articles/quatre.md:2: ")
    assert "/2024/05/quatre/ → rien" in draft
    assert {"content/articles/premier.md:2", "content/articles/deux.md:3", "content/articles/trois.md:1"} <= set(said(told.stderr))
    assert {path: path.read_bytes() for path in content.rglob("*") if path.is_file()} == before
    fixed = invoke(project, "verifier", "--fix")
    assert "content/articles/premier.md : « Aliases: /2024/05/un/ » ajouté." in fixed.stdout
    assert (content / "articles" / "premier.md").read_text(encoding="utf-8").startswith("Title: Un\nAliases: /2024/05/un/\nDate: ")
    assert (content / "articles" / "deux.md").read_text(encoding="utf-8").startswith("---\ntitle: Deux\nAliases: /2024/05/deux/\ndate: ")
    assert (content / "redirections.txt").read_text(encoding="utf-8") == "/2024/05/trois/ → /2024/06/trois/\n"
    left = invoke(project, "check")
    assert not {"content/articles/premier.md:2", "content/articles/deux.md:3", "content/articles/trois.md:1"} & set(said(left.stderr))
    assert "Aucune ancienne adresse" in invoke(project, "check", "--fix").stdout
    assert invoke(project, "check", "--undo").returncode == 0
    assert {path: path.read_bytes() for path in content.rglob("*") if path.is_file()} == before


def test_a_publication_tells_it_keeps_the_address_in_mind_and_what_was_written_answers(project: Path) -> None:
    told = invoke(project, "publish")
    assert told.returncode == 0
    assert said(told.stderr)
    listed = project / "content" / "adresses.txt"
    assert "\n/2024/05/quatre/ : articles/quatre | 2024-05-05 | Quatre\n" in listed.read_text(encoding="utf-8")
    invoke(project, "check", "--fix")
    listed.write_text(
        listed.read_text(encoding="utf-8").replace("/2024/05/quatre/ : articles/quatre | 2024-05-05 | Quatre", "/2024/05/quatre/ → rien"), encoding="utf-8"
    )
    again = invoke(project, "publish")
    assert not [line for line in said(again.stderr) if "articles" in line], again.stderr
    for path in ("2024/05/un", "2024/05/deux", "2024/05/trois"):
        assert 'http-equiv="refresh"' in (project / "output" / path / "index.html").read_text(encoding="utf-8")
    assert "\n/2024/05/quatre/ → rien\n" in listed.read_text(encoding="utf-8")


@pytest.mark.parametrize(("broken", "more"), [("content/adresses.txt", "/x/ → /y/\n"), ("pelicanconf.py", "\n(\n"), ("content/adresses.txt", "<<<<<<< un\n")])
def test_what_an_earlier_check_found_is_not_written_when_the_next_one_cannot_be_made(project: Path, broken: str, more: str) -> None:
    assert "ajouté" in invoke(project, "check", "--fix").stdout
    assert invoke(project, "check", "--undo").returncode == 0
    with (project / broken).open("a", encoding="utf-8") as file:
        file.write(more)
    before = {path: path.read_bytes() for path in (project / "content").rglob("*") if path.is_file()}
    again = invoke(project, "check", "--fix")
    assert again.returncode == 1
    assert "ajouté" not in again.stdout
    assert {path: path.read_bytes() for path in (project / "content").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("text", [TEXTS["articles/un.md"].replace("2024-05", "2024-07").encode() + b"\xe9\n", b"Title: Un\nDate: hier\n\nTexte.\n", b""])
def test_a_text_that_cannot_be_read_leads_nowhere_else_and_its_address_waits_for_it(project: Path, text: bytes) -> None:
    """What a preview shows in its place has a date that nobody typed."""
    (project / "content" / "articles" / "premier.md").unlink()
    (project / "content" / "articles" / "un.md").write_bytes(text)
    fixed = invoke(project, "check", "--fix")
    assert "Traceback" not in fixed.stderr
    assert "articles/un.md:" in fixed.stderr
    assert "/2024/05/un/" not in fixed.stdout + fixed.stderr
    assert "content/articles/deux.md : « Aliases: /2024/05/deux/ » ajouté." in fixed.stdout
    assert "/2024/05/un/" not in (project / "content" / "redirections.txt").read_text(encoding="utf-8")


def test_the_sizes_that_are_made_of_a_picture_are_no_addresses_of_the_authors(project: Path) -> None:
    """Its own one is: it stays where it is when the picture grows, while its sizes are others."""
    for width in (1400, 300):
        (project / "content" / "images").mkdir(exist_ok=True)
        Image.effect_noise((width, width // 2), 80).save(project / "content" / "images" / "quai.jpg")
        (project / "content" / "articles" / "un.md").write_text(f"{TEXTS['articles/un.md']}\n![Le quai]({{static}}/images/quai.jpg)\n", encoding="utf-8")
        told = invoke(project, "publish")
        assert told.returncode == 0, told.stderr
        sizes = [path for path in (project / "output" / "images").iterdir() if path.name != "quai.jpg"]
        assert bool(sizes) is (width == 1400)
        listed = (project / "content" / "adresses.txt").read_text(encoding="utf-8").splitlines()
        assert [line for line in listed if line.startswith("/images/")] == ["/images/quai.jpg"]
        assert "/images/" not in told.stderr


def test_a_build_says_nothing_of_it_and_a_list_that_cannot_be_read_stops_a_publication(project: Path) -> None:
    assert said(invoke(project, "build").stderr) == []
    with (project / "content" / "adresses.txt").open("a", encoding="utf-8") as listed:
        listed.write("/x/ → /y/\n")
    shutil.rmtree(project / ".cache")
    told = invoke(project, "publish")
    assert told.returncode == 1
    assert "PDV065" in told.stderr
