"""``Series:`` and ``Part:``: the series that a post is a part of, and its number there when its date does not say it."""

from __future__ import annotations

from plancher.base.slugs import slug
from plancher.text.header_fields import HeaderFields
from plancher.text.tag_names import MAX_NAME, clean_tag

_HIGHEST = 999


def read(header: HeaderFields) -> tuple[str, int]:
    """The name of the series, and the number; empty and 0 when the header does not say them, or when they cannot be read."""
    series, part = _name(header), _number(header)
    return series, part if series else 0


def _name(header: HeaderFields) -> str:
    field = header.fields.get("series")
    if field is None:
        return ""
    name = clean_tag(next(iter(field.items), field.value))  # other generators have lists of series
    if slug(name) and len(name) <= MAX_NAME:
        return name
    if not header.raw.is_foreign:
        message = f"série impossible « {name[:20]} » : son nom devient une adresse. Il lui faut des lettres, {MAX_NAME} au plus."
        header.report(field.line, "PDV026", message)
    return ""


def _number(header: HeaderFields) -> int:
    field = header.fields.get("part")
    if field is None:
        return 0
    typed = field.value.strip()
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= len(str(_HIGHEST)) else 0
    if header.raw.is_foreign:  # whatever it means there
        return number
    if "series" not in header.fields:
        header.report(field.line, "PDV021", f"« {field.key}: {typed[:20]} » ne dit pas de quelle série. Ajoutez « Series: … », ou retirez la ligne.")
    elif not number:
        header.report(field.line, "PDV014", f"« {field.key} » attend un nombre entier de 1 à {_HIGHEST}, comme « 2 », pas « {typed[:20]} ».")
    return number
