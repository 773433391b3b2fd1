"""The ``_redirects`` file, as Netlify and Cloudflare Pages read it: the first line that fits is followed.

Cloudflare reads 2,000 lines and 100 with a star, of at most 1,000 characters,
and leaves out those with a query, which Netlify follows (with « ! », since
« / » has a page). Of what is too much, what no page can stand for comes first.
"""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence

from plancher.site.redirect import Redirect

FILE = "_redirects"
_MOST, _MOST_PREFIXES, _LONGEST = 2000, 100, 1000
_BOTH = re.compile(r"[\w.%-]+=[\w.%~-]+(?:&[\w.%-]+=[\w.%~-]+)*", re.ASCII)


def redirects(known: Sequence[Redirect], base: str, own: str = "") -> str:
    """The lines of a site.

    :param base: the folder of its host in which it stands; empty for the root.
    :param own: the owner's lines, which count too.
    """
    theirs = [line.split(maxsplit=1)[0] for line in own.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    with_star = sum("*" in source for source in theirs)
    exact = [redirect for redirect in known if not redirect.source.is_prefix]
    room = max(0, _MOST - len(theirs) + with_star)
    if len(exact) > room:
        needed = {id(redirect) for redirect in sorted(exact, key=lambda redirect: bool(redirect.stub))[:room]}
        exact = [redirect for redirect in exact if id(redirect) in needed]
    prefixes = [redirect for redirect in known if redirect.source.is_prefix][: max(0, _MOST_PREFIXES - with_star)]
    return "".join(line for line in _lines([*exact, *prefixes], base) if len(line) <= _LONGEST)


def _lines(known: Iterable[Redirect], base: str) -> Iterator[str]:
    for redirect in known:
        source = redirect.source
        # A star, and a name after a colon, stand for any text there.
        former = base + source.quoted.replace("*", "%2A").replace(":", "%3A")
        target = redirect.target if redirect.is_elsewhere else base + redirect.target
        if not source.query:
            yield f"{former}{'*' if source.is_prefix else ''} {target} 301\n"
        elif _BOTH.fullmatch(source.query):
            yield f"{former} {' '.join(_unsplit(source.query))} {target} 301!\n"


def _unsplit(query: str) -> Iterator[str]:
    for part in query.split("&"):
        name, _, value = part.partition("=")
        yield f"{name}={urllib.parse.quote(urllib.parse.unquote(value), safe='')}"
