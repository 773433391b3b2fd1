"""The receiver as an ASGI application: a page to confirm, an answer that is kept; for the owner alone, what waits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from plancher.base.french import NBSP
from plancher.commands.answers.receiver import bodies, origins, pages, submission
from plancher.commands.answers.receiver.box import Box, BoxError, Outcome
from plancher.commands.answers.receiver.exporting import Exporting
from plancher.commands.answers.receiver.limits import Limits
from plancher.commands.answers.receiver.pages import Pages, Shown
from plancher.commands.answers.receiver.refusals import RefusedError
from plancher.commands.answers.receiver.rules import House, Rules
from plancher.commands.answers.receiver.seals import Sealer, SealError
from plancher.commands.answers.receiver.submission import Submission
from plancher.components.answers import form

T = TypeVar("T")
_BUSY = f"Beaucoup d’envois arrivent à la fois. Revenez en arrière{NBSP}: votre texte y est encore, envoyez-le de nouveau dans une minute."
_REUSED = f"Cette page avait déjà servi pour une autre réponse. Relisez celle-ci, puis envoyez-la{NBSP}: rien n’est perdu."
_STRANGE = (
    f"Votre réponse n’a pas pu être gardée{NBSP}: le blog n’a pas encore nommé cet appel ici, et la place de tels appels est prise. "
    f"Votre texte reste sur cette page{NBSP}: réessayez plus tard, ou copiez-le."
)
_NOT_KEPT = {Outcome.OTHER: (HTTPStatus.CONFLICT, _REUSED), Outcome.STRANGE: (HTTPStatus.INSUFFICIENT_STORAGE, _STRANGE)}
_MINUTE = 60
Handler = Callable[[Request], Awaitable[Response]]


class Receiver:
    """Of one blog."""

    def __init__(self, house: House, box: Box, rules: Rules, token: str) -> None:
        """:param token: what the owner shows to fetch answers; empty: they are not given to anybody."""
        self._house, self._box, self._rules = house, box, rules
        self._pages, self._limits, self._sealer = Pages(house), Limits(rules), Sealer(box.key, rules)
        self._disk = ThreadPoolExecutor(max_workers=1)  # one writer: answers are kept one after the other
        self._exporting = Exporting(token, self._limits, box, self._on_disk, rules)

    def app(self) -> Starlette:
        """To be served; its pages stand below the path of its address."""
        routes = [
            Route("/", self._guarded(self._home)),
            Route("/", self._guarded(self._confirm), methods=["POST"]),
            Route("/envoyer", self._guarded(self._keep), methods=["POST"]),
            *(Route("/reponses", self._guarded(handler), methods=[method]) for method, handler in self._exporting.handlers()),
        ]
        base = self._house.base.rstrip("/")
        return Starlette(routes=[Mount(base, routes=routes)] if base else routes, exception_handlers={HTTPException: self._unknown})

    def _guarded(self, handler: Handler) -> Handler:
        """Refusals become pages; only so many requests are under way."""

        async def guarded(request: Request) -> Response:
            with self._limits.entering(_machine(request)) as may_enter:
                if not may_enter:
                    return self._pages.refused(HTTPStatus.TOO_MANY_REQUESTS, _BUSY, _MINUTE)
                try:
                    return await handler(request)
                except RefusedError as refusal:
                    return self._pages.refused(refusal.status, str(refusal), refusal.wait)

        return guarded

    async def _unknown(self, request: Request, error: Exception) -> Response:
        """Another address, or another method."""
        status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.NOT_FOUND
        return self._pages.made(Shown(status=status, title="Il n’y a rien ici", sentences=("Le formulaire est dans la page de chaque appel du blog.",)))

    async def _home(self, request: Request) -> Response:
        """What this is; with the token of a call, its form, for a page of the blog that has none."""
        token = request.query_params.get(form.CALL, "")
        return self._pages.to_fill(submission.empty(token)) if submission.is_token(token) else self._pages.home()

    async def _confirm(self, request: Request) -> Response:
        """From a page of the blog, or from our own empty form: nothing is kept, it is shown again."""
        sent, refusal = await self._sent(request, is_own=False)
        return refusal or self._pages.to_confirm(sent, self._seal(), tuple(sent.problems()))

    async def _keep(self, request: Request) -> Response:
        """From our own page: once it is on the disk, and not before, it is said to be received."""
        sent, refusal = await self._sent(request, is_own=True)
        if refusal:
            return refusal
        if problems := tuple(sent.problems()):
            return self._again(sent, HTTPStatus.UNPROCESSABLE_ENTITY, *problems)
        now = time.time()
        try:
            name = self._sealer.open(sent.seal, now)
            outcome = await self._on_disk(lambda: self._box.put(name, sent.content(), now))
        except SealError as error:
            return self._again(sent, HTTPStatus.FORBIDDEN, str(error))
        except BoxError as error:
            return self._again(sent, HTTPStatus.SERVICE_UNAVAILABLE, pages.no_room(str(error)))
        if outcome in _NOT_KEPT:
            status, sentence = _NOT_KEPT[outcome]
            return self._again(sent, status, sentence)
        return self._pages.received(sent, name)

    async def _sent(self, request: Request, *, is_own: bool) -> tuple[Submission, Response | None]:
        """What was sent; and the page that asks its writer to wait, with the text on it, where too much comes.

        :raises RefusedError: it is no form of ours.
        """
        asked_from = {self._house.own_origin} if is_own else {self._house.own_origin, self._house.blog_origin}
        origins.check(request.headers, asked_from, is_own=is_own)
        is_admitted = self._limits.admits(_machine(request))
        sent = submission.read(await bodies.read(request, self._rules), request.headers.get("content-type", ""))
        wait = self._limits.wait
        return sent, None if is_admitted else self._again(sent, HTTPStatus.TOO_MANY_REQUESTS, pages.too_often(wait), wait=wait)

    def _again(self, sent: Submission, status: int, *problems: str, wait: int = 0) -> Response:
        return self._pages.to_confirm(sent, self._seal(), problems, status, wait=wait)

    def _seal(self) -> str:
        return self._sealer.make(time.time())

    async def _on_disk(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._disk, work)


def _machine(request: Request) -> str:
    """The address that the server before us says."""
    return request.client.host if request.client else ""
