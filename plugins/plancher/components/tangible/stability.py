"""Anchors are addresses: a link to a proof must still lead to it, or its author says what became of it.

What was public is a list in the content folder (``site.public``): a machine
that never built the site before has it too, and a warning comes back until its
author answers.
"""

from __future__ import annotations

import collections
import dataclasses
import difflib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plancher.base.french import clip, fold
from plancher.base.problems import Problem, SiteProblem
from plancher.components.tangible.collection import Register
from plancher.site import public
from plancher.site.model import Site
from plancher.site.public import Public

_ALIKE = 0.6
"""From this share of common letters, two wordings are one promise that was corrected."""
_LONGEST = 60
"""Characters of a promise in a message."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A pair of a post, as it would be published."""

    post: str
    """The identifier of its post."""
    name: str
    words: str
    """The promise."""
    path: str
    """The file of the post, from the content folder."""
    line: int
    is_named: bool
    """Whether its author chose the name: then it may mean another promise."""


def problems(site: Site, register: Register) -> Iterator[SiteProblem]:
    """The public anchors that would be lost; or only what is wrong with the list, when it cannot be read."""
    before, unreadable = public.load(site.content / public.FILE)
    if unreadable:
        yield from ((public.FILE, problem) for problem in unreadable)
    else:
        yield from lost_anchors(before, _anchors(register), _files(site))


def published_list(site: Site, register: Register) -> str | None:
    """The list once the site is published; None when the present one cannot be read."""
    before, unreadable = public.load(site.content / public.FILE)
    return None if unreadable else updated_list(before, _anchors(register), _files(site))


def _anchors(register: Register) -> list[Anchor]:
    return [
        Anchor(
            post=row.post.id,
            name=row.entry.anchor,
            words=row.entry.promise,
            path=row.post.path,
            line=row.entry.line,
            is_named=row.entry.is_named,
        )
        for row in register.rows
        if not row.is_of_reader
    ]


def _files(site: Site) -> Mapping[str, str]:
    return {post.id: post.path for post in (*site.posts, *site.hidden)}


def lost_anchors(before: Public, anchors: Iterable[Anchor], files: Mapping[str, str]) -> Iterator[SiteProblem]:
    """The public anchors that would not lead to the same promise any more.

    :param files: the file of each post that is published, by its identifier.
    """
    by_post: dict[str, dict[str, Anchor]] = collections.defaultdict(dict)
    for anchor in anchors:
        by_post[anchor.post].setdefault(anchor.name, anchor)
    for post in sorted(before.anchors):
        former = {name: words for name, words in before.anchors[post].items() if (post, name) not in before.answered}
        if post in files:
            problems = {_lost_anchor(name, former, by_post[post], (files[post], before.lines[post, name])) for name in former}
            yield from sorted(filter(None, problems), key=lambda problem: (problem[1].line, problem[1].message))
        elif former:
            line = min(before.lines[post, name] for name in former)
            advice = "Rendez-le, écrivez ici son nouveau nom s'il en a changé, ou retirez ses lignes."
            yield public.FILE, Problem(line, "PDV018", f"le texte « {post} » n'est plus publié, et ses ancres l'étaient. {advice}")


def _lost_anchor(name: str, former: Mapping[str, tuple[str, ...]], anchors: Mapping[str, Anchor], place: tuple[str, int]) -> SiteProblem | None:
    """What is wrong with one anchor of a post; None when it leads to its promise.

    :param former: the words that stood under each anchor of the post.
    :param place: the file of the post, and the line of the list.
    """
    words, present = former[name], anchors.get(name)
    if present and (present.is_named or _is_one_of(present.words, words)):
        return None
    if present and not any(_is_one_of(present.words, others) for others in former.values()):  # a new pair, before the others
        message = f"cette paire prendrait l'ancre « #{name} » d'une autre (« {clip(words[0], _LONGEST)} »). Donnez-lui un nom : « id : … »"
        return present.path, Problem(present.line, "PDV018", f"{message} ; si c'est la même promesse, « id : {name} ».")
    heirs = [anchor for anchor in anchors.values() if anchor.words in words and anchor.words not in former.get(anchor.name, ())]
    if len(heirs) == 1:
        message = f"l'ancre de cette paire passerait de « #{name} » à « #{heirs[0].name} ». Ajoutez « id : {name} » pour la garder."
        return heirs[0].path, Problem(heirs[0].line, "PDV018", message)
    path, line = place
    message = f"l'ancre « #{name} » (« {clip(words[0], _LONGEST)} ») était publique et ne mène plus à sa promesse. Rendez-la à sa paire : « id : {name} »"
    return path, Problem(1, "PDV018", f"{message}, ou écrivez « → rien » à la place de ses mots dans content/{public.FILE}, ligne {line}.")


def _is_one_of(words: str, others: Sequence[str]) -> bool:
    """Whether a promise is one of these, perhaps corrected."""
    if words in others:
        return True
    plain = fold(words)
    return any(difflib.SequenceMatcher(None, plain, fold(other), autojunk=False).ratio() >= _ALIKE for other in others)


def updated_list(before: Public, anchors: Sequence[Anchor], files: Mapping[str, str]) -> str:
    """The list once the site is published: with what is new, and with the new words of what still leads to the same promise.

    What an author is warned of, and has not answered, stays as it was.
    """
    doubtful = {(path, problem.line) for path, problem in lost_anchors(before, anchors, files)}
    lines = {key: [line] for key, line in before.answered.items()}
    for post, names in before.anchors.items():
        for name, words in names.items():
            lines.setdefault((post, name), [public.line(post, name, version) for version in words])
    for anchor in anchors:
        known = before.anchors.get(anchor.post, {}).get(anchor.name)
        is_same = known is None or anchor.is_named or _is_one_of(anchor.words, known)
        if is_same and (anchor.path, anchor.line) not in doubtful:
            lines[anchor.post, anchor.name] = [public.line(anchor.post, anchor.name, anchor.words)]
    return public.text([*itertools.chain.from_iterable(lines.values()), *before.address_lines])
