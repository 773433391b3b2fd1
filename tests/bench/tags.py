"""What clouds, relations and crossings of tags cost beside a whole build, and how that grows.

The blog is the usual one, under two tags for five posts, four on each post, and a few
much more used than others. Interleaved runs, medians, and ratios: this
machine is never quiet. Run by « invoke dev.bench --what tags ».
"""

from __future__ import annotations

import gc
import itertools
import random
import re
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import corpus
import measure
from plancher.components.tags import exports
from plancher.components.tags.cloud import tag_cloud
from plancher.components.tags.index import tag_index
from plancher.components.tags.names import key
from plancher.components.tags.settings import TagSettings
from plancher.components.tags.vocabulary import Vocabulary, VocabularyEntry
from plancher.site.model import Card, Mention, Post, Term
from workcopy import WorkingCopy

PER_POST = 4
GROWTH = (1_000, 5_000, 20_000)
_PROOF = Mention(kind="preuves", text="du bruit → trois contrats", anchor="preuve-1", proves=True)


def run(work: Path, count: int, rounds: int) -> None:
    """Measure in this folder, and print."""
    copy = _tagged(work / "plancher", count)
    posts = _posts(count)
    builds, spent = [], []
    for _ in range(rounds):
        copy.set_aside()
        builds.append(measure.timed(copy.command("build"), copy.folder).wall)
        spent.append(_compute(posts))
    crossed = sum(1 for _ in (copy.folder / "output" / "tag").glob("*/et/*/index.html"))
    build, own = statistics.median(builds), statistics.median(spent)
    print(f"{count} billets, {_tags_of(count)} mots-clés, {crossed} croisements ; médianes de {rounds} tours alternés, {measure.python()}")
    print(f"construction entière            {build:7.2f} s")
    print(f"nuages, relations, croisements  {own:7.2f} s   {own / build:5.1%}")
    for larger in GROWTH:
        some = _posts(larger)
        times = [_compute(some) for _ in range(rounds)]
        print(f"{larger:6} billets                  {statistics.median(times) / larger * 1e6:7.1f} µs par billet")


def _tags_of(posts: int) -> int:
    return posts * 2 // 5


def _chosen(number: int, count: int, weights: Sequence[float]) -> tuple[str, ...]:
    chance = random.Random(f"mots:{number}")
    found: dict[str, None] = {}
    while len(found) < PER_POST:
        found[f"mot {chance.choices(range(_tags_of(count)), cum_weights=weights)[0]}"] = None
    return tuple(found)


def _weights(count: int) -> list[float]:
    return list(itertools.accumulate(1 / (rank + 5) for rank in range(_tags_of(count))))


def _tagged(folder: Path, count: int) -> WorkingCopy:
    """The working copy, under other tags."""
    copy = WorkingCopy.make(folder, count)
    weights = _weights(count)
    for head in copy.heads:
        path = folder / "content" / head.file
        tags = ", ".join(_chosen(head.number, count, weights))
        path.write_text(re.sub(r"(?m)^Tags: .*$", f"Tags: {tags}", path.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    return copy


def _posts(count: int) -> list[Post]:
    """The same posts, as the tags see them, newest first."""
    weights = _weights(count)
    return [
        Post(
            path=head.file,
            card=_card(head),
            save_as=f"{head.date:%Y/%m}/{head.slug}/index.html",
            tags=tuple(Term(tag, tag, f"tag/{tag}/") for tag in _chosen(head.number, count, weights)),
            mentions=(_PROOF,),
        )
        for head in reversed(corpus.plan(count, seed=1))
    ]


def _card(head: corpus.Head) -> Card:
    category = Term(head.category, head.category, head.category)
    return Card(title=head.title, url=f"{head.date:%Y/%m}/{head.slug}/", date=head.date, modified=None, summary="", category=category, lang="fr")


def _compute(posts: Sequence[Post]) -> float:
    """Seconds of processor for all that is computed of tags in a build."""
    gc.disable()  # a build looks for dead objects a few times only
    start = time.process_time()
    tags = dict.fromkeys(tag.name for post in posts for tag in post.tags)
    entries = (VocabularyEntry(name=tag, line=1, aliases=(f"{tag} bis", f"{tag} ter"), related=("mot 1", "mot 2")) for tag in tags)
    index = tag_index(posts, Vocabulary({key(entry.name): entry for entry in entries}), TagSettings())
    tag_cloud(index.usage, limit=150)
    for category in index.usage.categories:
        tag_cloud(index.usage, category=category, limit=30)
    for year in index.usage.years:
        tag_cloud(index.usage, year=year, limit=150)
    exports.as_json(("https://exemple.fr", "log", [index.portraits[word.name] for word in index.usage.words], {}))
    spent = time.process_time() - start
    gc.enable()
    return spent
