"""Small sites, and what a reader finds online."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from plancher.publishing import manifest, session
from plancher.publishing.plan import Plan
from plancher.publishing.targets import Target
from plancher.publishing.work import Outcome, Work

FIRST = {
    "index.html": "<a href=2024/un/>un</a>",
    "2024/un/index.html": "<link href=/theme/a.css>un",
    "2024/deux/index.html": "deux",
    "theme/a.css": "a",
    "images/photo d’été.png": "photo",
    "feeds/atom.xml": "<feed/>",
}


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """A site of these files, and no other."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def online(folder: Path) -> dict[str, str]:
    """All that stands in what a server shows."""
    shown = folder.resolve()
    return {path.relative_to(shown).as_posix(): path.read_text(encoding="utf-8") for path in sorted(shown.rglob("*")) if path.is_file()}


class Publisher:
    """One machine that publishes to one target."""

    def __init__(self, target: Target, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self.target, self.folder, self.environment = target, folder, dict(environment or {})
        self.sent: list[int] = []
        self._number = 0

    def work(
        self,
        files: Mapping[str, str],
        confirm: Callable[[Plan], None] = lambda _: None,
        *,
        adopted: bool = False,
        forgetting: bool = False,
        patience: float = 0.0,
    ) -> Work:
        self._number += 1
        site = write(self.folder / "site", files)
        moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=self._number)
        return Work(
            site=site,
            new=manifest.of_folder(site, manifest.identifier_at(moment)),
            checkpoint=self.folder / "etat" / "point",
            confirm=confirm,
            is_adopting=adopted,
            is_forgetting=forgetting,
            patience=patience,
        )

    def publish(self, files: Mapping[str, str], **options: object) -> Outcome:
        return asyncio.run(session.publish(self.target, self.work(files, **options), self.environment))

    def look(self, files: Mapping[str, str]) -> Plan:
        return asyncio.run(session.look(self.target, self.work(files), self.environment))

    def rollback(self, wanted: str = "") -> str:
        return asyncio.run(session.rollback(self.target, wanted, self.environment, self.folder / "etat"))

    def status(self) -> session.Status:
        return asyncio.run(session.status(self.target, self.environment, self.folder / "etat"))
