"""All former addresses of a site: those that headers give, and those of ``content/redirections.txt``."""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from plancher.base import addresses, former_address
from plancher.base.problems import Problem, SiteProblem
from plancher.site import claims, redirections_file
from plancher.site.model import Post, Site
from plancher.site.redirect import Redirect

_Key = tuple[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Former:
    """What of the past still leads somewhere."""

    redirects: tuple[Redirect, ...] = ()
    """One for each way in which a former address was written, in a fixed order: what is more precise comes first. Each leads where a chain ends."""
    problems: tuple[SiteProblem, ...] = ()


def gather(site: Site) -> Former:
    """Every former address, once."""
    typed, unreadable = redirections_file.load(site.content, site.identity.address)
    problems = [(redirections_file.FILE, problem) for problem in unreadable]
    known: dict[_Key, Redirect] = {}
    spelt: dict[str, Redirect] = {}
    for redirect in (*_of_texts(site), *typed):
        if redirect.is_respelling:
            spelt.setdefault(str(redirect.source).rstrip("/"), redirect)
            continue
        if redirect.target_key == redirect.key:
            problems.append((redirect.path, Problem(redirect.line, "PDV142", _of_itself(redirect))))
            continue
        first = known.setdefault(redirect.key, redirect)
        if first.target != redirect.target:
            problems.append((redirect.path, Problem(redirect.line, "PDV141", _two_owners(redirect, first))))
        else:
            spelt.setdefault(str(redirect.source).rstrip("/"), redirect)
    found = []
    for redirect in spelt.values():
        final, is_circle = (redirect, False) if redirect.is_respelling else _followed(redirect, known)
        if is_circle:
            problems.append((redirect.path, Problem(redirect.line, "PDV142", _circle(redirect, known[redirect.target_key]))))
        elif final:
            found.append(dataclasses.replace(redirect, target=final.target, title=final.title))
    found.sort(key=_precision)
    return Former(tuple(found), tuple(problems))


def _precision(redirect: Redirect) -> tuple[bool, int, str]:
    """Whole addresses first; then beginnings, the longest first."""
    source = redirect.source
    return source.is_prefix, -len(source.path) if source.is_prefix else 0, str(source)


def _of_texts(site: Site) -> Iterator[Redirect]:
    """Those that headers give; a draft leads nowhere yet."""
    texts: Iterable[Post] = (*site.posts, *site.translations, *site.hidden, *site.pages, *site.hidden_pages)
    for post in sorted(texts, key=lambda post: post.path):
        if not post.save_as or post.status == "draft":
            continue
        for alias in post.aliases:
            source = former_address.parse(alias, site.identity.address)
            yield Redirect(source=source, target=f"/{addresses.quote(post.url)}", title=post.title, path=post.path, line=post.line("aliases"))


def _followed(redirect: Redirect, known: Mapping[_Key, Redirect]) -> tuple[Redirect | None, bool]:
    """The last of a chain; None when it never ends, and whether this redirection is one of those that go in a circle."""
    seen = {redirect.key}
    last = redirect
    while (following := known.get(last.target_key)) is not None:
        if following.key in seen:
            return None, following.key == redirect.key
        seen.add(following.key)
        last = following
    return last, False


def _of_itself(redirect: Redirect) -> str:
    what = "celle où elle mène" if redirect.path == redirections_file.FILE else "l'adresse d'aujourd'hui du texte"
    return f"l'ancienne adresse « {redirect.source} » est {what}. Retirez-la."


def _circle(redirect: Redirect, following: Redirect) -> str:
    return f"« {redirect.source} » mène à « {redirect.target} », qui ramène en rond ({where(following)}). Retirez l'une des deux."


def _two_owners(redirect: Redirect, first: Redirect) -> str:
    return f"l'ancienne adresse « {redirect.source} » mène déjà à « {first.target} » ({where(first)}). Retirez l'une des deux."


def where(redirect: Redirect) -> str:
    """The file and the line, as a message names them."""
    return f"{redirect.path}, ligne {redirect.line}"


def problems_with(redirects: Sequence[Redirect], names: Mapping[str, str]) -> Iterator[tuple[Redirect, str]]:
    """What only shows once all files of a site are known: a former address that a page has, a target that is none.

    :param names: the path of each file of the site, by its key (``claims.key``).
    :returns: the redirection, and the file that stands at its former address (empty: none, it is its target that is missing).
    """
    ordered = sorted(names)
    for redirect in redirects:
        if redirect.path:
            here = _under(redirect, ordered) if redirect.source.is_prefix else _standing(redirect, names)
            if here or _leads_astray(redirect, names):
                yield redirect, here


def _standing(redirect: Redirect, names: Mapping[str, str]) -> str:
    """Which file stands at a former address today; that of the same address in another case is where it leads."""
    source = redirect.source
    if source.query or (redirect.is_respelling and names.get(redirect.key[0]) == redirect.target_file):
        return ""
    path = source.path.lstrip("/")
    return next((name for name in (claims.key(claims.file_of(path)), claims.key(path)) if name in names), "")


def _under(redirect: Redirect, names: Sequence[str]) -> str:
    """The first file that the beginning of an address would take away.

    :param names: in order.
    """
    start = claims.key(redirect.source.path.lstrip("/"))
    place = bisect.bisect_left(names, start)
    return names[place] if place < len(names) and names[place].startswith(start) else ""


def _leads_astray(redirect: Redirect, names: Collection[str]) -> bool:
    file = redirect.target_file
    return bool(file) and claims.key(file) not in names and claims.key(file.removesuffix("/index.html")) not in names
