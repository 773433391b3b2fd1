"""Folders that mean harm, or are broken: bounded, never run, never a crash, code never touched."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plancher.importing.blogs.model import FormerText, Place
from plancher.importing.blogs.readers.folders import trees
from plancher.importing.blogs.readers.folders.markup import admonitions, liquid, mdx, obsidian, shortcodes
from plancher.importing.blogs.readers.folders.markup.finish import finished
from plancher.importing.blogs.readers.folders.markup.work import Work

from tests.importing.blogs.former_folder import items_of, texts_of

STEPS = {
    "Hugo": (shortcodes.hugo,),
    "Zola": (shortcodes.zola,),
    "Jekyll": (liquid.Liquid("", "", lambda _name: ""), liquid.without_attributes),
    "MkDocs": (admonitions.admonitions, admonitions.without_attributes, admonitions.marks),
    "MDX": (mdx.mdx,),
    "Obsidian": (obsidian.private, obsidian.callouts, obsidian.wikilinks, obsidian.tags, obsidian.block_ids, obsidian.line_breaks),
}
PIECES = (
    "{{< a ", "{{< a >}}", "{{% a %}}", "{{</* ", "{{ a(", "{% a() %}", "{% end %}", "{% if ", "{{ a | b", "{% raw %}", "{% a %}", "!!! a\n    ", "??? ", '=== "a"\n\n    ',
    "<A ", "<A>", "</A>", "<A b={", "import a from ", "export const a = ", "{/*", "[[", "[[a|", "%%", "==a", "++a", "^a", "~a", "> [!a]", "#a/", ":::a\n", ":::\n", "<a ", "<iframe",
    "<script>", "<!--", "[a](b:", "{#", "{: ", "[^a]", "# a\n", "a\n===\n",
)  # fmt: skip
FENCE = "```md\n{{< youtube x >}} {% if x %} {{ y }} !!! note [[a]] ==b== %%c%% ++d++ :::tip <Tab> {: .e}\n# Titre\n![](x)\n```"


def test_aliases_of_aliases_in_settings_come_to_an_end() -> None:
    bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    start = time.perf_counter()
    trees.of_yaml(bomb)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("typed", ["[" * 100_000, "a: [" * 5_000, "{" * 50_000, "- " * 50_000, "a: &a\n  b: *a\n"])
def test_settings_without_bottom_are_no_settings(typed: str) -> None:
    for read in (trees.of_yaml, trees.of_toml, trees.of_json):
        assert isinstance(read(typed), dict)


def test_code_of_settings_is_read_as_literals_and_never_run(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    code = f"open({str(mark)!r}, 'w')\nSITEURL = 'https://a.example'\nTIMEZONE = open({str(mark)!r}, 'w').name\nX = [1] * 10**9\nA = B = 'c'\n"
    found = trees.read(code, "pelicanconf.py")
    assert not mark.exists()
    assert found.tree["SITEURL"] == "https://a.example"
    assert "TIMEZONE" not in found.tree


def test_a_header_of_objects_is_words(tmp_path: Path) -> None:
    texts = texts_of(
        tmp_path, {"_posts/2020-01-01-un.md": "---\ntitle: !!python/object/apply:os.system ['ls']\nauteur: !!python/name:os.system\n---\nTexte.\n"}
    )
    assert texts["_posts/2020-01-01-un.md"].body == "Texte.\n"


BROKEN = (
    "---\ntitle: Sans fin\n\nTexte.\n",
    "+++\ntitle = sans guillemets\n+++\nTexte.\n",
    '{"title": "coupé',
    "---\n" + "a: b\n" * 2000 + "---\nTexte.\n",
    "---\ntitle: 'Un\ndate: x\ntags: [a, b\n---\nTexte.\n",
    "---\n- a\n- b\n---\nTexte.\n",
    "",
    "\ufeff---\r\ntitle: Windows\r\n---\r\nTexte.\r\n",
    "---\ntitle: Date\ndate: 0000-00-00 00:00:00\n---\nTexte.\n",
    "---\n? [a]\n: b\n---\nTexte.\n",
    "Titre\n=====\n\n```\njamais refermé\n",
)


@pytest.mark.parametrize("typed", BROKEN)
@pytest.mark.parametrize("name", ["_posts/2020-01-01-un.md", "content/_index.md", "src/content/un.mdx", "posts/un.11tydata.md", "un.md"])
def test_a_broken_text_is_read_or_counted_and_never_stops_the_others(typed: str, name: str, tmp_path: Path) -> None:
    items = items_of(
        tmp_path, {name: typed, "_posts/2020-01-02-deux.md": "---\ntitle: Deux\n---\nDeux.\n", "deux.md": "Title: Deux\nDate: 2020-01-01\n\nDeux.\n"}
    )
    assert any(isinstance(item, FormerText) and "Deux." in item.body for item in items)


def test_bytes_that_are_no_utf_8_are_read_as_windows_wrote_them(tmp_path: Path) -> None:
    (tmp_path / "un.md").write_bytes("Title: Été\nDate: 2009-01-01\n\nÀ côté – œuvre.\n".encode("cp1252"))
    assert texts_of(tmp_path, {})["un.md"].body == "À côté – œuvre.\n"


@pytest.mark.parametrize("generator", STEPS)
def test_a_fence_comes_back_byte_for_byte(generator: str) -> None:
    for text in (FENCE, f"a\n\n{FENCE}\n\nb", "- item\n\n" + "\n".join(f"  {line}" for line in FENCE.split("\n"))):
        work = finished(Work(text, Place(file="un.md"), 1).run(*STEPS[generator]))
        assert text.split("\n\n")[-2 if text.endswith("b") else -1] in work.markdown()


@pytest.mark.parametrize("generator", STEPS)
@pytest.mark.parametrize("piece", PIECES)
def test_signs_without_end_take_bounded_time(generator: str, piece: str) -> None:
    start = time.perf_counter()
    finished(Work(piece * 3_000, Place(file="un.md"), 1).run(*STEPS[generator])).markdown()
    assert time.perf_counter() - start < 8


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from((*PIECES, "mot ", "\n", "\n\n", "    ", "```\n", "`", "> ", '"', ">}}", "%}", "}}", "]]", "/>", ")")), max_size=25).map("".join)
)
def test_no_step_stops_on_any_text(text: str) -> None:
    for steps in STEPS.values():
        markdown = finished(Work(text, Place(file="un.md"), 1).run(*steps)).markdown()
        assert "\ufdd0" not in markdown
