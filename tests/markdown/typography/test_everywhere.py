"""The same typography everywhere a text goes."""

from __future__ import annotations

import json

POST = """-- articles/a.md --
Title: L'audience : "dix mille" ?
Date: 2024-05-02
Category: Mode d'emploi
Summary: C'est "tout" !

## L'été ?

Un [lien](https://exemple.fr/) ! Et `l'code ?`.

> [!tangible] L'essai : un
> promesse : "mieux" !
> preuve : 12 kg
"""


def test_pages_feeds_and_data_carry_the_same_text(site) -> None:
    made = site(POST)
    page, feed = made.text("2024/05/a/index.html"), json.loads(made.text("feeds/feed.json"))["items"][0]
    title = "L’audience\u00a0: «\u00a0dix mille\u00a0»\u202f?"
    assert f"<title>{title} – " in page
    assert feed["title"] == title
    assert title in made.text("feeds/atom.xml")
    assert feed["summary"] == "C’est «\u00a0tout\u00a0»\u202f!"
    assert "Mode d’emploi" in page
    for body in (page, feed["content_html"]):
        assert "</a>\u202f!" in body
        assert "l'code ?" in body
        assert "L’essai\u00a0: un" in body
        assert "«\u00a0mieux\u00a0»\u202f!" in body
        assert "12\u00a0kg" in body


def test_a_post_in_another_language_is_left_alone(site) -> None:
    page = site(POST.replace("Summary:", "Lang: en\nSummary:")).text("2024/05/a-en/index.html")
    assert "L&#39;audience : &#34;dix mille&#34; ?" in page
    assert "</a> !" in page


def test_check_suggests_what_only_the_author_can_decide_and_build_says_nothing(site) -> None:
    text = '-- articles/a.md --\nTitle: A\nDate: 2024-05-02\nCategory: C\n\nA la fin,  rien. Un "guillemet seul.\n\nLe May 5, 2024 à l\'Ecole.\n\n`A la "` et ```x  y```\n'
    said = site(text, 'PLANCHER_READING={"mode": "check"}').said
    codes = [line.split(": ")[1][:6] for line in said.splitlines() if "PDV07" in line]
    assert codes == ["PDV070", "PDV071", "PDV072", "PDV070", "PDV073"]
    assert "« À »" in said
    assert "PDV07" not in site(text).said
