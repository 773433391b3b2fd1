"""Every shortcut against Markdown as it is: the same bytes, whatever the text."""

from __future__ import annotations

import re
import zoneinfo
from pathlib import Path
from xml.etree.ElementTree import Comment, Element

import markdown
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from markdown.blockprocessors import BlockProcessor
from markdown.serializers import to_html_string
from markdown.treeprocessors import InlineProcessor
from plancher.markdown import convert, tree_text
from plancher.markdown.convert import Converter
from plancher.markdown.fast import blocks as fast_blocks
from plancher.markdown.fast import html as fast_html
from plancher.markdown.fast import inline as fast_inline
from plancher.markdown.fast.markdown import FastMarkdown
from plancher.markdown.place import Place
from plancher.text.front import FrontRules

from tests.conftest import tool
from tests.grammar import grammar_of

TESTS = Path(__file__).resolve().parents[1]
CONTENT = TESTS.parent / "content"
PLUGINS = (
    "plancher.components.callouts",
    "plancher.components.typography",
    "plancher.components.tangible",
    "plancher.components.links",
    "plancher.components.talks",
)
RULES = FrontRules(is_page=True, templates=("page",), timezone=zoneinfo.ZoneInfo("Europe/Paris"))
BROUGHT = grammar_of(PLUGINS, {})
PIECES = (
    *"a é 1 2. * ** _ __ *** ` `` [ ] ( ) ![ [^1] [^1]: [a]: : | - = # ## > \\ \\[ { } {.c} {#i} & &amp; &lt; < > <b> </b> <br> <div> </div> <!-- --> ~~~ ``` ' \" ! ? , .".split(
        " "
    ),
    *("mot", "etc...", "10 000 €", "*[HTML]: Langage", "HTML", "[TOC]", "https://a.fr/b_c", "<https://a.fr>", "<a@b.fr>", "[a](b)", "[a](b 'c')", "![a](b)"),
    *(
        "> [!note] T",
        "> [!tangible] T",
        "> promesse : a",
        "> preuve : b",
        "- a",
        "1. a",
        "    ",
        "  ",
        "   ",
        "\t",
        "  \n",
        "\n",
        "\n\n",
        "\n\n\n",
        " ",
        " ",
        "\n---\n",
    ),
    *(
        "| a | b |\n|---|---|\n| c | d |",
        "a\n: b",
        "[^1]: note",
        "[a]: http://a.fr 'b'",
        "a\n===",
        "<details><summary>a</summary>b</details>",
        "\n> ",
        "\n- ",
        "\n    - ",
        "- [x] a",
        "1) a",
        "~~a~~",
        "\\\n",
        "a@b.fr",
        "www.a.fr",
        "[a](b (c))",
        "> [!TIP]",
        "\n* * *\n",
        "[^1]: a\n[^2]: b",
        "<details markdown>",
        "\\&eacute;",
    ),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def converters(root: Path) -> tuple[Converter, Converter]:
    """Ours, and the same on Markdown as it is."""
    plain = pytest.MonkeyPatch()
    plain.setattr(convert, "FastMarkdown", markdown.Markdown)
    stock = Converter(root, BROUGHT)
    plain.undo()
    return Converter(root, BROUGHT), stock


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Converter, Converter]:
    return converters(tmp_path_factory.mktemp("both"))


@pytest.fixture(scope="module")
def fast(both: tuple[Converter, Converter]) -> FastMarkdown:
    found = both[0]._markdown
    assert isinstance(found, FastMarkdown)
    return found


def test_the_two_are_what_they_say(both: tuple[Converter, Converter]) -> None:
    assert [type(converter._markdown) for converter in both] == [FastMarkdown, markdown.Markdown]


@pytest.mark.parametrize("part", ["preprocessors", "inlinePatterns", "treeprocessors", "postprocessors"])
def test_every_step_is_there_in_markdowns_order(both: tuple[Converter, Converter], part: str) -> None:
    ours, stock = (getattr(converter._markdown, part) for converter in both)
    for mine, theirs in zip(ours, stock, strict=True):
        assert isinstance(mine, type(theirs))


def test_every_block_processor_speaks_to_our_parser(both: tuple[Converter, Converter], fast: FastMarkdown) -> None:
    assert [type(processor) for processor in fast.parser.blockprocessors] == [type(p) for p in both[1]._markdown.parser.blockprocessors]
    assert {processor.parser for processor in fast.parser.blockprocessors} == {fast.parser}


@given(TEXTS)
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_out_the_same(both: tuple[Converter, Converter], text: str) -> None:
    page = both[0].root / "page.md"
    page.write_text(f"Title: Cas\nSummary: {' '.join(text.split())}\n\n{text}\n", encoding="utf-8")
    ours, stock = (converter.read(page, RULES) for converter in both)
    assert ours == stock


WRITTEN = [*(path for path in sorted(TESTS.rglob("*.md")) if "tools" not in path.parts), *sorted(CONTENT.rglob("*.md"))]


@pytest.mark.parametrize("path", WRITTEN, ids=[str(path.relative_to(TESTS.parent)) for path in WRITTEN])
def test_what_is_written_comes_out_the_same(path: Path, tmp_path: Path) -> None:
    root = CONTENT if path.is_relative_to(CONTENT) else tmp_path
    ours, stock = converters(root)
    assert ours.read(path, RULES) == stock.read(path, RULES)
    for number, case in enumerate(path.read_text(encoding="utf-8").split("\n.\n")):
        page = tmp_path / f"{number}.md"
        page.write_text(f"Title: Cas\n\n{case}\n", encoding="utf-8")
        assert ours.read(page, RULES) == stock.read(page, RULES)


def test_the_examples_of_commonmark_come_out_the_same(both: tuple[Converter, Converter]) -> None:
    place = Place(both[0].root, both[0].root)
    for text in re.findall(r"^`{32} example\n(.*?)^\.$", (tool("commonmark-spec") / "spec.txt").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE):
        ours, stock = (converter.read_bytes(f"Title: Cas\n\n{text.replace('→', chr(9))}".encode(), RULES, place) for converter in both)
        assert ours == stock, text


def test_the_one_private_method_we_replace_is_still_there() -> None:
    assert {"_InlineProcessor__handleInline", "_InlineProcessor__applyPattern"} <= set(vars(InlineProcessor))


def test_every_pattern_and_processor_has_its_signs(fast: FastMarkdown) -> None:
    for name in fast_inline.SIGNS:
        assert name in fast.inlinePatterns
    assert len(fast.inlinePatterns) == len(fast_inline.SIGNS)
    for name in fast_blocks.SIGNS:
        assert name in fast.parser.blockprocessors
    assert len(fast.parser.blockprocessors) == len(fast_blocks.SIGNS) + len(("empty", "paragraph"))


@given(TEXTS, st.sampled_from(sorted(fast_inline.SIGNS)))
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_pattern_matches_nothing_without_its_sign(fast: FastMarkdown, text: str, name: str) -> None:
    for sign in fast_inline.SIGNS[name]:
        text = text.replace(sign, "")
    assume(not any(sign in text for sign in fast_inline.SIGNS[name]))
    assert fast.inlinePatterns[name].getCompiledRegExp().search(text) is None


@given(TEXTS, st.sampled_from(sorted(fast_blocks.SIGNS)), st.sampled_from(["div", "li", "dd"]))
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_processor_takes_no_block_without_its_sign(fast: FastMarkdown, text: str, name: str, tag: str) -> None:
    for sign in fast_blocks.SIGNS[name]:
        text = f"\n{text}".replace(sign, "").removeprefix("\n")
    assume(not any(sign in f"\n{text}" for sign in fast_blocks.SIGNS[name]))
    assert not takes(fast.parser.blockprocessors[name], tag, text)


def takes(processor: BlockProcessor, tag: str, text: str) -> bool:
    blocks, parent = [text], Element(tag)
    taken = processor.test(parent, text) and processor.run(parent, blocks) is not False
    assert taken or (blocks == [text] and len(parent) == 0)
    return bool(taken)


def grown(tag: str, children: list[Element]) -> Element:
    element = Element(tag)
    element.extend(children)
    return element


TREES = st.recursive(
    st.builds(Element, st.sampled_from("p br em script style img table a IMG Script".split())),
    lambda children: st.builds(grown, st.sampled_from(["div", "p", "a", "hr", "style", "h2"]), st.lists(children, max_size=4)),
    max_leaves=12,
)
WORDS = st.one_of(
    st.none(), st.lists(st.sampled_from(["a", " ", "&", "&amp;", "&#38;", "<", ">", '"', "'", "\n", "\x02amp\x03", "é"]), max_size=5).map("".join)
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["class", "href", "open", "controls", "id", "A"]), st.one_of(WORDS, st.sampled_from(["open", "controls", "A"])), max_size=3
)


@given(TREES, st.data())
@settings(max_examples=400, deadline=None)
def test_a_tree_is_written_as_markdown_writes_it(tree: Element, data: st.DataObject) -> None:
    tree.append(Comment(" remarque "))
    for element in tree.iter():
        if isinstance(element.tag, str):
            element.text, element.attrib = data.draw(WORDS), data.draw(ATTRIBUTES)
        element.tail = data.draw(WORDS)
    assert fast_html.to_html(tree) == to_html_string(tree)


@given(st.one_of(TEXTS, st.text(max_size=60)))
@settings(max_examples=500)
def test_words_are_counted_as_runs_of_letters(text: str) -> None:
    root = Element("p")
    root.text = text.replace("\x02", "")
    assert tree_text.count(root, ()) == len(re.findall(r"\w+", root.text))
