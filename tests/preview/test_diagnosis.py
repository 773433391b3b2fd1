"""From what stopped a build to a file, a line and a sentence."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from plancher.base.settings import SettingsError
from plancher.preview import diagnosis
from plancher.preview.preview import summary
from plancher.preview.report import Notice, Outcome


def raised(action) -> BaseException:
    try:
        action()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - given back
        return error
    raise AssertionError("rien n'a été levé")


def test_a_syntax_error_says_its_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "pelicanconf.py"
    error = raised(lambda: compile("a = 1\nb = (\n", str(path), "exec"))
    assert str(diagnosis.of(error, tmp_path)).startswith("pelicanconf.py:2: ce programme ne peut pas être lu : ")


def test_a_failing_program_is_named_by_the_line_of_the_project_not_of_a_library(tmp_path: Path) -> None:
    path = tmp_path / "plugins" / "x.py"
    code = compile("import json\n\njson.loads('{')\n", str(path), "exec")
    notice = diagnosis.of(raised(lambda: exec(code, {})), tmp_path)
    assert (notice.path, notice.line) == ("plugins/x.py", 3)
    assert "JSONDecodeError" in notice.message


def test_a_template_that_cannot_be_read_says_its_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("un\n{% oups %}\n", encoding="utf-8")
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(tmp_path), autoescape=True)
    notice = diagnosis.of(raised(lambda: env.get_template("page.html")), tmp_path)
    assert (notice.path, notice.line) == ("page.html", 2)
    assert "ce gabarit ne peut pas être rendu" in notice.message


def test_what_the_engine_caught_is_read_behind_its_stop(tmp_path: Path) -> None:
    def fail() -> None:
        raise RuntimeError("theme/templates/a.html:7: ce gabarit ne peut pas être rendu : 'x' is undefined.")

    def stop() -> None:
        try:
            fail()
        except RuntimeError:
            raise SystemExit(1) from None

    assert str(diagnosis.of(raised(stop), tmp_path)) == "theme/templates/a.html:7: ce gabarit ne peut pas être rendu : 'x' is undefined."


def test_a_wrong_setting_is_found_in_the_settings(tmp_path: Path) -> None:
    (tmp_path / "pelicanconf.py").write_text('SITENAME = "x"\nPLANCHER_FEEDS = {"a": 1}\n', encoding="utf-8")
    notice = diagnosis.of(SettingsError("réglage PLANCHER_FEEDS : nom inconnu « a »."), tmp_path)
    assert str(notice) == "pelicanconf.py:2: réglage PLANCHER_FEEDS : nom inconnu « a »."


def test_a_full_disk_is_said_with_the_file(tmp_path: Path) -> None:
    notice = diagnosis.of(OSError(28, "No space left on device", str(tmp_path / "a")), tmp_path)
    assert str(notice) == "a: ce fichier résiste : le disque est plein."


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome(made=("a/index.html", "b/index.html"), seconds=0.184), "2 pages refaites en 0,18 s"),
        (Outcome(made=("a/index.html", "f.xml"), seconds=1), "1 page refaite et 1 autre fichier refait en 1,00 s"),
        (Outcome(made=("t.css", "f.xml"), removed=("x/index.html",), seconds=0.1), "2 fichiers refaits et 1 page retirée en 0,10 s"),
        (
            Outcome(notices=(Notice(severity="erreur", message="a"), Notice(severity="avertissement", message="b"))),
            "Rien à refaire en 0,00 s ; 1 erreur et 1 avertissement",
        ),
        (Outcome(notices=(Notice(severity="panne", message="a"),)), "Le site n’a pas pu être reconstruit ; 1 panne"),
    ],
)
def test_the_terminal_counts_as_french_does(outcome: Outcome, said: str) -> None:
    assert summary(outcome).replace("\u00a0", " ") == said
