"""A site of a few posts in a folder of its own, with its theme, its settings and its cache."""

from __future__ import annotations

import dataclasses
import io
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image

from tests.build.warm import ROOT, Ran, Warm

NOON = 1_767_265_200
"""The first of January 2026, noon in Paris: when the builds believe they are."""


@dataclasses.dataclass(frozen=True)
class Post:
    """What an author types."""

    title: str = "Un"
    day: str = "2024-05-02"
    category: str = "Essais"
    tags: tuple[str, ...] = ()
    status: str = ""
    slug: str = ""
    series: str = ""
    part: str = ""
    author: str = ""
    summary: str = ""
    words: str = "Du texte."
    link: str = ""
    """The name of another post."""
    picture: str = ""
    film: bool = False
    nature: str = ""
    """Of the proof in a block."""
    proof: str = "trois contrats"
    """Empty: the promise waits, and its age goes with the months."""
    review: str = ""
    """When the proof is to be looked at again."""
    others: int = 0
    """Pairs in a list before it."""
    own_block: bool = False
    relic: str = ""
    """What a former engine wrote at its foot."""
    chosen: str = ""
    """The title of a link in a roundup."""

    @property
    def body(self) -> str:
        parts = [self.words]
        parts += [f"Lire [cet autre]({{filename}}{self.link}.md#la) et [à propos]({{filename}}/pages/a-propos.md)."] if self.link else []
        parts += [f'![Un dessin]({{static}}/images/{self.picture} "Légende")'] if self.picture else []
        parts += ["> [!video] Un film\n> url : {static}/videos/a.webm\n> sous-titres : {static}/videos/a.vtt\n>\n> Dit."] if self.film else []
        parts += (
            ["> [!bilan]\n" + "\n".join(f"> - promesse {number} → preuve\n>   avant : {number}\n>   après : 4" for number in range(self.others))]
            if self.others
            else []
        )
        parts += [self._proof] if self.nature else []
        parts += ["> [!maison] Chez nous\n>\n> Texte."] if self.own_block else []
        parts += [f"> [!liens] À lire\n> - [{self.chosen}](https://exemple.fr/a)\n\nVoir [là](https://exemple.fr/a)."] if self.chosen else []
        parts += [self.relic] if self.relic else []
        return "\n\n".join(parts)

    @property
    def _proof(self) -> str:
        source = f"{{filename}}{self.link}.md" if self.link else ""
        fields = {"promesse": "du bruit", "preuve": self.proof, "nature": self.nature, "réexaminer": self.review, "source": source}
        return "\n".join(["> [!tangible] Un blog", *(f"> {key} : {value}" for key, value in fields.items() if value)])

    @property
    def text(self) -> str:
        header = {
            "Title": self.title,
            "Date": self.day,
            "Category": self.category,
            "Tags": ", ".join(self.tags),
            "Status": self.status,
            "Slug": self.slug,
            "Series": self.series,
            "Part": self.part,
            "Author": self.author,
            "Summary": self.summary,
        }
        return "".join(f"{name}: {value}\n" for name, value in header.items() if value) + f"\n{self.body}\n"


def picture(width: int) -> bytes:
    """A picture whose file has the same size whatever its width."""
    out = io.BytesIO()
    Image.new("1", (width, 3)).save(out, "PNG")
    return out.getvalue().ljust(400, b"\0")


class Small:
    """The folder of a site."""

    def __init__(self, folder: Path, warm: Warm, resident: Warm | None = None) -> None:
        self.folder, self.warm, self.resident = folder, warm, resident
        self.content, self.output, self.cache = folder / "content", folder / "output", folder / ".cache"
        self.posts: dict[str, Post] = {}
        self.clock = NOON
        self.settings: dict[str, str] = {}
        (folder / "plugins").mkdir()
        shutil.copytree(ROOT / "theme" / "templates", folder / "theme" / "templates", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("css/layers.css", "css/base.css", "css/post.css", "js/theme.js"):
            self.write(f"theme/static/{name}", (ROOT / "theme" / "static" / name).read_bytes())
        for name in ("icon-512.png", "icon-1400.png", "partage.png"):  # to draw them takes longer than the rest of such a site
            self.write(f"theme/static/icons/{name}", picture(3))
        self.set()

    def write(self, name: str, text: str | bytes) -> Path:
        """A file of the folder; what stands in its way goes."""
        path = self.folder / name
        for parent in path.parents:
            if parent.is_file():
                parent.unlink()
        if path.is_dir():
            shutil.rmtree(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def post(self, name: str, **fields: Any) -> None:
        """Write a post, or change these fields of one."""
        self.posts[name] = dataclasses.replace(self.posts.get(name, Post(title=name.capitalize())), **fields)
        self.write(self.path_of(name), self.posts[name].text)

    @staticmethod
    def path_of(name: str) -> str:
        return f"content/articles/2024/{name}.md"

    def delete(self, name: str) -> None:
        del self.posts[name]
        (self.folder / self.path_of(name)).unlink()

    def set(self, **settings: str) -> None:
        """Change settings; each value is Python, as one would type it."""
        self.settings |= settings
        typed = "".join(f"{name} = {value}\n" for name, value in sorted(self.settings.items()) if value)
        self.write(
            "reglages.py",
            "from pathlib import Path\n\nfrom plancher.blog import *\nfrom tests.settings.identity import *\n\nHERE = Path(__file__).resolve().parent\n"
            f'THEME = str(HERE / "theme")\nPLUGIN_PATHS = [{str(ROOT / "plugins")!r}, str(HERE / "plugins")]\n{typed}',
        )

    def build(self, output: Path | None = None, *, resident: bool = False, task: bool = True, **wishes: Any) -> Ran:
        """Build as an author would; or as a preview does, in a process that makes one build after the other."""
        warm = self.resident if resident and self.resident else self.warm
        return warm.build(
            self.folder, output or self.output, env={"SOURCE_DATE_EPOCH": str(self.clock)}, resident=resident, task=task and not resident, **wishes
        )

    def clean(self) -> tuple[int, dict[str, bytes], str]:
        """What a build that knows nothing makes, in one process: its code, its files, what it said."""
        aside = self.folder / "propre"
        shutil.rmtree(aside, ignore_errors=True)
        ran = self.build(aside / "output", task=False, alone=True, extra={"CACHE_PATH": str(aside / "cache")})
        return ran.code, files(aside / "output"), ran.said

    @property
    def files(self) -> dict[str, bytes]:
        return files(self.output)


def files(folder: Path) -> dict[str, bytes]:
    """Every file under a folder."""
    found: dict[str, bytes] = {}
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        if (folder / prefix).is_dir():
            for entry in os.scandir(folder / prefix):
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{prefix}{entry.name}/")
                else:
                    found[prefix + entry.name] = Path(entry.path).read_bytes()
    return found


def difference(found: Mapping[str, bytes], expected: Mapping[str, bytes]) -> str:
    """Where two sites differ, in words; empty when they do not."""
    lines = [f"{path} : en trop" for path in sorted(found.keys() - expected.keys())]
    lines += [f"{path} : manque" for path in sorted(expected.keys() - found.keys())]
    for path in sorted(found.keys() & expected.keys()):
        if found[path] != expected[path]:
            pairs = zip(found[path].splitlines(), expected[path].splitlines(), strict=False)
            here, there = next((pair for pair in pairs if pair[0] != pair[1]), (found[path][-80:], expected[path][-80:]))
            lines.append(f"{path} :\n  trouvé  {here[:300]!r}\n  attendu {there[:300]!r}")
    return "\n".join(lines)
