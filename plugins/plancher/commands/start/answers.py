"""What a new blog has to know of its owner, and what each answer may be."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

from plancher.base import identity, settings, site_address
from plancher.base.french import fold, nearest
from plancher.base.identity import Identity
from plancher.commands.start import forges, hosts

Typed = Mapping[str, str]
"""Answers by the name of their question, as they are kept."""


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """One of them; its name is the option's too."""

    name: str
    words: str
    """As it is asked."""
    read: Callable[[str], str]
    """What was typed, as it is kept."""
    expected: Callable[[str], str]
    """What should stand in the place of a kept answer; empty: nothing is wrong with it."""
    default: Callable[[Typed], str | None] = lambda _: ""
    """The answer of whoever only presses Enter, from the answers before; None: there is none."""
    matters: Callable[[Typed], bool] = lambda _: True
    """Whether it is to be asked at all, after the answers before."""

    def wrong(self, answer: str) -> str:
        """What is wrong with an answer, as a sentence; empty: nothing."""
        expected = self.expected(answer)
        return f"{settings.shown(answer)} : il faut {expected}." if expected else ""


def _plain(typed: str) -> str:
    return " ".join(typed.split())


def _of_identity(field: str, expected: str) -> Callable[[str], str]:
    """What a field of the identity takes."""

    def check(answer: str) -> str:
        try:
            settings.load({identity.KEY: {field: answer}}, identity.KEY, Identity)
        except settings.SettingsError:
            return expected
        return ""

    return check


_ONE_LINE = "un texte, sur une ligne"
_COUNTRIES = {"FR": "France", "BE": "Belgique", "CA": "Canada", "CH": "Suisse", "LU": "Luxembourg"}
_OTHER_NAMES = {"québec": "CA"}
_ENDINGS = {"be": "BE", "ca": "CA", "quebec": "CA", "ch": "CH", "swiss": "CH", "lu": "LU"}
"""The last part of a domain, and the country it is of."""


def _country(typed: str) -> str:
    known = {fold(name): code for code, name in _COUNTRIES.items()} | {fold(name): code for name, code in _OTHER_NAMES.items()}
    return known.get(fold(typed), typed.strip().upper())


def _a_country(answer: str) -> str:
    return "" if answer in _COUNTRIES else "l'un de " + ", ".join(f"{code} ({name})" for code, name in _COUNTRIES.items())


def _a_host(answer: str) -> str:
    if answer in hosts.HOSTS:
        return ""
    near = nearest(answer, hosts.HOSTS)
    return f"l'un de {', '.join(hosts.HOSTS)}" + (f" (« {near} » ?)" if near else "")


def _a_forge(answer: str) -> str:
    known = (*forges.FORGES, forges.NONE)
    near = nearest(answer, known)
    return "" if answer in known else f"l'un de {', '.join(known)}" + (f" (« {near} » ?)" if near else "")


def _site_address(answer: str) -> str:
    return site_address.expected(answer) if answer else "une adresse, comme « https://exemple.fr » ou « https://exemple.fr/blog »"


QUESTIONS = (
    Question("name", "Nom du blog", _plain, _of_identity("name", "un nom, sur une ligne"), lambda _: None),
    Question("motto", "Devise, en une ligne sous le nom", _plain, _of_identity("motto", _ONE_LINE)),
    Question("address", "Adresse publique du blog (https://…)", site_address.as_the_web_writes_it, _site_address, lambda _: None),
    Question("author", "Qui signe les billets", _plain, _of_identity("author", _ONE_LINE), lambda answers: answers["name"]),
    Question(
        "email",
        "Adresse électronique où les lecteurs écrivent",
        str.strip,
        _of_identity("email", "une adresse électronique, comme « nom@exemple.fr », ou rien"),
    ),
    Question("country", "Pays (FR, BE, CA, CH, LU)", _country, _a_country, lambda answers: _ENDINGS.get(_host(answers).rpartition(".")[2], "FR")),
    Question("host", f"Hébergeur ({', '.join(hosts.HOSTS)})", lambda typed: typed.strip().lower(), _a_host, lambda answers: hosts.of_address(_host(answers))),
    Question(
        "forge",
        f"Forge qui gardera ce dossier et publiera pour vous chaque matin ({', '.join((*forges.FORGES, forges.NONE))})",
        lambda typed: typed.strip().lower(),
        _a_forge,
        lambda _: forges.NONE,
        lambda answers: bool(hosts.HOSTS[answers["host"]].target),
    ),
)


def _host(answers: Typed) -> str:
    return Identity(address=answers["address"]).host


def identity_of(answers: Typed) -> Identity:
    """Whose blog it will be."""
    given = {question.name: answers[question.name] for question in QUESTIONS if question.name not in {"host", "forge"}}
    return settings.load({identity.KEY: given}, identity.KEY, Identity)
