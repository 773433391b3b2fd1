"""The list, in the content folder, of anchors and addresses that « invoke publish » has made public."""

from __future__ import annotations

import sys
from pathlib import Path

from plancher.base import reasons
from plancher.site import public


def update(content: Path, folder: Path) -> None:
    """Replace it with the list that a publication has written, and tell the author when it has changed.

    :param folder: where that list is (``Component.command_files``); it is deleted.
    """
    path, published = content / public.FILE, folder / public.FILE
    try:
        text = published.read_text(encoding="utf-8") if published.is_file() else ""
        published.unlink(missing_ok=True)
        if text and text != public.text([]) and public.write(path, text):
            print(f"content/{public.FILE} a changé : enregistrez-le dans git, il retient ce que le site a rendu public.")
    except (OSError, ValueError) as error:
        why = reasons.of_a_disk(error) if isinstance(error, OSError) else error
        print(f"content/{public.FILE} n'a pas pu être tenu à jour ({why}) ; le site, lui, est prêt.", file=sys.stderr)
