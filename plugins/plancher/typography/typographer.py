"""All the rules of a site, ready to run."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from plancher.core.french import did_you_mean
from plancher.core.settings import SettingsError
from plancher.typography import sentences, superscripts
from plancher.typography.rules import LOCALES, MASK, Rule
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
        self._local = _chain(rule for name, rule in kept.items() if name in _LOCAL)
        self._sentence = _chain(rule for name, rule in kept.items() if name not in _LOCAL)
        self._raises = "ordinals" in kept

    def text(self, text: str) -> str:
        """A title, a name: text without markup."""
        masked: list[str] = []

        def keep(found: str) -> str:
            masked.append(found)
            return MASK

        hidden = sentences.PROTECTED_TEXT.sub(lambda match: keep(match[0]), text)
        shown = iter(masked)
        return "".join(next(shown) if letter == MASK else letter for letter in self._sentence(self._local(hidden)))

    def tree(self, root: Element, raw: Sequence[object]) -> None:
        """A text with its markup, in place."""
        sentences.polish(root, raw, self._local, self._sentence)
        if self._raises:
            superscripts.raise_endings(root)


def _chain(rules: Iterable[Rule]) -> Rule:
    chosen = tuple(rules)
    return functools.lru_cache(maxsize=1024)(lambda text: functools.reduce(lambda done, rule: rule(done), chosen, text))
