"""Templates of a new blog's files: whatever an owner typed is written as the language of the file wants it."""

from __future__ import annotations

import json
import re
import urllib.parse
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_FOLDER = Path(__file__).resolve().parent / "files"
_SIGNS_OF_MARKDOWN = re.compile(r"[\\`*_{}\[\]]")
_SIGNS_OF_EXTENSIONS = re.compile(r"[|~^$]|=(?==)")


class Written(str):
    """A text that fits its place in a file."""

    __slots__ = ()


def quoted(text: str) -> Written:
    """A text between quotes: JSON's are read by Python, YAML and TOML alike."""
    return Written(json.dumps(text, ensure_ascii=False))


def markdown(text: str) -> Written:
    """Words that Markdown shows as they are."""
    escaped = _SIGNS_OF_MARKDOWN.sub(r"\\\g<0>", text.replace("&", "&amp;").replace("<", "&lt;"))
    return Written(_SIGNS_OF_EXTENSIONS.sub(lambda sign: f"&#{ord(sign[0])};", escaped))


def mail_link(address: str) -> Written:
    """A link of Markdown to an electronic address."""
    return Written(f"[{markdown(address)}](mailto:{urllib.parse.quote(address, safe='@.+-_')})")


def fill(name: str, values: Mapping[str, object]) -> str:
    """A template with its values.

    :raises TypeError: one of them is not written for its place: no filter made it so.
    """
    return _environment().get_template(name).render(values)


def _only_written(value: object) -> object:
    if not isinstance(value, Written):
        raise TypeError(f"{value!r} is not written for its place")
    return value


def _environment() -> Environment:
    """Signs of its own: those that Jinja has are some of YAML's and of workflows'."""
    environment = Environment(  # noqa: S701 - none of these files is HTML; « finalize » lets no bare text through
        loader=FileSystemLoader(_FOLDER),
        variable_start_string="⟦",
        variable_end_string="⟧",
        block_start_string="⟦%",
        block_end_string="%⟧",
        comment_start_string="⟦#",
        comment_end_string="#⟧",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        finalize=_only_written,
    )
    environment.filters |= {"quoted": quoted, "markdown": markdown, "mail_link": mail_link, "ours": Written}
    return environment
