"""From which page a form was sent: that of a blog to confirm, that of the receiver to be kept, and of nobody else.

``Origin`` is said by every browser with what it posts (Fetch standard, 3.1);
``Sec-Fetch-…`` (W3C Fetch Metadata) by those of these years, and no page can forge it.
"""

from __future__ import annotations

from collections.abc import Collection
from http import HTTPStatus

from starlette.datastructures import Headers

from plancher.base.french import NBSP
from plancher.commands.answers.receiver.refusals import RefusedError

_FROM_A_PAGE = frozenset({"same-origin", "same-site", "cross-site"})
_ELSEWHERE = f"Ce formulaire ne se remplit que depuis les pages du blog. Revenez au billet, puis envoyez-le de là{NBSP}: rien n’a été gardé."


def check(headers: Headers, origins: Collection[str], *, is_own: bool) -> None:
    """Let through what was sent from a page of one of these origins, by somebody who pressed its button.

    :param is_own: whether that page is the receiver's, and of nobody else.
    :raises RefusedError: it was not.
    """
    sites = {"same-origin"} if is_own else _FROM_A_PAGE
    named = {"sec-fetch-site": sites, "sec-fetch-mode": {"navigate"}, "sec-fetch-dest": {"document"}}
    is_navigation = all(headers[name] in values for name, values in named.items() if name in headers)
    said = headers.getlist("origin")
    if len(said) != 1 or said[0] not in origins or not is_navigation:
        raise RefusedError(HTTPStatus.FORBIDDEN, _ELSEWHERE)
