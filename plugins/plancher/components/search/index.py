"""The index of a site: made whole, or brought up to date from the one that the cache keeps.

Texts are numbered by date, oldest first, so that a new one changes no other
number; pages, which have no date, count downwards from -1.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from plancher.base import atomic, digest
from plancher.base.fast_pickle import fast_pickle
from plancher.cache import pickling
from plancher.cache.body import CachedBody, LostError
from plancher.cache.outline import Outline
from plancher.components.search import shards, words
from plancher.markdown import record
from plancher.site import makers
from plancher.site.model import Post, Site

SHARDS = "recherche/mots/m-{}.txt"
"""The dash keeps « con » and « aux » from being names that Windows keeps for itself."""
BLOCKS = "recherche/passages/{}.json"
_BLOCK = 16
"""Texts whose passages stand in one file."""
_MOST = 100
"""Texts that may change before it is quicker to begin again."""
Former = tuple[str, str, str, str]
"""Of an indexed text: its path, its key in the cache, what else its words depend on, its head."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True)
class Indexed:
    """A text of the index."""

    number: int
    path: str
    head: str
    """Its title and its tags."""
    body: CachedBody | str
    """Where its words are; or itself, when another plugin may have changed it."""
    outline: Outline
    """Of a text that is here."""

    @property
    def entries(self) -> shards.Entries:
        """What it brings to the index."""
        return shards.entries(self.head, self._kept)

    @property
    def passages(self) -> list[tuple[str, str, str]]:
        """Kind, anchor and label of each of its passages."""
        found = [words.kept(line)[0] for line in self._kept.split("\n")[1:]]
        return [(passage.kind, passage.anchor, passage.label) for passage in found]

    @property
    def _kept(self) -> str:
        return self.body.outline().kept if isinstance(self.body, CachedBody) else self.outline.kept

    @property
    def former(self) -> Former:
        """As the cache remembers it."""
        return (self.path, self.body.key, self.body.files, self.head) if isinstance(self.body, CachedBody) else (self.path, "", "", self.head)


def texts(site: Site) -> list[Indexed]:
    """The posts that lists show, and the pages, each with its number."""
    posts = sorted(site.posts, key=lambda post: (post.date, post.path))
    pages = sorted(site.pages, key=lambda page: page.url)
    return [_indexed(number, post) for number, post in (*enumerate(posts), *((-1 - place, page) for place, page in enumerate(pages)))]


def _indexed(number: int, post: Post) -> Indexed:
    head = " ".join((post.title, *(tag.name for tag in post.tags), post.category.name if post.category and not post.is_page else ""))
    return Indexed(number, post.path, head, post.body, post.outline)


def blocks(found: Iterable[Indexed]) -> dict[str, tuple[Indexed, ...]]:
    """The texts of each file of passages."""
    made: dict[str, list[Indexed]] = {}
    for text in found:
        made.setdefault(BLOCKS.format(text.number // _BLOCK), []).append(text)
    return {path: tuple(texts) for path, texts in made.items()}


@makers.maker
def block(found: tuple[Indexed, ...]) -> str:
    """The passages of some texts, by their numbers."""
    made = {text.number: text.passages for text in found}
    return json.dumps({number: passages for number, passages in made.items() if passages}, ensure_ascii=False, separators=(",", ":"))


@makers.followed(block)
def shards_after(former: tuple[Indexed, ...], present: tuple[Indexed, ...], file: Callable[[str], str]) -> Mapping[str, str]:
    """The shards that follow when the words of some texts change.

    :raises LookupError: nobody can tell.
    """
    known: dict[str, str] = {}
    for before, after in zip(former, present, strict=True):
        if before.body != after.body:
            _change(known, _entries(before), after.entries, after.number, lambda name: file(SHARDS.format(name)))
    if not all(known.values()):
        raise LookupError  # a file comes or goes
    return {SHARDS.format(name): text for name, text in known.items()}


def _change(known: dict[str, str], former: shards.Entries, present: shards.Entries, number: int, other: Callable[[str], str]) -> None:
    """Bring shards up to date with a change of one text.

    :param other: gives a shard that is not known yet.
    """
    for name in shards.changed(former, present):
        known[name] = shards.patched(known[name] if name in known else other(name), name, number, former, present)


def _entries(text: Indexed) -> shards.Entries:
    """What a text has brought to an earlier index.

    :raises LookupError: the cache does not hold it any more as it was.
    """
    if isinstance(text.body, CachedBody):
        with contextlib.suppress(LostError):
            row = text.body.load()
            if record.records({row.key: row.head})[row.key].files == text.body.files.partition(" ")[0]:
                return text.entries
    raise LookupError(text.path)


def all_shards(found: Sequence[Indexed], mode: str) -> Mapping[str, str]:
    """The shards of these texts, by name.

    :param mode: of the site: an index is kept for each.
    """
    store = next((text.body.store for text in found if isinstance(text.body, CachedBody)), "")
    if not store:
        return shards.whole((text.number, text.entries) for text in found)
    memory = Path(store).with_name(f"recherche{mode}.index")
    code = digest.of_text(digest.of_code(Path(__file__).parent), digest.of_machine(("snowballstemmer",)))
    present = {text.number: text.former for text in found}
    try:
        made = _updated(found, *_remembered(memory, code), store)
    except (OSError, LookupError, TypeError, ValueError):
        made = shards.whole((text.number, text.entries) for text in sorted(found, key=lambda text: text.number))
    if made is not None:
        with contextlib.suppress(OSError):
            atomic.write(memory, pickling.sealed({"code": code, "texts": present, "shards": made}), is_durable=False)
        return made
    return _remembered(memory, code)[1]


def _remembered(memory: Path, code: str) -> tuple[dict[int, Former], dict[str, str]]:
    """The texts and the shards of the index that the cache keeps.

    :raises LookupError: other code made it.
    """
    kept = pickling.unsealed(memory.read_bytes())
    if not isinstance(kept, dict) or kept["code"] != code:
        raise LookupError(code)
    return kept["texts"], kept["shards"]


def _updated(found: Sequence[Indexed], former: Mapping[int, Former], known: dict[str, str], store: str) -> dict[str, str] | None:
    """The shards that are known, brought up to date; None when nothing has changed.

    :raises LookupError: it is quicker, or the only way, to begin again.
    """
    present = {text.number: text for text in found}
    changed = list(_changed(former, {number: text.former for number, text in present.items()}))
    if not changed:
        return None
    for number in changed:
        before, after = former.get(number), present.get(number)
        brought = _entries(Indexed(number, before[0], before[3], CachedBody(before[1], store, files=before[2]), Outline())) if before else {}
        _change(known, brought, after.entries if after else {}, number, lambda name: known.get(name, ""))
    return dict(sorted((name, text) for name, text in known.items() if text))


def _changed(former: Mapping[int, Former], present: Mapping[int, Former]) -> Iterator[int]:
    """The numbers of the texts that changed, came or went.

    :raises LookupError: too many of them.
    """
    count = 0
    for number in sorted(former.keys() | present.keys()):
        if former.get(number) != present.get(number):
            count += 1
            if count > _MOST:
                raise LookupError(number)
            yield number
