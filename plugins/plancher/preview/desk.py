"""Where the owner decides of readers' answers, in a page of the preview: what is shown, and what is done.

What waits is read from the queue at each request, and stands in no file that is published.
Code of the blog is imported at the first request: a fault in it never stops the server.
"""

from __future__ import annotations

import dataclasses
import secrets
import urllib.parse
from email.message import Message
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from plancher.preview import form_guard, pages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plancher.commands.answers.queue import Queue, Row
    from plancher.preview.desk_page import Shelf

ADDRESS = f"{pages.PREFIX}reponses"
HEADERS = {
    # No script, no picture, nothing of other sites; forms lead here alone. « no-referrer » would make browsers hide the origin of the form.
    "Content_Security_Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer_Policy": "same-origin",
    "Cross_Origin_Opener_Policy": "same-origin",
    "Cross_Origin_Resource_Policy": "same-origin",
    "X_Frame_Options": "DENY",
}
PER_PAGE = 30
"""Answers that wait, or were decided, on one page."""
_LONGEST_NUMBER = 9
_DECISIONS = frozenset({"accept", "refuse", "undo", "remove", "consent"})


@dataclasses.dataclass(frozen=True, slots=True)
class Reply:
    """What the server sends."""

    status: HTTPStatus
    body: str = ""
    location: str = ""


class Desk:
    """The page of one preview."""

    def __init__(self, root: Path) -> None:
        """:param root: the folder of the blog."""
        self.root = root
        self.folder = ""
        """That of the queue, as settings name it; empty: the blog asks its readers nothing, or was not read yet."""
        self.token = secrets.token_urlsafe(32)

    @property
    def has_answers(self) -> bool:
        """Whether an answer ever came in."""
        return bool(self.folder) and any((self.root / Path(self.folder).expanduser()).glob("reponses/*.json"))

    def shown(self, query: str = "", refused: str = "") -> Reply:
        """The page.

        :param refused: why something that was asked was not done.
        """
        from plancher.commands.answers.queue import QueueError  # noqa: PLC0415 - see above

        if not self.folder:
            return _plain(HTTPStatus.NOT_FOUND, "Pas de réponses", "Ce blog ne demande rien à ses lecteurs, ou n’a pas encore pu être construit.")
        asked = dict(urllib.parse.parse_qsl(query, max_num_fields=10))
        try:
            return Reply(HTTPStatus.CONFLICT if refused else HTTPStatus.OK, self._page(self._queue(), asked, refused))
        except QueueError as error:
            return _plain(HTTPStatus.CONFLICT, "Les réponses ne se lisent pas", str(error))

    def decided(self, headers: Message, body: bytes) -> Reply:
        """Do what a form asks for, once it is known for one of this page; then the page again, by its own address."""
        from plancher.commands.answers import reviewing  # noqa: PLC0415 - see above
        from plancher.commands.answers.deciding import DecisionError  # noqa: PLC0415 - see above
        from plancher.commands.answers.queue import QueueError  # noqa: PLC0415 - see above

        why = form_guard.refusal(headers)
        said = None if why else form_guard.fields(body, self.token)
        if said is None:
            return _plain(HTTPStatus.FORBIDDEN, "Rien n’a changé", f"L’aperçu refuse : {why or 'cette page est d’un autre aperçu. Rechargez-la'}.")
        decision, name = said.get("decision", ""), said.get("id", "")
        if decision not in _DECISIONS or not self.folder:
            return _plain(HTTPStatus.BAD_REQUEST, "Rien n’a changé", "Cette demande n’a pas de sens ici.")
        try:
            queue = self._queue()
            with queue.opened():
                reviewing.decide(queue, self.root / "content", name, decision, said.get("how", ""))
        except (QueueError, DecisionError) as error:
            return self.shown(refused=str(error))
        return Reply(HTTPStatus.SEE_OTHER, location=f"{ADDRESS}?{urllib.parse.urlencode({'fait': name})}#fait")

    def _queue(self) -> Queue:
        """:raises QueueError: it would lie among what is published."""
        from plancher.commands.answers import place  # noqa: PLC0415 - see above

        return place.queue_of(self.root, self.folder)

    def _page(self, queue: Queue, asked: Mapping[str, str], refused: str) -> str:
        from plancher.commands.answers import confirming, reviewing  # noqa: PLC0415 - see above
        from plancher.commands.answers.queue import State  # noqa: PLC0415 - see above
        from plancher.preview import desk_page  # noqa: PLC0415 - see above
        from plancher.preview.desk_forms import Forms  # noqa: PLC0415 - see above
        from plancher.site import testimonies  # noqa: PLC0415 - see above

        waiting = _shelf("page", asked, queue.rows(State.WAITING))
        gone = {row.id for row in reviewing.gone(queue)}
        decided = [row for row in queue.rows(State.ACCEPTED, State.REFUSED) if row.received or row.state is State.ACCEPTED]
        decided.sort(key=lambda row: row.id in gone)
        name = asked.get("fait", "")
        sheet = desk_page.Sheet(
            forms=Forms(ADDRESS, self.token),
            summary=reviewing.summary(queue),
            waiting=waiting,
            asked=queue.asked(),
            questions={row.id: confirming.question(queue, row) for row in waiting.rows if not confirming.obstacle(row)},
            decided=_shelf("decidees", asked, decided[::-1]),
            gone=gone,
            words={row.id: row.words for row in testimonies.load(self.root / "content").rows},
            done=queue.row(name) if name.isascii() and name.isalnum() else None,
            refused=refused,
        )
        return desk_page.render(sheet)


def _shelf(key: str, asked: Mapping[str, str], rows: Sequence[Row]) -> Shelf:
    """The page of them that the address names, the first when it names none."""
    from plancher.preview.desk_page import Shelf  # noqa: PLC0415 - see above

    typed = asked.get(key, "")
    number = int(typed) if typed.isascii() and typed.isdigit() and typed.strip("0") and len(typed) < _LONGEST_NUMBER else 1
    first = (min(number, max(1, -(-len(rows) // PER_PAGE))) - 1) * PER_PAGE
    return Shelf(key=key, rows=rows[first : first + PER_PAGE], first=first, total=len(rows), size=PER_PAGE)


def _plain(status: HTTPStatus, title: str, sentence: str) -> Reply:
    return Reply(status, pages.plain_page(title, sentence))
