"""All the rules of a site, ready to run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from plancher.core.french import did_you_mean
from plancher.core.settings import SettingsError
from plancher.typography import sentences, superscripts
from plancher.typography.locales import DIGIT_IS_ENOUGH, LOCALES, NEEDED, NUMERIC
from plancher.typography.rules import MASK, Rule
from plancher.typography.settings import KEY, TypographySettings

_LOCAL = ("symbols", "ordinals", "multiplication")
"""They change letters: each stays inside one text of the tree."""


class Typographer:
    """Sets French text as a typesetter would."""

    def __init__(self, settings: TypographySettings) -> None:
        """Choose the rules.

        :raises SettingsError: an unknown country or rule.
        """
        rules = LOCALES.get(settings.locale)
        if rules is None:
            raise SettingsError(f"réglage {KEY} : pays inconnu « {settings.locale} ». {did_you_mean(settings.locale, list(LOCALES))}")
        for name in settings.off:
            if name not in rules:
                raise SettingsError(f"réglage {KEY} : règle inconnue « {name} ». {did_you_mean(name, list(rules))}")
        kept = {name: rule for name, rule in rules.items() if name not in settings.off}
        self._local = _chain({name: rule for name, rule in kept.items() if name in _LOCAL})
        self._sentence = _chain({name: rule for name, rule in kept.items() if name not in _LOCAL})
        self._raises = "ordinals" in kept

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
            superscripts.raise_endings(root)


_ENOUGH = 4
"""Passes after which even the oddest text no longer changes; French takes one."""
_ODD = re.compile('["“”„«»–—…×º()-](?:(?<!-)|(?<= -)|-)')
"""Signs that several rules share; without them one pass is enough."""
_DIGIT = re.compile("[0-9]")


_Chosen = tuple[tuple[str, ...], bool, bool, Rule]
"""Signs a rule looks for, whether it needs a digit, whether a digit is enough, and the rule."""


def _chain(rules: Mapping[str, Rule]) -> Rule:
    """All the rules as one. A text that changed is looked at again where one rule's work may be another's business."""
    chosen = tuple((NEEDED[name], name in NUMERIC, name in DIGIT_IS_ENOUGH, rule) for name, rule in rules.items())

    def run(text: str) -> str:
        for _ in range(_ENOUGH):
            new = _once(text, chosen)
            if new == text or not _ODD.search(text):
                return new
            text = new
        return text

    return run


def _once(text: str, chosen: Sequence[_Chosen]) -> str:
    """Each rule that finds one of its signs, in order. Plain loops: this runs for every sentence."""
    has_digit = _DIGIT.search(text) is not None
    for signs, numeric, digit_is_enough, rule in chosen:
        if numeric and not has_digit:
            continue
        if not (has_digit and digit_is_enough) and signs:
            for sign in signs:
                if sign in text:
                    break
            else:
                continue
        text = rule(text)
    return text
