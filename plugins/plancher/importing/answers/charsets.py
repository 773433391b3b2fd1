"""Bytes as the text that they say they are: a lie is undone, and only sets of letters are believed (Python has codecs that are none)."""

from __future__ import annotations

import re

_LETTERS = re.compile(
    r"us-ascii|ascii|utf-?(?:8|16|32)(?:-?[lb]e)?|(?:iso-?)?8859-\d{1,2}|iso-8859-\d{1,2}|latin-?\d{1,2}|windows-125\d|cp\d{3,4}|koi8-[ru]|"
    r"mac-?roman|macintosh|gb2312|gbk|gb18030|big5|shift_jis|euc-(?:jp|kr)|iso-2022-jp",
    re.IGNORECASE,
)


def decoded(raw: bytes, charset: str) -> str:
    """The text; whatever stands there, there is one.

    :param charset: what its sender says of it.
    """
    for one in ("utf-8", charset if _LETTERS.fullmatch(charset) else "", "cp1252"):
        try:
            return raw.decode(one) if one else raw.decode("ascii")
        except (LookupError, ValueError):
            continue
    return raw.decode("latin-1")
