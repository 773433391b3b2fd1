"""What is known of a text, as Pelican keeps it with the metadata of the text: in its cache, too."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Any

from plancher.base.problems import Problem

KEY = "plancher_known"
"""Among the metadata of a text, and so an attribute of Pelican's post."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class KnownText:
    """One text."""

    problems: tuple[Problem, ...] = ()
    tags: tuple[str, ...] = ()
    """Of lines of tags in the text; not kept: Pelican has them with those of the header."""
    links: Sequence[str] = ()
    """Each internal address."""
    elsewhere: Sequence[str] = ()
    """Each address of another site."""
    entries: Mapping[str, Sequence[Sequence[Any]]] = dataclasses.field(default_factory=dict)
    """The index entries of its blocks, by the name of their type."""

    def to_json(self) -> str:
        """As a text, which any version of ours can keep and forget."""
        problems = [(problem.line, problem.code, problem.message) for problem in self.problems]
        kept = {"problems": problems, "links": self.links, "elsewhere": self.elsewhere, "entries": self.entries}
        return json.dumps(kept, ensure_ascii=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class KeptText:
    """The same, out of the metadata."""

    problems: tuple[Problem, ...]
    links: Sequence[tuple[str, int]]
    elsewhere: Sequence[str]
    entries: Mapping[str, Sequence[Sequence[Any]]]
    lines: Mapping[str, int] = dataclasses.field(default_factory=dict)


def of_content(content: Any) -> KeptText | None:
    """What is known of a text of Pelican's; None when it was not Markdown."""
    kept = content.metadata.get(KEY)
    if not isinstance(kept, str):
        return None
    found = json.loads(kept)
    return KeptText(
        problems=tuple(Problem(*problem) for problem in found["problems"]),
        links=[(address, 1) for address in found["links"]],
        elsewhere=found["elsewhere"],
        entries=found["entries"],
    )
