"""The page that stands at a former address, for hosts that know no redirections: it leads on at once, and can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plancher.base.identity import Identity
from plancher.site import claims
from plancher.site.makers import maker
from plancher.site.redirect import Redirect
from plancher.site.requests import MadeFile
from plancher.text.html import add_plain, as_typed, el

Stub = tuple[str, str, str, str]
"""The name of the site; of the page that it leads to, its address for links, its whole address, its title."""


def pages(redirects: Iterable[Redirect], identity: Identity, base: str) -> Iterator[MadeFile]:
    """One for each former address in whose place a page can stand.

    :param base: the folder of its host in which the site stands; empty for the root.
    """
    made: set[str] = set()
    for redirect in redirects:
        path = redirect.stub
        name = claims.key(path)
        if path and name not in made:
            made.add(name)
            target = redirect.target if redirect.is_elsewhere else base + redirect.target
            argument: Stub = (identity.name, target, redirect.whole(identity.address), redirect.title)
            yield MadeFile(path=path, maker=page, argument=argument, asker=redirect)


@maker
def page(stub: Stub) -> str:
    """The page: made from nothing of the theme, so that it is made again when its address changes, and hardly ever else."""
    name, target, whole, title = stub
    root = el("html", lang="fr")
    head = add_plain(root, "head", "")
    add_plain(head, "meta", "", charset="utf-8")
    add_plain(head, "title", f"Nouvelle adresse – {name}")
    add_plain(head, "meta", "", name="viewport", content="width=device-width, initial-scale=1")
    add_plain(head, "meta", "", name="robots", content="noindex")
    add_plain(head, "link", "", rel="canonical", href=whole)
    add_plain(head, "meta", "", http_equiv="refresh", content=f"0; url={target}")
    main = add_plain(add_plain(root, "body", ""), "main", "")
    add_plain(main, "h1", "Cette page a changé d’adresse")
    words = add_plain(main, "p", "La voici : ")
    link = add_plain(words, "a", title or whole, href=target)
    link.tail = "."
    return f"<!DOCTYPE html>\n{as_typed(root)}\n"
