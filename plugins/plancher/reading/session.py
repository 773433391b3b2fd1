"""The state of one build: made when it starts, forgotten when the next one does."""

from __future__ import annotations

import dataclasses
import zoneinfo
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plancher.core import registry
from plancher.core import settings as core_settings
from plancher.core.front import FrontRules
from plancher.reading.convert import Converter
from plancher.reading.journal import Journal
from plancher.reading.settings import KEY, ReadingSettings


@dataclasses.dataclass(slots=True)
class Session:
    """One converter and one journal for all generators of one build."""

    settings: ReadingSettings
    root: Path
    page_folders: tuple[Path, ...]
    text_folders: tuple[Path, ...]
    """Where texts are read: posts and pages."""
    timezone: zoneinfo.ZoneInfo
    converter: Converter
    journal: Journal

    def holds(self, path: Path) -> bool:
        """Whether a file really lies in the content folder, with no symbolic link on the way."""
        try:
            return path.resolve() == self.root.resolve() / path.relative_to(self.root)
        except ValueError:
            return False

    def rules(self, path: Path) -> FrontRules:
        """What the header of this file must hold."""
        is_page = any(path.is_relative_to(folder) for folder in self.page_folders)
        templates = self.settings.page_templates if is_page else self.settings.article_templates
        return FrontRules(is_page=is_page, templates=templates, reserved=self.settings.reserved, timezone=self.timezone)


_current: list[Session] = []


def start(settings: Mapping[str, Any]) -> Session:
    """Begin a build: the previous one's journal is dropped."""
    root = Path(settings["PATH"])
    session = Session(
        settings=core_settings.load(settings, KEY, ReadingSettings),
        root=root,
        page_folders=tuple(root / folder for folder in settings["PAGE_PATHS"]),
        text_folders=tuple(root / folder for name in ("ARTICLE_PATHS", "PAGE_PATHS") for folder in settings[name]),
        timezone=zoneinfo.ZoneInfo(settings["TIMEZONE"]),
        converter=Converter(root, registry.contributions(settings["PLUGINS"], settings)),
        journal=Journal(),
    )
    _current[:] = [session]
    return session


def current() -> Session:
    """The build that is running."""
    return _current[0]
