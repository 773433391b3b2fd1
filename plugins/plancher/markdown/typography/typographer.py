"""All the rules of a site, ready to run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from plancher.base.french import did_you_mean
from plancher.base.settings import SettingsError
from plancher.markdown.typography import bonds, sentences, superscripts
from plancher.markdown.typography.locales import BONDED, INSERTED, LOCALES, NEEDED, NUMERIC
from plancher.markdown.typography.rules import MASK, Rule
from plancher.markdown.typography.settings import KEY, TypographySettings

_LOCAL = ("symbols", "ordinals", "multiplication")
"""They change letters, so they run inside one text of the tree."""
_WAYS = ("keep", "insert")


class Typographer:
    """Sets French text as a typesetter would."""

    def __init__(self, settings: TypographySettings) -> None:
        """Choose the rules.

        :raises SettingsError: an unknown country, rule or way with missing spaces.
        """
        self._settings = settings
        rules = LOCALES.get(settings.locale)
        if rules is None:
            raise SettingsError(f"réglage {KEY} : pays inconnu « {settings.locale} ». {did_you_mean(settings.locale, list(LOCALES))}")
        for name in settings.off:
            if name not in rules:
                raise SettingsError(f"réglage {KEY} : règle inconnue « {name} ». {did_you_mean(name, list(rules))}")
        if settings.spaces not in _WAYS:
            raise SettingsError(f"réglage {KEY} : « spaces » ne peut pas valoir « {settings.spaces} ». {did_you_mean(settings.spaces, _WAYS)}")
        if settings.spaces == "insert":
            rules = _with_missing_spaces(rules, INSERTED[settings.locale])
        enabled = {name: rule for name, rule in rules.items() if name not in settings.off}
        self._local = _chain({name: rule for name, rule in enabled.items() if name in _LOCAL})
        self._sentence = _chain({name: rule for name, rule in enabled.items() if name not in _LOCAL})
        self._raises = "ordinals" in enabled

    def __reduce__(self) -> tuple[type[Typographer], tuple[TypographySettings]]:
        """Another process makes the chains again: functions inside functions do not travel."""
        return type(self), (self._settings,)

    def text(self, text: str) -> str:
        """A title, a name: text without markup."""
        masked: list[str] = []
        new = self._sentence(self._local(sentences.hide(text, masked)))
        shown = iter(masked)
        return "".join(next(shown, MASK) if letter == MASK else letter for letter in new) if masked else new

    def tree(self, root: Element, raw: Sequence[object]) -> None:
        """A text with its markup, in place."""
        text = sentences.polish(root, raw, self._local, self._sentence)
        if self._raises and superscripts.MAYBE.search(text):
            superscripts.raise_endings(root, raw)


def _with_missing_spaces(rules: Mapping[str, Rule], added: Rule) -> dict[str, Rule]:
    """Missing spaces are added after quotes, dots and apostrophes are final."""
    place = list(rules).index("high_punctuation")
    pairs = list(rules.items())
    return dict([*pairs[:place], ("missing_spaces", added), *pairs[place:]])


_ENOUGH = 4
"""Most passes over one text; ordinary French needs one."""
_ODD = re.compile('["“”„«»–—…×º()-](?:(?<!-)|(?<= -)|-)')
"""Signs that several rules share; without them one pass is enough."""
_DIGIT = re.compile("[0-9]")


_Chosen = tuple[tuple[str, ...], Rule]
"""Signs a rule looks for (none: it always runs), and the rule."""


def _chain(rules: Mapping[str, Rule]) -> Rule:
    """All rules as one function. A text that changed is run again where the result of one rule may concern another."""
    bonded = _bonded([rules[name] for name in BONDED if name in rules])
    with_digit: list[_Chosen] = [(NEEDED[name], rule) for name, rule in rules.items() if name not in BONDED] + bonded
    without: list[_Chosen] = [(NEEDED[name], rule) for name, rule in rules.items() if name not in NUMERIC and name not in BONDED] + bonded

    def run(text: str) -> str:
        chosen = with_digit if _DIGIT.search(text) else without
        for _ in range(_ENOUGH):
            new = _once(text, chosen)
            if new == text or not _ODD.search(text):
                return new
            text = new
        return text

    return run


def _bonded(rules: Sequence[Rule]) -> list[_Chosen]:
    """These rules as one function, guarded by one quick test."""

    def run(text: str) -> str:
        if bonds.MAYBE.search(text):
            for rule in rules:
                text = rule(text)
        return text

    return [((), run)] if rules else []


def _once(text: str, chosen: Sequence[_Chosen]) -> str:
    """Each rule that finds one of its signs, in order. Plain loops: this runs for every sentence."""
    for signs, rule in chosen:
        if signs:
            for sign in signs:
                if sign in text:
                    break
            else:
                continue
        text = rule(text)
    return text
