"""Archives written to hurt: names that climb out, bombs, names that lie; for each reader that opens an archive."""

from __future__ import annotations

import errno
import os
import zipfile
from pathlib import Path

import pytest
from plancher.importing.blogs.readers import READERS
from plancher.importing.blogs.source import Source, SourceError

from tests.importing.blogs.readers.exports import archive, folder

COLUMNS = "post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url\n"


@pytest.mark.parametrize("name", ["../un.txt", "/etc/un.txt", "a/../../un.txt", "..\\un.txt", "C:\\un.txt"])
def test_a_name_that_climbs_out_of_its_folder_stops_all(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="sortirait"):
        archive(tmp_path, {name: "///DOTCLEAR|2.6|single\n"})


def test_a_bomb_stops_before_it_is_opened(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="démesuré"):
        archive(tmp_path, {"blog.txt": b"///DOTCLEAR|2.6|single\n" + b"\0" * 60_000_000})


def test_a_table_cannot_name_a_file_outside_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("SECRET", encoding="utf-8")
    row = '../../secret,2022-01-02,true,,,newsletter,everyone,"x",,\n'
    source = folder(tmp_path / "export", {"posts.csv": COLUMNS + row})
    reader = next(reader for reader in READERS if reader.recognises(source))
    assert "SECRET" not in "".join(map(repr, reader.read(source)))


def test_an_archive_cut_in_the_middle_says_so(tmp_path: Path) -> None:
    archive(tmp_path, {"posts.csv": COLUMNS, "posts/1.x.html": "<p>" + "mot " * 5000})
    path = tmp_path / "export.zip"
    raw = bytearray(path.read_bytes())
    start = raw.find(b"posts.csv") + 15
    raw[start : start + 20] = b"\xff" * 20
    path.write_bytes(raw)
    assert zipfile.is_zipfile(path)
    source = Source(path)
    with pytest.raises(SourceError, match="abîmé"):
        next(reader for reader in READERS if reader.recognises(source)).read(source)


def test_a_folder_that_cannot_be_read_is_told_before_anything_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ouvert/un.md", "ferme/deux.md", ".Trashes/trois.md"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("# Un", encoding="utf-8")
    closed = {".Trashes"}
    scandir = os.scandir

    def refusing(path: str) -> object:
        if Path(path).name in closed:
            raise PermissionError(errno.EACCES, "refused", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert [part.name for part in Source(tmp_path).parts] == ["ferme/deux.md", "ouvert/un.md"]
    closed.add("ferme")
    with pytest.raises(SourceError, match=r"ferme » ne se lit pas"):
        Source(tmp_path)
