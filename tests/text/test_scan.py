"""One pass over the lines: blocks, code and lists, at their true lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from plancher.text.blocks import MARK
from plancher.text.scan import scan


def lines(text: str) -> list[str]:
    return text.strip("\n").split("\n")


def test_a_block_knows_its_name_title_and_line() -> None:
    found = scan(lines("texte\n\n> [!tangible] Un titre\n> promesse : a\n>\n> suite"), first=10)
    block = found.blocks[0]
    assert (block.name, block.title, block.line) == ("tangible", "Un titre", 12)
    assert [(line.number, line.text) for line in block.lines] == [(13, "promesse : a"), (14, ""), (15, "suite")]


def test_an_inner_block_is_marked_inside_the_outer_one() -> None:
    found = scan(lines("> [!note] Dehors\n>\n> > [!astuce] Dedans\n> > texte"))
    assert [block.name for block in found.blocks] == ["astuce", "note"]
    assert any(MARK.match(line.text) for line in found.blocks[1].lines)


def test_sub_lists_indented_as_prettier_does_are_indented_as_markdown_needs() -> None:
    assert scan(lines("- un\n  - deux\n    - trois\n- quatre")).text.split("\n") == ["- un", "    - deux", "        - trois", "- quatre"]
    assert "    - deux" in scan(lines("1. un\n   - deux")).text


def test_sub_lists_indented_by_four_stay() -> None:
    assert scan(lines("- un\n    - deux")).text == "- un\n    - deux"


def test_code_in_a_block_in_a_list_is_kept_to_the_letter() -> None:
    found = scan(lines("- un\n\n  > [!note] N\n  >\n  > ```python\n  > if a:\n  >     b = '> [!x]'\n  > ```"))
    assert found.codes[0].language == "python"
    assert found.codes[0].text == "if a:\n    b = '> [!x]'"
    assert [block.name for block in found.blocks] == ["note"]


def test_a_longer_fence_holds_a_shorter_one() -> None:
    assert scan(lines("````\n```\n````")).codes[0].text == "```"


def test_indented_code_is_left_alone() -> None:
    assert scan(lines("texte\n\n    > [!note] pas un bloc\n    - pas une liste")).blocks == ()


@given(st.text(alphabet="-*>1. \n`~[!]ab#:|\t", max_size=300))
def test_no_text_makes_it_fail_and_line_numbers_never_go_astray(text: str) -> None:
    typed = text.split("\n")
    found = scan(typed)
    numbers = [line.number for line in found.lines]
    assert numbers == sorted(numbers)
    assert all(1 <= number <= len(typed) for number in numbers)


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=20), max_size=20))
def test_no_word_is_lost(typed: list[str]) -> None:
    found = scan(typed)
    kept = found.text + "".join(line.text for block in found.blocks for line in block.lines)
    kept += "".join(block.name + block.title for block in found.blocks) + "".join(code.text + code.language for code in found.codes)
    for line in typed:
        for letter in line:
            if letter.isalpha():
                assert letter in kept or "```" in line or "~~~" in line


@given(st.lists(st.sampled_from(["> [!note] a", "> b", "> > [!note] b", "> > a", "a", "b a", "", "- a", "```"]), max_size=14), st.sampled_from("abc"))
def test_a_text_is_found_at_its_first_line_inside_blocks_too(typed: list[str], wanted: str) -> None:
    found = scan(typed)
    first = next((line.number for line in found.lines if line.text), 1)
    assert found.find(wanted) == next((line.number for line in found.every_line if wanted in line.text), first)
