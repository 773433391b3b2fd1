"""What authors have on Windows: no copies of a process, no alarm, no exchange of folders, no locks of POSIX. The site is the same, byte for byte."""

from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import plancher
import pytest

from tests.build.small import difference, files
from tests.conftest import ROOT, without_posts
from tests.preview.running import Preview, post, project

HERE = Path(__file__).resolve().parent
ENV = {"PYTHONPATH": os.pathsep.join([str(HERE), str(ROOT / "plugins"), str(ROOT)])}


def python(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    ran = subprocess.run([sys.executable, *words], cwd=folder, env={**os.environ, **env}, capture_output=True, text=True, check=False, timeout=240)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran


def test_every_module_can_be_imported() -> None:
    names = [module.name for module in pkgutil.walk_packages(plancher.__path__, "plancher.") if not module.name.endswith("__main__")]
    assert len(names) > 300
    python(ROOT, "-W", "error", "-c", f"import importlib\nfor name in {names!r}: importlib.import_module(name)", **ENV)


def test_the_test_would_see_what_is_missing_there() -> None:
    for wrong in ("import fcntl", "import os; os.fork", "from signal import SIGKILL", "import os; os.open('.', 0)", "import ctypes; ctypes.CDLL(None)"):
        with pytest.raises(AssertionError):
            python(ROOT, "-c", f"exec({wrong!r}, {{'__package__': 'plancher.build', '__name__': 'plancher.build.x'}})", **ENV)


def blog(folder: Path, posts: int = 40) -> Path:
    articles = without_posts(folder) / "content" / "articles"
    for number in range(posts):
        (articles / f"b{number}.md").write_text(post(f"Billet {number}", f"Du texte, et [un autre]({{filename}}b{(number + 1) % posts}.md)."), encoding="utf-8")
    return folder


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.rglob("*")}


def test_a_site_is_built_there_as_here_again_after_an_edit_and_at_once_when_nothing_changed(tmp_path: Path) -> None:
    folder = blog(tmp_path / "blog")
    workers = 'PLANCHER_BUILDING = __import__("plancher.build.settings", fromlist=["x"]).BuildingSettings(workers=2)\n'
    (folder / "pelicanconf.py").write_text((folder / "pelicanconf.py").read_text(encoding="utf-8") + workers, encoding="utf-8")
    for edit in ("", "Encore une phrase."):
        (folder / "content" / "articles" / "b3.md").write_text(post("Billet trois", edit, more=f"Tags: {'neuf' * bool(edit) or 'vieux'}\n"), encoding="utf-8")
        python(folder, "-m", "invoke", "build", **ENV)
        there = files(folder / "output")
        before = stamps(folder / "output")
        python(folder, "-m", "invoke", "build", **ENV)
        assert stamps(folder / "output") == before
        python(folder, "-m", "pelican", "content", "-o", "ici", "-s", "pelicanconf.py", "-q", "-e", 'CACHE_PATH=".cache-ici"')
        assert len(there) > 100
        assert there == files(folder / "ici"), difference(there, files(folder / "ici"))
    assert "Encore une phrase." in (folder / "output" / "2024" / "05" / "b3" / "index.html").read_text(encoding="utf-8")
    assert {path.name for path in folder.glob(".*")} <= {".cache", ".cache-ici", ".plancher-verrou", ".ici-double"}


def test_the_preview_shows_each_save_there_and_leaves_nobody_at_work(tmp_path: Path) -> None:
    preview = Preview(project(tmp_path / "projet"), **ENV)
    try:
        preview.shows("/", "Un</a>")
        preview.write("content/articles/un.md", post("Autre titre"))
        preview.shows("/", "Autre titre</a>")
    finally:
        assert preview.stop() == 0
    assert preview.said.endswith("Aperçu arrêté.\n")
    assert "Traceback" not in preview.said
