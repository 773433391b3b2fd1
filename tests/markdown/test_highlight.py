"""Code is in colours by classes alone; what is shown, copied and counted is what its author typed."""

from __future__ import annotations

import html
import math
import re
import zoneinfo
from pathlib import Path

import pytest
from plancher.markdown import highlight
from plancher.markdown.convert import Converter, Reading
from plancher.markdown.place import Place
from plancher.text.front import FrontRules

from tests.conftest import ROOT
from tests.grammar import grammar_of

RULES = FrontRules(is_page=False, templates=("article",), timezone=zoneinfo.ZoneInfo("Europe/Paris"), path="un.md")


@pytest.fixture(scope="module")
def converter() -> Converter:
    return Converter(ROOT, grammar_of(["plancher.components.callouts", "plancher.components.typography"]))


def read(converter: Converter, text: str) -> Reading:
    return converter.read_bytes(f"Title: Un\nDate: 2024-05-02\n\n{text}\n".encode(), RULES, Place(ROOT, ROOT))


def shown(body: str) -> str:
    (inside,) = re.findall(r"<pre[^>]*><code[^>]*>(.*?)</code></pre>", body, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", inside))


@pytest.mark.parametrize(
    ("language", "code", "piece"),
    [
        ("python", "def f(x):\n    return 'é' # l'été", '<span class="c"># l\'été'),
        ("c++", "int a = 3;", '<span class="k">int'),
        ("C#", "public class A { }", '<span class="k">public class'),
        ("objective-c", "@interface A : B", '<span class="k">@interface'),
        ("f#", "let x = 1", '<span class="k">let'),
        ("{.sql}", "SELECT 1;", '<span class="k">SELECT'),
        ("js{1,3}", "const a = `b`", '<span class="k">const'),
        ("html", '<p class="a">é</p>', '<span class="na">class</span>='),
        ("diff", "-avant\n+après", '<span class="gi">+après'),
        ("shell-session", "$ ls", '<span class="k">$'),
        ("apacheconf", "RewriteEngine On", "RewriteEngine"),
        ("nginx", "server { listen 80; }", '<span class="k">server'),
    ],
)
def test_a_language_has_its_colours_and_keeps_each_sign(converter: Converter, language: str, code: str, piece: str) -> None:
    reading = read(converter, f"```{language}\n{code}\n```")
    assert piece in reading.html
    assert shown(reading.html) == f"{code}\n"
    assert "style=" not in reading.html
    assert not [problem for problem in reading.problems if problem.code == "PDV145"]


SIGNS = "\n  a < b && c > d\n&lt;b&gt; &amp;amp; &eacute; \\* `x` «l'été»   \n\n    fin\u00a0!"


@pytest.mark.parametrize("language", ["", "text", "python", "html", "php", "bash", "make", "yaml", "perl", "diff", "console", "md", "xml+jinja", "inconnu"])
def test_any_sign_is_shown_as_it_was_typed_in_any_language(converter: Converter, language: str) -> None:
    assert shown(read(converter, f"```{language}\n{SIGNS}\n```").html) == f"{SIGNS}\n"


@pytest.mark.parametrize("around", ["{}", "> [!note] Un\n>\n> {}", "- point\n\n  {}", "<div>\n\n{}\n\n</div>", "Note[^1].\n\n[^1]: Ici.\n\n    {}"])
def test_code_has_its_colours_wherever_it_stands(converter: Converter, around: str) -> None:
    lines, indent = "```python\nx = 1 # l'un\n```".split("\n"), re.search(r"(?:^|\n)([> ]*)\{\}", around)
    assert indent is not None
    assert '<span class="c"># l\'un' in read(converter, around.format(f"\n{indent[1]}".join(lines))).html


def test_an_unknown_language_is_told_with_its_line_and_shown_plain(converter: Converter) -> None:
    reading = read(converter, "Texte.\n\n```pyton\ndef f(): pass\n```\n\n```texte\na\n```")
    assert [(problem.line, problem.code) for problem in reading.problems] == [(6, "PDV145")]
    assert "« python »" in reading.problems[0].message
    assert "<span" not in reading.html


@pytest.mark.parametrize("sign", ["x", "(", '"', "/*", "<", "\\", "a b", "{{", "\n", " "])
def test_a_very_long_piece_ends(converter: Converter, sign: str) -> None:
    code = "\n\n".join([sign * 700] * 12) if sign.strip() else f"a{sign * 19_000}b"
    for language in ("python", "html", "js", "c++", "perl"):
        assert shown(read(converter, f"```{language}\n{code}\n```").html) == f"{code}\n"


def test_colours_change_no_count_of_words(converter: Converter, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Deux mots.\n\n```python\ndef f(x): return x\n```"
    with_colours = read(converter, text)
    monkeypatch.setattr(highlight, "colour", list)
    assert with_colours.words == read(converter, text).words


def _light(value: str) -> float:
    """The luminance of an OKLCH colour (WCAG 2.2; Ottosson's matrices)."""
    lightness, chroma, hue = (float(part) for part in re.fullmatch(r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)", value).groups())  # type: ignore[union-attr] # tokens are written so
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    base = lightness / 100
    long, medium, short = (
        (base + x * a + y * b) ** 3 for x, y in ((0.3963377774, 0.2158037573), (-0.1055613458, -0.0638541728), (-0.0894841775, -1.2914855480))
    )
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return sum(share * min(max(part, 0), 1) for share, part in ((0.2126, red), (0.7152, green), (0.0722, blue)))


def test_each_colour_of_code_is_readable_in_light_and_in_dark() -> None:
    css = ROOT / "theme" / "static" / "css"
    used = set(re.findall(r"color: var\(--([\w-]+)\)", (css / "code.css").read_text(encoding="utf-8"))) | {"ink"}
    modes = re.findall(r"color-scheme: (\w+);(.*?)\}", (css / "tokens.css").read_text(encoding="utf-8"), re.DOTALL)
    assert {mode for mode, _ in modes} == {"light", "dark"}
    assert len(used) > 2
    for mode, text in modes:
        colours = dict(re.findall(r"--([\w-]+): (oklch\([^)]*\));", text))
        ground = _light(colours["paper-deep"])
        for name in used:
            lighter, darker = sorted((_light(colours[name]), ground), reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (mode, name)


def test_every_class_of_code_has_a_look() -> None:
    text = Path(ROOT / "theme" / "static" / "css" / "code.css").read_text(encoding="utf-8")
    assert {name for name in highlight._CLASSES.values() if f".{name}" not in text} == set()
