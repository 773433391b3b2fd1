"""A blog's own templates, styles and pictures: copied from the engine, and compared with it later."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from plancher.base import theme_folder
from plancher.commands import theme
from plancher.commands.theme import ThemeError

from tests.conftest import ROOT, pelican
from tests.site.test_site import post

FILE = "templates/partials/footer.html"


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The theme of an engine that a newer version may change."""
    folder = tmp_path / "engine"
    shutil.copytree(ROOT / "theme", folder)
    monkeypatch.setattr(theme_folder, "engine", lambda: folder)
    return folder


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    folder = tmp_path / "blog"
    (folder / "content" / "articles").mkdir(parents=True)
    (folder / "content" / "articles" / "a.md").write_text(post("A"), encoding="utf-8")
    return folder


def checked(blog: Path, engine: Path) -> list[str]:
    """What « invoke check » says of the blog's own theme."""
    ran = pelican(blog / "content", blog / "output", 'PLANCHER_READING={"mode": "check"}', f'THEME="{engine}"')
    return [line for line in ran.said.splitlines() if "PDV108" in line]


def test_a_copy_is_told_of_once_its_original_has_changed_and_no_more_once_it_was_seen(blog: Path, engine: Path) -> None:
    theme.copy(blog, FILE)
    (blog / "theme" / FILE).write_text("<footer>À nous</footer>\n", encoding="utf-8")
    assert checked(blog, engine) == []
    assert list(theme.differences(blog, "")) == []
    original = engine / FILE
    original.write_text(original.read_text(encoding="utf-8") + "<p>Nouveau</p>\n", encoding="utf-8")
    (line,) = checked(blog, engine)
    assert line.startswith(f"theme/{FILE}:1: PDV108 ce fichier remplace « {FILE} », qui a changé dans le moteur depuis.")
    assert "+<p>Nouveau</p>" in list(theme.differences(blog, FILE))
    theme.keep(blog, FILE)
    assert checked(blog, engine) == []
    assert (blog / "theme" / FILE).read_text(encoding="utf-8") == "<footer>À nous</footer>\n"


def test_a_file_put_there_by_hand_is_known_from_the_next_upgrade_on(blog: Path, engine: Path) -> None:
    own = blog / "theme" / "static" / "css" / "footer.css"
    own.parent.mkdir(parents=True)
    own.write_text(".footer { color: teal }\n", encoding="utf-8")
    (own.parent / "a-moi.css").write_text("p { margin: 0 }\n", encoding="utf-8")
    changes = theme.note_unknown(blog)
    assert [change.path.relative_to(blog).as_posix() for change in changes] == ["theme/origines/static/css/footer.css"]


def test_an_original_that_is_gone_is_told_of(blog: Path, engine: Path) -> None:
    theme.copy(blog, "static/js/copy.js")
    (engine / "static" / "js" / "copy.js").unlink()
    (line,) = checked(blog, engine)
    assert "que le moteur n'a plus" in line


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("templates/articel.html", "Vouliez-vous dire « templates/article.html » ?"),
        ("../pelicanconf.py", "le moteur n'a pas de fichier"),
        ("/etc/passwd", "le moteur n'a pas de fichier"),
        ("templates", "le moteur n'a pas de fichier"),
    ],
)
def test_only_files_of_the_engine_are_copied(blog: Path, engine: Path, name: str, words: str) -> None:
    with pytest.raises(ThemeError) as error:
        theme.copy(blog, name)
    assert words in str(error.value)
    assert not (blog / "theme").exists()


@pytest.mark.parametrize("typed", ["theme/templates/article.html", "templates\\article.html", "./templates/article.html"])
def test_a_name_may_be_typed_as_one_sees_it(blog: Path, engine: Path, typed: str) -> None:
    assert theme.copy(blog, typed).name == "templates/article.html"
    with pytest.raises(ThemeError, match="existe déjà"):
        theme.copy(blog, typed)
    with pytest.raises(ThemeError, match="n'est pas dans votre blog"):
        theme.keep(blog, FILE)
