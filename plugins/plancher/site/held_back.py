"""Files that only texts without a page ask for: a draft's picture would tell what the draft is about.

A file that no text names stays: the author may have given its address to somebody.
"""

from __future__ import annotations

import html
import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path

from plancher.base import addresses
from plancher.markdown.record import Record


def files(records: Iterable[Record], pages: set[str], site: str, templates: Path) -> set[str]:
    """The files, from the content folder, that drafts name and nothing else does.

    :param pages: the texts that have a page.
    :param site: the address of the site; a link may be written in full.
    :param templates: a theme may show a picture too.
    """
    texts = list(records)
    wanted = {file for record in texts if record.path not in pages for file in _asked(record)}
    if not wanted:
        return set()
    shown = [record for record in texts if record.path in pages]
    wanted -= {file for record in shown for file in _asked(record)}
    named = {name for record in shown for name in (*record.plain, *(addresses.file_name(one) for one in record.elsewhere if one.startswith(f"{site}/")))}
    wanted = {file for file in wanted if posixpath.basename(file) not in named}
    return wanted - set(_in_templates(wanted, templates)) if wanted else wanted


def _asked(record: Record) -> Iterator[str]:
    """Each file of the content folder that a text names, texts aside."""
    named = (*record.targets, *(str(address) for address, _ in record.links))
    found = (addresses.inside(html.unescape(address), record.path) for address in named)
    yield from (path for path in (*found, *record.consulted, record.image) if path and not path.endswith(".md"))


def _in_templates(names: Iterable[str], folder: Path) -> Iterator[str]:
    text = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.html")) if path.is_file())
    yield from (name for name in names if posixpath.basename(name) in text)
