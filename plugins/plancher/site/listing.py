"""What lists of the site share: the page of a part that another page leads to, and data for programs."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A page that another leads to, and how much it holds."""

    name: str
    url: str
    """From the root of the site; empty: it has no page."""
    count: int


def as_json(items: Iterable[Mapping[str, object]], version: int = 1) -> str:
    """``{"version": 1, "items": […]}``, a line an item: what changed shows in a comparison."""
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    return f'{{"version": {version}, "items": [\n{lines}\n]}}\n'
