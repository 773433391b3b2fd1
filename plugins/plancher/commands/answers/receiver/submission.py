"""What a reader sent with the form: read strictly, cleaned of signs that nobody sees, and kept as it was typed for the page that shows it again."""

from __future__ import annotations

import dataclasses
import re
import urllib.parse
from collections.abc import Iterator, Mapping
from http import HTTPStatus

from plancher.base.french import NBSP, NNBSP
from plancher.commands.answers.receiver.refusals import RefusedError
from plancher.components.answers import form, questions
from plancher.importing.answers.model import cleaned, one_line

KIND = "application/x-www-form-urlencoded"
_MOST_FIELDS = 30
_TOKEN = re.compile(r"[0-9a-f]{8}")
_LONGEST_QUESTION, _LONGEST_PAGE = 300, 500
_NO_BREAK = re.compile(f"([{NBSP}{NNBSP}])")
_UNREADABLE = f"Ce qui a été envoyé ne se lit pas comme un formulaire. Revenez au billet, puis remplissez le formulaire de là{NBSP}: rien n’a été gardé."


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One answer, before it is kept."""

    token: str
    """Of the call."""
    question: str
    """As its page says it; it is shown, and not kept."""
    page: str
    """Where the form stood; the same."""
    typed: Mapping[str, str]
    """Texts and boxes by the names of their fields: a box that is ticked has ``form.YES``, one that is not has nothing."""
    is_trapped: bool
    """Whether the field that nobody sees was filled."""
    seal: str

    def problems(self) -> Iterator[str]:
        """What a reader has to mend, sentence by sentence."""
        if not self.typed[questions.ANSWER]:
            yield f"Votre réponse est vide{NBSP}: écrivez-la en une phrase."
        for text in questions.TEXTS:
            if len(self.typed[text.name]) > text.longest:
                yield f"«{NBSP}{text.label}{NBSP}»{NBSP}: {text.longest} signes au plus, {len(self.typed[text.name])} sont écrits."
        for box in questions.BOXES:
            if box.is_required and not self.typed[box.name]:
                yield f"Cochez «{NBSP}{box.label}{NBSP}» si c’est le cas{NBSP}: sans cela, votre réponse ne peut pas être prise."
        if self.is_trapped:
            yield "Un champ caché, que seuls des programmes remplissent, l’était. Il est vide à présent."

    def content(self) -> dict[str, str]:
        """What is kept: what the owner needs, and no more."""
        return {"token": self.token, **self.typed}


def is_token(typed: str) -> bool:
    """Whether a call may have this token."""
    return bool(_TOKEN.fullmatch(typed))


def empty(token: str) -> Submission:
    """A form that nobody has filled yet."""
    typed = {text.name: "" for text in questions.TEXTS} | {box.name: "" for box in questions.BOXES}
    return Submission(token=token, question="", page="", typed=typed, is_trapped=False, seal="")


def read(raw: bytes, content_type: str) -> Submission:
    """A form as browsers send it.

    :raises RefusedError: it is none.
    """
    kind, _, parameter = content_type.lower().partition(";")
    charset = parameter.strip().removeprefix("charset=").strip('"')
    if kind.strip() != KIND or charset not in {"", "utf-8"}:
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, _UNREADABLE)
    try:
        pairs = urllib.parse.parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:  # bytes that are no UTF-8, or fields without end
        raise RefusedError(HTTPStatus.BAD_REQUEST, _UNREADABLE) from None
    given = dict(pairs)
    if len(given) != len(pairs) or not is_token(given.get("token", "")):
        raise RefusedError(HTTPStatus.BAD_REQUEST, _UNREADABLE)
    texts = {text.name: _text(given.get(text.name, ""), text) for text in questions.TEXTS}
    boxes = {box.name: form.YES if given.get(box.name) == form.YES else "" for box in questions.BOXES}
    return Submission(
        token=given["token"],
        question=_as_set(given.get("question", "")),
        page=given.get("page", "")[:_LONGEST_PAGE],
        typed=texts | boxes,
        is_trapped=bool(given.get(form.TRAP, "").strip()),
        seal=given.get("seal", ""),
    )


def _as_set(question: str) -> str:
    """A question on one line, with the spaces that no line breaks at: its page set them."""
    pieces = _NO_BREAK.split(question[:_LONGEST_QUESTION])
    return "".join(piece if _NO_BREAK.fullmatch(piece) else one_line(piece, _LONGEST_QUESTION) for piece in pieces).strip()


def _text(typed: str, field: questions.TextField) -> str:
    """What was typed, without hidden signs; what is too long stays, so that its writer can shorten it."""
    return cleaned(typed)[0] if field.rows else one_line(typed, len(typed))
