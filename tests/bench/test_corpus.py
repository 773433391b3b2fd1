import collections
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, pelican


def _corpus(folder: Path, seed: int = 1, hash_seed: str = "0") -> dict[str, bytes]:
    command = [sys.executable, ROOT / "tests" / "bench" / "corpus.py", "20", folder, "--seed", str(seed)]
    subprocess.run(command, check=True, capture_output=True, timeout=240, env={**os.environ, "PYTHONHASHSEED": hash_seed})
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    _corpus(folder)
    return folder


def test_one_seed_makes_one_blog(tmp_path):
    one, again, other = _corpus(tmp_path / "a"), _corpus(tmp_path / "b", hash_seed="1"), _corpus(tmp_path / "c", seed=2)
    assert one == again
    assert one != other


def test_no_two_posts_share_an_address_or_an_id(content):
    posts = sorted((content / "articles").rglob("*.md"))
    ids = [line for post in posts for line in post.read_text(encoding="utf-8").split("\n") if line.startswith("Id: ")]
    assert len(posts) == len(ids) == 20
    assert max(collections.Counter([*ids, *(post.stem for post in posts)]).values()) == 1


def test_the_made_up_blog_is_published_without_a_word(content):
    made = pelican(content, content.parent / "output", settings="public")
    assert made.code == 0, made.said
    assert "PDV" not in made.said
    assert len(list(made.output.glob("20*/*/*/index.html"))) == 20
