"""Forms of the page where answers are decided: each bears the token of its preview, and none needs a script."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from plancher.base.french import NBSP
from plancher.preview import form_guard
from plancher.text.html import Element, add

LONGEST_HOW = 120
"""Letters of how somebody said yes."""

_AGREED = "À noter s’il veut bien être cité, et s’il a dit avoir 15 ans, ou l’accord de ses parents. C’est gardé aussi longtemps que la réponse."


@dataclasses.dataclass(frozen=True, slots=True)
class Button:
    """Something to do with an answer."""

    decision: str
    words: str


ACCEPT, REFUSE, UNDO = Button("accept", "Accepter"), Button("refuse", "Refuser"), Button("undo", "Remettre en attente")
_REMOVE, _CONSENT = Button("remove", "Retirer pour de bon"), Button("consent", "Noter cet accord")


@dataclasses.dataclass(frozen=True, slots=True)
class Forms:
    """Those of one page."""

    address: str
    """Where they lead."""
    token: str

    def decide(self, box: Element, identifier: str, about: str, buttons: Sequence[Button]) -> None:
        """A button for each decision.

        :param about: which answer it is, for who hears the buttons alone.
        """
        self._buttons(self._form(box, identifier), about, buttons)

    def remove(self, box: Element, identifier: str, about: str) -> None:
        """Two steps: nothing brings back what is removed."""
        fold = folded(box, "Retirer du site…", about)
        add(fold, "p", f"Elle quittera le site à la prochaine publication, et rien n’en sera gardé ici{NBSP}: cela ne s’annule pas.")
        self._buttons(self._form(fold, identifier), about, [_REMOVE])

    def consent(self, box: Element, identifier: str, about: str) -> None:
        """Where and when the author of a public page said yes, in words: without them nothing is noted."""
        fold = folded(box, "Son auteur a dit oui…", about)
        add(fold, "p", _AGREED)
        form = self._form(fold, identifier)
        label = add(form, "label", "Où et quand il l’a dit ")
        add(label, "span", f"Par exemple{NBSP}: message du 3 janvier 2026, https://…", class_="hint")
        add(label, "input", name="how", required="", maxlength=str(LONGEST_HOW), autocomplete="off")
        self._buttons(form, about, [_CONSENT])

    def _form(self, box: Element, identifier: str) -> Element:
        form = add(box, "form", method="post", action=self.address)
        for name, value in ((form_guard.TOKEN, self.token), ("id", identifier)):
            add(form, "input", type="hidden", name=name, value=value)
        return form

    @staticmethod
    def _buttons(form: Element, about: str, buttons: Sequence[Button]) -> None:
        for button in buttons:
            name = f"{button.words}{NBSP}: {about}"
            add(form, "button", button.words, name="decision", value=button.decision, class_=button.decision, aria_label=name)


def folded(box: Element, words: str, about: str) -> Element:
    """What is opened by whoever needs it."""
    fold = add(box, "details")
    add(fold, "summary", words, aria_label=f"{words} {about}")
    return fold
