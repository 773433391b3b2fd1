"""Former addresses that are no text's: ``content/redirections.txt`` gets a line for each."""

from __future__ import annotations

import urllib.parse
from collections.abc import Iterable, Iterator
from pathlib import Path

from plancher.importing.blogs.home import aliases
from plancher.importing.blogs.home.former_site import FormerSite, key
from plancher.importing.blogs.home.ledger import Entry, Ledger, Made
from plancher.importing.blogs.home.plan import Plan
from plancher.importing.blogs.home.site_terms import SiteTerms, TermPages

FILE = "redirections.txt"
"""From the content folder."""
_ARROW = " → "
_FEEDS = {"atom": "/feeds/atom.xml", "rss": "/feeds/rss.xml"}


def wanted(plan: Plan, content: Path, here: dict[str, str]) -> dict[str, str]:
    """Former address → new address, which has a page: texts are written by now, and say which tags and categories there are.

    :param here: the files that came, by canonical name.
    """
    terms = TermPages(content=content, timezone=plan.timezone, category_slug=plan.category_slug).written()
    taken = {aliases.standing(alias) for text in plan.texts.values() for alias in text.aliases} | aliases.today(plan.texts.values(), terms)
    found: dict[str, str] = {}
    for former, now in (*_feeds(plan), *_terms(plan, terms), *_files(plan, here)):
        known = aliases.standing(former)
        if aliases.can_lead(former) and known not in taken and known != aliases.standing(now):
            taken.add(known)
            found[aliases.quoted(former)] = now
    return found


def _feeds(plan: Plan) -> Iterator[tuple[str, str]]:
    for address, kind in plan.survey.blog.feeds:
        yield plan.site.path(address), _FEEDS.get(kind, "/feeds/atom.xml")


def _terms(plan: Plan, terms: SiteTerms) -> Iterator[tuple[str, str]]:
    for term in plan.survey.terms:
        now = terms.address(term.name, is_category=term.is_category)
        yield from ((plan.site.path(address), now) for address in term.addresses)


def _files(plan: Plan, here: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Files at their former addresses, and the pages that showed one alone."""
    for file in plan.files.values():
        target = here.get(file.canonical)
        for address in (file.canonical, *file.addresses, *file.pages) if target else ():
            if not address.startswith("source:") and plan.site.is_own(address):
                yield plan.site.path(address), f"/{urllib.parse.quote(target or '')}"


def with_lines(content: Path, lines: dict[str, str], ledger: Ledger, scope: str) -> tuple[str, list[Entry]]:
    """The file with the lines that it lacks, and what the ledger will say; empty when it lacks none.

    A line that came before and is not there any more was taken out by somebody: it stays out. One that is there as it
    came leads where its page is now: the spelling of a tag changes with the texts that bear it.
    """
    path = content / FILE
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    text, moved = _moved(text, lines, ledger, scope)
    present = {line.partition(_ARROW)[0].strip() for line in text.splitlines()}
    entries = [Entry(Made.REDIRECTION, scope, former, now) for former, now in lines.items() if ledger.get(Made.REDIRECTION, scope, former) is None]
    new = [f"{entry.identifier}{_ARROW}{entry.path}" for entry in entries if entry.identifier not in present]
    if new:
        text = _inserted(text, new, f"# Adresses de l'ancien blog ({scope}), écrites par « invoke import ».")
    return (text if new or moved else ""), [*entries, *moved]


def _moved(text: str, lines: dict[str, str], ledger: Ledger, scope: str) -> tuple[str, list[Entry]]:
    """The file with the new right sides of lines that nobody touched."""
    past = {former: known.path for former in lines if (known := ledger.get(Made.REDIRECTION, scope, former))}
    stale = {f"{former}{_ARROW}{then}": former for former, then in past.items() if then != lines[former]}
    typed = text.split("\n")
    found = [stale[line] for line in typed if line in stale]
    changed = [f"{stale[line]}{_ARROW}{lines[stale[line]]}" if line in stale else line for line in typed]
    return "\n".join(changed), [Entry(Made.REDIRECTION, scope, former, lines[former]) for former in dict.fromkeys(found)]


def _inserted(text: str, new: Iterable[str], intro: str) -> str:
    """A file with more lines under their heading, sorted."""
    lines = text.splitlines()
    if intro not in lines:
        lines.append(intro)
    start = lines.index(intro) + 1
    end = next((place for place in range(start, len(lines)) if not lines[place].strip() or lines[place].startswith("#")), len(lines))
    return "\n".join([*lines[:start], *sorted({*lines[start:end], *new}), *lines[end:]]) + "\n"


def by_fetching(entries: Iterable[Entry], scope: str) -> dict[str, str]:
    """The same for files of one former blog that came later, by their former addresses."""
    site = FormerSite.at(f"https://{scope.partition(':')[2]}")
    found = {site.path(entry.identifier): f"/{urllib.parse.quote(entry.path)}" for entry in entries if entry.scope == scope and site.is_own(entry.identifier)}
    return {aliases.quoted(former): now for former, now in found.items() if aliases.can_lead(former) and key(former) != key(now)}
