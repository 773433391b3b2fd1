"""Eight plugins from PyPI, added to PLUGINS in the usual way: they work as under Pelican, or one sentence says what to do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from tests.build.small import Small, difference, files
from tests.conftest import ROOT, tool
from tests.settings import identity

SETTINGS = """
import sys
sys.path.insert(0, {root!r})
from tests.settings.local import *

PLUGINS = [*PLUGINS, {plugins}]
CACHE_PATH = {cache!r}
THEME_TEMPLATES_OVERRIDES = [{templates!r}]
IMAGE_PROCESS = {{"vignette": {{"type": "image", "ops": ["scale_in 40 40 True"]}}}}
"""
SHOWN = """
<ul>
{% if article.series is defined and article.series.name is defined %}<li>Série : {{ article.series.name }}, {{ article.series.index }} sur {{ article.series.all|length }}</li>{% endif %}
{% if article.prev_article is defined and article.prev_article %}<li>Avant : {{ article.prev_article.title }}</li>{% endif %}
{% for other in article.similar_posts|default([]) %}<li>Proche : {{ other.title }}</li>{% endfor %}
</ul>
"""
STORK = """#!{python}
import pathlib, sys, tomllib
words = dict(zip(sys.argv, sys.argv[1:]))
asked = tomllib.loads(pathlib.Path(words["--input"]).read_text())["input"]
for file in asked["files"]:
    assert "<main" in pathlib.Path(asked["base_directory"], file["path"]).read_text()
pathlib.Path(words["--output"]).write_text(" ".join(sorted(file["url"] for file in asked["files"])))
"""


class Owner:
    """Somebody who has the blog, and adds plugins to it."""

    def __init__(self, folder: Path, *plugins: str) -> None:
        self.folder, self.output, self.installed = folder, folder / "output", tool("plugins")
        self.write("gabarits/partials/neighbours.html", SHOWN)
        settings = SETTINGS.format(root=str(ROOT), plugins=", ".join(map(repr, plugins)), cache=str(folder / "cache"), templates=str(folder / "gabarits"))
        self.write("reglages.py", settings)
        self.write("content/articles/un.md", "Title: Un\nDate: 2024-01-02\nTags: PME, C\nSeries: Essai\nSummary: Court.\n\nUn et {{ 1 + 1 }}.\n\n"
                   "![a]({static}/images/p.png){.image-process-vignette}\n\n> [!astuce] Un bloc\n>\n> Dit.\n")  # fmt: skip
        self.write(
            "content/articles/deux.md",
            "---\ntitle: Deux\ndate: 2024-01-03\ntags:\n  - PME\nseries: Essai\nsummary: Court.\n---\n\nDeux, [un]({filename}un.md).\n",
        )
        self.write("content/pages/a.md", "Title: À propos\nSlug: a-propos\n\nTexte.\n")
        (folder / "content" / "images").mkdir()
        Image.new("RGB", (80, 60)).save(folder / "content" / "images" / "p.png")

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def build(self) -> tuple[int, str]:
        command = [sys.executable, "-m", "pelican", "content", "-o", str(self.output), "-s", "reglages.py", "--fatal", "errors"]
        env = {**os.environ, "PYTHONPATH": str(self.installed), "PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}"}
        ran = subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True, check=False, timeout=120)
        return ran.returncode, ran.stdout + ran.stderr

    @property
    def files(self) -> dict[str, bytes]:
        return files(self.output)


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Owner:
    """Those that a site may have at once; built."""
    owner = Owner(tmp_path_factory.mktemp("ensemble"), "series", "neighbors", "pelican.plugins.similar_posts", "image_process", "sitemap", "jinja2content")
    code, said = owner.build()
    assert code == 0, said
    assert "PDV" not in said, said
    return owner


def test_what_plugins_give_posts_is_there_for_templates(together: Owner) -> None:
    page = together.files["2024/01/deux/index.html"].decode()
    assert "Série : Essai, 2 sur 2" in page
    assert "Avant : Un" in page
    assert "Proche : Un" in page


def test_a_text_filled_in_by_a_plugin_is_read_as_ours_are(together: Owner) -> None:
    page = together.files["2024/01/un/index.html"].decode()
    assert "Un et 2." in page
    assert 'class="callout' in page
    assert 'src="/images/p.png"' not in page


def test_pictures_that_a_plugin_makes_for_pages_and_feeds_are_published(together: Owner) -> None:
    found = together.files
    derived = "images/derivatives/vignette/p.png"
    assert f'src="/{derived}"' in found["2024/01/un/index.html"].decode()
    assert f"/{derived}" in found["feeds/atom.xml"].decode()
    ET.fromstring(found["feeds/atom.xml"])
    with Image.open(together.output / derived) as picture:
        assert picture.size == (40, 30)


def test_a_file_of_ours_that_a_plugin_writes_is_its_own_and_lists_every_page(together: Owner) -> None:
    found = together.files["sitemap.xml"].decode()
    assert "<changefreq>" in found
    addresses = set(re.findall(rf"<loc>{identity.SITEURL}/(.*?)</loc>", found))
    assert {"", "2024/01/un/", "2024/01/deux/", "a-propos/", "tags/", "tag/PME/"} <= addresses


def test_a_second_build_leaves_the_site_as_it_was(together: Owner) -> None:
    before = together.files
    code, said = together.build()
    assert code == 0, said
    after = together.files
    moment = re.compile(rb"<lastmod>.*?</lastmod>")  # of the plugin's own clock, where a page has no date
    for found in (before, after):
        found["sitemap.xml"] = moment.sub(b"", found["sitemap.xml"])
    assert after == before, difference(after, before)


def test_headers_read_by_a_plugin_and_an_index_made_by_its_program(tmp_path: Path) -> None:
    owner = Owner(tmp_path, "yaml_metadata", "search")
    code, said = owner.build()
    assert code == 1
    assert "l'extension « pelican.plugins.search » s'est arrêtée" in said
    assert "Installez le programme « stork »" in said
    assert "Traceback" not in said
    assert not owner.output.exists()
    owner.write("stork", STORK.format(python=sys.executable)).chmod(0o755)
    code, said = owner.build()
    assert code == 0, said
    assert owner.files["search-index.st"] == b"/2024/01/deux/ /2024/01/un/ /a-propos/"
    assert str(owner.output).encode() in owner.files["search.toml"], "as under Pelican, and not where the site was prepared"
    page = owner.files["2024/01/deux/index.html"].decode()
    assert '<a href="/2024/01/un/">un</a>' in page
    assert 'href="/tag/PME/"' in page


def test_plugins_that_are_installed_and_not_asked_for_are_not_even_loaded(small: Small, tmp_path: Path) -> None:
    """Pelican itself imports them all; one that fails would stop a site that never wanted it."""
    broken = tmp_path / "pelican" / "plugins" / "fragile"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise RuntimeError('jamais demandée')\n")
    command = [sys.executable, "-m", "pelican", str(small.content), "-o", str(tmp_path / "output"), "-s", str(small.folder / "reglages.py")]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins"), str(tmp_path)])}
    ran = subprocess.run(command, cwd=small.folder, env=env, capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr
