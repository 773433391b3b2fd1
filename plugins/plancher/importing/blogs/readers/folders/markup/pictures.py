"""Each picture says in words what it shows: where its author did not, its name does, and he is told."""

from __future__ import annotations

import re
import urllib.parse
from pathlib import PurePosixPath

from plancher.importing.blogs.readers.folders.markup.work import Work

_WITHOUT = re.compile(
    r"!\[[ \t]*\](?P<target>\([ \t]*(?:<(?P<quoted>[^<>\n]*)>|(?P<url>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*))"
    r"(?:\s+(?:\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)'))?[^()\n]*\)|\[(?P<label>[^\[\]\n]+)\])"
)


def described(work: Work) -> str:
    """« ![](vitrine-neige.png) » with words."""

    def with_words(typed: re.Match[str]) -> str:
        name = typed["quoted"] or typed["url"] or typed["label"] or ""
        words = words_of(name, typed["double"] or typed["single"] or "")
        work.note("une image n'avait pas de texte de remplacement : son nom en tient lieu, décrivez-la.", typed[0])
        return f"![{words}]{typed['target']}"

    return _WITHOUT.sub(with_words, work.text) if "![" in work.text else work.text


def words_of(address: str, title: str = "") -> str:
    """« vitrine neige » for « /images/vitrine-neige_2.png »; its title when it has one."""
    if title.strip():
        return " ".join(title.split()).replace("[", "(").replace("]", ")")
    stem = PurePosixPath(urllib.parse.unquote(re.split(r"[?#]", address, maxsplit=1)[0])).stem
    words = " ".join(re.sub(r"[^\w]+|_", " ", stem).split())
    return words if re.search(r"[^\W\d_]{2}", words) else f"Image {words}".strip()
