"""What Python-Markdown reads as CommonMark does, we read so too; and texts as authors type them, with their outline."""

from __future__ import annotations

import collections
import re
import time
import zoneinfo
from pathlib import Path

import markdown
import pytest
from plancher.markdown.convert import Converter, Reading
from plancher.markdown.place import Place
from plancher.text.front import FrontRules

from tests.conftest import tool
from tests.grammar import grammar_of
from tests.markdown.shapes import outline, words

HERE = Path(__file__).resolve().parent
RULES = FrontRules(is_page=True, templates=("page",), timezone=zoneinfo.ZoneInfo("Europe/Paris"))
PLUGINS = ("plancher.components.callouts", "plancher.components.tangible", "plancher.components.links", "plancher.components.talks")
SLOWEST = 0.5
WANTED = {
    "refused": {150, 169, 170, 171, 176, 180, 181, 182, 613, 614, 615, 616, 617, 623, 627, 629},
    "figure": {572, 584, 586, 588, 591},
}
"""Examples that we read in another way than both, and why.

refused
    HTML that may run, load or restyle is shown as text, with a message.
figure
    an image with a title, alone in its paragraph, is a figure with its caption.
"""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory):
    root = tmp_path_factory.mktemp("textes")
    converter = Converter(root, grammar_of(PLUGINS, {}))

    def one(text: str) -> Reading:
        return converter.read_bytes(f"Title: Cas\n\n{text}\n".encode(), RULES, Place(root, root))

    return one


@pytest.fixture(scope="module")
def stock():
    extensions = ["abbr", "attr_list", "def_list", "footnotes", "sane_lists", "tables", "toc"]
    return markdown.Markdown(extensions=extensions, output_format="html")


def _structures() -> list[tuple[str, str, str]]:
    chunks = (HERE / "structures.md").read_text(encoding="utf-8").split("=====\n")
    return [tuple(part.strip("\n") for part in chunk.split("\n.\n")) for chunk in chunks]


@pytest.mark.parametrize(("title", "text", "expected"), _structures(), ids=[case[0] for case in _structures()])
def test_a_text_has_the_shape_its_author_gave_it(read, title: str, text: str, expected: str) -> None:
    found = outline(read(text).html)
    print(f"{title}\n.\n{text}\n.\n{found}")  # what to paste
    assert found == expected


@pytest.mark.parametrize(("title", "text", "expected"), _structures(), ids=[case[0] for case in _structures()])
def test_line_ends_of_windows_and_spaces_behind_the_words_change_nothing(read, title: str, text: str, expected: str) -> None:
    assert outline(read(text.replace("\n", "\r\n")).html) == expected
    assert outline(read(re.sub(r"(?<=[\w.)])$", " ", text, flags=re.MULTILINE)).html) == expected


@pytest.fixture(scope="module")
def examples() -> list[tuple[str, str]]:
    text = (tool("commonmark-spec") / "spec.txt").read_text(encoding="utf-8").replace("→", "\t")
    return re.findall(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", text, re.DOTALL | re.MULTILINE)


def test_the_examples_of_commonmark_are_read_no_worse_than_by_markdown_itself(read, stock, examples) -> None:
    assert len(examples) > 600
    worse, lost, slow, right = {}, {}, {}, 0
    for number, (text, expected) in enumerate(examples, 1):
        start = time.process_time()
        ours = read(text).html
        slow |= {number: text} if time.process_time() - start > SLOWEST else {}
        theirs, wanted = stock.reset().convert(text), outline(expected)
        right += outline(ours) == wanted
        if outline(theirs) == wanted != outline(ours):
            worse[number] = (text, outline(ours))
        missing = _missing(expected, theirs, ours)
        lost |= {number: missing} if missing else {}
    assert worse.keys() == set().union(*WANTED.values()), worse
    assert not lost
    assert not slow
    assert right >= 540


def _missing(expected: str, theirs: str, ours: str) -> collections.Counter[str]:
    """Words that both others show, and we do not; raw HTML that we show as text has them."""
    known = collections.Counter(words(expected)) & collections.Counter(words(theirs))
    return known - collections.Counter(re.findall(r"\w+", ours.lower()))
