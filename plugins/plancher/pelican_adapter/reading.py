"""From Pelican's settings to what the reading of a text depends on."""

from __future__ import annotations

import dataclasses
import functools
import zoneinfo
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plancher.base import digest
from plancher.base.settings import load
from plancher.build import settings_metadata
from plancher.build.context import BuildContext
from plancher.build.journal import Journal
from plancher.build.library import Library
from plancher.build.pictures import PictureLibrary
from plancher.build.reading import ReadingContext
from plancher.build.reading_settings import ReadingSettings
from plancher.build.workers import WorkerPool
from plancher.cache.store import Store
from plancher.cache.tree import Tree
from plancher.pelican_adapter import path_metadata
from plancher.pelican_adapter.addresses import slug_of
from plancher.pelican_adapter.plugins import code_of, foreign, modules
from plancher.pictures import settings as picture_settings
from plancher.pictures.settings import PictureSettings
from plancher.site import assembly, root_files
from plancher.site.assembly import AnyComponent

_CODE = Path(__file__).resolve().parent.parent
_PACKAGES = ("babel", "ftfy", "markdown", "nh3", "pelican", "pillow", "pyyaml", "snowballstemmer")
"""What a reading owes its bytes to, beside our own code."""
_SETTINGS = ("ARTICLE_PATHS", "DEFAULT_LANG", "PAGE_PATHS", "PLUGINS", "SLUG_REGEX_SUBSTITUTIONS", "TIMEZONE", *settings_metadata.SETTINGS)
"""The settings a reading depends on, beside our own."""


def build_context(  # noqa: PLR0913, PLR0917 - all that a build begins with
    settings: Any, components: tuple[AnyComponent, ...], mine: ReadingSettings, tree: Tree, store: Store, pool: WorkerPool
) -> BuildContext:
    """A build that has read nothing yet."""
    root = Path(settings["PATH"])
    reading = ReadingContext(
        settings=mine,
        root=root,
        page_folders=tuple(root / folder for folder in settings["PAGE_PATHS"]),
        text_folders=tuple(root / folder for name in ("ARTICLE_PATHS", "PAGE_PATHS") for folder in settings[name]),
        timezone=zoneinfo.ZoneInfo(settings["TIMEZONE"]),
        slugify=functools.partial(slug_of, settings["SLUG_REGEX_SUBSTITUTIONS"]),
        grammar=assembly.grammar(components),
        metadata_of=settings_metadata.reader(settings),
        is_open=bool(foreign(settings["PLUGINS"])),
        fingerprint=_fingerprint(settings, components, mine),
    )
    library = Library(reading=reading, tree=tree, store=store, pool=pool)
    pictures = PictureLibrary(tree, pool, Path(settings["CACHE_PATH"]), load(settings, picture_settings.KEY, PictureSettings))
    named = frozenset(settings[path_metadata.KEY])
    build = BuildContext(components=components, reading=reading, library=library, pictures=pictures, journal=Journal(root), named_files=named)
    for name in ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES", "STATIC_EXCLUDES"):
        texts_only = [] if name == "STATIC_EXCLUDES" else [root_files.FOLDER]
        settings[name] = sorted({*settings[name], *build.unfollowed_folders, *texts_only})
    for path, problem in path_metadata.problems(settings, tree):
        build.journal.say(build.root / path, [problem])
    return build


def _fingerprint(settings: Mapping[str, Any], components: tuple[AnyComponent, ...], mine: ReadingSettings) -> str:
    """All that decides of what a text becomes, beside the text. How strict a build is does not, but for what a check adds."""
    ours = [(component.settings_name, repr(component.settings), repr(component.words), component.email, component.has_forms) for component in components]
    reading = dataclasses.replace(mine, mode="check" if mine.mode == "check" else "")
    others = {name: settings.get(name) for name in _SETTINGS}
    others["code"] = [*code_of(components), *(digest.of_module(module) for module in modules(foreign(settings["PLUGINS"])))]
    return digest.of_text(digest.of_code(_CODE), digest.of_machine(_PACKAGES), repr(ours), repr(reading), repr(sorted(others.items())))
