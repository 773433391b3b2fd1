"""A signed time, which a page holds in the place of a captcha: who sends it back saw the page, not too soon, not too long ago."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from plancher.base.french import NBSP
from plancher.commands.answers.receiver.rules import Rules

_SHAPE = re.compile(r"(?P<time>[0-9]{1,12})\.(?P<id>[0-9a-f]{16})\.(?P<mac>[0-9a-f]{64})")


class SealError(Exception):
    """It is none of ours, too young or too old; the message is a sentence, in French."""


class Sealer:
    """Signs and checks, under a key of the receiver."""

    def __init__(self, key: bytes, rules: Rules) -> None:
        self._key, self._rules = key, rules

    def make(self, now: float) -> str:
        """The seal of a page that is made now; it bears the name that its answer will have."""
        signed = f"{int(now)}.{secrets.token_hex(8)}"
        return f"{signed}.{self._mac(signed)}"

    def open(self, seal: str, now: float) -> str:
        """The name of the answer that comes with a seal.

        :raises SealError: nothing may come with it.
        """
        known = _SHAPE.fullmatch(seal)
        if known is None or not hmac.compare_digest(self._mac(f"{known['time']}.{known['id']}"), known["mac"]):
            raise SealError(f"Cette page n’a pas encore été confirmée. Relisez votre réponse, puis envoyez-la{NBSP}: rien n’est perdu.")
        age = now - int(known["time"])
        if age < self._rules.soonest:
            raise SealError(f"C’était un peu vite pour avoir relu. Relisez votre réponse quelques secondes, puis envoyez-la{NBSP}: rien n’est perdu.")
        if age > self._rules.latest:
            raise SealError(f"Cette page était ouverte depuis trop longtemps. Relisez votre réponse, puis envoyez-la de nouveau{NBSP}: rien n’est perdu.")
        return known["id"]

    def _mac(self, signed: str) -> str:
        return hmac.new(self._key, signed.encode(), hashlib.sha256).hexdigest()
