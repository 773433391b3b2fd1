"""Before posts are grouped by tag, each tag gets one name, and so one address."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Collection, Iterable, Mapping, Sequence

from plancher.base import files
from plancher.base.problems import Problem, SiteProblem
from plancher.components.tags import lookalikes, names, vocabulary_reader
from plancher.components.tags.lookalikes import TypedTag
from plancher.components.tags.usage import collation
from plancher.components.tags.vocabulary import FILE, Vocabulary
from plancher.site.component import Preparation
from plancher.site.model import Post, Site


def prepare(site: Site) -> Preparation:
    """The tags of each post under their names, the other names of each, and what is wrong with the registry."""
    vocabulary, problems = _read(site)
    published = _published(site)
    typed = [tag for post in published for tag in post.typed_tags]
    canonical = names.canonical_names(typed, vocabulary.preferred_names, vocabulary.key)
    shown = {**canonical, **vocabulary.preferred_names}
    tags = {post.path: tuple(names.normalise(post.typed_tags, shown, vocabulary.key)) for post in (*published, *site.drafts)}
    in_use = {tag for post in site.posts for tag in tags[post.path]}
    spellings = names.former_spellings(typed, canonical, vocabulary.key)
    return Preparation(tags=tags, tag_aliases=_aliases(in_use, vocabulary, spellings), problems=problems)


def vocabulary(site: Site) -> Vocabulary:
    """The registry of the site, its words set."""
    read, _ = _read(site)
    entries = {key: dataclasses.replace(entry, description=site.set_text(entry.description)) for key, entry in read.entries.items()}
    return Vocabulary(entries, read.distinct_names)


def category_descriptions(site: Site) -> Mapping[str, str]:
    """What the registry says of categories, by their names: a category and a tag of one name are described once."""
    read, _ = _read(site)
    entries = {category.name: read.get(category.name) for category, _ in site.categories}
    return {name: site.set_text(entry.description) for name, entry in entries.items() if entry and entry.description}


def lookalike_names(site: Site) -> Iterable[SiteProblem]:
    """What « invoke check » says of the names of tags."""
    vocabulary, _ = _read(site)
    typed = [TypedTag(tag, post.path, post.line("tags")) for post in _published(site) for tag in post.typed_tags]
    canonical = names.canonical_names((tag.name for tag in typed), vocabulary.preferred_names, vocabulary.key)
    return lookalikes.problems(typed, canonical, vocabulary)


def _published(site: Site) -> tuple[Post, ...]:
    return (*site.posts, *site.translations, *site.hidden)


def _read(site: Site) -> tuple[Vocabulary, tuple[SiteProblem, ...]]:
    """The registry as it is typed; an empty one when there is none."""
    path = site.content / FILE
    if path.is_symlink() or not path.exists():
        return Vocabulary(), ()
    try:
        vocabulary, problems = _parse(files.read_text(path))
    except files.UnreadableError as error:
        problem = Problem(error.line, "PDV030" if error.why == files.NOT_UTF8 else "PDV080", f"ce registre ne se lit pas : {error}.")
        return Vocabulary(), ((FILE, problem),)
    return vocabulary, tuple((FILE, problem) for problem in problems)


_parse = functools.lru_cache(maxsize=1)(vocabulary_reader.parse)
"""A build asks for the registry twice."""


def _aliases(in_use: Collection[str], vocabulary: Vocabulary, spellings: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """The other names of each tag that has a page: those of the registry, then spellings that had a page once; but no name of another tag."""
    others = {name: (*_registered(name, vocabulary), *spellings.get(name, ())) for name in sorted(in_use, key=collation)}
    return {name: tuple(dict.fromkeys(other for other in aliases if other not in in_use)) for name, aliases in others.items() if aliases}


def _registered(name: str, vocabulary: Vocabulary) -> Sequence[str]:
    entry = vocabulary.get(name)
    return entry.aliases if entry else ()
