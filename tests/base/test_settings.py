"""A setting that no site can be made with is refused before anything is read, in a sentence that says what to write."""

from __future__ import annotations

import dataclasses
import importlib
import math
import runpy
from typing import Any

import pytest
from plancher.base import clock, settings
from plancher.base.settings import SettingsError
from plancher.build.reading_settings import ReadingSettings
from plancher.build.settings import BuildingSettings
from plancher.components.answers.settings import AnswerSettings
from plancher.components.links.settings import LinkSettings
from plancher.components.tags.settings import TagSettings
from plancher.components.talks.settings import TalkSettings
from plancher.components.tangible.settings import TangibleSettings
from plancher.markdown.typography.settings import TypographySettings
from plancher.outputs.announcing.settings import AnnouncingSettings
from plancher.outputs.feeds.settings import FeedSettings
from plancher.pelican_adapter import environment

from tests.conftest import BLOG, ROOT

EVERY: tuple[type[Any], ...] = (
    AnnouncingSettings,
    AnswerSettings,
    BuildingSettings,
    FeedSettings,
    LinkSettings,
    ReadingSettings,
    TagSettings,
    TalkSettings,
    TangibleSettings,
    TypographySettings,
)


def refused(kind: type[Any], name: str, value: Any) -> str:
    """The sentence; the same whether the value comes from Python or from a command line."""
    said = set()
    for given in (kind(**{name: value}), {name: value}):
        with pytest.raises(SettingsError) as error:
            settings.load({"PLANCHER_X": given}, "PLANCHER_X", kind)
        said.add(str(error.value))
    (sentence,) = said
    return sentence


@pytest.mark.parametrize("kind", EVERY)
def test_every_field_refuses_what_is_of_another_type(kind: type[Any]) -> None:
    defaults = kind()
    for field in dataclasses.fields(kind):
        right = getattr(defaults, field.name)
        others = [value for value in ("deux", 3, True, 2.5, None, {}, b"a", ("a", 1), object) if type(value) is not type(right) or isinstance(value, tuple)]
        for value in others:
            if isinstance(right, float) and type(value) in {int, float}:
                continue
            sentence = refused(kind, field.name, value)
            assert sentence.startswith(f"réglage PLANCHER_X : « {field.name} » vaut « ")
            assert "alors qu'il faut" in sentence


@pytest.mark.parametrize("kind", EVERY)
def test_what_a_site_has_by_itself_is_right_and_comes_back_the_same(kind: type[Any]) -> None:
    as_json = {name: list(value) if isinstance(value, tuple) else value for name, value in dataclasses.asdict(kind()).items()}
    for given in (None, kind(), {}, dataclasses.asdict(kind()), as_json):
        assert settings.load({"X": given}, "X", kind) == kind()


@pytest.mark.parametrize("kind", EVERY)
def test_every_number_has_bounds_and_no_number_that_is_none(kind: type[Any]) -> None:
    for field in dataclasses.fields(kind):
        if type(getattr(kind(), field.name)) in {int, float}:
            for value in (-1, 10**30, *((math.nan, math.inf) if isinstance(getattr(kind(), field.name), float) else ())):
                assert "un nombre de" in refused(kind, field.name, value)


@pytest.mark.parametrize(
    ("kind", "name", "value", "words"),
    [
        (ReadingSettings, "mode", "stricte", "« preview », « strict » ou « check ». Vouliez-vous dire « strict » ?"),
        (TagSettings, "weights", "logarithmique", "« log », « lineaire » ou « quantile »"),
        (TangibleSettings, "natures", "ventes", 'une liste de textes, comme ("un", "deux")'),
        (TangibleSettings, "natures", ("ventes, emploi",), "sans virgule"),
        (TangibleSettings, "natures", ("",), "des mots"),
        (BuildingSettings, "workers", "deux", "un nombre de 0 à 256"),
        (BuildingSettings, "start", "forks", "Vouliez-vous dire « fork » ?"),
        (BuildingSettings, "explain", 1, "True ou False"),
        (FeedSettings, "size", 0, "un nombre de 1 à 10000"),
        (FeedSettings, "authority", "https://exemple.fr", "un domaine, comme « exemple.fr »"),
        (FeedSettings, "since", "hier", "une date, comme « 2024 »"),
        (FeedSettings, "since", "2024-13", "une date"),
        (LinkSettings, "save", "javascript:alert(1)", "l'adresse http ou https d'un service"),
        (LinkSettings, "agent", "nous\r\nX-Autre: 1", "un nom en lettres sans accent"),
        (LinkSettings, "agent", "été", "un nom en lettres sans accent"),
        (LinkSettings, "allowed", ("http://x/",), "des noms de machines"),
        (TypographySettings, "off", "guillemets", "une liste de textes"),
        (ReadingSettings, "article_templates", ("../pelicanconf",), "des noms de gabarits"),
        (TagSettings, "steps", 12, "un nombre de 1 à 9"),
    ],
)
def test_a_value_out_of_what_is_possible_is_refused_with_what_is(kind: type[Any], name: str, value: Any, words: str) -> None:
    assert words in refused(kind, name, value)


def test_a_value_is_quoted_on_one_line_and_not_whole() -> None:
    sentence = refused(ReadingSettings, "mode", "a\nb\x00\ud800" + "c" * 500)
    assert "« a\\nb\\x00\\ud800ccc" in sentence
    assert "\n" not in sentence
    assert len(sentence) < 250
    sentence.encode()
    assert "vaut « int », alors qu'il faut un nombre de 1 à 9" in refused(TagSettings, "steps", 10**6000)  # Python itself would not write it


@pytest.mark.parametrize("given", ["strict", 3, ["mode"], FeedSettings()])
def test_what_is_no_settings_object_is_refused(given: Any) -> None:
    with pytest.raises(SettingsError, match=r"attendu ReadingSettings"):
        settings.load({"PLANCHER_READING": given}, "PLANCHER_READING", ReadingSettings)


# Pelican's own settings.

GOOD = {"PATH": str(ROOT), "THEME": str(ROOT), "SITEURL": "https://exemple.fr", "SITENAME": "Un nom", "DEFAULT_LANG": "fr", "TIMEZONE": "Europe/Paris"}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        *(
            ("SITEURL", value, "une adresse complète, comme « https://exemple.fr »")
            for value in (
                "exemple.fr",
                "//exemple.fr",
                "/blog",
                "javascript:alert(1)",
                "data:,x",
                "file:///etc",
                "ftp://exemple.fr",
                "https://",
                "https:///blog",
                None,
                12,
            )
        ),
        *(
            ("SITEURL", f"https://exemple.fr{end}", "une adresse complète")
            for end in ("\n", "/a b", "/<script>", '/"', "\\blog", ":99999", ":a", "/\x00", "?a=b", "#a", "/a?", "\u2028")
        ),
        ("SITEURL", "https://moi:secret@exemple.fr", "sans identifiant"),
        ("SITEURL", "https://[::1", "une adresse complète"),
        ("SITEURL", "https://vélo.exemple.fr/blog", "« xn--vlo-bma.exemple.fr »"),
        ("SITEURL", "https://exemple.fr/été", "« /%C3%A9t%C3%A9 »"),
        ("SITEURL", "https://exemple.fr/a/../b", "sans « .. »"),
        ("SITEURL", "https://exemple..fr", "un nom de domaine peut exister|dont le nom de domaine peut exister"),
        ("TIMEZONE", "Europe/Pari", "comme « Europe/Paris »"),
        ("TIMEZONE", "../../etc/passwd", "un fuseau horaire"),
        ("TIMEZONE", "Europe", "un fuseau horaire"),
        ("TIMEZONE", "", "un fuseau horaire"),
        ("TIMEZONE", 2, "un fuseau horaire"),
        ("TIMEZONE", "a\0b", "un fuseau horaire"),
        ("DEFAULT_LANG", "français", "un code de langue"),
        ("DEFAULT_LANG", "", "un code de langue"),
        ("DEFAULT_LANG", ["fr"], "un code de langue"),
        ("PATH", "/absent", "un dossier qui existe"),
        ("PATH", str(ROOT / "pyproject.toml"), "un dossier qui existe"),
        ("PATH", "a\0b", "un dossier qui existe"),
        ("THEME", "/absent", "un dossier qui existe"),
        ("SITENAME", "", "un texte sur une ligne"),
        ("SITENAME", "a\nb", "un texte sur une ligne"),
        ("SITENAME", 3, "un texte sur une ligne"),
        ("ARTICLE_PATHS", "articles", "une liste de textes"),
        ("IGNORE_FILES", [1], "une liste de textes"),
        ("DEFAULT_PAGINATION", "10", "un nombre entier"),
        ("DEFAULT_PAGINATION", -1, "un nombre entier"),
        ("DEFAULT_PAGINATION", True, "un nombre entier"),
        ("DEFAULT_ORPHANS", "x", "à partir de 0"),
        ("CACHE_PATH", None, "un nom de dossier"),
        ("CACHE_PATH", " ", "un nom de dossier"),
        ("CACHE_PATH", str(ROOT), "hors de celui de vos textes"),
        ("CACHE_PATH", str(ROOT / "a" / "b"), "hors de celui de vos textes"),
        ("OUTPUT_PATH", 3, "un nom de dossier"),
        *(
            (name, value, "un dictionnaire")
            for value in (None, 3, ["a"])
            for name in ("JINJA_FILTERS", "JINJA_GLOBALS", "MARKDOWN", "READERS", "TEMPLATE_PAGES", "EXTRA_PATH_METADATA", "DEFAULT_METADATA")
        ),
        ("EXTRA_PATH_METADATA", {"a": "b"}, "un dictionnaire de dictionnaires"),
        ("FILENAME_METADATA", "(", "une expression régulière"),
        ("PATH_METADATA", 3, "une expression régulière"),
        ("SLUG_REGEX_SUBSTITUTIONS", [("(", "x")], "une liste de paires"),
        ("SLUG_REGEX_SUBSTITUTIONS", 3, "une liste de paires"),
        ("SLUG_REGEX_SUBSTITUTIONS", ["a"], "une liste de paires"),
        *(("ARTICLE_URL", value, "une adresse, comme « {slug}/ »") for value in (3, None, "{/", "{}/", "a}")),
        ("PAGE_SAVE_AS", ["a"], "une adresse"),
        ("TAG_URL", {}, "une adresse"),
    ],
)
def test_a_setting_of_pelicans_that_we_rely_on_is_refused_by_its_name(name: str, value: Any, words: str) -> None:
    with pytest.raises(SettingsError, match=rf"^réglage {name} : « ") as error:
        environment.check(GOOD | {name: value})
    assert any(part in str(error.value) for part in words.split("|"))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://exemple.fr",
        "https://exemple.fr/",
        "http://localhost:8000",
        "https://exemple.fr/blog/a-b_c~d",
        "http://127.0.0.1:81/x",
        "https://[::1]:8000",
        "https://xn--vlo-bma.exemple.fr/%C3%A9t%C3%A9",
        "https://moi.exemple/~moi",
    ],
)
def test_an_address_that_a_site_may_have_is_taken(address: str) -> None:
    environment.check(GOOD | {"SITEURL": address})


def test_the_settings_of_our_own_site_are_right() -> None:
    conf = importlib.import_module("pelicanconf")
    environment.check({name: value for name, value in vars(conf).items() if name.isupper()} | {"PATH": str(BLOG)})


def test_the_host_may_say_at_which_address_our_own_site_is_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITEURL", "https://hote.example/blog/")
    conf = runpy.run_path(str(ROOT / "publishconf.py"))
    assert (conf["SITEURL"], conf["FEED_DOMAIN"]) == ("https://hote.example/blog", "https://hote.example/blog")
    assert conf["PLANCHER_READING"].mode == "strict"


# Variables of the environment.


@pytest.mark.parametrize("value", ["-1", "1" * 30, "hier", "1.5", "1e9", " 12", "12\n", "²", "٣", "0x10", "nan", "999999999999", "\udce9"])
def test_a_moment_that_is_none_is_refused_by_the_name_of_its_variable(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.environ", {"SOURCE_DATE_EPOCH": value})
    with pytest.raises(SettingsError, match=r"variable SOURCE_DATE_EPOCH : « .* », alors qu'il faut un nombre entier de secondes"):
        clock.now()
    with pytest.raises(SettingsError, match="SOURCE_DATE_EPOCH"):
        environment.check(GOOD)


@pytest.mark.parametrize(("value", "year"), [("0", 1970), ("1735732800", 2025), ("0001735732800"[-12:], 2025), ("221845132799", 8999)])
def test_a_moment_is_a_number_of_seconds(value: str, year: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    assert clock.now().year == year


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert clock.now().year >= 2024


def test_a_python_that_would_lose_the_accents_of_names_is_told_how_to_begin_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.getfilesystemencoding", lambda: "ascii")
    with pytest.raises(SettingsError, match="PYTHONUTF8=1"):
        environment.check(GOOD)
