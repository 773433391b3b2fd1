"""« invoke measure »: what a site weighs, whom it tells of its readers, what its builds cost."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from invoke.exceptions import Exit
from plancher.commands import measure, measure_table, page_requests

from tests.conftest import ROOT, Built

HEAD = '<link rel="canonical" href="https://nom.example/blog/{path}"><link rel="stylesheet" href="/blog/theme/a.css"><script src="/blog/theme/a.js"></script>'


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A site of two posts in a folder of its host."""
    files = {
        "index.html": HEAD.format(path="") + "<p>Accueil</p>",
        "2024/02/un/index.html": HEAD.format(path="2024/02/un/") + '<img src="grande.png">',
        "2024/02/deux/index.html": HEAD.format(path="2024/02/deux/") + '<img src="../un/grande.png" loading="lazy">',
        "2024/02/un/grande.png": "p" * 40,
        "theme/a.css": "@import 'b.css'; p { color: red }",
        "theme/b.css": "@import 'a.css'; p { background: url(fond.svg) }",
        "theme/a.js": "let clair = 1",
        "theme/fond.svg": "<svg/>",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def weight(output: Path, *names: str) -> int:
    return sum(min(len(whole), len(gzip.compress(whole, 9, mtime=0))) for whole in ((output / name).read_bytes() for name in names))


def test_a_first_visit_is_the_page_and_all_that_it_and_its_style_sheets_ask_for(output: Path) -> None:
    report = measure.site(output)
    theme = ("theme/a.css", "theme/b.css", "theme/fond.svg", "theme/a.js")
    assert report.home == measure.Visit(address="/", bytes=weight(output, "index.html", *theme), requests=5)
    assert report.heaviest_post == measure.Visit(
        address="/2024/02/un/", bytes=weight(output, "2024/02/un/index.html", *theme, "2024/02/un/grande.png"), requests=6
    )
    assert (report.pages, report.posts) == (3, 2)
    assert report.median_post == round((report.heaviest_post.bytes + weight(output, "2024/02/deux/index.html", *theme)) / 2)


@pytest.mark.parametrize(
    "typed",
    [
        '<script src="https://mesure.example/c.js"></script>',
        '<img src="//mesure.example/pixel.gif" loading="lazy">',
        '<img srcset="/blog/a.png 1x, https://mesure.example/b.png 2x">',
        '<link rel="preconnect" href="https://mesure.example">',
        '<iframe src="https://mesure.example/film"></iframe>',
        '<p style="background: url(https://mesure.example/fond.png)">',
        "<style>@import 'https://mesure.example/police.css';</style>",
        '<video poster="https://mesure.example/affiche.jpg"></video>',
    ],
)
def test_a_page_that_tells_others_of_its_readers_is_found_out(output: Path, typed: str) -> None:
    page = output / "2024/02/deux/index.html"
    page.write_text(page.read_text(encoding="utf-8") + typed, encoding="utf-8")
    (found,) = measure.site(output).third_parties
    assert found.startswith("https://mesure.example")


def test_a_font_that_a_style_sheet_has_from_elsewhere_is_found_out(output: Path) -> None:
    (output / "theme/b.css").write_text("@font-face { src: url('https://polices.example/a.woff2') }", encoding="utf-8")
    assert measure.site(output).third_parties == ("https://polices.example/a.woff2",)


@pytest.mark.parametrize(
    "typed",
    [
        '<a href="https://ailleurs.example/">un lien</a>',
        '<link rel="alternate" href="https://ailleurs.example/flux">',
        '<template><iframe src="https://ailleurs.example/film"></iframe></template>',
        '<img src="https://nom.example/blog/theme/fond.svg">',
        '<img src="data:image/gif;base64,R0lGOD">',
    ],
)
def test_what_waits_for_a_click_or_is_our_own_tells_nobody(typed: str) -> None:
    page = page_requests.read(HEAD.format(path="") + typed)
    assert not [one.address for one in page.requests if page_requests.is_third_party(one.address, page.address)]


@pytest.mark.parametrize(
    ("name", "text"),
    [("theme/a.js", "document.cookie = 'a=1'"), ("_headers", "/*\n  Set-Cookie: a=1\n"), ("2024/02/un/index.html", "<script>cookieStore.set('a', 1)</script>")],
)
def test_a_cookie_is_seen_in_scripts_pages_and_headers(output: Path, name: str, text: str) -> None:
    assert measure.site(output).cookies == 0
    (output / name).write_text(text, encoding="utf-8")
    assert measure.site(output).cookies == 1


def test_a_blog_without_posts_and_one_without_site_are_told_apart(output: Path) -> None:
    for name in ("un", "deux"):
        (output / "2024/02" / name / "index.html").unlink()
    assert measure.site(output).heaviest_post is None
    (output / "index.html").unlink()
    with pytest.raises(Exit, match="Tapez d'abord « invoke build »"):
        measure.site(output)


def test_the_table_is_french_and_the_json_says_the_same(output: Path) -> None:
    report = measure.site(output)
    table = measure_table.as_table(report).replace("\u00a0", " ")
    assert re.search(r"^Pages +3, dont 2 billets$", table, re.MULTILINE)
    assert re.search(r"^Adresses de tiers contactées avant un clic +0$", table, re.MULTILINE)
    assert "Construction" not in table
    told = json.loads(measure_table.as_json(report))
    assert (told["compression"], told["home"]["bytes"], told["third_parties"], told["full_build"]) == ("gzip", report.home.bytes, [], None)


def test_the_site_of_the_tests_asks_nothing_of_others_and_sets_no_cookie(built: Built) -> None:
    report = measure.site(built.output)
    assert (report.third_parties, report.cookies) == ((), 0)
    assert report.home.bytes < report.pages * 1_000_000


def test_builds_are_timed_in_a_copy_without_what_a_build_does_not_need(tmp_path: Path, output: Path) -> None:
    blog = tmp_path / "mon blog"
    (blog / ".git").mkdir(parents=True)
    (blog / "content" / "output").mkdir(parents=True)
    (blog / "tasks.py").write_text(
        "from pathlib import Path\nfrom invoke import task\n\n\n@task\ndef build(context):\n"
        "    assert Path('content/output').is_dir() and not Path('.git').exists()\n    Path('fait').touch(exist_ok=False)\n",
        encoding="utf-8",
    )
    with pytest.raises(Exit, match="no-builds"):  # the second build finds the mark of the first: both ran in the copy
        measure.with_builds(blog, measure.site(output))
    assert not (blog / "fait").exists()
    (blog / "tasks.py").write_text("from invoke import task\n\n\n@task\ndef build(context):\n    sum(range(10**6))\n", encoding="utf-8")
    report = measure.with_builds(blog, measure.site(output))
    assert report.full_build is not None
    assert report.full_build.seconds > 0
    assert "Construction de tout le site" in measure_table.as_table(report)


def test_the_command_says_what_to_type_first(tmp_path: Path) -> None:
    (tmp_path / "tasks.py").write_text(
        "from pathlib import Path\nfrom plancher.tasks import tasks_of\n\nnamespace = tasks_of(Path(__file__).parent, developers=False)\n", encoding="utf-8"
    )
    ran = subprocess.run(
        [sys.executable, "-m", "invoke", "mesurer"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr.strip()) == (1, "Il n'y a pas de site dans output. Tapez d'abord « invoke build ».")
