"""What tells the texts of an export from one another, at each reading of it in the same way."""

from __future__ import annotations

from collections.abc import Iterable

from plancher.base import digest
from plancher.importing.blogs.model import FormerComment, FormerText


class Identities:
    """Gives each text of one reading an identifier of its own: an export may hold a text twice, or two texts under one number."""

    def __init__(self) -> None:
        self._seen: dict[str, list[str]] = {}

    def of(self, text: FormerText) -> tuple[str, str]:
        """Its identifier, empty when the very same text came already; and its digest."""
        content = of_text(text)
        seen = self._seen.setdefault(text.identifier, [])
        if content in seen:
            return "", content
        seen.append(content)
        return text.identifier if len(seen) == 1 else f"{text.identifier}#{len(seen)}", content


def of_text(text: FormerText) -> str:
    """The digest of what the export says of a text, wherever it stands in the file; comments apart."""
    return digest.of_text(
        *(text.kind, text.title, text.body, text.markup, text.summary, str(text.published), str(text.modified), text.held_back, text.slug),
        *(repr(text.authors), repr(text.categories), repr(text.tags), text.language, text.picture, repr(text.addresses), text.feed_id, repr(text.other_fields)),
    )


def of_comments(comments: Iterable[FormerComment], before: str = "") -> str:
    """The digest of comments that follow others.

    :param before: the digest of these.
    """
    return digest.of_text(before, *(repr(comment) for comment in comments))
