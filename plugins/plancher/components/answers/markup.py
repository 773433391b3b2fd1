"""From ``[!appel]`` to a call."""

from __future__ import annotations

import re

from plancher.base.problems import Problem
from plancher.components.answers.model import Call
from plancher.text.blocks import Block
from plancher.text.fields import FieldReader, Spec
from plancher.text.grammar import Read

_SPECS = tuple(map(Spec, ("attendu", "exemple", "jusqu'au", "merci", "mastodon", "id")))
_STATUS = re.compile(r"https://[^/\s?#]+/(?:@[\w.@-]+/(?:statuses/)?|users/[\w.-]+/statuses/|notice/)[0-9A-Za-z]+")
_NAME = re.compile(r"[a-z][a-z0-9-]{1,40}")


def read_call(block: Block) -> Read[Call]:
    """A call, which needs a question."""
    fields, body = FieldReader.of(block, _SPECS)
    if not block.title:
        fields.problems.append(Problem(block.line, "PDV006", "appel sans question. Écrivez « [!appel] Votre question ? »."))
    until = fields.date("jusqu'au")
    call = Call(
        question=block.title,
        expected=fields.text("attendu"),
        example=fields.text("exemple"),
        until=until.date() if until else None,
        thanks=fields.text("merci"),
        mastodon=_status(fields),
        own_id=_own_id(fields),
        body=body,
        line=block.line,
    )
    return Read(call, tuple(fields.problems))


def _status(fields: FieldReader) -> str:
    """The address of one public status."""
    for value in fields.all("mastodon"):
        if _STATUS.fullmatch(value.text):
            return value.text
        message = f"« mastodon » attend l'adresse d'un message public, comme « https://exemple.social/@nom/123 », pas « {value.text[:60]} »."
        fields.problems.append(Problem(value.line, "PDV014", message))
    return ""


def _own_id(fields: FieldReader) -> str:
    for value in fields.all("id"):
        if _NAME.fullmatch(value.text):
            return value.text
        message = f"« id » attend un nom en minuscules sans accent, comme « devis-du-soir », pas « {value.text[:60]} »."
        fields.problems.append(Problem(value.line, "PDV014", message))
    return ""
