"""What is wrong with calls, now that all of them are known."""

from __future__ import annotations

from collections.abc import Iterator

from plancher.base.problems import Problem, SiteProblem
from plancher.components.answers.entries import CallEntry
from plancher.site.model import Site


def mixed(site: Site) -> Iterator[SiteProblem]:
    """Calls of one question, whose answers nobody could tell apart."""
    first: dict[str, tuple[str, int]] = {}
    for post in (*site.posts, *site.hidden):
        for entry in post.entries(CallEntry):
            path, line = first.setdefault(entry.token, (post.path, entry.line))
            if (path, line) != (post.path, entry.line):
                message = f"cet appel pose la question d'un autre ({path}, ligne {line}) : leurs réponses se mêleraient. Donnez-lui un nom : « id : … »."
                yield post.path, Problem(entry.line, "PDV018", message)


def misplaced(site: Site) -> Iterator[SiteProblem]:
    """Calls elsewhere than in a post: who answers them is answering nobody."""
    known = {entry.token for post in (*site.posts, *site.hidden) for entry in post.entries(CallEntry)}
    for text in (*site.pages, *site.hidden_pages, *site.translations):
        for entry in text.entries(CallEntry):
            if text.is_page or entry.token not in known:
                message = "cet appel n'est pas dans un billet : ses réponses ne seraient ni relevées ni montrées. Posez-le dans un billet, et menez-y d'ici."
                yield text.path, Problem(entry.line, "PDV168", message)


def unanswerable(site: Site) -> Iterator[SiteProblem]:
    """Open calls that say no way to answer, for a blog that has neither an address nor a receiver."""
    for post in site.posts:
        for entry in post.entries(CallEntry):
            if entry.is_open and not entry.mastodon:
                message = "cet appel ne dit pas comment répondre. Donnez une adresse à IDENTITY (« email »), ou « mastodon : … » à l'appel."
                yield post.path, Problem(entry.line, "PDV162", message)
