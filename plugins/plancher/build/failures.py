"""What cannot be made: the page that says so in its place, and one problem for each cause."""

from __future__ import annotations

import collections
import dataclasses
import os
from collections.abc import Iterable, Iterator, Mapping

from plancher.base import reasons
from plancher.base.french import plural
from plancher.base.problems import Problem, SiteProblem
from plancher.build import owners
from plancher.build.owners import Kind, Owner
from plancher.build.render import TemplateError
from plancher.text.html import add, add_plain, as_typed, el

_OF_ADDRESSES = (f"pelican{os.sep}contents.py", f"pelican{os.sep}urlwrappers.py", f"pelican{os.sep}generators.py")
"""Where Pelican fills the fields of an address."""


@dataclasses.dataclass(frozen=True, slots=True)
class Failure:
    """A file of the site that could not be made, or not whole."""

    path: str
    error: Exception | None
    """None: it was made, without some texts."""
    lost: tuple[tuple[str, str], ...] = ()
    """The address of each of these texts, and why."""

    @property
    def cause(self) -> tuple[str, int, str]:
        """The file and the line at fault, and why: many pages may have one cause."""
        if isinstance(self.error, TemplateError):
            return self.error.path, self.error.line, self.error.reason
        return owners.SETTINGS, 1, reasons.french(self.error) if self.error else ""


def stand_in(failure: Failure) -> str:
    """A page for the preview, made without any template, since one of them is wrong; empty when the file is no page."""
    if not failure.path.endswith(".html"):
        return ""
    path, line, reason = failure.cause
    root = el("html", lang="fr")
    head, body = add(root, "head"), add(root, "body")
    add(head, "meta", charset="utf-8")
    add(head, "meta", name="robots", content="noindex")
    add(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    add_plain(head, "title", "Page à corriger")
    main = add(body, "main")
    add_plain(main, "h1", "Cette page ne peut pas être rendue")
    add_plain(main, "p", f"{reason[:1].upper()}{reason[1:]}.")
    add_plain(main, "p", f"{owners.shown(path)}, ligne {line}.")
    return f"<!doctype html>\n{as_typed(root)}\n"


def problems(found: Iterable[Failure], asked: Mapping[str, Owner], by_url: Mapping[str, Owner]) -> Iterator[SiteProblem]:
    """Each cause once, however many files it spoils.

    :param asked: who asked for each path.
    :param by_url: the text at each address.
    """
    causes: dict[tuple[str, int, str], list[Failure]] = collections.defaultdict(list)
    lost: dict[tuple[str, str], list[str]] = collections.defaultdict(list)
    for failure in found:
        if failure.error is not None:
            causes[failure.cause].append(failure)
        for part in failure.lost:
            lost[part].append(failure.path)
    for (path, line, reason), spoilt in causes.items():
        yield _of_a_cause((path, line, reason), [failure.path for failure in spoilt], asked)
    for (url, reason), paths in lost.items():
        owner = by_url.get(url, Owner(kind=Kind.SITE, name=url))
        yield owner.path, Problem(1, "PDV062", f"ce texte manque dans {_listed(paths)} : {reason}. Corrigez-le ; les autres y sont.")


def _of_a_cause(cause: tuple[str, int, str], paths: list[str], asked: Mapping[str, Owner]) -> SiteProblem:
    path, line, reason = cause
    owner = asked.get(paths[0])
    if len(paths) == 1 and owner is not None and owner.kind is Kind.TEXT:
        return owner.path, Problem(1, "PDV062", f"la page de ce texte ne peut pas être rendue : {reason} ({owners.shown(path)}:{line}).")
    if path == owners.SETTINGS:
        return path, Problem(
            1, "PDV063", f"{_listed(paths)} : ce fichier ne peut pas être fait : {reason}. Retirez le dernier texte ou la dernière extension ajoutés."
        )
    return path, Problem(line, "PDV063", f"ce gabarit ne peut pas être rendu : {reason}. Il manque {_listed(paths)}.")


def _listed(paths: list[str]) -> str:
    first = f"« {owners.address(min(paths))} »"
    return first if len(paths) == 1 else f"{first} et {plural(len(paths) - 1, 'autre fichier', 'autres fichiers')}"


def of_an_address(error: Exception) -> str:
    """What Pelican lacked to write an address, a sentence without its full stop; empty when that is not what failed."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if not isinstance(error, KeyError) or trace is None or not trace.tb_frame.f_code.co_filename.endswith(_OF_ADDRESSES):
        return ""
    return f"un réglage d'adresse (ARTICLE_URL, PAGE_SAVE_AS…) demande « {{{error.args[0]}}} », qu'un texte n'a pas. Écrivez-y par exemple « {{slug}}/ »"
