"""Archives written to hurt: names that climb out, bombs, names that lie; for each reader that opens an archive."""

from __future__ import annotations

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
