"""What pelicanconf.py and publishconf.py say, for commands that build nothing."""

from __future__ import annotations

import os
import runpy
from collections.abc import Mapping
from pathlib import Path

from invoke.exceptions import Exit

from plancher.base import fault_place, identity, reasons
from plancher.base.identity import Identity
from plancher.base.settings import load
from plancher.components.answers import settings as answers
from plancher.components.answers.settings import AnswerSettings
from plancher.outputs.discovery import settings as hosting
from plancher.outputs.discovery.settings import HostingSettings
from plancher.outputs.feeds import COMPONENT
from plancher.outputs.feeds.settings import FeedSettings


def _settings(root: Path, name: str = "pelicanconf.py") -> Mapping[str, object]:
    """:raises Exit: the file cannot be run."""
    try:
        return runpy.run_path(str(root / name))
    except Exception as error:  # noqa: BLE001 - whatever an owner may have typed
        where, line = fault_place.of(error, root)
        place = f"{os.path.relpath(where, root)}:{line}: " if where else ""
        raise Exit(f"Rien n'a changé : {name} ne se lit pas ({place}{reasons.french(error)}). Corrigez-le, puis recommencez.", 1) from None


def blog_identity(root: Path) -> Identity:
    """Whose blog it is.

    :raises Exit: pelicanconf.py cannot be run.
    """
    return load(_settings(root), identity.KEY, Identity)


def answer_settings(root: Path) -> AnswerSettings:
    """How readers are asked, and where their answers wait.

    :raises Exit: pelicanconf.py cannot be run.
    """
    return load(_settings(root), answers.KEY, AnswerSettings)


def authority(root: Path) -> str:
    """The domain in the identifiers of a blog.

    :raises Exit: pelicanconf.py cannot be run.
    """
    settings = _settings(root)
    return load(settings, COMPONENT.settings_name, FeedSettings).authority_of(load(settings, identity.KEY, Identity))


def published(root: Path) -> Mapping[str, object]:
    """All settings of the site that is published.

    :raises Exit: publishconf.py cannot be run.
    """
    return _settings(root, "publishconf.py")


def host(root: Path) -> str:
    """Who shows that site, where its owner says so; else empty.

    :raises Exit: publishconf.py cannot be run.
    """
    return load(published(root), hosting.KEY, HostingSettings).host


def has_plugin(root: Path, name: str) -> bool:
    """Whether that site asks for a plugin.

    :raises Exit: publishconf.py cannot be run.
    """
    plugins = published(root).get("PLUGINS")
    return isinstance(plugins, list | tuple) and name in plugins
