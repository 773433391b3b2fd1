"""Why something is not taken in: a status for machines, a sentence for people."""

from __future__ import annotations


class RefusedError(Exception):
    """It is not taken in, and what was typed is not read; the message is a sentence, in French."""

    def __init__(self, status: int, sentence: str, wait: int = 0) -> None:
        """:param wait: seconds after which it may be tried again."""
        super().__init__(sentence)
        self.status, self.wait = status, wait
