"""« invoke new »: a draft dated today, each field explained."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from invoke.exceptions import Exit

from plancher.commands import own_settings
from plancher.commands.history import History, HistoryError
from plancher.commands.step import FileChange
from plancher.text import drafts


def write(root: Path, typed: str) -> None:
    """Write it and say where.

    :raises Exit: the title gives no address, or the file is there already.
    """
    title = drafts.clean(typed)
    slug = drafts.slug(title)
    if not re.search(r"[a-z0-9]", slug):
        raise Exit(f"Le titre « {typed} » ne donne aucune adresse : mettez-y au moins une lettre ou un chiffre.", 1)
    today = dt.datetime.now().astimezone()
    path = root / "content" / "articles" / f"{today:%Y}" / f"{slug}.md"
    if path.exists():
        raise Exit(f"{path.relative_to(root)} existe déjà : rien n'a été changé.", 1)
    text = drafts.text(title, slug, today, own_settings.authority(root)).encode()
    try:
        History(root, print).make("new", f'invoke new "{title}"', [FileChange(path, None, text)])
    except HistoryError as error:
        raise Exit(f"Rien n'a changé : {error}", 1) from None
    print(f"Brouillon écrit : {path.relative_to(root)}")
