"""Names of categories and tags that can be addresses, one spelling for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from plancher.base.french import fold
from plancher.base.slugs import slug
from plancher.components.tags.names import is_acronym
from plancher.text.tag_names import MAX_NAME, clean_tag

_NO_TAG = re.compile(r"\s*[/\\\"<>,;]+\s*")


def as_tag(typed: str) -> str:
    """A tag that can be an address: « C/C++, Java » is « C C++ Java », « .NET » and « P.M.E. » stay; empty when nothing is left."""
    tag = clean_tag(_NO_TAG.sub(" ", typed)).lstrip("#").strip()
    short = (tag if len(tag) <= MAX_NAME else tag[: MAX_NAME + 1].rpartition(" ")[0] or tag[:MAX_NAME]).strip()
    return short if is_acronym(short) else short.rstrip(". ")


def as_category(typed: str) -> str:
    """A category that can be an address; empty when it cannot."""
    name = " ".join(re.sub(r"\s*[/\\;]+\s*", " ", clean_tag(typed)).split())[:MAX_NAME].strip(" ,-")
    return name if slug(name) else ""


class Spellings:
    """The first spelling of each name: « Été » and « été » would be two pages of one address."""

    def __init__(self, names: Iterable[str] = (), slug_of: Callable[[str], str] = slug) -> None:
        """:param slug_of: what the site makes of a name."""
        self._first: dict[str, str] = {}
        self._slug_of = slug_of
        for name in names:
            self.of(name)

    def of(self, name: str) -> str:
        """The spelling to write."""
        return self._first.setdefault(self._slug_of(name) or fold(name), name)
