"""The page that stands at a former address, for hosts that know no redirections: it leads on at once, and can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plancher.base.identity import Identity
from plancher.site import claims
from plancher.site.redirect import Redirect
from plancher.site.requests import TextFile
from plancher.text.html import add_plain, el, to_html_string


def pages(redirects: Iterable[Redirect], identity: Identity, base: str) -> Iterator[TextFile]:
    """One for each former address in whose place a page can stand.

    :param base: the folder of its host in which the site stands; empty for the root.
    """
    made: set[str] = set()
    for redirect in redirects:
        path = redirect.stub
        if path and claims.key(path) not in made:
            made.add(claims.key(path))
            yield TextFile(path=path, text=page(redirect, identity, base), asker=redirect)


def page(redirect: Redirect, identity: Identity, base: str) -> str:
    """The page: made from nothing of the theme, so that it is made again when its address changes, and never else."""
    target = redirect.target if redirect.is_elsewhere else base + redirect.target
    root = el("html", lang="fr")
    head = add_plain(root, "head", "")
    add_plain(head, "meta", "", charset="utf-8")
    add_plain(head, "title", f"Nouvelle adresse – {identity.name}")
    add_plain(head, "meta", "", name="viewport", content="width=device-width, initial-scale=1")
    add_plain(head, "meta", "", name="robots", content="noindex")
    add_plain(head, "link", "", rel="canonical", href=redirect.whole(identity.address))
    add_plain(head, "meta", "", http_equiv="refresh", content=f"0; url={target}")
    main = add_plain(add_plain(root, "body", ""), "main", "")
    add_plain(main, "h1", "Cette page a changé d’adresse")
    words = add_plain(main, "p", "La voici : ")
    link = add_plain(words, "a", redirect.title or redirect.whole(identity.address), href=target)
    link.tail = "."
    return f"<!DOCTYPE html>\n{to_html_string(root)}\n"
