"""What waits, for the owner alone: « invoke answers.fetch » shows the token, reads page after page, has erased what it holds, and names the calls."""

from __future__ import annotations

import hmac
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from plancher.commands.answers.receiver import shares, submission
from plancher.commands.answers.receiver.box import Box, BoxError
from plancher.commands.answers.receiver.limits import Limits
from plancher.commands.answers.receiver.pages import HEADERS
from plancher.commands.answers.receiver.rules import Rules
from plancher.components.answers import form
from plancher.importing.answers import forms

_NUMBER = re.compile(r"[0-9]{1,15}")
PAGE = 50
"""Answers of one page."""
OnDisk = Callable[[Callable[[], object]], Awaitable[object]]


class Exporting:
    """The requests of the owner."""

    def __init__(self, token: str, limits: Limits, box: Box, on_disk: OnDisk, rules: Rules) -> None:
        self._token, self._limits, self._box, self._on_disk, self._rules = token, limits, box, on_disk, rules

    def handlers(self) -> Iterator[tuple[str, Callable[[Request], Awaitable[Response]]]]:
        """Each method with what it does; none without a token."""
        if self._token:
            yield "GET", self._page
            yield "DELETE", self._erase
            yield "PUT", self._name_calls

    async def _page(self, request: Request) -> Response:
        after = request.query_params.get("apres", "0")
        if refusal := self._refusal(request) or (None if _NUMBER.fullmatch(after) else _said(HTTPStatus.BAD_REQUEST)):
            return refusal
        return await self._done(lambda: {"answers": [forms.as_json(row) for row in self._box.page(int(after), PAGE)]})

    async def _erase(self, request: Request) -> Response:
        """What is named; the other answers stay."""
        names = request.query_params.getlist("id")
        if refusal := self._refusal(request) or (None if len(names) <= PAGE else _said(HTTPStatus.BAD_REQUEST)):
            return refusal
        return await self._done(lambda: {"erased": self._box.erase(time.time() - self._rules.latest, names)})

    async def _name_calls(self, request: Request) -> Response:
        """Those that are named already stay so."""
        tokens = request.query_params.getlist(form.CALL)
        is_right = len(tokens) <= shares.MOST_CALLS and all(map(submission.is_token, tokens))
        if refusal := self._refusal(request) or (None if is_right else _said(HTTPStatus.BAD_REQUEST)):
            return refusal
        return await self._done(lambda: self._box.name_calls(tokens))

    async def _done(self, work: Callable[[], object]) -> Response:
        try:
            return JSONResponse(await self._on_disk(work), headers=HEADERS)
        except BoxError:
            return _said(HTTPStatus.SERVICE_UNAVAILABLE)

    def _refusal(self, request: Request) -> Response | None:
        """Whoever shows another token is counted: nobody can try many."""
        shown = request.headers.get("authorization", "").removeprefix("Bearer ")
        if hmac.compare_digest(shown.encode(), self._token.encode()):
            return None
        is_admitted = self._limits.admits(request.client.host if request.client else "")
        return _said(HTTPStatus.UNAUTHORIZED if is_admitted else HTTPStatus.TOO_MANY_REQUESTS)


def _said(status: HTTPStatus) -> Response:
    return JSONResponse({"error": status.value}, status, {**HEADERS, **({"WWW-Authenticate": "Bearer"} if status is HTTPStatus.UNAUTHORIZED else {})})
