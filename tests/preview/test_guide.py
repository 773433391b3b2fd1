"""The author's guide in « invoke serve », in a blog whose settings say nothing of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.preview.running import Preview, serving

GUIDE = "plugins/plancher/components/guide/guide.md"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory):
    with serving(tmp_path_factory.mktemp("guide") / "projet") as running:
        running.write("pelicanconf.py", (running.root / "pelicanconf.py").read_text(encoding="utf-8") + "\nPLANCHER_GUIDE = None\n")
        yield running


def test_the_preview_has_the_guide_of_the_engine_that_runs(preview: Preview) -> None:
    assert "PDV001" in preview.shows("/guide/", "Ouvrir un terminal")
    preview.write(GUIDE, (preview.root / GUIDE).read_text(encoding="utf-8") + "\nUne ligne de plus.\n")
    preview.shows("/guide/", "Une ligne de plus.")


def test_the_preview_has_it_whatever_components_the_blog_names(preview: Preview) -> None:
    with preview.altered("pelicanconf.py", lambda typed: typed + "\nPLUGINS = [name for name in PLUGINS if not name.endswith('.guide')]\n"):
        preview.until("/", lambda status, page: status == 200 and "/guide/" not in page)
        preview.shows("/guide/", "Ouvrir un terminal")


def test_the_preview_of_a_blog_without_a_text_has_it(preview: Preview) -> None:
    for post in Path(preview.articles).glob("*.md"):
        post.unlink()
    preview.until("/", lambda status, page: status == 200 and "Un</a>" not in page)
    preview.shows("/guide/", "Ouvrir un terminal")
