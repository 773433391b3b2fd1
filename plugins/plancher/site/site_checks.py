"""What only shows when all texts are known: addresses, identifiers, categories, links between them."""

from __future__ import annotations

import collections
import functools
from collections.abc import Iterable, Iterator, Sequence

from plancher.base.addresses import inside
from plancher.base.problems import Problem, SiteProblem
from plancher.markdown.record import Record
from plancher.site import claims
from plancher.site.claims import Claim
from plancher.site.model import Post
from plancher.text import drafts

Found = Iterator[SiteProblem]
"""What a rule on the whole site yields."""


def texts_have_their_own_address(posts: Sequence[Post]) -> Found:
    """No two texts want one address, whatever the disk or the server; what else the site writes is compared when all of it is known."""
    asked = [Claim(post.save_as, post, post.url) for post in posts]
    rivals: dict[str, set[str]] = collections.defaultdict(set)
    known = {post.path: post for post in posts}
    for conflict in claims.conflicts(asked, claims.keys(asked)):
        first, second = conflict.first.asker, conflict.second.asker
        if isinstance(first, Post) and isinstance(second, Post):
            rivals[first.path].add(second.path)
            rivals[second.path].add(first.path)
    for path, others in sorted(rivals.items()):
        post = known[path]
        shown = f"/{post.save_as.removesuffix('index.html')}"
        message = f"même adresse « {shown} » que {' et '.join(sorted(others))}. Changez « {post.address_field.capitalize()}: » dans l'un des deux."
        yield path, Problem(post.line(post.address_field, "title"), "PDV060", message)


def latecomers(posts: Sequence[Post]) -> set[str]:
    """The paths of the texts whose address an earlier one has: a preview shows them elsewhere."""
    asked = [Claim(post.save_as, post, post.url) for post in posts]
    return {conflict.second.asker.path for conflict in claims.conflicts(asked, claims.keys(asked)) if isinstance(conflict.second.asker, Post)}


def slugs_are_unique(posts: Sequence[Post]) -> Found:
    """One slug names one post, even when dates make the addresses differ."""
    named: dict[str, list[Post]] = collections.defaultdict(list)
    for post in posts:
        if not post.is_page:
            named[post.slug].append(post)
    for slug, rivals in sorted(named.items()):
        for post in rivals:
            others = [r.path for r in rivals if r is not post and claims.key(r.save_as) != claims.key(post.save_as)]
            if others:
                message = f"même nom d'adresse « {slug} » que {' et '.join(others)}. Changez « Slug: » dans l'un des deux."
                yield post.path, Problem(post.line("slug", "title"), "PDV060", message)


def ids_are_unique(posts: Sequence[Post]) -> Found:
    """Feed readers know a post by its id: two posts cannot share one."""
    named: dict[str, list[Post]] = collections.defaultdict(list)
    for post in posts:
        if post.own_id:
            named[post.own_id].append(post)
    for identifier, rivals in sorted(named.items()):
        for post in rivals if len(rivals) > 1 else ():
            others = [rival.path for rival in rivals if rival is not post]
            message = f"même identifiant « {identifier} » que {' et '.join(others)}. Retirez-le du billet le plus récent."
            yield post.path, Problem(post.line("id"), "PDV029", message)


def categories_have_one_name(records: Iterable[Record]) -> Found:
    """Two names that make one address would be one category under one of them."""
    named: dict[str, dict[str, list[Record]]] = collections.defaultdict(lambda: collections.defaultdict(list))
    for record in records:
        if record.category:
            named[_slug(record.category)][record.category].append(record)
    for address, names in sorted(named.items()):
        for name, users in names.items() if len(names) > 1 or not address else ():
            others = " et ".join(f"« {other} »" for other in names if other != name) or "aucune lettre"
            for record in users:
                message = f"la catégorie « {name} » a la même adresse que {others}. Gardez un seul nom."
                yield record.path, Problem(record.line("category"), "PDV060", message)


_slug = functools.lru_cache(maxsize=4096)(drafts.slug)


def links_reach_published_texts(records: Iterable[Record]) -> Found:
    """A link to a draft, or to a post of the future, would lead nowhere."""
    texts = list(records)
    hidden = {record.path for record in texts if record.status == "draft"}
    for record in texts if hidden else ():
        if record.path in hidden:
            continue
        for address, line in record.links:
            if inside(address, record.path) in hidden:
                message = f"« {address} » mène à un brouillon ou à un billet à venir. Attendez sa parution, ou retirez le lien."
                yield record.path, Problem(line, "PDV042", message)
