"""« invoke tags.… »: authors' files change on one line, and no address is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plancher.commands.tags import registry_file
from plancher.commands.tags.registry_text import RegistryError
from plancher.commands.tags.tag_line import renamed, tags
from plancher.components.tags.names import key
from plancher.text.tag_names import clean_tag

from tests.conftest import Built, pelican, without_posts
from tests.invoking import invoke


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Title: T\nTags: a, b\n\na, b\n", "Title: T\nTags: x, b\n\na, b\n"),
        ("Title: T\r\nTags : a ;b\r\n\r\nTexte\r\n", "Title: T\r\nTags : x ;b\r\n\r\nTexte\r\n"),
        ("\ufeffTags: A\nTitle: T\n", "\ufeffTags: x\nTitle: T\n"),
        ("tags:  b,a  \nTitle: T\n", "tags:  b,x  \nTitle: T\n"),
        ("Tags: b,\n  a,\n  c\nTitle: T\n", "Tags: b,\n  x,\n  c\nTitle: T\n"),
        ("Tags: a, b, x\n\n", "Tags: x, b\n\n"),
        ("Tags: b, x, a\n\n", "Tags: b, x\n\n"),
        ("---\nTags: [\"a\", 'b']\n---\nTexte\n", "---\nTags: [\"x\", 'b']\n---\nTexte\n"),
        ("---\nTags:\n  - a\n  - b\nTitle: T\n---\n", "---\nTags:\n  - x\n  - b\nTitle: T\n---\n"),
        ("Title: T\n\nTags: a\n", "Title: T\n\nTags: a\n"),
        ("---\nTags: [x, a]\n---\n", "---\nTags: [x]\n---\n"),
        ('Tags: "x, a"\n\n', 'Tags: "x"\n\n'),
        ("Tags: 'a, b\n\n", "Tags: 'a, b\n\n"),
        ("Title: a\nSummary: a, b\n", "Title: a\nSummary: a, b\n"),
        ("Tags: aa, ab\n", "Tags: aa, ab\n"),
        ("+++\ntitle = 'x'\n[taxonomies]\ntags = ['a', 'b']\n+++\nT", "+++\ntitle = 'x'\n[taxonomies]\ntags = ['x', 'b']\n+++\nT"),
        ("Titre : x\nÉtiquettes : a, b\n\nT", "Titre : x\nÉtiquettes : x, b\n\nT"),
        ("<!--\n.. title: x\n.. tags: a, b\n-->\nT", "<!--\n.. title: x\n.. tags: x, b\n-->\nT"),
        ('{"title": "x",\n"tags": ["a"]}\n\nT', '{"title": "x",\n"tags": ["a"]}\n\nT'),
    ],
)
def test_only_the_line_of_tags_changes(before: str, after: str) -> None:
    assert renamed(before.encode(), {key("a"): "x"}).decode() == after


# Composed letters may be one of the signs that part tags, as U+037E is a semicolon: a tag that holds one is refused when it is read.
NAMES = (
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)
    .map(clean_tag)
    .filter(lambda name: not set(",;[]\"'-") & set(name) and bool(name))
)


@settings(deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=6, unique_by=key), st.data())
def test_a_name_changed_and_changed_back_leaves_the_file_as_it_was(names: list[str], data: st.DataObject) -> None:
    raw = f"Title: T\nTags: {', '.join(names)}\nDate: 2024-05-02\n\nTexte {names[0]}.\n".encode()
    old = data.draw(st.sampled_from(names))
    there = renamed(raw, {key(old): "tout autre"})
    assert tags(there) == tuple("tout autre" if name == old else name for name in names)
    assert renamed(there, {key("tout autre"): old}) == raw


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = without_posts(tmp_path / "projet")
    (folder / "content" / "tags.toml").write_text('# Le registre.\n["web"]\n\n["open data"]  # en anglais\nparent = "web"\n', encoding="utf-8")
    for name, line in {"un": "open data, web", "deux": "Open Data,données ouvertes", "trois": "web"}.items():
        post = f"Title: {name}\r\nDate: 2024-05-02\r\nCategory: Essais\r\nTags: {line}\r\n\r\nopen data\r\n"
        (folder / "content" / "articles" / f"{name}.md").write_bytes(post.encode())
    return folder


def built(project: Path) -> Built:
    made = pelican(project / "content", project / "output", settings=project / "pelicanconf.py")
    assert made.code == 0, made.said
    return made


def test_a_renamed_tag_keeps_its_address_and_its_files(project: Path) -> None:
    posts = {path: path.read_bytes() for path in (project / "content" / "articles").glob("*.md")}
    told = invoke(project, "tags.rename", "open data", "données publiques")
    assert told.returncode == 0, told.stderr
    assert "Pour défaire : invoke tags.rename --undo" in told.stdout
    for path, before in posts.items():
        expected = before.replace(b"Tags: open data", "Tags: données publiques".encode()).replace(b"Tags: Open Data", "Tags: données publiques".encode())
        assert path.read_bytes() == expected
    registry = (project / "content" / "tags.toml").read_text(encoding="utf-8")
    assert registry == '# Le registre.\n["web"]\n\n["données publiques"]  # en anglais\nparent = "web"\naliases = ["open data"]\n'
    site = built(project)
    assert 'url=/tag/donn%C3%A9es%20publiques/"' in site.text("tag/open data/index.html")
    assert site.has("feeds/tag/open data.atom.xml")


def test_united_tags_are_one(project: Path) -> None:
    assert invoke(project, "tags.merge", "open data", "données ouvertes").returncode == 0
    line = (project / "content" / "articles" / "deux.md").read_text(encoding="utf-8").splitlines()[3]
    assert line == "Tags: données ouvertes"
    site = built(project)
    assert site.text("tag/données ouvertes/index.html").count('class="card-title') == 2
    assert site.has("tag/open data/index.html")


def test_an_attempt_changes_nothing_and_a_mistake_says_why(project: Path) -> None:
    before = {path: path.read_bytes() for path in (project / "content").rglob("*") if path.is_file()}
    assert "rien n'a été écrit" in invoke(project, "tags.rename", "web", "toile", "--dry-run").stdout
    for words, said in (
        (("tags.rename", "opendata", "x"), "Vouliez-vous dire « open data »"),
        (("tags.rename", "web", "a/b"), "mot-clé impossible"),
        (("tags.rename", "web", "Open data"), 'invoke tags.merge "web" "open data"'),
        (("tags.merge", "web", "web"), "rien à réunir"),
    ):
        told = invoke(project, *words)
        assert told.returncode == 1
        assert said in told.stderr
    assert {path: path.read_bytes() for path in (project / "content").rglob("*") if path.is_file()} == before


REGISTRY = """# Tout en haut.
["a"]
description = "Un."
parent = "c"  # au-dessus

# À propos de b.
["b"]
aliases = [
  "bé",  # l'ancien nom
]

# À propos de c.
["c"]
related = ["a", "b"]
"""


def test_comments_stay_where_they_are() -> None:
    renamed_text = registry_file.rename(REGISTRY, "a", "z", ["a"])
    assert renamed_text == REGISTRY.replace('["a"]\n', '["z"]\n').replace("# au-dessus\n", '# au-dessus\naliases = ["a"]\n').replace('["a", "b"]', '["z", "b"]')
    merged = registry_file.merge(REGISTRY, ["a"], "b")
    assert "# Tout en haut.\n# À propos de b.\n" in merged
    assert '  "bé",  # l\'ancien nom\n' in merged
    assert 'related = ["b"]' in merged
    assert '# À propos de c.\n["c"]' in registry_file.remove(REGISTRY, ["b"])
    assert registry_file.rename(REGISTRY.replace("\n", "\r\n"), "a", "z", ["a"]) == renamed_text.replace("\n", "\r\n")


@pytest.mark.parametrize("text", ['a = { parent = "c" }\n', 'a.parent = "c"\na.related = ["d"]\n', '["x"]\ndescription = """\n["a"]\n"""\n'])
def test_a_registry_that_cannot_be_followed_is_left_alone(text: str) -> None:
    with pytest.raises(RegistryError, match="sous une ligne à lui"):
        registry_file.rename(text, "a", "z", ["a"])


def test_a_registry_may_begin_with_a_mark_of_order() -> None:
    assert registry_file.rename('\ufeff["a"]\n', "a", "z", ["a"]) == '\ufeff["z"]\naliases = ["a"]\n'


def test_a_union_that_would_turn_in_circles_is_refused(project: Path) -> None:
    (project / "content" / "tags.toml").write_text(
        '["open data"]\nparent = "web"\n["web"]\nparent = "données ouvertes"\n["données ouvertes"]\n', encoding="utf-8"
    )
    told = invoke(project, "tags.merge", "open data", "données ouvertes")
    assert told.returncode == 1
    assert "le registre serait faux" in told.stderr


def test_a_tag_that_only_an_old_line_bears_serves(project: Path) -> None:
    with (project / "content" / "articles" / "trois.md").open("a", encoding="utf-8") as post:
        post.write("\nTechnorati Tags: web social\n")
    registry = project / "content" / "tags.toml"
    registry.write_text(registry.read_text(encoding="utf-8") + '\n["web social"]\nparent = "toile"\n\n["réseau"]\naliases = ["toile"]\n', encoding="utf-8")
    assert "Chaque mot-clé du registre sert" in invoke(project, "tags.unused").stdout


def test_tags_that_serve_no_more_are_listed_and_may_go(project: Path) -> None:
    registry = project / "content" / "tags.toml"
    registry.write_text(registry.read_text(encoding="utf-8") + '\n["jamais"]\nparent = "haut"\n\n["haut"]\n', encoding="utf-8")
    assert invoke(project, "tags.unused").stdout.split() == ["haut", "jamais"]
    assert invoke(project, "tags.unused", "--remove").returncode == 0
    assert registry.read_text(encoding="utf-8") == '# Le registre.\n["web"]\n\n["open data"]  # en anglais\nparent = "web"\n\n'


@pytest.mark.parametrize("typed", ["Category: Essais", "Catégorie : ESSAIS", "---\ntitle: Un\ncategories: [Essais]\n---"])
def test_the_description_of_a_category_serves(project: Path, typed: str) -> None:
    (project / "content" / "articles" / "classe.md").write_text(f"{typed}\n\nTexte.\n", encoding="utf-8")
    registry = project / "content" / "tags.toml"
    registry.write_text(registry.read_text(encoding="utf-8") + '\n["Essais"]\ndescription = "Une."\n', encoding="utf-8")
    assert "Essais" not in invoke(project, "tags.unused").stdout.split()
