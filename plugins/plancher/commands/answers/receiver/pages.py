"""The pages of the receiver: without script, without cookie, and nothing of another site may stand in them."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import Path

import jinja2
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from plancher.base import theme_folder
from plancher.base.french import NBSP, plural
from plancher.commands.answers.receiver.rules import House
from plancher.commands.answers.receiver.submission import Submission
from plancher.components.answers import form, questions

_HERE = Path(__file__).parent
_FOLDERS = (_HERE, theme_folder.engine() / "templates")
"""The form itself is the theme's: the same on both sides."""
_CSS = (_HERE / "page.css").read_text(encoding="utf-8")
_STYLE = base64.b64encode(hashlib.sha256(_CSS.encode()).digest()).decode()
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",  # stricter, a browser would not say from where the second page is sent
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
"""Of each answer."""
_TO_CONFIRM = f"Relisez votre réponse, corrigez-la au besoin, puis envoyez-la{NBSP}: elle n’est pas encore partie."
_TO_FILL = f"Écrivez ici votre réponse à l’appel que vous venez de lire{NBSP}: vous la relirez avant qu’elle parte."
_AFTERWARDS = "Elle attend d’être lue par l’éditeur du blog, qui décide de ce qui paraît. Rien n’est publié sans les accords que vous avez donnés."
_MINUTE = 60


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a page says."""

    status: int = HTTPStatus.OK
    title: str
    problems: Sequence[str] = ()
    sentences: Sequence[str] = ()
    sent: Submission | None = None
    """What the form of the page holds; None: it has no form."""
    seal: str = ""
    """Empty: the form leads to the page to confirm."""
    back: str = ""
    """The page of the blog to lead back to; empty: its first."""
    wait: int = 0
    """Seconds after which it may be tried again."""


class Pages:
    """Those of one blog."""

    def __init__(self, house: House) -> None:
        self._house = house
        loader = jinja2.FileSystemLoader(_FOLDERS)
        environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        environment.globals |= {"house": house, "css": Markup(_CSS), "texts": questions.TEXTS, "boxes": questions.BOXES, "trap": form.TRAP}  # noqa: S704 - our own file
        self._template = environment.get_template("page.html")

    def made(self, shown: Shown) -> Response:
        """The page."""
        back = self._house.page(shown.sent.page if shown.sent else shown.back)
        headers = {**HEADERS, **({"Retry-After": str(shown.wait)} if shown.wait else {})}
        return HTMLResponse(self._template.render(shown=shown, back=back), shown.status, headers)

    def to_fill(self, sent: Submission) -> Response:
        """An empty form."""
        return self.made(Shown(title="Répondre à un appel", sentences=(_TO_FILL,), sent=sent))

    def to_confirm(self, sent: Submission, seal: str, problems: Sequence[str] = (), status: int = HTTPStatus.OK, *, wait: int = 0) -> Response:
        """What was typed, to be read again; nothing of it is kept yet."""
        return self.made(Shown(status=status, title="Relisez, puis envoyez", problems=problems, sentences=(_TO_CONFIRM,), sent=sent, seal=seal, wait=wait))

    def received(self, sent: Submission, name: str) -> Response:
        """It is on the disk."""
        told = f"Sa référence est {name}{NBSP}: gardez-la pour demander qu’elle soit corrigée ou retirée."
        return self.made(Shown(title="Votre réponse est reçue", sentences=(f"Merci. {_AFTERWARDS}", told), back=sent.page))

    def refused(self, status: int, sentence: str, wait: int = 0) -> Response:
        """It is not taken in."""
        return self.made(Shown(status=status, title="Rien n’a été envoyé", problems=(sentence,), wait=wait))

    def home(self) -> Response:
        """What this is, for whoever comes without a form."""
        told = "Ici arrivent les réponses que les lecteurs écrivent sous un appel à témoignages du blog. Le formulaire est dans la page de chaque appel."
        return self.made(Shown(title="Répondre à un appel", sentences=(told,)))


def too_often(wait: int) -> str:
    """Why one has to wait, and how long."""
    minutes = plural(max(1, -(-wait // _MINUTE)), "minute", "minutes")
    return f"Trop d’envois arrivent en ce moment. Votre texte reste sur cette page{NBSP}: envoyez-le dans {minutes}."


def no_room(why: str) -> str:
    """The owner has to act."""
    return f"Votre réponse n’a pas pu être gardée{NBSP}: {why}. Votre texte reste sur cette page{NBSP}: réessayez plus tard, ou copiez-le."
