"""Who asks for an address, as an author knows it; and the words in which two that want the same one are told."""

from __future__ import annotations

import dataclasses
import enum
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from plancher.base.french import clip
from plancher.base.problems import Problem, SiteProblem
from plancher.site import claims
from plancher.site.claims import Claim, Conflict, Reason
from plancher.site.model import Post
from plancher.site.redirect import Redirect

SETTINGS = "../pelicanconf.py"
"""The file to look at, from the content folder, when no file of the content folder asked."""


class Kind(enum.IntEnum):
    """Who asks; the higher gives way."""

    SITE = enum.auto()
    TERM = enum.auto()
    FILE = enum.auto()
    TEXT = enum.auto()
    ALIAS = enum.auto()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who asks for an address, as an author knows it."""

    kind: Kind
    name: str
    path: str = SETTINGS
    """The file where it can be changed, from the content folder."""
    line: int = 1
    remedy: str = "Changez l'une des deux adresses dans les réglages."


_TERMS = {
    "tag": ("tags", "la page du mot-clé « {} »", "Renommez ce mot-clé (« invoke tags.rename »)."),
    "category": ("category", "la page de la catégorie « {} »", "Renommez cette catégorie."),
}
_LONGEST = 80
"""Characters of an address in a message."""


def of(claim: Claim, content: Path) -> Owner:
    """Who made a claim.

    :param content: the content folder.
    """
    asker = claim.asker
    if isinstance(asker, Path):
        return _file(asker, content)
    if isinstance(asker, Redirect):
        return _alias(asker)
    values: Mapping[str, object] = asker if isinstance(asker, Mapping) else {}
    text = text_in(values)
    if text is not None:
        return _text(text)
    posts = values.get("articles")
    first = posts[0] if isinstance(posts, tuple) and posts else None
    for name, (field, words, remedy) in _TERMS.items():
        if name in values and isinstance(first, Post):
            return Owner(kind=Kind.TERM, name=words.format(values[name]), path=first.path, line=first.line(field), remedy=remedy)
    what = "la page" if claim.path.endswith(".html") else "le fichier"
    return Owner(kind=Kind.SITE, name=f"{what} « {address(claim.path)} » du site")


def text_in(values: Mapping[str, object]) -> Post | None:
    """The text that a page shows."""
    return next((value for name in ("article", "page") if isinstance(value := values.get(name), Post)), None)


def _text(text: Post) -> Owner:
    field = text.address_field
    return Owner(kind=Kind.TEXT, name=text.path, path=text.path, line=text.line(field, "title"), remedy=f"Changez « {field.capitalize()}: ».")


def _alias(redirect: Redirect) -> Owner:
    return Owner(kind=Kind.ALIAS, name=f"l'ancienne adresse « {redirect.source} »", path=redirect.path, line=redirect.line, remedy="Retirez-la.")


def _file(source: Path, content: Path) -> Owner:
    if source.is_relative_to(content):
        path = source.relative_to(content).as_posix()
        return Owner(kind=Kind.FILE, name=path, path=path, remedy="Renommez ce fichier.")
    return Owner(kind=Kind.SITE, name=f"le fichier « {source.name} » du thème ou d'une extension")


def address(path: str) -> str:
    """A path of the site, as a reader types it."""
    return clip(f"/{path.removesuffix('index.html')}", _LONGEST)


def shown(path: str) -> str:
    """A file of the machine, as it is named where the command was run."""
    return os.path.relpath(path) if os.path.isabs(path) else path  # noqa: PTH117 - no path of this machine is looked at


def aside(values: Mapping[str, object]) -> str:
    """Where a text is shown when its address is taken; empty when it is no text.

    :param values: what a page is made from.
    """
    text = text_in(values)
    return claims.aside(text.path) if text else ""


def why_impossible(owner: Owner, fault: str) -> str:
    """Why no disk can hold the path that somebody asks for, in a sentence.

    :param fault: the segment of the path that none can hold.
    """
    subject = "l'adresse demandée" if owner.kind is Kind.TEXT else "l'adresse de ce fichier" if owner.kind is Kind.FILE else owner.name
    size = len(fault.encode("utf-8", "surrogatepass"))
    if size > claims.MOST_BYTES:
        return f"{subject} a un nom de {size} octets, « {fault[:40]}… » ; les disques s'arrêtent à {claims.MOST_BYTES}. {owner.remedy}"
    return f"{subject} contient « {fault} », un nom que Windows garde pour lui. {owner.remedy}"


def said(conflict: Conflict, first: Owner, second: Owner) -> Iterator[SiteProblem]:
    """One problem for each file of an author; when there is none, one where the addresses are chosen."""
    sides = [(first, second, conflict.first), (second, first, conflict.second)]
    authors = [side for side in sides if side[0].kind >= Kind.FILE]
    for owner, other, claim in authors or [max(reversed(sides), key=lambda side: side[0].kind)]:
        code = "PDV141" if Kind.ALIAS in {first.kind, second.kind} else "PDV060" if len(authors) > 1 else "PDV061"
        remedy = "Changez « Url: »." if conflict.reason is Reason.LINKS and owner.kind is Kind.TEXT else owner.remedy
        yield owner.path, Problem(owner.line, code, f"{_why(conflict, owner, other, claim)} {remedy}")


def _why(conflict: Conflict, owner: Owner, other: Owner, claim: Claim) -> str:
    subject = "" if owner.kind >= Kind.FILE else f"{owner.name} : "
    if conflict.reason is Reason.FOLDER:
        file, folder = address(conflict.first.path), address(conflict.second.path)
        if claim is conflict.second:
            return f"{subject}« {folder} » demande un dossier là où se trouve le fichier « {file} » ({other.name})."
        return f"{subject}le fichier « {file} » tient la place d'un dossier dont « {folder} » a besoin ({other.name})."
    if conflict.reason is Reason.LINKS:
        return f"{subject}les liens vers « {address(claims.file_of(conflict.second.url))} » ne peuvent pas mener aussi à {other.name}."
    return f"{subject}même adresse « {address(claim.path)} » que {other.name}."
