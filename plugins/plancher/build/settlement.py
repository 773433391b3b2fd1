"""When two want one address: which of them gives way, and what is said.

Among those who ask, a former address gives way first; then a text, since the
preview can show it elsewhere; then a file that is copied; the pages of the site stay, but for a
file that an owner may write in the place of the site.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from plancher.base.problems import Problem, SiteProblem
from plancher.build import owners
from plancher.build.owners import Kind, Owner
from plancher.cache.manifest import MARKER
from plancher.site import claims, former, portable_names
from plancher.site.claims import Claim, Conflict, Reason
from plancher.site.former import Former
from plancher.site.redirect import Redirect


@dataclasses.dataclass(slots=True)
class Settlement:
    """What came of all claims."""

    problems: list[SiteProblem] = dataclasses.field(default_factory=list)
    losers: dict[int, str] = dataclasses.field(default_factory=dict)
    """By ``id`` of a claim that gives way: where the preview shows it; empty: nowhere."""


def settle(asked: Sequence[Claim], content: Path) -> Settlement:
    """Give each address one owner.

    :param content: the content folder.
    """
    found = Settlement()
    for claim, problem in _agreed(asked, content):
        found.losers[id(claim)] = ""
        found.problems.append(problem)
    for stub, wrong in _former(asked, content):
        found.losers |= {id(stub): ""} if stub else {}
        found.problems.append(wrong)
    asked = [_MARK, *(claim for claim in asked if id(claim) not in found.losers)]
    names = claims.keys(asked)

    def lose(claim: Claim, owner: Owner) -> None:
        found.losers[id(claim)] = owners.aside(claim.asker) if owner.kind is Kind.TEXT and isinstance(claim.asker, Mapping) else ""

    for claim in asked:
        if claims.leaves_the_site(claim.path):
            owner = owners.of(claim, content)
            found.problems.append((owner.path, Problem(owner.line, "PDV061", f"l'adresse « {claim.path} » ({owner.name}) sort du site. {owner.remedy}")))
            lose(claim, owner)
    for claim, fault in claims.impossible(asked, names):
        owner = owners.of(claim, content)
        found.problems.append((owner.path, Problem(owner.line, "PDV064", owners.why_impossible(owner, fault))))
        lose(claim, owner)
    found.problems += _unfit_elsewhere(asked, found, content)
    for conflict in claims.conflicts(asked, names):
        first, second = owners.of(conflict.first, content), owners.of(conflict.second, content)
        found.problems += owners.said(conflict, first, second)
        if conflict.reason is not Reason.LINKS:
            lose(*((conflict.first, first) if _gives_way(conflict, first, second) else (conflict.second, second)))
    return found


def _former(asked: Sequence[Claim], content: Path) -> Iterator[tuple[Claim | None, SiteProblem]]:
    """What is wrong with former addresses, with the claim of the page that would stand in the place of one, which gives way."""
    redirects = next((claim.asker.redirects for claim in asked if isinstance(claim.asker, Former)), ())
    if not redirects:
        return
    stubs = {str(claim.asker.source): claim for claim in asked if isinstance(claim.asker, Redirect)}
    others = {claims.key(claim.path): claim for claim in reversed(asked) if not isinstance(claim.asker, Redirect)}
    for redirect, name in former.problems_with(redirects, {name: claim.path for name, claim in others.items()}):
        if name:
            owner = owners.of(others[name], content)
            at = f", ligne {owner.line}" if owner.kind > Kind.SITE else ""
            message = f"l'ancienne adresse « {redirect.source} » est aujourd'hui celle de {owner.name}{at}. Retirez-la."
            yield stubs.get(str(redirect.source)), (redirect.path, Problem(redirect.line, "PDV141", message))
        else:
            message = f"« {redirect.source} » mène à « {redirect.target} », qui n'est pas dans le site. Corrigez l'adresse de droite."
            yield None, (redirect.path, Problem(redirect.line, "PDV143", message))


def _unfit_elsewhere(asked: Sequence[Claim], found: Settlement, content: Path) -> Iterator[SiteProblem]:
    """Addresses that Windows cannot hold; those of the site itself come from words and files that are told."""
    for claim in asked:
        why = portable_names.unfit(claim.path, devices=False)
        if not why or id(claim) in found.losers:
            continue
        owner = owners.of(claim, content)
        is_told = owner.kind is Kind.FILE and portable_names.unfit(owner.path)
        if owner.kind is not Kind.SITE and not is_told:
            subject = "l'adresse demandée" if owner.kind is Kind.TEXT else owner.name
            yield owner.path, Problem(owner.line, "PDV068", f"{subject} {why} : « {owners.address(claim.path)} ». {owner.remedy}")


def _agreed(asked: Sequence[Claim], content: Path) -> Iterator[tuple[Claim, SiteProblem]]:
    """Where the site has something to say at an address, and its owner too: the claim that gives way, and what is said of it."""
    offers = {claim.path: claim for claim in asked if claim.if_replaced or claim.includes}
    for claim in asked:
        offer = offers.get(claim.path)
        owner = owners.of(claim, content) if offer is not None and isinstance(claim.asker, Path) else None
        if offer is None or owner is None or owner.kind is not Kind.FILE:
            continue
        if offer.includes == owner.path:
            said = f"le site écrit « {owners.address(claim.path)} » lui aussi : vos lignes y sont, avec les siennes."
            yield claim, (owner.path, Problem(1, "PDV110", said))
        elif offer.if_replaced:
            yield offer, (owner.path, Problem(1, "PDV110", f"« {owners.address(claim.path)} » est le vôtre : le site n'écrit pas le sien. {offer.if_replaced}"))


_MARK = Claim(MARKER, None)
"""By this file a folder is known to be a site; nobody else may have it."""


def _gives_way(conflict: Conflict, first: Owner, second: Owner) -> bool:
    """Whether it is the first: the one that can be shown elsewhere, else the file that stands in the way of a folder, else who came later."""
    if first.kind != second.kind:
        return first.kind > second.kind
    if conflict.reason is Reason.FOLDER:
        return True
    return first.kind is Kind.TEXT and first.path > second.path
