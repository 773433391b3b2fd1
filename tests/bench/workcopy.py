"""A working copy of the project with a made-up blog, and the edits an author makes in it."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import Self

import aside
import corpus

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ("plugins", "theme")
LEFT = ("output", ".output-double", ".preview", "..preview-double", ".cache")
"""What builds leave in a copy."""
_COUNTER = r"compteur\d+"


class StaleError(Exception):
    """A build that does not show the edit: its time would mean nothing."""


class WorkingCopy:
    """The project's code, a corpus for content, and one post that is edited.

    The post is the third newest, as authors mend what they have just
    published: it stands on the home page, in the feeds, first in its lists.
    """

    def __init__(self, folder: Path, posts: int) -> None:
        self.folder = folder
        self.heads = corpus.plan(posts, seed=1)
        self.pool = [tag for tag in corpus.tag_pool(posts) if tag.isascii() and tag.isalpha() and tag.islower()]  # their address is their name
        self.head = self.heads[-3]
        self.post = folder / "content" / self.head.file
        self.template = folder / "theme" / "templates" / "article.html"
        self.page = f"{self.head.date:%Y/%m}/{self.head.slug}/"
        self._count = 0

    @classmethod
    def make(cls, folder: Path, posts: int) -> Self:
        folder.mkdir(parents=True)
        corpus.write(posts, folder / "content")
        for name in FOLDERS:
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        for file in ROOT.iterdir():
            if file.is_file() and not file.name.startswith("."):
                shutil.copy2(file, folder)
        return cls(folder, posts)

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "invoke", *words]

    def set_aside(self) -> None:
        """As « invoke clean », but the files only move: folders made right after others were deleted cost seconds on ext4."""
        aside.put([*(self.folder / name for name in LEFT), *self.folder.rglob("__pycache__")], self.folder.parent)

    def edit_body(self) -> str:
        """A new last paragraph.

        :returns: what the post's page must hold after the next build.
        """
        return self._edit(self.post, rf"(\n{_COUNTER}\n)?\Z", "\n{word}\n")

    def edit_title(self) -> str:
        return self._edit(self.post, rf"(?m)^Title: (.*?)( {_COUNTER})?$", r"Title: \1 {word}")

    def edit_template(self) -> str:
        """A visible word on every post."""
        return self._edit(self.template, rf"(?s)(<p>{_COUNTER}</p>)?</article>(?!.*</article>)", "<p>{word}</p></article>")

    def edit_tags(self) -> str:
        """The last tag gives way to another tag of the blog.

        :returns: the tag.
        """
        self._count += 1
        text = self.post.read_text(encoding="utf-8")
        *kept, _last = re.findall(r"(?m)^Tags: (.*)$", text)[0].split(", ")
        free = [tag for tag in self.pool if tag not in kept and tag != _last]
        tag = free[self._count * 7 % len(free)]  # neither always the commonest nor always the rarest
        self.post.write_text(re.sub(r"(?m)^Tags: .*$", f"Tags: {', '.join([*kept, tag])}", text), encoding="utf-8")
        return tag

    def check_page(self, word: str) -> None:
        """:raises StaleError: when the built page lacks the word."""
        self._check(self.folder / "output" / self.page / "index.html", word)

    def check_tag(self, tag: str) -> None:
        """:raises StaleError: when the tag's first page does not list the post."""
        self._check(self.folder / "output" / "tag" / tag / "index.html", self.page)

    def _edit(self, file: Path, place: str, text: str) -> str:
        self._count += 1
        word = f"compteur{self._count}"
        before = file.read_text(encoding="utf-8")
        after = re.sub(place, text.replace("{word}", word), before, count=1)
        if after == before:
            raise StaleError(f"Rien à modifier dans {file}.")
        file.write_text(after, encoding="utf-8")
        return word

    @staticmethod
    def _check(page: Path, word: str) -> None:
        if not page.exists() or word not in page.read_text(encoding="utf-8"):
            raise StaleError(f"« {word} » n'est pas dans {page} : cette construction n'a pas vu la modification.")
