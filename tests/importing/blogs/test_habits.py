"""Habits of former blogs become our blocks: each change is told, each can be refused, and no word is lost."""

from __future__ import annotations

import pytest
from plancher.importing.blogs.habits.settle import RULES, settle
from plancher.importing.blogs.habits.words import lost_words
from plancher.importing.blogs.model import FormerText, Markup
from plancher.text.blocks import Block

from tests.importing.blogs.reading import PLACE, convert, read, settled

ESSAY = """\
<p>On promet beaucoup en mode « 2.0 », mais il faut revenir sur terre. Des exemples en vrac :</p>
<p>– vente 2.0 mais au bout du compte ce sont des factures payées, que l’on comptera à la fin de l’année.</p>
<p>– mairie 2.0, mais au final on dépouille les bulletins du dimanche</p>
<p>– école 2.0 mais ce qui compte c’est que l’élève « connecté » sache lire et…comprenne mieux.</p>
<p>– publicité 2.0, mais si tout le monde en parle je crois qu’au final ce sont les caisses qui répondent.</p>
<p>– et plus largement : « bureau 2.0 » mais ce que je vois c’est l’heure à laquelle je rentre.</p>
<p>Je termine par la conférence fort drôle qu’Anne de Tréville (Nanou pour les proches), qui travaille avec Zoà© Martel, et non la conférence que Paul de Gramont
(Polo pour les intimes) qui officie chez Machin a donnée lors du dernier barcamp Rennes.</p>
<p>Paul expliquait que tout cela prend du temps.</p>
<p>Je vous conseille de regarder la vidéo de sa conférence.</p>
<p>Live Broadcasting by Ustream</p>
"""
COLUMN = """\
<p>La discussion continue, avec le billet “Faut-il un blog à la boulangerie ? ” écrit hier.</p>
<p>Je pense aussi à cet article de Marc Delorme, paru dans un journal sous le titre “Le four d’abord“. Il est plus général.</p>
<p>En somme l’auteur regrette la lenteur des boutiques et demande: “Pourquoi ce que des milliers de clients font chaque jour avec leur téléphone reste-t-il ignoré des commerçants du quartier ?“</p>
<p>D’accord pour dire que “ce n’est pas le prix de la machine qui pose problème à la plupart des gens. C’est le temps qu’elle prend“. A condition de le dire aux artisans.</p>
<p>Je lis aussi cette phrase, essentielle : “La réussite d’un four ne vient pas de sa marque (même si cela compte), mais de la main de celui qui le règle chaque matin avant l’aube“.</p>
<p>Les outils, “à la mode”, supposent un projet. Il est utile de renvoyer au rapport Vasseur, « Pain et toile » de 2005, qui notait parmi les freins:</p>
<p>“Une promotion fondée à la fois sur des discours trop savants de la part des vendeurs, des annonces sans fin et un rythme trop rapide des nouveautés“.</p>
<p>Pour finir, je lirais avec plaisir tout commentaire disant en une phrase comment un blog a servi à une boutique.</p>
<p>Quelques liens au sujet des usages “pro”.</p>
<p>Quel usage pour un blog ?</p>
<p>7 règles pour vendre du pain grâce au web</p>
<p>Blogs Usages Attentes</p>
<p>Usages professionnels des carnets</p>
<p>Du (très) bon usage des carnets…la mairie et le four : un accord exemplaire</p>
<p>Quelle place pour le web en boulangerie ?</p>
<p>Du bon usage du web et des carnets en boutique.</p>
<p>Le pain, en résumé</p>
<p>Technorati Tags: pain, PME, boutique, four, travail-manuel, réseaux-sociaux, projet, carnet, Viadeo, LinkedIn</p>
"""


def blocks(markdown: str, name: str) -> list[Block]:
    return [block for block in read(markdown).reading.document.scan.blocks if block.name == name]


def test_an_essay_comes_home_whole():
    text = settled(ESSAY)
    page = read(text.markdown)
    assert not page.blocking
    assert not [told for told in (*page.problems, *page.advice) if not told.startswith("PDV07")]
    (balance,) = blocks(text.markdown, "bilan")
    assert [line.text.count("→") for line in balance.lines if line.text.startswith("-")] == [1] * 5
    (talk,) = blocks(text.markdown, "video")
    fields = [line.text for line in talk.lines]
    assert "orateur : Paul de Gramont" in fields
    assert "événement : barcamp Rennes" in fields
    assert "état : disparue" in fields
    assert "Live Broadcasting by Ustream" in fields
    assert "Zoé Martel" in text.markdown
    assert lost_words(ESSAY, Markup.HTML, text.markdown) == ()


def test_a_column_comes_home_whole():
    text = settled(COLUMN)
    page = read(text.markdown)
    assert not page.blocking
    (links,) = blocks(text.markdown, "liens")
    assert sum(line.text.startswith("- ") for line in links.lines) == 8
    quotations = blocks(text.markdown, "citation")
    assert [quotation.lines[0].text for quotation in quotations] == ["auteur : Marc Delorme"] * 3 + ["auteur : rapport Vasseur"]
    assert text.tags == ("pain", "PME", "boutique", "four", "travail-manuel", "réseaux-sociaux", "projet", "carnet", "Viadeo", "LinkedIn")
    (call,) = blocks(text.markdown, "appel")
    assert call.title.startswith("Pour finir, je lirais avec plaisir tout commentaire")
    assert [line.text for line in call.lines] == ["attendu : en une phrase"]
    assert [note.former for note in text.notes if note.rule == "appel"] == [
        "Pour finir, je lirais avec plaisir tout commentaire disant en une phrase comment un blog a servi à une boutique."
    ]
    assert lost_words(COLUMN, Markup.HTML, f"Tags: {', '.join(text.tags)}\n\n{text.markdown}") == ()


def test_each_change_is_told_with_its_place_its_rule_and_its_former_words():
    notes = (*settled(ESSAY).notes, *settled(COLUMN).notes)
    assert {note.rule for note in notes} == set(RULES)
    assert all(note.place == PLACE and note.former and note.message[-1] in ".:" for note in notes)


@pytest.mark.parametrize("rule", RULES)
def test_each_change_can_be_refused(rule):
    for source in (ESSAY, COLUMN):
        assert rule not in {note.rule for note in settled(source, rule).notes}


def test_with_all_refused_the_text_is_as_it_was_converted():
    for source in (ESSAY, COLUMN):
        text = settled(source, *RULES)
        assert text.markdown == convert(source).markdown
        assert (text.tags, text.notes) == ((), ())


@pytest.mark.parametrize(
    "lines",
    [
        "<ul><li>vente 2.0, mais au final des factures</li><li>mairie 2.0 mais au bout du compte des bulletins</li></ul>",
        "<p>– vente 2.0, mais au final des factures<br>– mairie 2.0 mais au bout du compte des bulletins</p>",
        "<p>- vente 2.0, mais au final des factures</p><p>— mairie 2.0 mais au bout du compte des bulletins</p>",
        "<p>* vente 2.0 : mais au final des factures</p><p>• mairie 2.0 mais au bout du compte des bulletins</p>",
    ],
)
def test_promises_are_seen_however_they_are_listed(lines):
    text = settled(lines)
    (balance,) = blocks(text.markdown, "bilan")
    assert [line.text for line in balance.lines] == ["- vente 2.0 → mais au final des factures", "- mairie 2.0 → mais au bout du compte des bulletins"]


@pytest.mark.parametrize(
    "lines",
    [
        "<p>– vente 2.0, mais au final des factures</p><p>Une phrase.</p>",
        "<ul><li>du pain, mais frais</li><li>du lait, mais cru</li></ul>",
        "<ul><li>vente 2.0, mais au final des factures</li><li>autre chose</li></ul>",
        "<p>– Tu viens ? dit-il.</p><p>– Oui, mais au final je reste.</p>",
        "<pre>– vente 2.0, mais au final a\n– mairie 2.0, mais au final b</pre>",
    ],
)
def test_other_lists_are_no_balance(lines):
    assert not blocks(settled(lines).markdown, "bilan")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "<p>À lire</p><ul><li><a href='http://a.example/'>Un</a></li><li><a href='http://b.example/'>Deux</a> : très bien</li></ul>",
            ["- [Un](http://a.example/)", "- [Deux](http://b.example/)", "", "    très bien"],
        ),
        (
            "<h3>Pour aller plus loin</h3><p><a href='http://a.example/'>Un</a></p><p><a href='http://b.example/'>Deux</a></p><p>Une fin.</p>",
            ["- [Un](http://a.example/)", "- [Deux](http://b.example/)"],
        ),
        (
            "<p><strong>Liens du jour :</strong><br>– <a href='http://a.example/'>Un</a><br>– <a href='http://b.example/'>Deux</a></p>",
            ["- [Un](http://a.example/)", "- [Deux](http://b.example/)"],
        ),
        ("<p>Quelques liens…</p><ul><li>Un titre perdu</li><li>Un autre</li></ul>", ["- Un titre perdu", "- Un autre"]),
    ],
)
def test_links_are_seen_however_they_are_listed(source, expected):
    text = settled(source)
    (links,) = blocks(text.markdown, "liens")
    assert [line.text for line in links.lines if line.text or "" in expected] == expected
    assert not read(text.markdown).blocking


@pytest.mark.parametrize(
    "source",
    [
        "<p>À lire</p><p>Une longue phrase qui dit ce que j’ai lu hier soir. Et une seconde, pour la route.</p>",
        "<p>Pour aller plus loin</p><p>Il faut du temps.</p><p>Et de la patience.</p>",
        "<p>Sources</p><ul><li>mes notes</li><li>ma mémoire</li></ul>",
        "<p>Quelques liens de parenté nous unissent.</p><p>Voilà.</p>",
        "<p>Voir</p><ul><li>le port</li><li>la plage</li></ul>",
    ],
)
def test_other_words_are_no_roundup(source):
    assert not blocks(settled(source).markdown, "liens")


@pytest.mark.parametrize(
    ("source", "head"),
    [
        ("<blockquote><p>Les mots.</p><p>— Anne Un, <em>Un livre</em></p></blockquote>", ["auteur : Anne Un", "titre : Un livre", "", "Les mots."]),
        ("<blockquote><p>Les mots.</p><cite>Anne Un</cite></blockquote>", ["auteur : Anne Un", "", "Les mots."]),
        (
            '<blockquote>Les mots.<br>- <a href="http://a.example/x">Anne Un</a></blockquote>',
            ["auteur : Anne Un", "source : http://a.example/x", "", "Les mots."],
        ),
        ("<blockquote><p>Un.</p><p>Deux.</p><footer>— <cite>Anne Un</cite></footer></blockquote>", ["auteur : Anne Un", "", "Un.", "", "Deux."]),
    ],
)
def test_a_signed_quotation_becomes_a_block(source, head):
    text = settled(source)
    (quotation,) = blocks(text.markdown, "citation")
    assert [line.text for line in quotation.lines] == head
    assert lost_words(source, Markup.HTML, text.markdown) == ()
    assert not read(text.markdown).blocking


@pytest.mark.parametrize(
    "source",
    [
        "<blockquote><p>Les mots de personne.</p></blockquote>",
        "<blockquote><ul><li>un</li></ul><p>- deux trois</p></blockquote>",
        "<p>On m’a dit : “" + "un mot " * 20 + "“.</p>",
        "<p>Il parle de “l’usage“ et de “la mode“, dit Anne Un.</p>",
    ],
)
def test_nobody_is_made_to_speak(source):
    assert not blocks(settled(source).markdown, "citation")


@pytest.mark.parametrize(
    ("source", "fields"),
    [
        ('<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ" title="Le four"></iframe>', ["url : https://www.youtube.com/embed/dQw4w9WgXcQ"]),
        ('<object><embed src="http://www.dailymotion.com/swf/x1abc2"></object>', ["url : http://www.dailymotion.com/swf/x1abc2"]),
        ("<p>http://vimeo.com/12345</p>", ["url : http://vimeo.com/12345"]),
        ('<embed src="http://video.google.com/googleplayer.swf?docId=12">', ["url : http://video.google.com/googleplayer.swf?docId=12", "état : disparue"]),
        ('<object><param name="movie" value="http://blip.tv/play/abc"></object>', ["url : http://blip.tv/play/abc", "état : disparue"]),
        ("<p>Streaming live video by Ustream</p>", ["état : disparue", "", "Streaming live video by Ustream"]),
        ("<p>Watch live video from Le four on Justin.tv</p>", ["état : disparue", "", "Watch live video from Le four on Justin.tv"]),
    ],
)
def test_a_film_becomes_a_block_and_a_lost_one_says_so(source, fields):
    text = settled(source)
    (talk,) = blocks(text.markdown, "video")
    assert [line.text for line in talk.lines] == fields
    assert not read(text.markdown).blocking


def test_a_film_keeps_its_title():
    assert settled('<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ" title="Le four"></iframe>').markdown.startswith("> [!video] Le four\n")


@pytest.mark.parametrize(
    "words", ["Je regarde Ustream", "Broadcasting is fun", "Nous étions en direct sur Ustream pendant la journée, avec beaucoup de monde."]
)
def test_words_about_a_platform_are_no_film(words):
    assert not blocks(settled(f"<p>{words}</p>").markdown, "video")


@pytest.mark.parametrize(
    ("source", "left", "tags"),
    [
        ("<p>Fin du texte. Technorati Tags: pain, four</p>", "Fin du texte.\n", ("pain", "four")),
        ("<p>Fin du texte.<br />Technorati Tags: pain, four</p>", "Fin du texte.\n", ("pain", "four")),
        (
            '<p>Fin.</p><p>Technorati Tags: <a href="http://technorati.com/tag/pain+bis" rel="tag">pain bis</a>, <a href="http://technorati.com/tag/four" rel="tag">four</a></p>',
            "Fin.\n",
            ("pain bis", "four"),
        ),
        ("<p>Fin.</p><div>Tags Technorati : pain, four</div>", "Fin.\n", ("pain", "four")),
        ("<p>Technorati classe les blogs.</p>", "Technorati classe les blogs.\n", ()),
        ("<p>Écrivez « Technorati Tags: » puis vos mots. Ils servent à tout.</p>", "Écrivez « Technorati Tags : » puis vos mots. Ils servent à tout.\n", ()),
    ],
)
def test_lines_of_tags_go_to_the_header(source, left, tags):
    text = settled(source)
    assert (text.markdown, text.tags) == (left, tags)


def test_a_tag_that_the_text_has_already_is_not_added():
    assert settled("<p>Technorati Tags: PME, pain</p>", tags=("pme",)).tags == ("pain",)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Loà¯c", "Loïc"),
        ("Noà«l", "Noël"),
        ("le goà»t", "le goût"),
        ("l’à©té", "l’été"),
        ("dÃ©jÃ\xa0 vu", "déjà vu"),
        ("dÃ©jÃ\xa0vu", "déjà vu"),
        ("lâ€™Ã©tÃ©", "l’été"),
        ("cÅ“ur", "cœur"),
        ("franà§ais", "français"),
        ("Jà´lle", "Jôlle"),
    ],
)
def test_broken_letters_are_mended(typed, meant):
    text = settle(f"{typed}\n", FormerText(identifier="x", place=PLACE, title=typed), frozenset({"typographie"}))
    assert (text.markdown, text.title) == (f"{meant}\n", meant)
    assert {note.rule for note in text.notes} == {"accents"}


@pytest.mark.parametrize(
    "words",
    [
        "voilà»",
        "déjà ...",
        "voilà !",
        "là…",
        "à€ payer",
        "«voilà»dit-il",
        "não é à toa",
        "perché è già così",
        "la qualitat és molt bona",
        "à 3 €",
        "Voilà© 2008",
        "le vote à«main levée",
        "ça va à¼ de prix",
        "ÃO PAULO",
        "SÃO PAULO",
    ],
)
def test_what_may_be_right_is_left_alone(words):
    assert settle(f"{words}\n", FormerText(identifier="x", place=PLACE), frozenset({"typographie"})).markdown == f"{words}\n"


def test_what_is_doubtful_is_asked():
    text = settle("cafà© et pà»tre, puis perdu\ufffd ici\n", FormerText(identifier="x", place=PLACE), frozenset({"typographie"}))
    assert "café" in text.markdown
    asked = [note for note in text.notes if note.message.startswith("«") or "perdue" in note.message]
    assert [note.former for note in asked] == ["pà»tre", "perdu\ufffd"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Vraiment\u00a0\u00a0!", "Vraiment !"),
        ("« \u00a0mot\u00a0 »", "« mot »"),
        ("demande: oui", "demande : oui"),
        ("un\u00a0\u00a0mot", "un\u00a0mot"),
        ("un \u00a0 mot", "un mot"),
        ("12\u00a0000\u00a0€", "12 000 €"),
        ("M.\u00a0Un", "M.\u00a0Un"),
        ("`a\u00a0!` http://ex.example/a:b", "`a\u00a0!` http://ex.example/a:b"),
        ("[a](http://ex.example/x?y) Yahoo!", "[a](http://ex.example/x?y) Yahoo!"),
    ],
)
def test_spaces_that_the_site_sets_are_plain(typed, meant):
    assert settle(f"{typed}\n", FormerText(identifier="x", place=PLACE, language="fr"), frozenset()).markdown == f"{meant}\n"


def test_a_text_in_another_language_keeps_its_spaces():
    assert settle("Really\u00a0! Loà¯c: no\n", FormerText(identifier="x", place=PLACE, language="en"), frozenset()).markdown == "Really\u00a0! Loà¯c: no\n"


def test_code_and_html_are_left_alone():
    source = "```\nTechnorati Tags: a\nLoà¯c\u00a0\u00a0!\n```\n\n<div>\nQuelques liens\n</div>\n"
    assert settle(source, FormerText(identifier="x", place=PLACE), frozenset()).markdown == source


def test_what_is_settled_once_is_settled():
    for source in (ESSAY, COLUMN):
        once = settled(source, "appel").markdown
        again = settle(once, FormerText(identifier="x", place=PLACE), frozenset({"appel"}))
        assert (again.markdown, again.notes) == (once, ())


@pytest.mark.parametrize(
    ("said", "is_ours"),
    [
        ("", False),
        ("Hello world! Welcome to WordPress. This is your first post: edit or delete it, then start blogging!", False),
        ("Das ist der erste Beitrag! Wir werden sehen, was die anderen dazu sagen: nicht viel.", False),
        ("Este es el primero de los artículos! No es para todos: ya se verá.", False),
        ("Voici le premier billet de ce blog! Nous verrons ce que les lecteurs en disent: pas grand-chose.", True),
        ("<p>Le code <code>the of and to is</code> est dans la page: regardez!</p>", True),
        ("Le bilan: 3", False),
        ("Une boulangerie of Paris sells the bread", False),
    ],
)
def test_french_spaces_come_into_texts_that_are_french_for_sure(said, is_ours):
    text = settle(f"{said}\n\nAh!\n", FormerText(identifier="x", place=PLACE, title="Hello world!"), frozenset())
    assert (text.title, text.markdown.endswith("Ah !\n")) == (("Hello world !", True) if is_ours else ("Hello world!", False))


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("Fin. Donnez-moi un exemple vécu !", ["Fin.", "> [!appel] Donnez-moi un exemple vécu !"]),
        ("Donnez-moi un exemple. Merci.", ["> [!appel] Donnez-moi un exemple.", "Merci."]),
        ("Un\\\nDonnez-moi un exemple.\\\nDeux", ["Un", "> [!appel] Donnez-moi un exemple.", "Deux"]),
        ("Donnez-moi un exemple, en deux lignes.", ["> [!appel] Donnez-moi un exemple, en deux lignes.\n> attendu : en deux lignes"]),
        ("Donnez-moi un [exemple](https://ex.example/).", ["Donnez-moi un [exemple](https://ex.example/)."]),
        ("Qu'en pensez-vous ?", ["Qu'en pensez-vous ?"]),
        ("N'hésitez pas à laisser vos commentaires.", ["N'hésitez pas à laisser vos commentaires."]),
        ("> Donnez-moi un exemple.", ["> Donnez-moi un exemple."]),
    ],
)
def test_a_question_that_asks_for_facts_is_a_call_in_its_own_words(source, made):
    text = settle(f"{source}\n", FormerText(identifier="x", place=PLACE, language="fr"), frozenset())
    assert text.markdown.strip().split("\n\n") == made
