"""What no line may part, and the signs that several rules share.

``~`` stands for U+00A0 and ``_`` for U+202F, so that a reader can see them.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plancher.base.settings import SettingsError
from plancher.markdown.typography import bonds
from plancher.markdown.typography.locales import BONDED, FRANCE, LOCALES
from plancher.markdown.typography.settings import TypographySettings
from plancher.markdown.typography.typographer import Typographer

FR = Typographer(TypographySettings())
INSERTING = Typographer(TypographySettings(spaces="insert"))


def shown(text: str) -> str:
    return text.replace("\u00a0", "~").replace("\u202f", "_")


BONDS = [
    ("hours", "ouvert de 9 h 15 à 12 h 45", "ouvert de 9~h~15 à 12~h~45"),
    ("hours", "parti à 7h 05, arrivé 1 h 10 min 30 s après", "parti à 7~h~05, arrivé 1~h~10~min~30~s après"),
    ("hours", "à 14 h 2 000 clients attendaient", "à 14~h 2_000~clients attendaient"),
    ("abbreviations", "au t. III, chap. XII et vol. IV", "au t.~III, chap.~XII et vol.~IV"),
    ("abbreviations", "N° 12, n° 3 et nº 4", "N°~12, n°~3 et nº~4"),
    ("abbreviations", "le § 7 et les §§ 8-9, f° 3", "le §~7 et les §§~8-9, f°~3"),
    ("abbreviations", "Art. 12, art. L. 441-9 et art. R. 3-1, al. 2", "Art.~12, art.~L.~441-9 et art.~R.~3-1, al.~2"),
    ("abbreviations", "en 58 av. J.-C., 30 apr. J.-C.", "en 58~av.~J.-C., 30~apr.~J.-C."),
    ("abbreviations", "M. le préfet, Mme la ministre, MM. les élus, M. l'abbé", "M.~le préfet, Mme~la ministre, MM.~les élus, M.~l’abbé"),
    ("abbreviations", "au Ier siècle, sous la Ve République, le 3e millénaire", "au Ier~siècle, sous la Ve~République, le 3e~millénaire"),
    ("abbreviations", "Il en vit un. Les autres aussi, p. Vous", "Il en vit un. Les autres aussi, p. Vous"),
    ("reigns", "Henri II, Charles X, Napoléon Ier et Jean-Paul II", "Henri~II, Charles~X, Napoléon~Ier et Jean-Paul~II"),
    ("reigns", "un plan en V, le mot IVG", "un plan en V, le mot IVG"),
    ("initials", "V. Hugo, J.-J. Rousseau et H. de Balzac", "V.~Hugo, J.-J.~Rousseau et H.~de Balzac"),
    ("initials", "G. K. Chesterton, d'après É. Zola", "G.~K.~Chesterton, d’après É.~Zola"),
    ("initials", "C'est le plan C. Marie le sait. La vitamine D. Puis rien. Voir A. Le reste.", None),
    ("telephones", "tél. 04 72 00 11 22 ou +33 6 12 34 56 78", "tél. 04~72~00~11~22 ou +33~6~12~34~56~78"),
    ("telephones", "+33 (0)1 44 55 66 77, 0 805 200 300", "+33~(0)1~44~55~66~77, 0~805~200~300"),
    ("telephones", "les lots 01 02 03, le 00 12", "les lots 01 02 03, le 00 12"),
    ("glued_units", "38,5°C, 12km, 3,5kg, 16Go, 2M€ et 90km/h", "38,5~°C, 12~km, 3,5~kg, 16~Go, 2~M€ et 90~km/h"),
    ("glued_units", "une vis M8x20mm, R12km, un disque NVMe-2To", "une vis M8x20mm, R12km, un disque NVMe-2To"),
    ("asides", "la mairie – enfin, le maire – a dit", "la mairie –~enfin, le maire~– a dit"),
    ("asides", "le blog — vieux de dix ans —, lui, tient", "le blog —~vieux de dix ans~—, lui, tient"),
    ("asides", "un tiret – seul. Un autre – ici", "un tiret – seul. Un autre – ici"),
]
OTHERS = [
    ("Elle dit “Vraiment ? ” et s'en va", "Elle dit «~Vraiment_?~» et s’en va"),
    ('"Encore ! ", dit-il', "«~Encore_!~», dit-il"),
    ("“ Bonsoir ”", "«~Bonsoir~»"),
    ("« elle a crié “ au feu ” hier »", "«~elle a crié “au feu” hier~»"),
    ("« A « b »» et « C « d » »", "«~A «~b~»~» et «~C «~d~»~»"),
    ("« A « b « c »»»", "«~A «~b «~c~»~»~»"),
    ("» suite d'une citation", "» suite d’une citation"),
    ("--- Viens, dit-elle --- vite.", "—~Viens, dit-elle — vite."),
    ("— Un. — Deux !", "—~Un. —~Deux_!"),
    ("la fin---ou presque", "la fin — ou presque"),
    ("-----", "-----"),
    ("---", "---"),
    ("La suite ...", "La suite…"),
    ("il hésite ... puis part", "il hésite … puis part"),
    (r"C:\Temp\x, Qui/Quoi?!, « ?! » et 16:9, 10:30", r"C:\Temp\x, Qui/Quoi?!, «~?!~» et 16:9, 10:30"),
]


@pytest.mark.parametrize(("rule", "typed", "expected"), BONDS)
def test_what_goes_together_stays_on_one_line(rule: str, typed: str, expected: str | None) -> None:
    assert shown(FR.text(typed)) == (expected or typed.replace("'", "’"))


@pytest.mark.parametrize("rule", sorted({rule for rule, *_ in BONDS}))
def test_each_of_these_rules_can_be_switched_off_alone(rule: str) -> None:
    without = Typographer(TypographySettings(off=(rule,)))
    assert any(without.text(typed) != FR.text(typed) for name, typed, _ in BONDS if name == rule)
    assert all(without.text(typed) == FR.text(typed) for name, typed, _ in BONDS if name != rule and rule not in {"abbreviations", "hours"})
    assert FRANCE[rule].__doc__


@pytest.mark.parametrize(("typed", "expected"), OTHERS)
def test_quotes_dashes_and_dots(typed: str, expected: str) -> None:
    assert shown(FR.text(typed)) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Salut! Ca va?", "Salut_! Ca va_?"),
        ("Voici: rien; ou peu.", "Voici~: rien_; ou peu."),
        ("Encore!!! Non?!", "Encore_!!! Non_?!"),
        ('il rit (enfin!) et "dit: oui!"', "il rit (enfin_!) et «~dit~: oui_!~»"),
        ("à 10:30, en 16:9, C:\\x, D: est plein", "à 10:30, en 16:9, C:\\x, D: est plein"),
        ("std::map, a::b, bien :-) et ;-) :p", "std::map, a::b, bien :-) et ;-)~:p"),
        ("https://exemple.fr/?a=b;c et moi@exemple.fr: vu", "https://exemple.fr/?a=b;c et moi@exemple.fr: vu"),
        ("chez Yahoo! et &eacute; ici", "chez Yahoo! et &eacute; ici"),
        ("x?y:z, a;b", "x?y:z, a;b"),
        ("Non...! Si...", "Non…_! Si…"),
    ],
)
def test_missing_spaces_are_added_where_the_site_asks_for_it(typed: str, expected: str) -> None:
    assert shown(INSERTING.text(typed)) == expected
    assert "_!" not in shown(FR.text("Salut! Voici: rien"))


@pytest.mark.parametrize(
    ("locale", "expected"), [("fr_FR", "Oh_! Si~: oui"), ("fr_BE", "Oh_! Si~: oui"), ("fr_CA", "Oh! Si~: oui"), ("fr_CH", "Oh_! Si_: oui")]
)
def test_each_country_has_its_own_missing_spaces(locale: str, expected: str) -> None:
    assert shown(Typographer(TypographySettings(locale=locale, spaces="insert")).text("Oh! Si: oui")) == expected


@pytest.mark.parametrize(("locale", "expected"), [("fr_FR", "Oh_! Si~: oui"), ("fr_CA", "Oh! Si~: oui"), ("fr_CH", "Oh_! Si_: oui")])
def test_they_are_those_of_the_country_even_where_its_other_rules_are_off(locale: str, expected: str) -> None:
    settings = TypographySettings(locale=locale, spaces="insert", off=("high_punctuation", "colon"))
    assert shown(Typographer(settings).text("Oh! Si: oui")) == expected


def test_another_way_with_missing_spaces_is_refused() -> None:
    with pytest.raises(SettingsError, match="insert"):
        Typographer(TypographySettings(spaces="inser"))


WORDS = (
    "a à Louis J. P. J.-C. av. M. Mme le B. 14 h 30 min 1 0 01 23 +33 800 km °C % M€ t. II XIV Ier V C § n° art. L."
    " - -- --- – — ... … . , ; : ! ? ' \" « » “ ” ( ) x / @ :-) siècle"
)
PIECES = st.sampled_from([*WORDS.split(), " ", " ", " ", "\n", "\u00a0", "\u202f"])
TEXTS = st.lists(PIECES, max_size=14).map("".join)


@given(TEXTS, st.sampled_from(sorted(LOCALES)), st.sampled_from(["keep", "insert"]))
@settings(max_examples=300, deadline=None)
def test_setting_twice_is_setting_once(text: str, locale: str, spaces: str) -> None:
    typographer = Typographer(TypographySettings(locale=locale, spaces=spaces))
    once = typographer.text(text)
    assert typographer.text(once) == once


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_the_quick_look_misses_no_bond(text: str) -> None:
    assert bonds.MAYBE.search(text) or all(FRANCE[name](text) == text for name in BONDED)
