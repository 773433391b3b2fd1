"""The wall: what is on the disk is read, or refused in French; nothing hangs, nothing is a traceback."""

from __future__ import annotations

import errno
import os
import pickle
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.base import data, digest, files
from plancher.base.data import DataError
from plancher.base.files import UnreadableError
from plancher.cache import tree


def why(path: Path, **wishes: int) -> str:
    with pytest.raises(UnreadableError) as error:
        files.read(path, **wishes)
    assert error.value.path == path
    return str(error.value)


def test_what_is_no_ordinary_file_is_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "tube")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("prise")
        assert {why(tmp_path / name) for name in ("tube", "prise")} == {"ce n'est pas un fichier ordinaire"}
    assert why(Path("/dev/zero")) == "ce n'est pas un fichier ordinaire"
    assert why(tmp_path) == "c'est un dossier"


def test_a_file_that_cannot_be_is_refused_in_french(tmp_path: Path) -> None:
    (tmp_path / "rond").symlink_to("rond")
    assert why(tmp_path / "absent") == "il n'existe plus"
    assert why(tmp_path / ("a" * 300)) == "son nom, ou son chemin, est trop long"
    assert why(tmp_path / "a\0b") == "son nom ne peut pas exister"
    assert why(tmp_path / "rond") == "des liens symboliques tournent en rond"


@pytest.mark.parametrize(
    ("number", "words"), [(errno.EACCES, "pas le droit de le lire"), (errno.EIO, "le disque ne répond pas"), (9999, "le disque ne le donne pas")]
)
def test_whatever_the_disk_answers_is_said_in_french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, "Something in English")

    monkeypatch.setattr(os, "open", refuse)
    assert words in why(tmp_path / "a")


def test_a_file_is_too_large_whatever_its_size_was_when_it_was_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "grand"
    path.write_bytes(b"x" * 2_000_000)
    assert files.read(path, most=2_000_000) == b"x" * 2_000_000
    assert why(path, most=1_999_999) == "il dépasse 1 Mo"
    seen = os.stat_result((path.stat().st_mode, 0, 0, 1, 0, 0, 10, 0, 0, 0))
    monkeypatch.setattr(os, "fstat", lambda _: seen)  # as it was before somebody wrote
    assert why(path, most=1_000_000) == "il dépasse 1 Mo"
    assert len(files.read(path)) == 2_000_000


def test_a_text_is_utf_8_with_or_without_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "texte"
    path.write_bytes("\ufeffa\r\nb\rc".encode())
    assert files.read_text(path) == "a\nb\nc"
    path.write_bytes("a\n\né".encode("latin-1"))
    with pytest.raises(UnreadableError, match="UTF-8") as error:
        files.read_text(path)
    assert error.value.line == 3


def test_why_a_file_cannot_be_read_travels_between_processes(tmp_path: Path) -> None:
    there = pickle.loads(pickle.dumps(UnreadableError(tmp_path, "il n'existe plus", 3)))
    assert (there.path, str(there), there.line) == (tmp_path, "il n'existe plus", 3)


@pytest.mark.parametrize(
    ("path", "expected"), [("été.md", "été.md"), (os.fsdecode(b"lat\xe9.md"), "lat\\xe9.md"), ("a\nb\x1b[31m", "a\\nb\\x1b[31m"), ("a\u202eb", "a\\u202eb")]
)
def test_a_path_is_shown_on_one_line_that_any_terminal_takes(path: str, expected: str) -> None:
    assert files.shown(path) == expected


# The walk.


def test_what_a_site_cannot_hold_is_refused_by_its_name_and_the_rest_is_seen(tmp_path: Path) -> None:
    (tmp_path / "un.md").write_text("texte", encoding="utf-8")
    (tmp_path / "é'«😀 .md").write_text("texte", encoding="utf-8")
    odd = [b"lat\xe9.md", b"dossier\xff/a.md", b"a\nb.md", b"a\x1b.md", "a\u0085b.png".encode()]
    for name in odd:
        place = tmp_path / os.fsdecode(name)
        place.parent.mkdir(exist_ok=True)
        place.touch()
    os.mkfifo(tmp_path / "tube.png")
    seen = tree.scan(tmp_path, [])
    assert set(seen.files) == {"un.md", "é'«😀 .md"}
    whys = {files.shown(name): reason for name, reason in seen.refused.items()}
    assert {name for name, reason in whys.items() if "n'est pas en UTF-8" in reason} == {"lat\\xe9.md", "dossier\\xff"}
    assert {name for name, reason in whys.items() if "caractère invisible" in reason} == {"a\\nb.md", "a\\x1b.md", "a\\x85b.png"}
    assert "tube ou un appareil" in whys["tube.png"]


def test_folders_without_end_are_refused_where_they_become_too_deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "un.md").touch()
    monkeypatch.chdir(tmp_path)
    for _ in range(520):
        Path("d").mkdir()
        os.chdir("d")
    seen = tree.scan(tmp_path, [])
    assert list(seen.files) == ["un.md"]
    ((name, reason),) = seen.refused.items()
    assert name.startswith("d/d/d/")
    assert "trop de dossiers" in reason


def test_a_file_that_goes_away_while_one_looks_was_never_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "un.md").write_text("texte", encoding="utf-8")
    (tmp_path / "deux.md").write_text("texte", encoding="utf-8")
    real = os.scandir

    def scandir(path: object) -> list[os.DirEntry[str]]:
        found = list(real(path))
        (tmp_path / "un.md").unlink(missing_ok=True)
        return found

    monkeypatch.setattr(os, "scandir", scandir)
    seen = tree.scan(tmp_path, [])
    assert (list(seen.files), seen.refused) == (["deux.md"], {})
    (tmp_path / "deux.md").unlink()
    assert seen.digest("deux.md") is None


def test_what_nobody_lets_us_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.png").touch(mode=0)
    monkeypatch.setattr(tree, "_me", lambda: (tmp_path / "secret.png").stat().st_uid or 1)
    owner = (tmp_path / "secret.png").stat().st_uid
    if owner == 0:  # root owns it: as if somebody else did
        monkeypatch.setattr(tree, "_me", lambda: 1)
        os.chown(tmp_path / "secret.png", 1, 1)
    assert "pas le droit de le lire" in tree.scan(tmp_path, []).refused["secret.png"]


@pytest.mark.parametrize("path", ["a" * 5000, "a\0b", "/etc/passwd", "../x", "a/" * 3000])
def test_a_name_that_no_file_can_have_has_no_content(tmp_path: Path, path: str) -> None:
    assert tree.scan(tmp_path, []).digest(path) is None


def test_files_below_folders_are_those_that_settings_name(tmp_path: Path) -> None:
    for name in ("images/a.png", "images/petites/b.png", "imagesx/c.png", "extra/robots.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    seen = tree.scan(tmp_path, [])
    assert sorted(seen.below(["images", "extra/robots.txt"], ["images/petites"])) == ["extra/robots.txt", "images/a.png"]
    assert sorted(seen.below(["."])) == sorted(seen.below([""])) == sorted(seen.files)


# Data.


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 100_000, "trop de niveaux"),
        ('{"a":' * 100_000, "trop de niveaux"),
        ("9" * 5000, "trop de chiffres"),
        ("-" + "1" * 301, "trop de chiffres"),
        ("NaN", "NaN et Infinity"),
        ("[-Infinity]", "NaN et Infinity"),
        ('"\\ud800"', "la moitié d'une lettre"),
        ('{"\\udfff": 1}', "la moitié d'une lettre"),
        ('{"a": 1, "b": {"c": 1, "c": 2}}', "« c » y est deux fois"),
        ("", "pas du JSON"),
        ("\0", "pas du JSON"),
        ("{'a': 1}", "pas du JSON"),
        ('{"a": 1}}', "pas du JSON"),
    ],
)
def test_what_is_no_json_is_refused_in_french(text: str, words: str) -> None:
    with pytest.raises(DataError, match=words):
        data.from_json(text)


def test_a_letter_of_two_halves_is_a_letter() -> None:
    assert data.from_json('["\\ud83d\\ude00", 1.5, -3, null]') == ["😀", 1.5, -3, None]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a = " + "[" * 3000, "trop de niveaux"),
        ("a = " + "{a=" * 3000, "trop de niveaux"),
        ("a = " + "1" * 5000, "est impossible"),
        ("a = 1\na = 2", "pas du TOML"),
        ("\n\na = \0", "pas du TOML"),
        ('a = "\\ud800"', "pas du TOML"),
        ("a = 2024-99-99", "pas du TOML|est impossible"),
    ],
)
def test_what_is_no_toml_is_refused_in_french(text: str, words: str) -> None:
    with pytest.raises(DataError, match=words):
        data.from_toml(text)


def test_the_line_of_what_is_wrong_is_told() -> None:
    for read, text in ((data.from_json, '{"a": 1,\n\n b}'), (data.from_toml, "a = 1\n\nb")):
        with pytest.raises(DataError) as error:
            read(text)
        assert error.value.line == 3


@given(
    st.text()
    | st.recursive(
        st.sampled_from(["1", '"a"', "[", "]", "{", "}", ":", ",", "=", "\n", "a", "1e9", "\\ud800", "'", '"""']), lambda one: st.lists(one).map("".join)
    )
)
def test_no_text_makes_a_reader_of_data_fail_otherwise(text: str) -> None:
    for read in (data.from_json, data.from_toml):
        try:
            read(text)
        except DataError as error:
            assert 1 <= error.line <= text.count("\n") + 1


def test_a_pipe_that_has_the_name_of_a_program_is_no_part_of_the_code(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("a = 1\n")
    before = digest.of_code(tmp_path)
    os.mkfifo(tmp_path / "b.py")
    (tmp_path / "c.py").mkdir()
    assert digest.of_code(tmp_path) == before


def test_links_that_turn_in_a_circle_lead_to_themselves(tmp_path: Path) -> None:
    (tmp_path / "rond").symlink_to("autre")
    (tmp_path / "autre").symlink_to("rond")
    (tmp_path / "seul").symlink_to("seul")
    (tmp_path / "droit").symlink_to(tmp_path / "x" / "..")
    assert {name: files.real(tmp_path / name / "a").parent.name for name in ("rond", "seul")} == {"rond": "rond", "seul": "seul"}
    assert files.real(tmp_path / "droit") == files.real(tmp_path)
