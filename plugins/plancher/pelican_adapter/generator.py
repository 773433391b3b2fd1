"""What plugins of others count on in each of Pelican's generators, ours too."""

from __future__ import annotations

from typing import Any


class PlainGenerator:
    """One that reads no text: Pelican makes it for each build."""

    def __init__(self, context: dict[str, Any], settings: Any, path: str = "", theme: str = "", output_path: str = "", **_others: Any) -> None:
        self.context = context
        self.settings = settings
        self.path = path
        self.theme = theme
        self.output_path = output_path
