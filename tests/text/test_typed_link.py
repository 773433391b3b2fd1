"""A link as authors type one: its address is found whatever stands around it, and no word is lost."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.components.links import lists, markup
from plancher.text import typed_link
from plancher.text.blocks import Block, Line
from plancher.text.scan import scan

from tests.text.reading import read

URL = "https://exemple.fr/a"


@pytest.mark.parametrize(
    ("typed", "title", "url", "words"),
    [
        (f"[Titre]({URL})", "Titre", URL, ""),
        (f'[Titre]({URL} "infobulle")', "Titre", URL, ""),
        (f"[Titre]({URL} (infobulle))", "Titre", URL, ""),
        (f"[Titre](<{URL} b>)", "Titre", f"{URL}%20b", ""),
        (f"[Titre]({URL}_(b))", "Titre", f"{URL}_(b)", ""),
        (f"[Titre [2e éd.]]({URL})", "Titre [2e éd.]", URL, ""),
        (f"[Titre]({URL}){{:target=_blank}}", "Titre", URL, ""),
        (f"[![Une image](https://exemple.fr/i.png)]({URL})", "Une image", URL, ""),
        (f"**[Titre]({URL})** — pourquoi", "Titre", URL, "pourquoi"),
        (f"*[Titre]({URL})* : pourquoi", "Titre", URL, "pourquoi"),
        (f"« [Titre]({URL}) », chez [un ami](https://exemple.net/)", "Titre", URL, "chez [un ami](https://exemple.net/)"),
        (f"([Titre]({URL}))", "Titre", URL, ""),
        (f"À lire : [Titre]({URL})", "Titre", URL, "À lire"),
        (f"Ce que dit [Titre]({URL}) des devis", "Titre", URL, "Ce que dit Titre des devis"),
        (f"<a href='{URL}' target=_blank>Titre &amp; suite</a>, utile", "Titre & suite", URL, "utile"),
        (f"{URL}", URL, URL, ""),
        (f"<{URL}>", URL, URL, ""),
        (f"{URL}.", URL, URL, ""),
        (f"{URL} : pourquoi", URL, URL, "pourquoi"),
        (f"{URL}, à lire", URL, URL, "à lire"),
        (f"({URL})", URL, URL, ""),
        (f"Un titre : {URL}", "Un titre", URL, ""),
        (f"**Un titre** - {URL}", "Un titre", URL, ""),
        (f"Un papier de la presse ({URL}_1.html)", "Un papier de la presse", f"{URL}_1.html", ""),
        ("www.exemple.fr/b", "https://www.exemple.fr/b", "https://www.exemple.fr/b", ""),
        (f"[Titre] ({URL})", "Titre", URL, ""),
        (f"[Titre]: {URL}", "Titre", URL, ""),
        (f"[Titre]({URL}", "Titre", URL, ""),
        (f"Un titre [{URL}]", "Un titre", URL, ""),
        (f"[{URL}]", URL, URL, ""),
        (f"`{URL}`", URL, URL, ""),
        (f"~~[Titre]({URL})~~", "Titre", URL, ""),
        (f"[x] [Titre]({URL}) lu", "Titre", URL, "lu"),
        (f"👉 [Titre]({URL})", "Titre", URL, ""),
        (f"📄 {URL} ?", URL, URL, ""),
        (f"[]({URL})", URL, URL, ""),
        (f"[Titre]({URL})<br>pourquoi", "Titre", URL, "pourquoi"),
        (f'[Titre]({URL} "la \\"bulle\\" (1)")', "Titre", URL, ""),
        (f'[![Une image](https://exemple.fr/i.png "bulle")]({URL})', "Une image", URL, ""),
        (f"![Une image](https://exemple.fr/i.png) [Titre]({URL})", "Titre", URL, "![Une image](https://exemple.fr/i.png)"),
        (f'<A HREF="{URL}" TITLE="a > b">Titre</A>', "Titre", URL, ""),
        (f'<a href="{URL}">Titre', "Titre", URL, ""),
        (f"{URL}&nbsp;: pourquoi", URL, URL, "&nbsp;: pourquoi"),
        (f"{URL}?a=1&b=2;", f"{URL}?a=1&b=2", f"{URL}?a=1&b=2", ""),
        (f"Un titre[^1] {URL}", "Un titre[^1]", URL, ""),
        ("![Une image](https://exemple.fr/i.png)", "![Une image](https://exemple.fr/i.png)", "", ""),
        ("Un titre seul", "Un titre seul", "", ""),
        ("Un [mot] entre crochets", "Un [mot] entre crochets", "", ""),
    ],
)
def test_the_address_is_found_whatever_stands_around_it(typed: str, title: str, url: str, words: str) -> None:
    link = typed_link.read(typed)
    assert (link.title, link.url, link.words) == (title, url, words)
    again = typed_link.read(typed_link.written(link))
    assert (again.title, again.url, again.words) == (title, url, "")


@pytest.mark.parametrize("sign", ["[", "(", "[a", "<a ", "[](", "*", '[a]("b', "](", "<a href=x>"])
def test_any_number_of_signs_is_read_at_once(sign: str) -> None:
    start = time.process_time()
    for text in (sign * 3000, sign * 500 + URL + sign * 500, sign * 300 + f"]({URL})</a>" + sign * 300):
        typed_link.read(text)
    assert time.process_time() - start < 1.0


AROUND = st.lists(st.text(st.characters(categories=("L",)), min_size=1, max_size=6), max_size=3).map(" ".join)


@given(
    AROUND,
    st.sampled_from([f"[Titre]({URL})", f"<{URL}>", URL, f"<a href='{URL}'>Titre</a>", f"**[Titre]({URL})**"]),
    st.sampled_from(["", " : ", ", ", " — ", " "]),
    AROUND,
)
def test_no_word_and_no_address_is_lost(before: str, link: str, between: str, after: str) -> None:
    read = typed_link.read(f"{before} {link}{between}{after}" if not after or between else f"{before} {link} {after}")
    assert read.url == URL
    assert {*before.split(), *after.split()} <= set(re.findall(r"[^\W\d_]+", f"{read.title} {read.words}"))


def _links(text: str, *, is_roundup: bool = False) -> list[tuple[str, str, str]]:
    whole = scan(tuple(text.split("\n")), 1)
    whole = lists.resolve_references(whole)
    whole = lists.read_lists(whole) if is_roundup else whole
    found = [markup.read_roundup(block).model for block in whole.blocks]
    return [(link.title, link.url, link.comment) for model in found for link in model.links]  # type: ignore[attr-defined]


def test_links_by_reference_find_their_address_wherever_it_is_defined() -> None:
    text = (
        "> [!liens] À lire\n> - [Premier][1]\n>   auteur : Une autrice\n> - [Deuxième][]\n> - [Troisième]\n> - [Quatrième][dedans]\n>\n> [dedans]: <https://exemple.fr/4>\n\n"
        '[1]: https://exemple.fr/1 "infobulle"\n[deuxième]: https://exemple.fr/2\n[TROISIÈME]: https://exemple.fr/3\n'
    )
    assert [(title, url) for title, url, _ in _links(text)] == [
        ("Premier", "https://exemple.fr/1"),
        ("Deuxième", "https://exemple.fr/2"),
        ("Troisième", "https://exemple.fr/3"),
        ("Quatrième", "https://exemple.fr/4"),
    ]


def test_a_reference_that_nothing_defines_is_told() -> None:
    block = Block("liens", "", 1, (Line(2, "- [Titre][7]"),))
    assert [(problem.line, problem.code) for problem in markup.read_roundup(block).problems] == [(2, "PDV016")]


@pytest.mark.parametrize(
    "typed", ["exemple.fr/page", "ftp://exemple.fr/a", "//exemple.fr/a", "exemple.fr", "Un titre : exemple.fr/page", "[Titre][^1]", "[Titre]()"]
)
def test_an_address_that_is_none_for_a_browser_is_told_and_not_lost(typed: str) -> None:
    found = markup.read_roundup(Block("liens", "", 1, (Line(2, f"- {typed}"),)))
    assert [(problem.line, problem.code) for problem in found.problems] == [(2, "PDV016")]


@pytest.mark.parametrize("typed", ["Débuter avec Node.js", "M. le maire", "Un papier de 2011", "Version 2.0 etc."])
def test_a_title_whose_address_is_lost_is_no_fault(typed: str) -> None:
    assert markup.read_roundup(Block("liens", "", 1, (Line(2, f"- {typed}"),))).problems == ()


SHAPES = (
    "[Titre](https://exemple.fr/1)",
    "**[Titre](https://exemple.fr/1)** — pourquoi",
    "« [Titre](https://exemple.fr/1) », chez [un ami](https://exemple.net/)",
    "[Titre](https://exemple.fr/1){:target=_blank}",
    "Un papier (https://exemple.fr/a_1.html#xtor=RSS-1)",
    "Un titre [entre crochets : https://exemple.fr/1",
    "Un titre] : https://exemple.fr/1",
    "https://exemple.fr/1 - nu",
    "<https://exemple.fr/1>",
    "<a href='https://exemple.fr/1?a=1&amp;b=(2)'>Titre * étoile</a>, utile",
    "[Titre][1] : par référence",
    "[Titre]",
    "Ce que dit [Titre](https://exemple.fr/1) des devis",
    "[Titre](<https://exemple.fr/1 2>) (pdf)",
    "[Titre [2e éd.]](https://exemple.fr/1_(x)) auteur : quelqu'un",
    "[Titre](https://exemple.fr/1) : ce qu'il dit\n    sur deux lignes",
    "[Titre](https://exemple.fr/1)\n\n    Un paragraphe.\n\n    - une sous-liste",
    "À lire : [Titre](https://exemple.fr/1)\n    clé : valeur",
)


@given(st.lists(st.sampled_from(SHAPES), min_size=1, max_size=5), st.sampled_from(["- ", "* ", "1. "]), st.booleans())
def test_what_is_proposed_reads_back_as_it_stands(items: list[str], mark: str, is_roundup: bool) -> None:
    defined = "\n\n[1]: https://exemple.fr/1\n[Titre]: https://exemple.fr/2\n"
    head = f"Title: Un\nDate: 2024-03-05 09:00\nCategory: Essai\n{'Kind: revue' if is_roundup else 'Tags: essai'}\n\n"
    document = read(head + "Quelques liens…\n\n" + "".join(f"{mark}{item}\n" for item in items) + defined)
    (problem,) = lists.suggest_block(document)
    proposed = problem.message.partition("par :\n")[2].replace("\n    ", "\n").removeprefix("    ")
    assert [line.lstrip()[0] for line in proposed.split("\n")] == [">"] * len(proposed.split("\n"))
    again = read(head + proposed + "\n" + defined)
    assert [problem for problem in again.problems if problem.code != "PDV002"] == list(document.problems)
    assert list(lists.suggest_block(again)) == []
    blocks = [markup.read_roundup(block) for block in again.scan.blocks]
    assert [block.problems for block in blocks] == [()]
    found = blocks[0].model.links  # type: ignore[attr-defined]
    references = dict(filter(None, map(typed_link.definition, defined.split("\n"))))
    wanted = [typed_link.read(typed_link.with_addresses(item.partition("\n")[0], references)) for item in items]
    assert [(re.sub(r"\\([\[\]])", r"\1", link.title), link.url) for link in found] == [(link.title, link.url) for link in wanted]
    for link, item, typed in zip(found, items, wanted, strict=True):
        said = f"{typed.words} {item.partition(chr(10))[2]}"
        assert re.findall(r"\w+", said) == re.findall(r"\w+", link.comment)


def test_a_roundup_keeps_its_whole_list_when_an_item_is_odd() -> None:
    text = "- [Un](https://exemple.fr/1) bien\n- Le deux : [Deux](https://exemple.fr/2)\n- Un sans adresse\n- [Quatre][4]\n\n[4]: https://exemple.fr/4\n"
    assert _links(text, is_roundup=True) == [
        ("Un", "https://exemple.fr/1", "bien"),
        ("Deux", "https://exemple.fr/2", "Le deux"),
        ("Un sans adresse", "", ""),
        ("Quatre", "https://exemple.fr/4", ""),
    ]


def test_a_list_of_prose_with_a_link_or_two_is_no_roundup() -> None:
    assert _links("- Un [mot](https://exemple.fr/1) dans une phrase\n- Du texte\n- Encore\n- Toujours\n", is_roundup=True) == []


def test_a_footnote_is_no_link_by_reference() -> None:
    assert typed_link.definition(f"[^1]: {URL}") is None
    assert typed_link.with_addresses("Un titre[^1] et [un mot][^1]", {"^1": URL}) == "Un titre[^1] et [un mot][^1]"
