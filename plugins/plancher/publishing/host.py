"""What a host must be able to do that takes a site as a whole, by the digests of its files, whatever its interface."""

from __future__ import annotations

import dataclasses
import urllib.parse
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from plancher.publishing.manifest import Manifest

_TITLE = "Publication "
"""How the title of a deployment of ours begins, before its identifier and its mark."""
_LONGEST = 900
"""Signs of a title: no host says how long it may be, one cuts it at 1,000."""


class Title(NamedTuple):
    """What a deployment says of itself."""

    identifier: str
    """Empty: it is none of ours."""
    mark: str = ""
    """Of all that was published: the same mark is the same site."""
    carried: tuple[str, ...] = ()
    """Files of the former site that are still there."""

    def __str__(self) -> str:
        return " ".join([f"{_TITLE}{self.identifier}", self.mark, *(urllib.parse.quote(path) for path in self.carried)])

    def carrying(self, paths: Iterable[str]) -> Title:
        """The same with as many of these files as a title has room for."""
        made = self
        for path in paths:
            longer = made._replace(carried=(*made.carried, path))
            if len(str(longer)) > _LONGEST:
                break
            made = longer
        return made


def title_of(text: str) -> Title:
    """What the title of a deployment says; empty where it is none of ours."""
    words = text.removeprefix(_TITLE).split()
    if not text.startswith(_TITLE) or len(words) < 2:  # noqa: PLR2004 - identifier and mark
        return Title("")
    return Title(words[0], words[1], tuple(map(urllib.parse.unquote, words[2:])))


class Deployed(NamedTuple):
    """One deployment that the host keeps."""

    name: str
    """The host's."""
    title: Title


class Online(NamedTuple):
    """What readers get now."""

    deployed: Deployed
    manifest: Manifest
    """What it holds, as far as the host says it."""


class Limits(NamedTuple):
    """What the host takes."""

    files: int
    size: int
    """Bytes of one file."""


class HostReader(Protocol):
    """Looks at a host, and has no way to change it.

    Each method raises ``PublishingError`` where the host does not answer.
    """

    limits: Limits

    def digested(self, new: Manifest, site: Path) -> Manifest:
        """The same files, each with the digest that this host gives it."""

    async def online(self) -> Online | None:
        """What readers get; None: nothing yet."""

    async def kept(self) -> Sequence[Deployed]:
        """Deployments that can come back, the newest first."""


class Host(HostReader, Protocol):
    """Changes it."""

    async def deploy(self, whole: Manifest, title: Title, source: Source) -> None:
        """Send what the host lacks, and have readers get these files and no other, in one step."""

    async def restore(self, deployed: Deployed) -> None:
        """Have readers get a former deployment."""

    async def forget_all_but_online(self) -> None:
        """Remove every other deployment: somebody who is to be forgotten stands in them."""


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """Where files come from, and who hears of each that is sent."""

    site: Path
    before: str
    """The deployment that readers got when this began; empty: none."""
    on_progress: Callable[[int, int], None]
