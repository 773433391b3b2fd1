"""The index of a site: made whole, or brought up to date from the one that the cache keeps.

Texts are numbered by date, oldest first, so that a new one changes no other
number; pages, which have no date, count downwards from -1.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from plancher.base import addresses, atomic, dates, digest, links
from plancher.base.fast_pickle import fast_pickle
from plancher.cache import pickling
from plancher.cache.body import CachedBody, LostError
from plancher.cache.outline import Outline
from plancher.components.search import shards, words
from plancher.markdown import record
from plancher.site import makers
from plancher.site.model import Card, Post, Site

WORDS = "recherche/mots/m-{}.txt"
"""The dash keeps « con » and « aux » from being names that Windows keeps for itself."""
BLOCKS = "recherche/textes/{}.txt"
_BLOCK = 8
"""Texts whose rows stand in one file."""
_MOST = 100
"""Texts that may change before it is quicker to begin again."""
_KINDS = {"billet": "b", "revue": "r", "vidéos": "v", "preuves": "p"}
"""What a reader may ask for, and how the page asks it."""

_Source = tuple[str, str, str, tuple[str, ...]]
"""What an entry was made of: the key and the files of a body, the head, the filters."""
_NOWHERE: _Source = ("", "", "", ())


@dataclasses.dataclass(frozen=True, slots=True)
class _Memory:
    """The index that the cache keeps."""

    code: str
    """Digest of what made it."""
    texts: Mapping[int, _Source]
    shards: Mapping[str, str]


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True)
class Indexed:
    """A text of the index."""

    number: int
    card: Card
    lang: str
    """When it is not that of the site."""
    tags: tuple[str, ...]
    filters: tuple[str, ...]
    """« genre=b », « mot=PME », « annee=2024 »."""
    body: CachedBody | str
    """Where its words are; or itself, when another plugin may have changed it."""
    outline: Outline
    """Of a text that is here."""

    @property
    def head(self) -> str:
        """What weighs more than the other words."""
        category = self.card.category.name if self.card.category and self.card.date else ""
        return " ".join((self.card.title, *self.tags, category))

    @property
    def kept(self) -> str:
        """Its words (``words.keep``)."""
        return self.body.outline().kept if isinstance(self.body, CachedBody) else self.outline.kept

    @property
    def entries(self) -> shards.Entries:
        """What it brings to the index."""
        return shards.entries(self.head, self.filters, self.kept)


def texts(site: Site) -> list[Indexed]:
    """The posts that lists show, and the pages, each with its number."""
    posts = sorted(site.posts, key=lambda post: (post.date, post.path))
    pages = sorted(site.pages, key=lambda page: page.url)
    return [_indexed(number, post) for number, post in (*enumerate(posts), *((-1 - place, page) for place, page in enumerate(pages)))]


def _indexed(number: int, post: Post) -> Indexed:
    kinds = {"" if post.is_page else post.kind, *(mention.kind for mention in post.mentions)}
    filters = [f"genre={letter}" for kind, letter in _KINDS.items() if kind in kinds]
    filters += [f"mot={tag.name.replace(' ', '_')}" for tag in post.tags] + ([] if post.is_page else [f"annee={post.date.year}"])
    return Indexed(number, post.card, post.foreign_lang, tuple(tag.name for tag in post.tags), tuple(filters), post.body, post.outline)


@makers.maker
def block(told: tuple[str, tuple[Indexed, ...]]) -> str:
    """Some texts as results show them: date, title, tags, links to their passages, and room for an excerpt.

    :param told: what stands before an address of the site, and the texts.
    """
    base, found = told
    rows = Element("ol")
    for text in found:
        row, address = SubElement(rows, "li", id=f"t{text.number}"), f"{base}/{addresses.quote(text.card.url)}"
        if text.card.date:
            SubElement(row, "time", datetime=text.card.date.date().isoformat()).text = dates.day(text.card.date)
        SubElement(row, "a", {"href": address} | ({"lang": text.lang} if text.lang else {})).text = text.card.title
        SubElement(row, "small").text = ", ".join(text.tags)
        passages = SubElement(row, "ul")
        for _, anchor, label, _ in words.kept(text.kept)[1:]:
            SubElement(SubElement(passages, "li", hidden=""), "a", href=address + anchor).text = label
        SubElement(row, "p")
    return tostring(rows, encoding="unicode", method="html")


def blocks(site: Site, found: Sequence[Indexed]) -> Mapping[str, tuple[str, tuple[Indexed, ...]]]:
    """What each file of rows is made of."""
    base = links.path_of(site.identity.address)
    return {BLOCKS.format(block): (base, tuple(texts)) for block, texts in itertools.groupby(found, lambda text: text.number // _BLOCK)}


@makers.followed(block)
def shards_after(former: tuple[str, tuple[Indexed, ...]], present: tuple[str, tuple[Indexed, ...]], file: Callable[[str], str]) -> Mapping[str, str]:
    """The files of words that follow when the words of some texts change.

    :raises LookupError: nobody can tell.
    """
    pairs = [(before, after) for before, after in zip(former[1], present[1], strict=True) if before.body != after.body]
    changes = [(after.number, _brought(before.body, before.head, before.filters), after.entries) for before, after in pairs]
    made = shards.patched(changes, lambda name: file(WORDS.format(name)))
    if not all(text or name in words.ALWAYS for name, text in made.items()):
        raise LookupError  # a file goes
    return {WORDS.format(name): text for name, text in made.items()}


def _brought(body: CachedBody | str, head: str, filters: tuple[str, ...]) -> shards.Entries:
    """What a text has brought to an earlier index.

    :raises LookupError: the cache does not hold it any more as it was.
    """
    if isinstance(body, CachedBody):
        with contextlib.suppress(LostError):
            row = body.load()
            if record.records({row.key: row.head})[row.key].apart == body.files:
                return shards.entries(head, filters, body.outline().kept)
    raise LookupError(head)


def all_shards(found: Sequence[Indexed], mode: str) -> Mapping[str, str]:
    """The files of the words of these texts, by name.

    :param mode: of the site: an index is kept for each.
    """
    bodies = {text.number: text.body for text in found if isinstance(text.body, CachedBody)}
    if not found or len(bodies) < len(found):
        return shards.whole((text.number, text.entries) for text in found)
    store = bodies[found[0].number].store
    memory = Path(store).with_name(f"recherche{mode}.index")
    code = digest.of_text(digest.of_code(Path(__file__).parent), digest.of_machine(("snowballstemmer",)))
    present = {text.number: (bodies[text.number].key, bodies[text.number].files, text.head, text.filters) for text in found}
    kept = None
    try:
        kept = _memory(memory.read_bytes(), code)
        made = _updated(found, present, kept, store)
    except (OSError, LookupError, TypeError, ValueError):
        kept, made = None, shards.whole((text.number, text.entries) for text in found)
    if kept is None or kept.texts != present:
        with contextlib.suppress(OSError):
            atomic.write(memory, pickling.sealed(_Memory(code, present, made)), is_durable=False)
    return made


def _memory(raw: bytes, code: str) -> _Memory:
    """:raises LookupError: other code made it, or it is none."""
    kept = pickling.unsealed(raw)
    if not isinstance(kept, _Memory) or kept.code != code:
        raise LookupError(code)
    return kept


def _updated(found: Sequence[Indexed], present: Mapping[int, _Source], kept: _Memory, store: str) -> dict[str, str]:
    """The files that the cache keeps, brought up to date.

    :raises LookupError: it is quicker, or the only way, to begin again.
    """
    former, known = kept.texts, dict(kept.shards)
    changed = [number for number in former.keys() | present.keys() if former.get(number) != present.get(number)]
    if len(changed) > _MOST:
        raise LookupError(len(changed))
    texts = {text.number: text for text in found}
    changes = []
    for number in changed:
        key, files, head, filters = former.get(number, _NOWHERE)
        brought = _brought(CachedBody(key, store, files=files), head, filters) if key else {}
        changes.append((number, brought, texts[number].entries if number in texts else {}))
    known.update(shards.patched(changes, lambda name: known.get(name, "")))
    return {name: text for name, text in sorted(known.items()) if text or name in words.ALWAYS}
