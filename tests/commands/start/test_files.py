"""What a new blog's files say, for any owner and any host."""

from __future__ import annotations

import datetime as dt
import itertools
import runpy
import string
import tempfile
import tomllib
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from plancher.base.identity import COUNTRIES
from plancher.commands.start import asking, blog_files, filling, hosts
from plancher.commands.start.answers import QUESTIONS

from tests.conftest import Built, pelican

TODAY = dt.datetime(2026, 11, 26, 10, tzinfo=dt.UTC)
LAWS = {"FR": "article 1-1 de la loi n° 2004-575", "BE": "article XII.6", "CH": "article 3, alinéa 1, lettre s", "CA": "article 54.4", "LU": "14 août 2000"}
TRAPS = ['"', "'", "\\", '"""', "\\'", "{0}", "${a}", "⟦ a ⟧", "#", "<b>", "&amp;", "*a*", "_a_", "[a](b)", "`a`", "==a==", "~~a~~", "|", ": ", "%", "![a](b)"]


def files(**given_answers: str) -> dict[str, str]:
    answers = asking.complete(
        {question.name: None for question in QUESTIONS} | {"name": "Un", "address": "https://un.example"} | given_answers, is_terminal=False
    )
    return {path: content.decode() for path, content in blog_files.make(answers, TODAY).items()}


@given(
    st.lists(
        st.one_of(st.sampled_from(TRAPS), st.text(string.ascii_letters + "éŒ 、"), st.characters(codec="utf-8", exclude_categories=("C", "Z"))), min_size=1
    ).map("".join)
)
def test_no_name_can_break_the_settings(typed: str) -> None:
    name = " ".join(f"a{typed}".split())
    settings = files(name=name, author=name, motto=name)["pelicanconf.py"]
    with tempfile.TemporaryDirectory() as folder:
        (path := Path(folder, "pelicanconf.py")).write_text(settings, encoding="utf-8")
        mine = runpy.run_path(str(path))["IDENTITY"]
    assert (mine.name, mine.author, mine.motto) == (name, name, name)


def test_a_page_shows_a_name_as_it_was_typed(tmp_path: Path) -> None:
    name = "a " + " b ".join(trap for trap in TRAPS if not set(trap) & set("'\":%!")) + " c"  # typography has its say on these
    built = _built(tmp_path, files(name=name, email="a_b*c@un.example"))
    page = BeautifulSoup(built.text("a-propos/index.html"), "html.parser")
    assert page.select_one(".prose strong").text == name
    link = page.select_one(".prose a[href^=mailto]")
    assert (link["href"], link.text) == ("mailto:a_b%2Ac@un.example", "a_b*c@un.example")


def _built(folder: Path, made: dict[str, str]) -> Built:
    for path, text in made.items():
        if path.startswith("content/pages/"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    built = pelican(folder / "content", folder / "output")
    assert built.code == 0, built.said
    return built


def test_a_value_that_no_filter_wrote_for_its_place_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "_FOLDER", tmp_path)
    (tmp_path / "a.yml").write_text("name: ⟦ name ⟧\n", encoding="utf-8")
    with pytest.raises(TypeError, match="not written for its place"):
        filling.fill("a.yml", {"name": "a"})


@pytest.mark.parametrize(("host", "decided"), list(itertools.product(hosts.HOSTS, [True, False])))
def test_what_a_host_reads_is_written_for_it(host: str, decided: bool) -> None:
    known = hosts.HOSTS[host]
    made = files(host=host, address=f"https://moi{known.ending}" if decided and known.ending else "https://moi.example")
    decides = decided and bool(known.ending)
    for path, _ in known.files:
        text = made[path]
        if path.endswith(".yml"):
            assert yaml.safe_load(text)
        if path.endswith(".toml"):
            assert tomllib.loads(text)["build"]["publish"] == "output"
        if path.endswith((".yml", ".toml")) and host != "codeberg":
            assert ("SITEURL" in text) is decides
        if "/workflows/" in path:
            assert yaml.safe_load(text)[True]["schedule"]  # YAML 1.1 reads « on » as true
            owners = [line.split("uses: ")[1].removeprefix("https://github.com/") for line in text.splitlines() if "uses: " in line]
            assert all(owner.startswith("actions/") for owner in owners)
        assert "⟦" not in text
    root = [path for path in made if path.startswith("content/racine/")]
    assert root == ([f"content/racine/{known.domain_file}"] if known.domain_file and not decides else [])
    assert all(made[path] == "moi.example\n" for path in root)
    assert {path for path, _ in known.files} == {path for path in made if path.endswith((".yml", ".toml", ".python-version"))}
    assert "## Mettre en ligne\n\n" in made["LISEZMOI.md"]
    assert "--delete" not in made["LISEZMOI.md"]  # what else its owner keeps at the host is his


@pytest.mark.parametrize("email", ["", "lea@un.example"])
@pytest.mark.parametrize("country", COUNTRIES)
def test_each_country_has_the_page_that_its_law_asks_for(tmp_path: Path, country: str, email: str) -> None:
    made = files(country=country, email=email, host="github")
    assert LAWS[country] in made["content/pages/mentions-legales.md"]
    assert "GitHub, Inc." in made["content/pages/mentions-legales.md"]
    assert [other for other in LAWS if other != country and LAWS[other] in "".join(made.values())] == []
    built = _built(tmp_path, made)
    for page in ("a-propos", "mentions-legales", "vie-privee", "accessibilite"):
        assert ("mailto:lea@un.example" in built.text(f"{page}/index.html")) is (bool(email) and page != "vie-privee")
    conforms = "conforme" in built.text("accessibilite/index.html")
    assert conforms is (country == "FR")


def test_only_a_host_that_is_surely_known_is_described() -> None:
    unknown = files(host="sftp")["content/pages/mentions-legales.md"]
    assert "[à compléter : nom ou raison sociale de l'hébergeur], [à compléter : adresse de l'hébergeur], [à compléter : téléphone" in unknown
    assert "GitHub, Inc., 88 Colin" in files(host="github")["content/pages/mentions-legales.md"]
