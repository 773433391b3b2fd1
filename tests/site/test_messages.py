"""A message is about the line of the fault itself, says what to type, and guesses only what is sure."""

from __future__ import annotations

import pytest
from plancher.base.problems import Problem
from plancher.site import stray_files
from plancher.text import source

HEAD = "Title: Un\nDate: 2024-05-02\nSummary: Dit.\n\n"


def said(made, name: str = "un.md") -> list[str]:
    """What was said of a file, from its line on, without what it does to publication."""
    marker = f"/{name}:"
    return [line.split(marker, 1)[1].rsplit(" [", 1)[0] for line in made.said.splitlines() if marker in line]


TEXT = f"""{HEAD}\
![Un dessin]({{static}}/images/a.png) est décrit.

![]({{static}}/images/a.png) ne l'est pas, <img src="{{static}}/images/a.png"> non plus.

Voir `[ceci]({{filename}}absent.md)` dans du code, puis [ceci]({{filename}}absent.md).

Et encore [cela]({{filename}}absent.md), [le site](www.exemple.fr), [un autre](deux.html), [écrire](a@exemple.fr), [ici](file:///C:/a.pdf).

[Là](#un-titr), [là]({{filename}}deux.md#fini), [là](/2024/05/deux/#la-fin), [là](#un-titre), [là]({{filename}}deux.md#la-fin).

## Un titre

![](data:image/png;base64,{"A" * 4000})

Note[^1] et note[^1].

Encore [là](#un-titr), <b onclick="a">ici</b>.

Et <b onclick="a">là</b>. Loà¯c a mangÃ© Ã  midi.

Enfin, `[ceci]({{filename}}absent.md)` n'est que du code.
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory):
    from PIL import Image  # noqa: PLC0415 - here only

    from tests.conftest import pelican  # noqa: PLC0415 - the same

    content = tmp_path_factory.mktemp("textes") / "content"
    for folder in ("articles", "images"):
        (content / folder).mkdir(parents=True)
    Image.new("RGB", (4, 4)).save(content / "images" / "a.png")
    (content / "articles" / "un.md").write_text(TEXT, encoding="utf-8")
    (content / "articles" / "deux.md").write_text(f"{HEAD.replace('Un', 'Deux')}## La fin\n", encoding="utf-8")
    for name in ("trois.docx", "quatre.md.txt", "cinq.markdown", "six", "un.md~", ".sept.md", "un (copie).md"):
        (content / "articles" / name).write_text(HEAD.replace("Un", name), encoding="utf-8")
    return pelican(content, content.parent / "output", 'PLANCHER_READING={"mode": "check"}')


def test_every_place_of_a_fault_is_said_and_no_other_mention(report) -> None:
    undescribed = [line.split(":")[0] for line in said(report) if "PDV041" in line]
    assert undescribed == ["7"]
    assert [line.split(":")[0] for line in said(report) if "PDV042" in line and "absent.md" in line] == ["9", "11"]
    assert [line.split(":")[0] for line in said(report) if "PDV050" in line or "PDV051" in line] == ["21", "23"]
    assert [line.split(":")[0] for line in said(report) if "PDV043" in line] == ["19"]


@pytest.mark.parametrize(
    "advice",
    [
        "« www.exemple.fr ». Écrivez « https://www.exemple.fr »",
        "« deux.html ». Écrivez « {filename}deux.md »",
        "« a@exemple.fr ». Écrivez « mailto:a@exemple.fr »",
        "« file:///C:/a.pdf » n'existe que sur votre machine",
    ],
)
def test_the_advice_is_what_to_type(report, advice: str) -> None:
    assert advice in report.said


def test_a_pasted_picture_is_told_once_and_never_printed_whole(report) -> None:
    assert [line.split(" ")[1] for line in said(report) if line.startswith("17:")] == ["PDV054"]
    assert max(map(len, report.said.splitlines())) < 500


def test_dead_anchors_of_the_site_are_said_with_the_nearest_one(report) -> None:
    dead = [line for line in said(report) if "PDV105" in line]
    assert [line.split(":")[0] for line in dead] == ["13", "13", "21"]
    assert any("« #un-titr »" in line and "« #un-titre »" in line for line in dead)
    assert any("« {filename}deux.md#fini »" in line and "« #la-fin »" in line for line in dead)


def test_each_line_says_whether_it_stops_a_publication(report) -> None:
    lines = [line for line in report.said.splitlines() if line.startswith("content/")]
    assert all(line.endswith(("[bloque la publication]", "[avertissement]", "[note]", "[suggestion]")) for line in lines)
    assert str(Problem(1, "PDV040", "Dit.", "a.md")) == "a.md:1: PDV040 Dit. [bloque la publication]"


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("trois.docx", "« trois.md »"),
        ("quatre.md.txt", "Renommez-le « quatre.md »"),
        ("cinq.markdown", "Renommez-le « cinq.md »"),
        ("six", "Renommez-le « six.md »".lower()),
        ("un.md~", "copie de travail de « un.md »"),
        (".sept.md", "Renommez-le « sept.md »"),
        ("un (copie).md", "gardé hors du site"),
    ],
)
def test_files_that_look_like_texts_are_told_with_what_to_do(report, name: str, advice: str) -> None:
    assert any(advice.lower() in line.lower() for line in said(report, name)), report.said


@pytest.mark.parametrize("name", ["a.doc", "a.odt", "a.rtf", "a.pages", "a.txt", "a.mdx", "a.html", "a.rst", "a.ipynb", "a.csv", "notes"])
def test_no_kind_of_text_vanishes_in_silence(name: str) -> None:
    from pathlib import Path  # noqa: PLC0415 - here only

    found = stray_files.problem(Path("articles") / name, ("articles/",))
    assert found is not None
    assert found.message.endswith(".")


@pytest.mark.parametrize(
    ("typed", "broken", "meant"),
    [
        ("Bonjour Loà¯c.", "Loà¯c", "Loïc"),
        ("Il a mangÃ© ici.", "mangÃ©", "mangé"),
        ("câ€™est dit", "câ€™est", "c’est"),
        ("DÃ©jÃ\u00a0 vu", "DÃ©jÃ", "Déjà"),
    ],
)
def test_a_broken_word_is_named_with_what_it_was(typed: str, broken: str, meant: str) -> None:
    (problem,) = source.decode(typed.encode()).problems
    assert (broken in problem.message, f"« {meant} »" in problem.message) == (True, True)
    assert "PDV033" in problem.code


def test_each_broken_word_of_a_line_is_named() -> None:
    assert len(source.decode("FranÃ§ois et Loà¯c".encode()).problems) == 2
