"""Which forms the preview obeys: those that its own page sent, in a browser of this machine.

Any page of the web can make a browser send a form to this machine. Three walls,
each enough alone: the browser says which site sends (« Origin »,
« Sec-Fetch-Site »), and the form bears a token that other sites cannot read.
"""

from __future__ import annotations

import hmac
import urllib.parse
from collections.abc import Mapping
from email.message import Message

LARGEST = 4000
"""Bytes of a form."""
TOKEN = "jeton"  # noqa: S105 - the name of a field
"""The field of the token."""
_FORM = "application/x-www-form-urlencoded"


def refusal(headers: Message) -> str:
    """Why a form is not even read, in French; empty: it is."""
    length = headers.get("Content-Length", "")
    if headers.get("Origin", "") != f"http://{headers.get('Host', '')}" or headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return "ce formulaire vient d’un autre site"
    if headers.get_content_type() != _FORM or headers.get("Transfer-Encoding"):
        return "ce n’est pas un formulaire de l’aperçu"
    if not (length.isascii() and length.isdigit()) or int(length) > LARGEST:
        return "ce formulaire est trop long"
    return ""


def fields(body: bytes, token: str) -> Mapping[str, str] | None:
    """What a form says; None: it does not bear the token."""
    said = dict(urllib.parse.parse_qsl(body.decode("utf-8", "replace"), max_num_fields=10))
    return said if hmac.compare_digest(said.get(TOKEN, "").encode(), token.encode()) else None
