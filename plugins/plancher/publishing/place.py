"""Where things stand at a target: the folder that readers see, and beside it what they do not."""

from __future__ import annotations

import dataclasses
import posixpath

from plancher.publishing.errors import PublishingError
from plancher.publishing.store import UNFINISHED

VERSIONS = "_versions"
"""The folder of releases that stand inside a site; some hosts show nothing that begins with a dot."""


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """One site at one target."""

    folder: str
    """What its server shows."""
    apart: str = ""
    """Where our own files stand, if not beside it: in a bucket readers may ask for all that lies there; some hosts let nothing beside it be written."""
    is_inside: bool = False
    """Whether releases stand inside it, under a name that the settings of its server hide: no link leads out of it."""
    kept_apart: int = 5
    """Releases beside each other; the next one is made of the oldest of more."""

    def __post_init__(self) -> None:
        """:raises PublishingError: nothing can stand beside it."""
        if not self.apart and (not posixpath.basename(self.folder) or posixpath.basename(self.folder) in {".", ".."}):
            raise PublishingError(f"PUBLISH : « {self.folder} » ne peut pas être le dossier du site. Donnez son nom, comme « www ».")

    @property
    def apart_inside(self) -> str:
        """Our own folder by its path from that of the site; empty: it is not inside."""
        return self.apart.removeprefix(f"{self.folder}/") if self.folder and self.apart.startswith(f"{self.folder}/") else ""

    @property
    def parent(self) -> str:
        """The folder in which it stands."""
        return posixpath.dirname(self.folder) or "."

    @property
    def state(self) -> str:
        """Our own folder: a hidden one beside the site, where no reader can ask for it; else ``apart``."""
        return self.apart or posixpath.join(posixpath.dirname(self.folder), f".plancher-{posixpath.basename(self.folder)}")

    @property
    def releases(self) -> str:
        """A folder for each release."""
        return f"{self.folder}/{VERSIONS}" if self.is_inside else f"{self.state}/releases"

    @property
    def manifests(self) -> str:
        """A manifest for each release, or the one of the site in place."""
        return f"{self.state}/manifests"

    @property
    def building(self) -> str:
        """The release that is being sent."""
        return f"{self.state}/building"

    @property
    def token(self) -> str:
        """Whose upload stands in ``building``."""
        return f"{self.state}/building.json"

    @property
    def lock(self) -> str:
        """Who publishes now."""
        return f"{self.state}/lock.json"

    @property
    def pending(self) -> str:
        """What an upload in place has begun to write."""
        return f"{self.state}/pending.json"

    @property
    def owned(self) -> str:
        """Says that a site in place is ours, should its manifest be lost."""
        return f"{self.state}/owned"

    @property
    def manifest(self) -> str:
        """Of a site in place."""
        return f"{self.state}/manifest.json"

    def release(self, identifier: str) -> str:
        """The folder of one release."""
        return f"{self.releases}/{identifier}"

    def manifest_of(self, identifier: str) -> str:
        """The manifest of one release."""
        return f"{self.manifests}/{identifier}.json"

    def link_to(self, identifier: str) -> str:
        """What the link holds: a path from its own folder, right inside a chroot too."""
        return f"{posixpath.basename(self.state)}/releases/{identifier}"

    def linked(self, target: str | None) -> str | None:
        """The release that a link names; None: it is none of ours."""
        head, _, identifier = (target or "").rpartition("/")
        return identifier if head == f"{posixpath.basename(self.state)}/releases" and identifier else None


def unfinished(path: str) -> str:
    """The name of a file on its way to a place that readers see, the same at the next attempt: one that was cut is written over."""
    return posixpath.join(posixpath.dirname(path), f".{posixpath.basename(path)[:80]}{UNFINISHED}")
