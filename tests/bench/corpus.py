"""A French blog of any size, the same for the same seed: ``python tests/bench/corpus.py 1000 dossier``.

Every post has its own source of chance, so the text of one does not depend on
how the others were written. Nothing in it is copied, nobody in it exists.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import itertools
import math
import random
import re
import struct
import sys
import unicodedata
import zlib
from collections.abc import Sequence
from pathlib import Path

import pieces
import words
from sentences import Writer, plain

FIRST_DAY = dt.datetime(2016, 10, 1, 6, 0)  # noqa: DTZ001 - an author's local time, as in a header
DAYS = 3650
WAKING = 16 * 60  # minutes: posts come out between six and twenty-two, where no clock is put forward
PICTURES = 12


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What is known of a post before its text."""

    number: int
    title: str
    slug: str
    date: dt.datetime
    category: str
    tags: tuple[str, ...]

    @property
    def file(self) -> str:
        return f"articles/{self.date:%Y}/{self.slug}.md"


def write(count: int, folder: Path, seed: int = 1) -> None:
    """Write the whole content folder."""
    heads = plan(count, seed)
    for head in heads:
        _save(folder / head.file, post(head, heads, seed))
    for name, title in {"a-propos": "À propos", "accessibilite": "Accessibilité", "visite": "Visite guidée"}.items():
        writer = Writer(random.Random(f"{seed}:{name}"))
        text = "\n\n".join(f"## {plain(writer.title())}\n\n{writer.paragraph(4, 8)}" for _ in range(4))
        _save(folder / "pages" / f"{name}.md", f"Title: {title}\nSlug: {name}\nSummary: {plain(writer.sentence())}\n\n{text}\n")
    for number in range(PICTURES):
        picture = folder / "images" / f"dessin-{number}.png"
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_bytes(_png(320, 180, number))


def plan(count: int, seed: int) -> list[Head]:
    """The headers of all posts, oldest first."""
    pool = tag_pool(count)
    weights = [1 / (rank + 5) for rank in range(len(pool))]  # Zipf, without a tag that nearly all posts share
    names: set[str] = set()
    heads = []
    for number in range(count):
        chance = random.Random(f"{seed}:{number}:titre")
        title = plain(Writer(chance).title())
        slug = _free(_slug(title), names)
        day, time = divmod((number + chance.random()) * DAYS / count, 1)
        heads.append(
            Head(
                number=number,
                title=title,
                slug=slug,
                date=FIRST_DAY + dt.timedelta(days=day, minutes=int(time * WAKING)),
                category=chance.choice(words.CATEGORIES),
                tags=_tags(pool, weights, chance),
            )
        )
    return heads


def tag_pool(count: int) -> list[str]:
    """As many tags as such a blog would have: twice the square root of its posts, at least forty."""
    combined = (f"{name} {qualifier}" for qualifier in words.TAG_QUALIFIERS for name in words.TAGS)
    return list(itertools.islice(itertools.chain(words.TAGS, combined), max(40, round(2 * math.sqrt(count)))))


def _tags(pool: Sequence[str], weights: Sequence[float], chance: random.Random) -> tuple[str, ...]:
    wanted = chance.choice((3, 4))
    found: dict[str, None] = {}
    while len(found) < wanted:
        found[chance.choices(pool, weights)[0]] = None
    return tuple(found)


def post(head: Head, heads: Sequence[Head], seed: int) -> str:
    """The file of one post, from 300 to 1,200 words, about 700 on average."""
    writer = Writer(random.Random(f"{seed}:{head.number}:texte"))
    target = writer.chance.triangular(200, 1000, 450)  # the last section and the blocks come on top
    chosen = [piece(writer) for share, piece in pieces.SHARES if writer.chance.random() < share]
    writer.chance.shuffle(chosen)
    parts = [writer.paragraph(), _linking(writer, head, heads)]
    notes: list[str] = []
    while chosen or sum(len(part.split()) for part in parts) < target:
        parts.append(f"## {plain(writer.title())}")
        parts.extend(_paragraph(writer, notes) for _ in range(writer.chance.randint(1, 3)))
        if chosen:
            parts += [chosen.pop(), writer.paragraph(1, 2)]
    if writer.chance.random() < 0.1:
        parts.append(f"![{plain(writer.phrase('{who} {does} {what}'))}]({{static}}/images/dessin-{writer.chance.randrange(PICTURES)}.png)")
    return "\n\n".join([_header(head, writer), *parts, *notes]) + "\n"


def _header(head: Head, writer: Writer) -> str:
    identifier = f"tag:plancher-des-vaches.example,{head.date:%Y-%m-%d}:{head.slug}"
    return (
        f"Title: {head.title}\nDate: {head.date:%Y-%m-%d %H:%M}\nId: {identifier}\nCategory: {head.category}\n"
        f"Tags: {', '.join(head.tags)}\nSummary: {plain(writer.sentence())} {plain(writer.sentence())}"
    )


def _linking(writer: Writer, head: Head, heads: Sequence[Head]) -> str:
    """A paragraph that leads to another site, and most often to an older post."""
    link = f"{writer.sentence()} Voir aussi [{writer.fill('{what}')}]({pieces.address(writer)}) pour {writer.fill('{do} {what}')}."
    if head.number and writer.chance.random() < 0.7:
        older = heads[writer.chance.randrange(head.number)]
        link += f" Le billet [{older.title}]({{filename}}/{older.file}) raconte la suite."
    return f"{link} {writer.sentence()}"


def _paragraph(writer: Writer, notes: list[str]) -> str:
    text = writer.paragraph()
    if writer.chance.random() < 0.06:
        name = f"n{len(notes) + 1}"
        notes.append(f"[^{name}]: {writer.sentence()}")
        text += f" {writer.phrase('{who} {does} {what}')}[^{name}]."
    return text


def _slug(title: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:60].rstrip("-")


def _free(slug: str, taken: set[str]) -> str:
    """The slug itself, or with the first number that nobody has."""
    free = next(name for number in itertools.count(1) if (name := slug if number == 1 else f"{slug}-{number}") not in taken)
    taken.add(free)
    return free


def _png(width: int, height: int, number: int) -> bytes:
    """A picture of two plain areas, as small as a drawing is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    shades = bytes([(number * 20) % 256]), bytes([255 - (number * 20) % 256])
    rows = b"".join(b"\0" + shades[row > height // 2] * width for row in range(height))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )


def _save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Écrit un blog français inventé, toujours le même pour la même graine.")
    parser.add_argument("posts", type=int, help="nombre de billets")
    parser.add_argument("folder", type=Path, help="dossier de contenu à écrire")
    parser.add_argument("--seed", type=int, default=1, help="graine (1)")
    given = parser.parse_args()
    write(given.posts, given.folder, given.seed)
    print(f"{given.posts} billets écrits dans {given.folder}", file=sys.stderr)


if __name__ == "__main__":
    main()
