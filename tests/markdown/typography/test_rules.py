"""French typography on plain sentences.

``~`` stands for U+00A0 and ``_`` for U+202F, so that a reader can see them.
"""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plancher.base.settings import SettingsError
from plancher.markdown.typography.locales import FRANCE, LOCALES
from plancher.markdown.typography.settings import TypographySettings
from plancher.markdown.typography.typographer import Typographer

from tests.markdown.typography.test_bonds import BONDS

FR = Typographer(TypographySettings())


def shown(text: str) -> str:
    return text.replace("\u00a0", "~").replace("\u202f", "_")


# Facts (input, expected output) from the tests of JoliTypo's French fixers, MIT licence.
JOLITYPO = [
    ("Superman !", "Superman_!"),
    ("Superman ?", "Superman_?"),
    ("Superman !?", "Superman_!?"),
    ("Superman ? Nope.", "Superman_? Nope."),
    ("Superman : the movie", "Superman~: the movie"),
    ("Superman: the movie", "Superman: the movie"),
    ("Superman ; the movie", "Superman_; the movie"),
    ("Superman\u00a0; the movie", "Superman_; the movie"),
    ("fdda:5cc1:23:4::1f", "fdda:5cc1:23:4::1f"),
    ("Here is a  brand name: Yahoo!", "Here is a  brand name: Yahoo!"),
    ("Ceci est à remplacer par une fâble :p", "Ceci est à remplacer par une fâble~:p"),
    ("Le mec a fini sa course en 2'33\" contre 2'44\" pour le second !", "Le mec a fini sa course en 2'33\" contre 2'44\" pour le second_!"),
    ('Ceci été un "CHOQUE"\u00a0! Son salon fait 4x4 m, ce qui est plutôt petit.', "Ceci été un «~CHOQUE~»_! Son salon fait 4×4~m, ce qui est plutôt petit."),
    ('comme "renseignements" par exemple.', "comme «~renseignements~» par exemple."),
    ("Ça s'arrête là !", "Ça s’arrête là_!"),
    ("« test » et «test» sont dans un bateau.", "«~test~» et «~test~» sont dans un bateau."),
    ("2 x 5 doit être corrigé, et 2 h aussi.", "2~×~5~doit être corrigé, et 2~h aussi."),
    ('une lettre de motivation de 4 pages en ".docx"', "une lettre de motivation de 4~pages en «~.docx~»"),
    ("Test", "Test"),
    ("1 h", "1~h"),
    ("2 ฿", "2~฿"),
    ("3 things", "3~things"),
    ("4,5 km", "4,5~km"),
    ("5.1 deg", "5.1~deg"),
    ("6 ºC", "6~ºC"),
    ("7 $", "7~$"),
    ("8º 18′ 30″", "8º~18′ 30″"),
    ("9 hours", "9~hours"),
    ("10e position", "10e position"),
    ("nº 11", "nº~11"),
    ("12 %", "12~%"),
    ("13 Ω", "13~Ω"),
    ("14\u202fΩ", "14~Ω"),
    ("M. Jackson: 1964-2009", "M.~Jackson: 1964–2009"),
    ("M. Jackson: 1964 - 2009", "M.~Jackson: 1964 – 2009"),
    ("Style - not sincerity - is the vital thing.", "Style –~not sincerity~– is the vital thing."),
    ("TestxTest", "TestxTest"),
    ("Here is a calcul: 99x122.21", "Here is a calcul: 99×122.21"),
    ("3 x 1", "3~×~1"),
    ('8.5"x10"', '8.5"×10"'),
    ("Test...", "Test…"),
    ("Am I an ellipsis..", "Am I an ellipsis.."),
    ("Am I an ellipsis....", "Am I an ellipsis…"),
    ("Am I an ellipsis…", "Am I an ellipsis…"),
    ("Am I an ellipsis... With following text.", "Am I an ellipsis… With following text."),
    ("I'm SUPERMAN.", "I’m SUPERMAN."),
    ("Swag'", "Swag’"),
    ("Swag' me.", "Swag’ me."),
    ("J'aime la typographie.", "J’aime la typographie."),
    ("Qu'est ce que l'univers ?", "Qu’est ce que l’univers_?"),
    ("She's 6' 10\".", "She’s 6' 10\"."),
    ("This is a time: 2\"44'.", "This is a time: 2\"44'."),
    ("Here is a crying smiley: :'(", "Here is a crying smiley: :'("),
    ("(c(", "(c("),
    ("(c)", "©"),
    ("Protip(c)", "Protip©"),
    ("Protip (c).", "Protip ©."),
    ("(c)(r)(tm).", "©®™."),
    ("(C)(R)(TM).", "©®™."),
    ("(C) 2013 Acme Corp(TM)", "©~2013 Acme Corp™"),
    ("Section 12(c)", "Section 12(c)"),
    ("Superman,you're my hero", "Superman, you’re my hero"),
    ("Superman ,you're my hero", "Superman, you’re my hero"),
    ("F,bar", "F, bar"),
    ("Seule 1,7 million de personnes", "Seule 1,7~million de personnes"),
    ('"Good code is like a good joke."', "«~Good code is like a good joke.~»"),
    ('"Good code is like a Bieber." - said no ever, ever.', "«~Good code is like a Bieber.~» – said no ever, ever."),
    ('Some people are like "Batman", others like "Superman".', "Some people are like «~Batman~», others like «~Superman~»."),
    ('Oh my god, this quote is alone: " !', 'Oh my god, this quote is alone: "_!'),
    ('Oh my god, this quote is alone: " ! But those are "ok".', 'Oh my god, this quote is alone: "_! But those are «~ok~».'),
    ('Liste de "mot" entre "guillemets".', "Liste de «~mot~» entre «~guillemets~»."),
    ('Liste de ("mot" entre "guillemets").', "Liste de («~mot~» entre «~guillemets~»)."),
]
"""Where a fixer was tested alone, the expected text is what all our rules make of it:
curly apostrophes, spaces before ! and no-break spaces come with the fixer's own work.

Deliberate differences, not in the table:
- « Style--you have it. » becomes « Style – you have it. », not an unspaced em dash: French sets its dashes apart.
- soft hyphens are never added: screen readers mispronounce them (JoliTypo's own README), and browsers hyphenate.
- « Superman  ,  you're » keeps its second doubled space, which « invoke check » reports.
"""

OURS = [
    ('l\'"audience"', "l’«~audience~»"),
    ("“Tout passe“, dit-il", "«~Tout passe~», dit-il"),
    ("“Tout passe”", "«~Tout passe~»"),
    ('« il a dit "non" hier »', "«~il a dit “non” hier~»"),
    ('"il a dit “non” hier"', "«~il a dit “non” hier~»"),
    ("« déjà “dedans” »", "«~déjà “dedans”~»"),
    ("«\u00a0bien\u00a0»", "«~bien~»"),
    ("un lien !", "un lien_!"),
    ("ne", "ne"),
    ("10 000 visites", "10_000~visites"),
    ("12 000,50 €", "12_000,50~€"),
    ("10000 €", "10_000~€"),
    ("le code 10000", "le code 10000"),
    ("en 2024 il fait beau", "en 2024 il fait beau"),
    ("06 12 34 56 78", "06~12~34~56~78"),
    ("100%", "100~%"),
    ("5€", "5~€"),
    ("n° 5 et p. 12", "n°~5 et p.~12"),
    ("M. Dupont, Mme Durand, Dr Petit, MM. Martin", "M.~Dupont, Mme~Durand, Dr~Petit, MM.~Martin"),
    ("Me voilà", "Me voilà"),
    ("la 1ère, la 2ème, le XXIème siècle", "la 1re, la 2e, le XXIe~siècle"),
    ("le 1er mars", "le 1er~mars"),
    ("et cætera, etc...", "et cætera, etc."),
    ("etc…", "etc."),
    ("-- Bonjour, dit-elle.", "—~Bonjour, dit-elle."),
    ("— Bonjour", "—~Bonjour"),
    ("– formation 2.0", "–~formation 2.0"),
    ("à 12:30 précises", "à 12:30 précises"),
    ("std::vector", "std::vector"),
    ("voir https://exemple.fr/?a=b;c !", "voir https://exemple.fr/?a=b;c_!"),
    ("écrire à toto@exemple.fr : merci", "écrire à toto@exemple.fr~: merci"),
    ("le fichier l'été.md", "le fichier l’été.md"),
    ("un clin d'œil ;-) ou :)", "un clin d’œil ;-) ou :)"),
    ("À Évry, État", "À Évry, État"),
    ("aujourd'hui l'a-t-il dit ?", "aujourd’hui l’a-t-il dit_?"),
    ("le 2024-05-02", "le 2024-05-02"),
    ("de 2019 à 2024 l'entreprise a crû", "de 2019 à 2024 l’entreprise a crû"),
    ("Choisir (a) le vin, (b) la bière, (c) l'eau", "Choisir (a) le vin, (b) la bière, (c) l’eau"),
    ("git commit --amend", "git commit --amend"),
    ("Facture n° 2024-1001, norme ISO 1234-2001", "Facture n°~2024-1001, norme ISO 1234-2001"),
    ("0x1F, le code A1x2", "0x1F, le code A1x2"),
    ("3x4x5 cm", "3×4×5~cm"),
    ("+41 21 345 67 89", "+41~21~345~67~89"),
    ("SIREN 732 829 320", "SIREN 732_829_320"),
    ("SIRET 732 829 320 00074", "SIRET 732 829 320 00074"),
    ("entre 3 et 5 %", "entre 3 et 5~%"),
    ('Le mot "" vide', 'Le mot "" vide'),
    ('creusé : "Pourquoi ?"', "creusé~: «~Pourquoi_?~»"),
]


@pytest.mark.parametrize(("typed", "expected"), JOLITYPO)
def test_what_jolitypo_sets_is_set_the_same(typed: str, expected: str) -> None:
    assert shown(FR.text(typed)) == expected


@pytest.mark.parametrize(("typed", "expected"), OURS)
def test_what_others_miss(typed: str, expected: str) -> None:
    assert shown(FR.text(typed)) == expected


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("fr_FR", "«~Quoi_? Non~: rien_!~»"),
        ("fr_BE", "«~Quoi_? Non~: rien_!~»"),
        ("fr_CA", "«~Quoi? Non~: rien!~»"),
        ("fr_CH", "«_Quoi_? Non_: rien_!_»"),
    ],
)
def test_each_country_has_its_spaces(locale: str, expected: str) -> None:
    assert shown(Typographer(TypographySettings(locale=locale)).text('"Quoi ? Non : rien !"')) == expected


@pytest.mark.parametrize("name", FRANCE)
def test_each_rule_can_be_switched_off(name: str) -> None:
    without = Typographer(TypographySettings(off=(name,)))
    typed = [*(typed for typed, _ in JOLITYPO + OURS), *(typed for _, typed, _ in BONDS)]
    assert any(without.text(text) != FR.text(text) for text in typed)


def test_an_unknown_rule_or_country_is_named() -> None:
    with pytest.raises(SettingsError, match="guillemets"):
        Typographer(TypographySettings(off=("guillemet",)))
    with pytest.raises(SettingsError, match="fr_CA"):
        Typographer(TypographySettings(locale="fr_ca2"))


SENTENCES = st.text(alphabet=st.sampled_from(list("aàéM1 0259.,;:!?«»\"“”„'’-–—…()%€°nºx×\u00a0\u202f\n/@|")), max_size=60)


@settings(max_examples=1000)
@given(st.sampled_from(sorted(LOCALES)), SENTENCES)
def test_setting_twice_is_setting_once(locale: str, text: str) -> None:
    typographer = Typographer(TypographySettings(locale=locale))
    once = typographer.text(text)
    assert typographer.text(once) == once


@given(SENTENCES)
def test_words_are_the_author_s(text: str) -> None:
    """Strip spaces, quotes, dashes, dots, × and the signs ©®™: what is left has not changed."""
    bare = lambda value: re.sub(r"[\s\u00a0\u202f\"'“”„«»’…–—.x×©®™-]|(?<=etc)\.|\((?:c|r|tm)\)", "", value)  # noqa: E731 - one idea
    assert bare(FR.text(text)) == bare(text)


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    FR.text(text)


@pytest.mark.parametrize("piece", ["-", "--", "a.", "a-", "1", "1x", 'a "', '«" ', "_-", " -", "a@", "..."])
def test_a_monstrous_sentence_takes_no_time(piece: str) -> None:
    start = time.process_time()
    FR.text(piece * (20_000 // len(piece)) + " : @ :) .pdf € !")
    assert time.process_time() - start < 5
