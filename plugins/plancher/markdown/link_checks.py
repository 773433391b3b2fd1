"""What may be wrong with one address, and what to write instead."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from plancher.base import addresses, lazy
from plancher.markdown.place import Place

_SCHEME = lazy.pattern(r"[a-zA-Z][\w+.-]*:|[/#?{|]")
_MACHINE = lazy.pattern(r"file:|[a-zA-Z]:[\\/]", re.IGNORECASE)
"""An address that only the author's own machine knows."""
_MAIL = lazy.pattern(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HOST = lazy.pattern(
    r"(?:[\w-]+\.)+(?:fr|com|org|net|eu|be|ch|ca|lu|io|info|re|nc|bzh|paris|alsace|corsica|gouv|edu|gov|uk|de|es|it|dev|app|blog|site|coop|asso|pro|tv|me|co|ai)"
    r"(?:[:/?#].*)?",
    re.IGNORECASE,
)
"""The name of a site, without its scheme."""


def faults(address: str, place: Place) -> Iterator[tuple[str, str]]:
    """Code and message of each thing that is wrong with an address."""
    shown = address[:_SHOWN]
    if _MACHINE.match(address):
        yield "PDV042", f"« {shown} » n'existe que sur votre machine. Copiez le fichier dans content/ et écrivez « {{static}}/… »."
    elif not addresses.is_safe(address):
        yield "PDV052", f"adresse dangereuse « {shown} ». Donnez une adresse http ou https."
    elif not addresses.is_readable(address):
        yield "PDV016", f"adresse illisible « {shown} ». Vérifiez-la."
    else:
        message = _missing(address, shown, place)
        if message:
            yield "PDV042", message


_SHOWN = 60


def _missing(address: str, shown: str, place: Place) -> str:
    target = place.target(address)
    if target is not None:
        if target.suffix.lower() == ".md" and not address.startswith(("{filename}", "|filename|")):
            return f"« {shown} » est un texte. Écrivez « {{filename}} » pour mener à sa page."
        if not place.holds(target):
            return f"lien vers un fichier introuvable « {shown} ». Vérifiez son nom, à partir de ce dossier ou de « / »."
        return ""
    if not address or _SCHEME.match(html.unescape(address)):
        return ""
    return f"adresse relative « {shown} ». {_advice(address, place)}"


def _advice(address: str, place: Place) -> str:
    """What the author probably meant, only where it is certain enough."""
    if _MAIL.fullmatch(address):
        return f"Écrivez « mailto:{address} »."
    known = _known_file(address, place)
    if known:
        return f"Écrivez « {known} »."
    if address.lower().startswith("www.") or _HOST.fullmatch(address):
        return f"Écrivez « https://{address[:_SHOWN]} »."
    bare = re.split(r"[?#]", address, maxsplit=1)[0]
    if Path(bare).suffix.lower() in {".md", ".markdown", ".html", ".htm", ""}:
        return "Pour un billet, écrivez « {filename} » et le nom de son fichier, qui finit par « .md » ; pour un site, « https:// » et son adresse."
    return f"Pour un fichier, écrivez « {{static}}{address[:_SHOWN]} »."


def _known_file(address: str, place: Place) -> str:
    """The file of the content folder that a relative address names, as Pelican has it."""
    bare, *rest = re.split(r"(?=[?#])", address, maxsplit=1)
    stem = re.sub(r"(?:\.html?|\.md|\.markdown|/)$", "", bare)
    for kind, name in (("filename", f"{stem}.md"), ("filename", f"{stem}/index.md"), ("static", bare)):
        for start in ("", "/"):
            typed = f"{{{kind}}}{start}{name}"
            target = place.target(typed)
            if target is not None and place.holds(target):
                return typed + "".join(rest)
    return ""
