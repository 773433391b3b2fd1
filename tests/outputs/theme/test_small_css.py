"""Style sheets keep their meaning when they are made small."""

from __future__ import annotations

import pytest
from plancher.outputs.theme.small_css import small


@pytest.mark.parametrize(
    ("around", "end"),
    [("", ""), ("@layer own {", "}"), ("@container (width > 4em) {", "}"), ("@scope (.a) {", "}"), ("@media print {", "}"), (".outer {", "}")],
)
@pytest.mark.parametrize(
    "selector", [".a :is(b, :not(.c))", "a[href] :hover", "a :first-child:hover", ".b ::before", "li :focus", "#x\n  :empty", ".a /* b */ :hover"]
)
def test_a_selector_of_what_is_inside_never_becomes_one_of_the_thing_itself(around: str, end: str, selector: str) -> None:
    made = small(f"{around} {selector} {{ color: red }} {end}")
    first, _, pseudo = " ".join(selector.replace("/* b */", "").split()).partition(" :")
    assert f"{first}:{pseudo.replace(', ', ',')}" not in made
    assert f"{first} :{pseudo.replace(', ', ',')}{{color:red}}" in made.replace(" *:", " :")


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("@layer a { b { color :red; top : 0 } }", "@layer a{b{color:red;top:0}}"),
        ("@media (orientation :landscape) { a { b: c } }", "@media (orientation:landscape){a{b:c}}"),
        ("@layer a { b::before { content: 'x :y {' } }", "@layer a{b::before{content:'x :y {'}}"),
        ("@layer a { /* un :deux { */ b:hover { c: d } }", "@layer a{b:hover{c:d}}"),
        ("@layer a { .b > :first-child { c: d } }", "@layer a{.b>:first-child{c:d}}"),
        ("@page :first { margin: 1cm }", "@page :first{margin:1cm}"),
        ("@media print { @page :left { margin: 1cm } }", "@media print{@page :left{margin:1cm}}"),
    ],
)
def test_what_is_no_such_selector_is_made_as_small_as_before(written: str, made: str) -> None:
    assert small(written) == made
