"""All redirections of a site, sorted by what a host looks at: a query, a whole path, the beginning of one."""

from __future__ import annotations

import collections
import dataclasses
import posixpath
from collections.abc import Iterable, Mapping, Sequence

from plancher.base import addresses, links
from plancher.base.former_address import FormerAddress
from plancher.site.redirect import Redirect

Pair = tuple[str, str]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Every path is decoded, and begins at the root of the host; every target is a whole address."""

    site: str
    """The address of the site."""
    paths: Sequence[Pair]
    """Each with its target: with a last slash and without, where a page may have either."""
    parameters: Mapping[str, Sequence[tuple[str, str, str]]]
    """By the name of a parameter: path, value as it was sent, target. Other parameters do not matter."""
    queries: Sequence[tuple[str, str, str]]
    """Path, whole query as a browser sends it, target."""
    prefixes: Sequence[Pair]
    """The longest first."""
    respelt: frozenset[str] = frozenset()
    """Paths that lead to themselves in another case: no server may take one for the other."""

    @property
    def base(self) -> str:
        """The folder of the host in which the site stands; empty at its root."""
        return links.path_of(self.site)

    def __len__(self) -> int:
        return len(self.paths) + len(self.queries) + len(self.prefixes) + sum(map(len, self.parameters.values()))


def of(redirects: Iterable[Redirect], site: str) -> Rules:
    """Sort redirections.

    :param redirects: what is more precise comes first.
    :param site: the address of the site.
    """
    base = links.path_of(site)
    paths: dict[str, str] = {}
    parameters: dict[str, list[tuple[str, str, str]]] = collections.defaultdict(list)
    queries, prefixes = [], []
    respelt: set[str] = set()
    for redirect in redirects:
        source, target = redirect.source, redirect.whole(site)
        path = base + source.path
        if source.parameter:
            name, value = source.parameter
            parameters[name].append((path, value, target))
        elif source.query:
            queries.append((path, source.query, target))
        elif source.is_prefix:
            prefixes.append((path, target))
        else:
            for form in _forms(path):
                paths.setdefault(form, target)
            respelt.update(_forms(path) if redirect.is_respelling else ())
    return Rules(
        site=site,
        paths=tuple(paths.items()),
        parameters=dict(sorted(parameters.items())),
        queries=tuple(queries),
        prefixes=tuple(prefixes),
        respelt=frozenset(respelt),
    )


def moved(former: str, present: str) -> Redirect:
    """What a component says of two of its own addresses, as a redirection.

    :param former: from the root of the site, decoded; so is ``present``.
    """
    return Redirect(source=FormerAddress(f"/{former}"), target=f"/{addresses.quote(present)}")


def _forms(path: str) -> tuple[str, ...]:
    """A path as it may be asked for."""
    bare = path.rstrip("/")
    if not bare or (path == bare and posixpath.splitext(path)[1] and not path[-1].isdigit()):
        return (path,)
    return bare, f"{bare}/"
