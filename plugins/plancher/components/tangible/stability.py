"""Anchors are addresses: who had a link to a proof still finds it, or its author has said what became of it.

What was public is a list in the content folder (``site.public``): a machine
that never built the site before has it too, and a warning comes back until its
author answers.
"""

from __future__ import annotations

import collections
import dataclasses
import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plancher.base.french import clip, fold
from plancher.base.problems import Problem
from plancher.components.tangible.collection import Register
from plancher.site import public
from plancher.site.component import SiteProblem
from plancher.site.model import Site
from plancher.site.public import Public

_ALIKE = 0.6
"""Share of common letters from which two wordings are one promise that was corrected."""
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
    """Whether its author chose the name: then he knows what leads there."""


def problems(site: Site, register: Register) -> Iterator[SiteProblem]:
    """The anchors that would no longer lead where they did; what cannot be read in the list, first of all."""
    before, unreadable = public.load(site.content / public.FILE)
    if unreadable:
        yield from ((public.FILE, problem) for problem in unreadable)
    else:
        yield from moved(before, _anchors(register), _files(site))


def renewed_list(site: Site, register: Register) -> str | None:
    """The list once the site is published; None when the present one cannot be read."""
    before, unreadable = public.load(site.content / public.FILE)
    return None if unreadable else renewed(before, _anchors(register), _files(site))


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
    ]


def _files(site: Site) -> Mapping[str, str]:
    return {post.id: post.path for post in (*site.posts, *site.hidden)}


def moved(before: Public, now: Iterable[Anchor], files: Mapping[str, str]) -> Iterator[SiteProblem]:
    """An anchor that was public keeps leading to the same promise.

    :param files: the file of each post that is published, by its identifier.
    :returns: files, from the content folder, and problems.
    """
    by_post: dict[str, dict[str, Anchor]] = collections.defaultdict(dict)
    for anchor in now:
        by_post[anchor.post].setdefault(anchor.name, anchor)
    for post in sorted(before.anchors):
        former = {name: words for name, words in before.anchors[post].items() if (post, name) not in before.answered}
        if post not in files:
            first = min((before.lines[post, name] for name in former), default=0)
            if first:
                told = f"le texte « {post} » n'est plus publié, et ses ancres l'étaient."
                yield public.FILE, Problem(first, "PDV018", f"{told} Rendez-le, écrivez ici son nouveau nom s'il en a changé, ou retirez ses lignes.")
            continue
        found = {problem for name in former for problem in _of_one(name, former, by_post[post], (files[post], before.lines[post, name]))}
        yield from sorted(found, key=lambda one: (one[1].line, one[1].message))


def _of_one(name: str, former: Mapping[str, tuple[str, ...]], now: Mapping[str, Anchor], place: tuple[str, int]) -> Iterator[SiteProblem]:
    words, there = former[name], now.get(name)
    if there and (there.is_named or _is_one_of(there.words, words)):
        return
    heirs = [one for one in now.values() if one.words in words and one.words not in former.get(one.name, ())]
    heir = heirs[0] if len(heirs) == 1 else None
    is_new = there is not None and not any(_is_one_of(there.words, others) for others in former.values())
    if there and is_new:
        told = f"cette paire prendrait l'ancre « #{name} » d'une autre (« {clip(words[0], _LONGEST)} »). Donnez-lui un nom : « id : … »"
        yield there.path, Problem(there.line, "PDV018", f"{told} ; si c'est la même promesse, « id : {name} ».")
    elif heir:
        message = f"l'ancre de cette paire passerait de « #{name} » à « #{heir.name} ». Ajoutez « id : {name} » pour la garder."
        yield heir.path, Problem(heir.line, "PDV018", message)
    else:
        told = f"l'ancre « #{name} » (« {clip(words[0], _LONGEST)} ») était publique et ne mène plus à sa promesse. Rendez-la à sa paire : « id : {name} »"
        yield place[0], Problem(1, "PDV018", f"{told}, ou écrivez « → rien » à la place de ses mots dans content/{public.FILE}, ligne {place[1]}.")


def _is_one_of(words: str, others: Sequence[str]) -> bool:
    """Whether a promise is one of these, perhaps corrected."""
    if words in others:
        return True
    plain = fold(words)
    return any(difflib.SequenceMatcher(None, plain, fold(other), autojunk=False).ratio() >= _ALIKE for other in others)


def renewed(before: Public, now: Sequence[Anchor], files: Mapping[str, str]) -> str:
    """The list once the site is published: what is new is added, what changed without leading astray takes its new words.

    What an author is warned of, and has not answered, stays as it was.
    """
    doubtful = {(path, problem.line) for path, problem in moved(before, now, files)}
    kept = {key: before.answered[key] for key in before.answered}
    for post, anchors in before.anchors.items():
        for name, words in anchors.items():
            kept.setdefault((post, name), "\n".join(public.line(post, name, one) for one in words))
    for anchor in now:
        key = anchor.post, anchor.name
        is_known = anchor.name in before.anchors.get(anchor.post, {})
        is_sure = (anchor.path, anchor.line) not in doubtful
        if is_sure and (not is_known or anchor.is_named or _is_one_of(anchor.words, before.anchors[anchor.post][anchor.name])):
            kept[key] = public.line(*key, anchor.words)
    return public.text([one for lines in kept.values() for one in lines.split("\n")] + list(before.others))
