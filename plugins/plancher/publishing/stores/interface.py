"""The interface of a host, asked in its words; its refusals in French."""

from __future__ import annotations

import asyncio
import dataclasses
import re
import urllib.parse
from collections.abc import Awaitable, Callable, Mapping, Sequence

import httpx

from plancher.base import data
from plancher.publishing.errors import PublishingError
from plancher.publishing.targets import SECRETS
from plancher.web.client import Answer
from plancher.web.rest import Call, Rest

_AGENT = "plancher-des-vaches"
_OK = range(200, 300)
_UNKNOWN, _TOO_MANY = 404, 429
_NO_ENTRY = frozenset({401, 403})
_NO_ROOM = frozenset({402, 507})
"""Payment required, insufficient storage (RFC 9110, 15.5.3; RFC 4918, 11.5)."""
_TOO_LARGE = 413
"""Of one request (RFC 9110, 15.5.14)."""
_QUOTA = re.compile(r"quota|storage limit|usage limit", re.IGNORECASE)
_GOES_ON = "Recommencez : ce qui est envoyé ne l'est pas deux fois."

LOOKS, PAUSE = 50, 2.0
"""How often a list of deployments is asked for while they go away, page by page; seconds between two."""

Value = data.Json


@dataclasses.dataclass(frozen=True, slots=True)
class Interface:
    """A session, and how its host is called in sentences."""

    rest: Rest
    host: str
    site: str
    """What a 404 is about."""

    async def ask(self, call: Call) -> Value:
        """What it answers.

        :raises PublishingError: it refuses, or is gone.
        """
        return self.read(await self.answer(call))

    async def ask_if_there(self, call: Call) -> Value | None:
        """The same; None: there is no such thing."""
        answer = await self.answer(call)
        return None if answer.status == _UNKNOWN else self.read(answer)

    def read(self, answer: Answer) -> Value:
        """What an answer says.

        :raises PublishingError: it is a refusal.
        """
        if answer.status not in _OK:
            raise PublishingError(self.refused(answer))
        return _value(answer)

    async def answer(self, call: Call) -> Answer:
        """Whatever it says.

        :raises PublishingError: it does not answer.
        """
        try:
            return await self.rest.ask(call)
        except httpx.HTTPError as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                raise PublishingError(
                    f"{self.host} ne prouve pas que c'est lui : son certificat est périmé, ou n'est pas à ce nom. Rien n'est envoyé. "
                    "Vérifiez l'heure de cette machine et le réseau où elle est, puis recommencez."
                ) from error
            raise PublishingError(f"{self.host} ne répond pas, ou la connexion a été coupée. Vérifiez votre connexion. {_GOES_ON}") from error

    def refused(self, answer: Answer) -> str:
        """Why it did not do what it was asked, with the remedy."""
        if answer.status in _NO_ROOM or _QUOTA.search(_told(answer)):
            return (
                f"{self.host} n'a plus de place pour vous. Rien n'a changé en ligne. Faites-y de la place, ou prenez une formule plus large, puis recommencez."
            )
        if answer.status == _TOO_LARGE:
            path = urllib.parse.unquote(httpx.URL(answer.url).path.partition("/files/")[2])
            heavy = f"« {path} »" if path else "un fichier du site"
            return f"{self.host} trouve {heavy} trop lourd. Rien n'a changé en ligne. Allégez-le, ou mettez-le ailleurs, puis recommencez."
        if answer.status in _NO_ENTRY:
            return (
                f"{self.host} refuse le jeton d'accès, ou il est périmé, ou il n'a pas droit à « {self.site} ». Rien n'a changé en ligne. "
                f"Faites-en un autre chez {self.host}, et mettez-le dans {SECRETS[0]}."
            )
        if answer.status == _UNKNOWN:
            return f"{self.host} ne connaît pas « {self.site} ». Rien n'a changé en ligne. Vérifiez PUBLISH, ou créez le site chez {self.host}."
        if answer.status == _TOO_MANY:
            return f"{self.host} a reçu trop de demandes de vous. Rien n'a changé en ligne. Attendez un quart d'heure, puis recommencez."
        told = _told(answer)
        return f"{self.host} répond « {told or answer.status} ». Rien n'a changé en ligne. {_GOES_ON}"


def session(address: str, environment: Mapping[str, str]) -> Rest:
    """A session with the token of the owner.

    :raises PublishingError: there is none.
    """
    token = environment.get(SECRETS[0], "")
    if not token:
        raise PublishingError(f"Il manque le jeton d'accès. Rien n'est envoyé. Mettez-le dans {SECRETS[0]}, ou dans le fichier des secrets (voir le guide).")
    return Rest(address, token, _AGENT)


async def remove_all(left: Callable[[], Awaitable[Sequence[str]]], remove: Callable[[str], Awaitable[object]]) -> None:
    """Remove deployments until a list of them names none.

    :raises PublishingError: the host names some of them again and again.
    """
    for number in range(LOOKS):
        names = await left()
        if not names:
            return
        await asyncio.sleep(PAUSE if number else 0)  # a list may be some seconds old
        for name in names:
            await remove(name)
    raise PublishingError("Le nouveau site est en ligne, mais l'hébergeur garde d'anciennes versions. Recommencez plus tard, ou effacez-les chez lui.")


def _value(answer: Answer) -> Value:
    try:
        return data.from_json(answer.body.decode()) if answer.body.strip() else None
    except ValueError as error:
        raise PublishingError(f"{httpx.URL(answer.url).host} répond ce qui n'est pas de lui. Vérifiez le réseau où vous êtes, puis recommencez.") from error


def _told(answer: Answer) -> str:
    """The host's own words, where it has some."""
    try:
        value = data.from_json(answer.body.decode())
    except ValueError:
        return ""
    if not isinstance(value, dict):
        return ""
    errors = value.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else value
    return str(first.get("message", ""))[:200] if isinstance(first, dict) else str(first)[:200]
