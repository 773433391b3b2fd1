"""The addresses that a site makes public, from what each file was asked for; and what is said of those that would be lost."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from plancher.base import addresses
from plancher.base.french import clip, plural
from plancher.base.problems import Problem, SiteProblem
from plancher.build import owners
from plancher.build.context import BuildContext
from plancher.build.ledger import write
from plancher.build.owners import Kind
from plancher.site import gone as gone_addresses
from plancher.site import public, redirections_file, standing
from plancher.site.assembly import Assembly
from plancher.site.claims import Claim
from plancher.site.gone import Gone, Present
from plancher.site.public import Public
from plancher.site.redirect import Redirect
from plancher.site.standing import Stood

_PASSING = re.compile(r"(?:theme|_[^/]*|\.(?!well-known/)[^/]*)(?:/|$)|404\.html$|(?:.*/)?page/\d+/")
"""Files that nobody links to, or that come and go with the number of posts: the look, a host's own, the pages of a list after the first."""
_MOST = 10
"""Addresses without a text that are told one by one."""
_LONGEST = 80


CORRECTIONS = "corrections.json"
"""What « invoke check --fix » may write (``corrections``), in the folder of the command."""


def look(build: BuildContext, kept: Sequence[Claim], folder: str) -> list[SiteProblem]:
    """What is to be said of public addresses that would be lost; nothing in a preview.

    :param kept: what was asked for, and has its address.
    :param folder: where a command wants the new list, or what it may correct, which is not said then; empty: nowhere.
    """
    if build.assembly is None or build.reading.settings.mode == "preview":
        return []
    before, unreadable = public.load(build.root / public.FILE)
    if unreadable:  # said elsewhere
        return []
    unread = {path: text.id for path, text in build.assembly.site.texts.items() if path[-3:].lower() == ".md" and path not in build.journal.records}
    found = gone_addresses.find(before, present(kept, build.assembly, unread))
    found = [one for one in found if one.stood.id not in unread.values()]  # what stands in the place of such a text says nothing of its address
    if folder and build.is_check:
        write(Path(folder, CORRECTIONS), json.dumps(corrections(found), ensure_ascii=False), is_sealed=False)
        found = [one for one in found if not one.is_sure]
    elif folder and (build.assembly.site.texts or before.addresses):
        listed = next((path for path in (Path(folder, public.FILE), build.root / public.FILE) if path.is_file()), None)
        text = listed.read_text(encoding="utf-8-sig") if listed else ""
        write(Path(folder, public.FILE), updated(text, before, _stands(kept, build.assembly, build.root), found), is_sealed=False)
    return list(problems(found))


def _stands(kept: Sequence[Claim], assembly: Assembly, content: Path) -> Iterator[Stood]:
    """What stands at each address that lasts, and comes back from a line of the list.

    :param kept: what was asked for, and has its address.
    :param content: the content folder.
    """
    texts = assembly.site.texts
    redirects = (redirect for redirect in assembly.former.redirects if redirect.path and not redirect.source.query and not redirect.source.is_prefix)
    former = (standing.of_text(redirect.source.path, texts.get(redirect.path)) for redirect in redirects)
    made = _made_sizes(kept, assembly, content)
    for found in (*former, *(_of_claim(claim, content) for claim in kept if claim.path not in made)):
        if found is not None and (known := standing.parse(str(found), 1)) and known.address == found.address:
            yield found


def _made_sizes(kept: Iterable[Claim], assembly: Assembly, content: Path) -> set[str]:
    """The other sizes of pictures, which stand beside the author's own file: they come and go with its width, and no author has named them."""
    own = {content / path: file.save_as for path, file in assembly.site.files.items()}
    return {claim.path for claim in kept if isinstance(claim.asker, Path) and own.get(claim.asker, claim.path) != claim.path}


def _of_claim(claim: Claim, content: Path) -> Stood | None:
    """What stands at an address; None for what a build makes beside pages, feeds, data and files of the author's, and for drafts."""
    asker = claim.asker
    if _PASSING.match(claim.path) or isinstance(asker, Redirect):
        return None
    found = Stood(address=_address(claim.path))
    if isinstance(asker, Mapping):
        text = owners.text_in(asker)
        return None if text is not None and text.status == "draft" else standing.of_text(found.address, text)
    if isinstance(asker, Path):
        return found if owners.of(claim, content).kind is Kind.FILE else None
    return found if claim.path.startswith("feeds/") or "/" not in claim.path else None


def _address(path: str) -> str:
    return f"/{path.removesuffix('index.html')}"


def present(kept: Sequence[Claim], assembly: Assembly, unread: Collection[str]) -> Present:
    """What the site answers.

    :param unread: the files of texts that nobody could read.
    """
    site = assembly.site
    texts = sorted((post for post in site.texts.values() if post.path not in unread), key=lambda post: post.path)
    return Present(
        files={claim.path for claim in kept},
        texts=[post for post in texts if post.save_as and post.status != "draft"],
        held_back=[post for post in texts if not post.save_as or post.status == "draft"],
        redirects=assembly.former.redirects,
        moved=[former for former, _ in assembly.redirections],
    )


def updated(text: str, before: Public, now: Iterable[Stood], gone: Iterable[Gone]) -> str:
    """The list once the site is published: an address that leads nowhere stays in it until its author answers.

    One whose text is known again is henceforth that text's, which will have been public itself the next time.

    :param text: the list, with the anchors that it is to hold.
    """
    here = {stood.address: str(stood) for stood in now}
    anchors = [line for typed in text.split("\n") if (line := typed.strip()) and not line.startswith(("/", "# "))]
    past = {address: [str(stood) for stood in known] for address, known in before.addresses.items() if address not in here}
    past |= {one.stood.address: [str(standing.of_text(one.stood.address, one.heir))] for one in gone if one.heir}
    given_up = [line for address, line in before.let_go.items() if address not in here]
    return public.text([*anchors, *here.values(), *itertools.chain.from_iterable(past.values()), *given_up])


def problems(gone: Sequence[Gone]) -> Iterator[SiteProblem]:
    """What is to be said of each; of very many without a text, how many there are."""
    others = [one for one in gone if not one.stood.id]
    for one in (*(one for one in gone if one.stood.id), *others[:_MOST]):
        yield _problem(one)
    if len(others) > _MOST:
        rest = len(others) - _MOST
        said = f"{plural(rest, 'autre adresse de cette liste ne mène', 'autres adresses de cette liste ne mènent')} plus nulle part."
        yield public.FILE, Problem(others[_MOST].stood.line, "PDV144", f"{said} Répondez d'abord à celles qui sont nommées.")


def _problem(gone: Gone) -> SiteProblem:
    address = str(Stood(address=gone.stood.address))
    was = f"« {clip(gone.stood.title, _LONGEST)} » était public à l'adresse « {address} »"
    give_up = f"écrivez « {address} → rien » à la place de la ligne {gone.stood.line} de content/{public.FILE}"
    by_hand = f"écrivez « {address} → /sa/nouvelle/adresse/ » dans content/{redirections_file.FILE}"
    if gone.heir is not None:
        advice = f"« invoke check --fix » y ajoute « Aliases: {address} »."
        return gone.heir.path, Problem(gone.heir.line("aliases", "date"), "PDV144", f"{was}, qui ne mène plus ici. {advice}")
    if gone.target:
        advice = f"« invoke check --fix » écrit « {address} → {gone.target} » dans content/{redirections_file.FILE}."
        return public.FILE, Problem(gone.stood.line, "PDV144", f"« {address} » était public et ne mène plus nulle part. {advice}")
    if gone.withdrawn is not None:
        message = f"{was}, et ce texte n'est plus publié. Si c'est voulu, {give_up} ; si un autre texte le remplace, {by_hand}."
        return gone.withdrawn.path, Problem(gone.withdrawn.line("status", "date", "title"), "PDV144", message)
    what = was if gone.stood.title else f"« {address} » était public"
    perhaps = f"Si c'est aujourd'hui {gone.alike.path}, ajoutez-y « Aliases: {address} ». " if gone.alike else ""
    message = f"{what}, et n'y mène plus. {perhaps}Si son contenu est ailleurs, {by_hand} ; si c'est voulu, {give_up}."
    return public.FILE, Problem(gone.stood.line, "PDV144", message)


def corrections(gone: Iterable[Gone]) -> list[tuple[str, str, str]]:
    """What « invoke check --fix » writes: a former address, where it leads, and the file of the text that stands there (empty: none)."""
    return [
        (str(Stood(address=one.stood.address)), f"/{addresses.quote(one.heir.url)}" if one.heir else one.target, one.heir.path if one.heir else "")
        for one in gone
        if one.is_sure
    ]
