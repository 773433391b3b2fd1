"""One owner for each address: which files of a site cannot stand together, or nowhere at all.

Paths are compared as the least careful disk or server would see them: without
case, letters composed, percent signs undone, no dot or space at the end of a
segment.
"""

from __future__ import annotations

import dataclasses
import enum
import posixpath
import re
import unicodedata
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence

from plancher.base import files

MOST_BYTES = 255
"""Of one segment of a path: the limit of nearly every file system."""
_LONGEST = 1000
"""Bytes of a whole path: some systems stop at 1,024, and the folder of the site comes first."""
_ALWAYS_SHORT = MOST_BYTES // 4
"""Characters that never take more bytes than a segment may, in UTF-8."""
_DEVICES = re.compile(r"[/\n]((?:con|prn|aux|nul|com[0-9]|lpt[0-9]))[./\n]")
"""Names that Windows keeps for itself, whatever their extension."""
_LAST = "index.html"
_ASIDE = "a-corriger"


@dataclasses.dataclass(frozen=True, slots=True)
class Claim:
    """Somebody wants a file of the site."""

    path: str
    """From the root of the site, with slashes."""
    asker: object
    url: str = ""
    """Where links to the file lead, from the root of the site; empty: to its path."""
    if_replaced: str = ""
    """What is said to an owner whose own file takes the place of this one; empty: none may."""
    includes: str = ""
    """The file of the content folder that this one holds already."""


class Reason(enum.Enum):
    """Why two files cannot stand together."""

    SAME = enum.auto()
    """They have one address."""
    FOLDER = enum.auto()
    """The first is a file where the second needs a folder."""
    LINKS = enum.auto()
    """Links to the second lead to the first."""


@dataclasses.dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims of which one must give way."""

    first: Claim
    second: Claim
    reason: Reason


def key(path: str) -> str:
    """What two paths that may be one file have in common."""
    if path.isascii() and "%" not in path and ". " not in path and "./" not in path and " /" not in path and not path.endswith((".", " ")):
        return path.lower()
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", urllib.parse.unquote(path)).casefold())
    return "/".join(segment.rstrip(". ") or segment for segment in plain.split("/"))


def file_of(url: str) -> str:
    """The path of the file that a server gives at an address of the site, from its root."""
    path = url.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0].lstrip("/")
    if not path or path.endswith("/"):
        return path + _LAST
    return path if "." in posixpath.basename(path) else f"{path}/{_LAST}"


def keys(claims: Iterable[Claim]) -> list[str]:
    """The key of each path."""
    return [key(claim.path) for claim in claims]


def conflicts(claims: Sequence[Claim], names: Sequence[str]) -> Iterator[Conflict]:
    """Every two claims that cannot both be granted, in the order of the claims.

    :param names: the key of each.
    """
    owners = dict(zip(reversed(names), reversed(claims), strict=True))  # the first of each name
    for claim, name in zip(claims, names, strict=True) if len(owners) < len(claims) else ():
        if owners[name] is not claim:
            yield Conflict(owners[name], claim, Reason.SAME)
    blocked = _folders(owners) & owners.keys()
    for name, claim in owners.items() if blocked else ():
        yield from (Conflict(owners[folder], claim, Reason.FOLDER) for folder in files.parents(name) if folder in blocked)
    yield from _misled(claims, owners)


def _misled(claims: Sequence[Claim], owners: dict[str, Claim]) -> Iterator[Conflict]:
    """The claims whose links lead to the file of another, or where those of another lead."""
    leading: dict[str, Claim] = {}
    for claim in claims:
        if not claim.url or file_of(claim.url) == claim.path:
            continue
        address = key(file_of(claim.url))
        if address == key(claim.path):
            continue
        owner = owners.get(address) or leading.setdefault(address, claim)
        if owner is not claim:
            yield Conflict(owner, claim, Reason.LINKS)


def _folders(names: dict[str, Claim]) -> set[str]:
    """Every folder that these paths need."""
    return {folder for near in {name.rpartition("/")[0] for name in names} for folder in (near, *files.parents(near))} - {""}


def impossible(claims: Sequence[Claim], names: Sequence[str]) -> Iterator[tuple[Claim, str]]:
    """The claims for a path that some system cannot hold, each with the segment at fault.

    :param names: the key of each path.
    """
    has_devices = _DEVICES.search("\n".join(["", *names, ""])) is not None  # one search costs less than one for each
    for claim, name in zip(claims, names, strict=True):
        fault = _too_long(claim.path) if len(claim.path) > _ALWAYS_SHORT else ""
        device = _DEVICES.search(f"/{name}/") if has_devices and not fault else None
        if fault or device:
            yield claim, fault or (device[1] if device else "")


def _too_long(path: str) -> str:
    """The first segment that is longer than a disk allows; the whole path when only all of it is; empty when it fits."""
    segments = [segment for segment in path.split("/") if len(segment.encode("utf-8", "surrogatepass")) > MOST_BYTES]
    return segments[0] if segments else path if len(path.encode("utf-8", "surrogatepass")) > _LONGEST else ""


def aside(text: str) -> str:
    """Where a preview shows a text whose address is taken.

    :param text: its file, from the content folder.
    """
    return posixpath.join(_ASIDE, posixpath.splitext(text.lstrip("/"))[0], _LAST)


def leaves_the_site(path: str) -> bool:
    """Whether a path leads out of the folder of the site."""
    return path.startswith(("/", "\\")) or path[1:2] == ":" or (".." in path and ".." in path.replace("\\", "/").split("/"))
