"""Where the files of a picture are: its own at the address of the author's file, the others beside it."""

from __future__ import annotations

from plancher.pictures.model import Rendition


def beside(own: str, rendition: Rendition) -> str:
    """The address of another file of the same picture: « images/quai.jpg » gives « images/quai-jpg-800.avif ».

    Its extension is in the name: « quai.png » may lie there too.
    """
    folder, slash, name = own.rpartition("/")
    stem, _, extension = name.rpartition(".")
    return f"{folder}{slash}{stem}-{extension}-{rendition.width}.{rendition.format}"
