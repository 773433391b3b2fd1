"""An anchor that was public keeps leading to its promise, or its author says what became of it: on any machine, until he does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from plancher.components.tangible import stability
from plancher.components.tangible.stability import Anchor
from plancher.site import public

from tests.conftest import Built

POST, FILES = "articles/un", {"articles/un": "articles/un.md"}
BEFORE = f"{POST}#preuve-1 : les visites doublent\n{POST}#preuve-2 : on parle de nous\n"


def anchors(*pairs: str) -> list[Anchor]:
    """The pairs of a post, each on a line: its words, and its own name after « = »."""
    found, place = [], 0
    for line, pair in enumerate(pairs, 1):
        words, _, own = pair.partition("=")
        if not own:
            place += 1
            while any(other.endswith(f"=preuve-{place}") for other in pairs):
                place += 1
        found.append(Anchor(post=POST, name=own or f"preuve-{place}", words=words, path="articles/un.md", line=line, is_named=bool(own)))
    return found


def said(before: str, *pairs: str, files: dict[str, str] = FILES) -> list[str]:
    known, problems = public.parse(before)
    assert problems == []
    return [f"{path}:{problem.line} {problem.message}" for path, problem in stability.lost_anchors(known, anchors(*pairs), files)]


KEPT = "les visites doublent", "on parle de nous"


@pytest.mark.parametrize(
    "pairs",
    [
        KEPT,
        (*KEPT, "une troisième"),
        ("les visites ont doublé", "on parle de nous"),
        ("Les visites doublent !", "On parle de nous partout"),
        ("on parle de nous=preuve-2", "les visites doublent=preuve-1"),
        ("tout autre chose=preuve-1", "on parle de nous"),
    ],
)
def test_what_leads_where_it_did_is_no_matter(pairs: tuple[str, ...]) -> None:
    assert said(BEFORE, *pairs) == []


def test_a_new_pair_that_would_take_the_anchor_of_another_is_named() -> None:
    assert said(BEFORE, "une toute nouvelle", *KEPT)[0].startswith(
        "articles/un.md:1 cette paire prendrait l'ancre « #preuve-1 » d'une autre (« les visites doublent »). Donnez-lui un nom : « id : … »"
    )
    assert said(BEFORE, "une toute nouvelle=neuve", *KEPT) == []


def test_a_pair_that_would_lose_its_anchor_is_told_how_to_keep_it() -> None:
    assert said(BEFORE, "on parle de nous")[:1] == [
        "articles/un.md:1 l'ancre de cette paire passerait de « #preuve-2 » à « #preuve-1 ». Ajoutez « id : preuve-2 » pour la garder.",
    ]
    assert said(BEFORE, "les visites doublent") == [
        (
            "articles/un.md:1 l'ancre « #preuve-2 » (« on parle de nous ») était publique et ne mène plus à sa promesse. Rendez-la à sa paire : « id : preuve-2 »,"
            " ou écrivez « → rien » à la place de ses mots dans content/adresses.txt, ligne 2."
        )
    ]
    with_replacements = said(BEFORE, "on parle de nous", "les visites doublent")
    assert with_replacements == [
        "articles/un.md:1 l'ancre de cette paire passerait de « #preuve-2 » à « #preuve-1 ». Ajoutez « id : preuve-2 » pour la garder.",
        "articles/un.md:2 l'ancre de cette paire passerait de « #preuve-1 » à « #preuve-2 ». Ajoutez « id : preuve-1 » pour la garder.",
    ]


@pytest.mark.parametrize(
    "pairs",
    [
        ("une audience record", "trois contrats signés"),  # other words in every place
        ("on nous cite enfin ailleurs", "beaucoup de trafic"),  # other words and other places in one go
        ("les visites doublent=trafic", "on parle de nous=presse"),  # names that nobody has linked to
        ("les visites doublent",),
        (),
    ],
)
def test_words_and_place_edited_together_do_not_escape(pairs: tuple[str, ...]) -> None:
    assert said(BEFORE, *pairs)


def test_a_warning_is_said_until_it_is_answered_whoever_publishes_meanwhile() -> None:
    inserted = ("une toute nouvelle", *KEPT)
    first = said(BEFORE, *inserted)
    assert len(first) == 2
    known, _ = public.parse(BEFORE)
    published = stability.updated_list(known, anchors(*inserted), FILES)
    assert [line.partition("ligne")[0] for line in said(published, *inserted)] == [line.partition("ligne")[0] for line in first]
    answered = published.replace(f"{POST}#preuve-1 : les visites doublent", f"{POST}#preuve-1 → rien").replace(
        f"{POST}#preuve-2 : on parle de nous", f"{POST}#preuve-2 -> preuve-3"
    )
    assert said(answered, *inserted) == []
    known, _ = public.parse(answered)
    again = stability.updated_list(known, anchors("les visites doublent=trafic"), FILES)
    assert f"{POST}#preuve-1 → rien" in again, "une réponse reste"


def test_a_first_publication_lists_every_anchor_on_a_line_of_its_own_in_order() -> None:
    made = stability.updated_list(public.Public(), anchors("b\n deux", "a", "c=zèle"), FILES)
    assert made.splitlines()[1:] == [f"{POST}#preuve-1 : b deux", f"{POST}#preuve-2 : a", f"{POST}#zèle : c"]
    known, problems = public.parse(made)
    assert (problems, stability.updated_list(known, anchors("b deux", "a", "c=zèle"), FILES)) == ([], made)


def test_what_was_public_and_is_corrected_takes_its_new_words_and_what_is_of_others_stays() -> None:
    known, _ = public.parse(f"{BEFORE}articles/deux#preuve-1 : ailleurs\n/2024/05/un/ : articles/un | 2024-05-02 | Un\n/tag/PME/\n/parti/ → rien\n")
    made = stability.updated_list(known, anchors("les visites ont doublé", "on parle de nous"), {**FILES, "articles/deux": "articles/deux.md"})
    assert made.splitlines()[1:] == [
        "/2024/05/un/ : articles/un | 2024-05-02 | Un",
        "/parti/ → rien",
        "/tag/PME/",
        "articles/deux#preuve-1 : ailleurs",
        f"{POST}#preuve-1 : les visites ont doublé",
        f"{POST}#preuve-2 : on parle de nous",
    ]


def test_an_answer_of_one_branch_holds_when_another_still_has_the_words() -> None:
    assert said(f"{BEFORE}{POST}#preuve-2 → rien\n", "les visites doublent") == []


def test_branches_that_disagree_on_the_words_are_both_right() -> None:
    assert said(f"{POST}#preuve-1 : les visites doublent\n{POST}#preuve-1 : nos prix baissent\n", "nos prix baissent") == []


def test_a_text_that_is_gone_is_said_once_where_its_anchors_are_listed() -> None:
    assert said(BEFORE, files={}) == [
        (
            "adresses.txt:1 le texte « articles/un » n'est plus publié, et ses ancres l'étaient."
            " Rendez-le, écrivez ici son nouveau nom s'il en a changé, ou retirez ses lignes."
        )
    ]


@pytest.mark.parametrize("line", ["<<<<<<< HEAD", "=======", ">>>>>>> autre", "sans ancre : rien", "un#", "#preuve-1 : x", "un#a:b"])
def test_a_line_that_cannot_be_read_is_named_and_costs_nothing_else(line: str) -> None:
    known, problems = public.parse(f"{public.HEAD}\n{line}\n{BEFORE}")
    assert [(problem.line, problem.code) for problem in problems] == [(2, "PDV065")]
    assert known.anchors[POST]["preuve-1"] == ("les visites doublent",)


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", "a#b : c".encode("utf-16"), b"\xe9t\xe9#a : b"])
def test_a_list_that_is_no_text_is_said(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / public.FILE).write_bytes(raw)
    known, problems = public.load(tmp_path / public.FILE)
    assert (known, [problem.code for problem in problems]) == (public.Public(), ["PDV065"])
    assert public.load(tmp_path) == (public.Public(), [])


def test_the_list_is_written_whole_and_only_when_it_changes(tmp_path: Path) -> None:
    path = tmp_path / public.FILE
    assert public.write(path, "a\n")
    assert not public.write(path, "a\n")
    assert [one.name for one in tmp_path.iterdir()] == [public.FILE]


SITE = "-- articles/un.md --\nTitle: Un\nDate: 2024-05-02\nCategory: Essais\n\n{}\n"
PAIR = "> [!tangible] Un\n> promesse : {}\n> preuve : trois contrats\n"


def test_a_checkout_that_was_never_built_says_it_and_its_bytes_do_not_depend_on_the_list(site: Callable[..., Built], tmp_path: Path) -> None:
    two = SITE.format(
        PAIR.format("on parle de nous") + "\n" + PAIR.format("les visites doublent") + "\n" + PAIR.format("nos prix baissent") + "> id : trafic\n"
    )
    asked, kept = f'PLANCHER_COMMAND={{"files": "{tmp_path}"}}', tmp_path / public.FILE
    bare = site(two, asked)
    assert kept.read_text(encoding="utf-8").splitlines()[1:] == [
        "articles/un#preuve-1 : on parle de nous",
        "articles/un#preuve-2 : les visites doublent",
        "articles/un#trafic : nos prix baissent",
    ]
    before = bare.files
    for _ in range(2):
        made = site(f"-- {public.FILE} --\n{BEFORE}{POST}#trafic : on nous cite partout\n", asked)
        assert made.code == 0, made.said
        assert made.said.count("PDV018 l'ancre de cette paire passerait") == 2
        assert "#trafic" not in made.said, "qui nomme une paire sait ce qui y mène"
        assert made.files == before
    assert "#preuve-1 : les visites doublent" in kept.read_text(encoding="utf-8")


def test_a_heading_or_raw_html_does_not_take_the_anchor_of_a_pair(site: Callable[..., Built]) -> None:
    made = site(SITE.format("## Preuve 1\n\n" + PAIR.format("du bruit") + '\n## Autre {#preuve-1}\n\nVoir <span id="preuve-1">ici</span>.'))
    page = made.text("2024/05/un/index.html")
    assert page.index('id="preuve-1_1"') < page.index('id="preuve-1"')
    assert "articles/un.md:13: PDV018 deux passages ont la même ancre « #preuve-1 »" in made.said


def test_signs_that_nobody_sees_are_written_out_in_what_is_said_of_a_line() -> None:
    (problem,) = public.parse("\x00\x1bx\n")[1]
    assert "« \\x00\\x1bx »" in problem.message
