"""Reading what is sent, within bounds: so many bytes, so many seconds."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request

from plancher.base.french import NBSP
from plancher.commands.answers.receiver.refusals import RefusedError
from plancher.commands.answers.receiver.rules import Rules

_TOO_SLOW = f"L’envoi a pris trop de temps. Revenez en arrière{NBSP}: votre texte y est encore, envoyez-le de nouveau."


async def read(request: Request, rules: Rules) -> bytes:
    """The body.

    :raises RefusedError: it is too large, too slow, or cut.
    """
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > rules.body:
        raise _too_large(rules)
    found = bytearray()
    try:
        async with asyncio.timeout(rules.body_seconds):
            async for piece in request.stream():
                found += piece
                if len(found) > rules.body:
                    raise _too_large(rules)
    except TimeoutError:
        raise RefusedError(HTTPStatus.REQUEST_TIMEOUT, _TOO_SLOW) from None
    except ClientDisconnect:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "L’envoi a été coupé.") from None
    return bytes(found)


def _too_large(rules: Rules) -> RefusedError:
    sentence = f"C’est trop long{NBSP}: {rules.body // 1024}{NBSP}Ko au plus. Revenez en arrière{NBSP}: votre texte y est encore, raccourcissez-le."
    return RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence)
