"""What a build takes from outside its content: Pelican's settings that ours rely on, and variables of the environment.

Each is looked at once, before anything is read, and refused in one sentence
that names it, says what was received and what is expected.
"""

from __future__ import annotations

import os
import re
import string
import sys
import zoneinfo
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from plancher.base import clock, files, site_address
from plancher.base.french import nearest
from plancher.base.settings import A_FOLDER, SettingsError, wrong

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE | re.ASCII)
Reason = str
"""What is wrong and what is expected, without the name of the setting; empty: nothing."""


def check(settings: Mapping[str, Any]) -> None:
    """Refuse what no site can be made with.

    :raises SettingsError: the first setting or variable that is wrong.
    """
    clock.now()
    if sys.getfilesystemencoding().lower().replace("-", "") != "utf8":
        raise SettingsError(
            f"environnement : Python lit ici les noms de fichiers en {sys.getfilesystemencoding()}, et perdrait leurs accents. Recommencez avec PYTHONUTF8=1."
        )
    sentence = first_wrong(settings)
    if sentence:
        raise SettingsError(sentence)


def first_wrong(settings: Mapping[str, Any]) -> str:
    """What is wrong with the first setting that no site can be made with, in a sentence; empty when nothing is."""
    name, expected = next(_reasons(settings), ("", ""))
    return wrong(name, settings.get(name), expected) if name else ""


def _reasons(settings: Mapping[str, Any]) -> Iterator[tuple[str, Reason]]:
    for name, rule in _RULES.items():
        reason = rule(settings[name]) if name in settings else ""
        if reason:
            yield name, reason
    if "PATH" in settings and "CACHE_PATH" in settings and files.real(settings["CACHE_PATH"]).is_relative_to(files.real(settings["PATH"])):
        yield "CACHE_PATH", "un dossier hors de celui de vos textes, comme « .cache »"


def _a_folder(value: Any) -> Reason:
    return "" if isinstance(value, str | os.PathLike) and "\0" not in str(value) and Path(value).is_dir() else A_FOLDER


def _a_path(value: Any) -> Reason:
    return "" if isinstance(value, str | os.PathLike) and str(value).strip() and "\0" not in str(value) else "un nom de dossier, comme « .cache »"


def _a_table(value: Any) -> Reason:
    return "" if isinstance(value, Mapping) else 'un dictionnaire, comme {"un": "deux"}'


def _tables(value: Any) -> Reason:
    good = isinstance(value, Mapping) and all(isinstance(path, str) and isinstance(said, Mapping) for path, said in value.items())
    return "" if good else 'un dictionnaire de dictionnaires, comme {"extra/robots.txt": {"path": "robots.txt"}}'


def _a_pattern(value: Any) -> Reason:
    """An address with fields in braces; empty or False: no such page."""
    if value is False or value == "":
        return ""
    try:
        fields = [name for _, name, _, _ in string.Formatter().parse(value) if name is not None]
    except (ValueError, TypeError, AttributeError):
        fields = [""]
    return "" if all(fields) else "une adresse, comme « {slug}/ »"


def _substitutions(value: Any) -> Reason:
    try:
        for pattern, _, *_rest in value:
            re.compile(pattern)
    except (TypeError, ValueError, re.error):
        return "une liste de paires, une expression régulière et ce qui la remplace"
    return ""


def _an_expression(value: Any) -> Reason:
    try:
        re.compile(value)
    except (TypeError, re.error):
        return "une expression régulière"
    return ""


def _a_text(value: Any) -> Reason:
    return "" if isinstance(value, str) and value.strip() and value.isprintable() else "un texte sur une ligne"


def _texts(value: Any) -> Reason:
    good = isinstance(value, list | tuple | set) and all(isinstance(item, str) for item in value)
    return "" if good else 'une liste de textes, comme ["un", "deux"]'


def _a_count(value: Any) -> Reason:
    return "" if value is False or (isinstance(value, int) and not isinstance(value, bool) and value > 0) else "un nombre entier, à partir de 1"


def _a_language(value: Any) -> Reason:
    return "" if isinstance(value, str) and _LANGUAGE.fullmatch(value) else "un code de langue, comme « fr » ou « fr-CA »"


def _a_zone(value: Any) -> Reason:
    try:
        zoneinfo.ZoneInfo(value)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        meant = nearest(value, zoneinfo.available_timezones()) if isinstance(value, str) else None
        return f"un fuseau horaire, comme « {meant or 'Europe/Paris'} »"
    return ""


_WITH_ADDRESSES = ("ARTICLE", "ARTICLE_LANG", "PAGE", "PAGE_LANG", "CATEGORY", "TAG", "AUTHOR", "YEAR_ARCHIVE", "MONTH_ARCHIVE", "DAY_ARCHIVE")
_RULES: dict[str, Callable[[Any], Reason]] = {
    "PATH": _a_folder,
    "CACHE_PATH": _a_path,
    "OUTPUT_PATH": _a_path,
    "THEME": _a_folder,
    "SITEURL": site_address.expected,
    "SITENAME": _a_text,
    "AUTHOR": lambda value: "" if value is None else _a_text(value),
    "DEFAULT_LANG": _a_language,
    "TIMEZONE": _a_zone,
    "DEFAULT_CATEGORY": _a_text,
    "DEFAULT_PAGINATION": _a_count,
    "DEFAULT_ORPHANS": lambda value: "" if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else "un nombre entier, à partir de 0",
    "FILENAME_METADATA": _an_expression,
    "PATH_METADATA": _an_expression,
    "SLUG_REGEX_SUBSTITUTIONS": _substitutions,
    **dict.fromkeys((f"{name}_{what}" for name in _WITH_ADDRESSES for what in ("URL", "SAVE_AS")), _a_pattern),
    **dict.fromkeys(("JINJA_ENVIRONMENT", "JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS", "MARKDOWN", "READERS"), _a_table),
    **dict.fromkeys(("DEFAULT_METADATA", "PAGINATED_TEMPLATES", "TEMPLATE_PAGES"), _a_table),
    "EXTRA_PATH_METADATA": _tables,
    **dict.fromkeys(("ARTICLE_PATHS", "PAGE_PATHS", "STATIC_PATHS", "THEME_STATIC_PATHS", "IGNORE_FILES", "PLUGIN_PATHS", "DIRECT_TEMPLATES"), _texts),
    **dict.fromkeys(("OUTPUT_RETENTION", "THEME_TEMPLATES_OVERRIDES"), _texts),
}
"""In the order they are looked at."""
