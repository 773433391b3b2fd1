"""The output folder of a build: what the last one left there, and what became of it since."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping
from pathlib import Path

from plancher.build import delivery, output
from plancher.build.ledger import Ledger
from plancher.cache import manifest
from plancher.cache.manifest import MARKER, Manifest, SiteStatus


@dataclasses.dataclass
class Target:
    """One output folder, and the memory of it."""

    folder: Path
    ledger: Ledger
    retained: tuple[str, ...] = ()
    """Names at its root that the owner knows of (Pelican's ``OUTPUT_RETENTION``)."""
    stays: bool = False
    """Whether it must remain the very folder it is."""
    site_is_intact: Callable[[], bool] = lambda: False
    """Whether somebody has looked, and found the site as it was left."""
    standby_is_intact: Callable[[], bool] = lambda: False
    """The same of its standby, provided that the site is."""
    remarks: list[str] = dataclasses.field(default_factory=list)
    """What the owner should know of his folder."""
    _doubtful: set[str] = dataclasses.field(default_factory=set)
    """Files of which nobody knows what they were made from."""

    def claim(self) -> None:
        """Refuse a folder that is not one of ours, and not empty.

        :raises output.RefusedError: it is somebody else's.
        """
        if not self.folder.is_dir() or delivery.unchanged(self.folder, self.ledger.live) or output.is_free(self.folder, self.retained):
            return
        if output.read_marker(self.folder) is None and not self._is_recognized():
            names = output.named(self.folder, sorted(path.name for path in self.folder.iterdir()))
            raise output.refused(
                self.folder, f"ce dossier contient autre chose qu'un site construit ici : {names}. Videz-le ou déplacez-le, ou choisissez un autre dossier."
            )

    def _is_recognized(self) -> bool:
        """Whether some file of a folder that has lost its mark holds what we put there."""
        return bool(self.status and self.ledger.live.files)

    @functools.cached_property
    def status(self) -> SiteStatus:
        """What became of the site since it was left."""
        live = self.ledger.live
        if live.files and self.site_is_intact():
            return SiteStatus()
        status = live.check(self.folder)
        if MARKER in live.files and MARKER not in status.altered:
            return status
        # Not the folder that is remembered: a backup, a copy, or a cache that was lost.
        found = self.ledger.live = output.adopt(self.folder, live)
        self._doubtful = {path for path, mark in found.files.items() if live.files.get(path, ("",))[0] != mark[0]}
        return found.check(self.folder)

    @property
    def altered(self) -> set[str]:
        """The files of the site that are missing or not as they were left."""
        return self.status.altered

    @property
    def unsure(self) -> set[str]:
        """The same, and those of which nobody knows what they were made from."""
        return self.altered | self._doubtful

    @property
    def is_moved(self) -> bool:
        """Whether a name came or went in the folder of the site."""
        return self.status.names_changed or bool(self._doubtful)

    def foreign(self, want: Mapping[str, str]) -> list[str]:
        """What of the folder is somebody else's, and stays; it is named when it is new.

        :param want: the files of the site, with their digests.
        :raises output.RefusedError: some of it stands where the site wants a file.
        """
        live = self.ledger.live
        foreign = output.kept_foreign(self.folder, self.status.untracked if self.status.names_changed else live.foreign, want)
        new = [path for path in foreign if path not in live.foreign and path.split("/")[0] not in self.retained]
        if new:
            self.remarks.append(f"{output.shown(self.folder)} : ceci n'est pas du site et reste tel quel : {output.named(self.folder, new)}.")
        for path in delivery.edited(self.folder, self.altered, live):
            self.remarks.append(
                f"{output.shown(self.folder / path)} : ce fichier du site avait été modifié à la main ; il a été refait. Corrigez plutôt sa source."
            )
        return foreign

    def survey(self, want: Mapping[str, str], foreign: list[str]) -> None:
        """Remember the folder anew, when names came and went in it and the site is the same."""
        self.ledger.live = dataclasses.replace(manifest.survey(self.folder, want, Manifest(self.ledger.live.files), ()), foreign=foreign)
