"""The state of one build: made when it starts, forgotten when the next one does."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import zoneinfo
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plancher.base import digest
from plancher.base import settings as core_settings
from plancher.base.deadline import Expired
from plancher.base.problems import Problem
from plancher.build import given, library
from plancher.build.journal import Journal
from plancher.build.reading_settings import KEY, ReadingSettings
from plancher.build.workers import WorkerPool
from plancher.cache import tree
from plancher.cache.store import Store
from plancher.markdown.record import Record
from plancher.site.terms import Terms
from plancher.text.front import FrontRules
from plancher.text.grammar import Grammar

if TYPE_CHECKING:
    from plancher.markdown.convert import Converter

CREW, FILES, CACHE = "BUILD_CREW", "BUILD_TREE", "BUILD_STORE"
"""Where the settings hold who works, the files and the cache, when somebody has them (``plancher.pelican_adapter``)."""
STORE = "textes.sqlite"
_PACKAGES = ("babel", "ftfy", "markdown", "nh3", "pelican", "pillow", "pyyaml")
"""What a reading owes its bytes to, beside our own code."""
_SETTINGS = ("ARTICLE_PATHS", "DEFAULT_LANG", "PAGE_PATHS", "PLUGINS", "SLUG_REGEX_SUBSTITUTIONS", "TIMEZONE", *given.SETTINGS)
"""The settings a reading depends on, beside our own."""


@dataclasses.dataclass(slots=True)
class Session:
    """One converter and one journal for all generators of one build."""

    settings: ReadingSettings
    root: Path
    page_folders: tuple[Path, ...]
    text_folders: tuple[Path, ...]
    """Where texts are read: posts and pages."""
    timezone: zoneinfo.ZoneInfo
    slugify: Callable[[str], str]
    """From a file's name to the last segment of an address."""
    grammar: Grammar
    """What the plugins bring to the grammar and to the texts."""
    journal: Journal
    library: library.Library
    given: Callable[[str], tuple[tuple[str, str], ...]] = lambda _path: ()
    """What the settings say of a text, by its path from the content folder."""
    is_open: bool = False
    """Whether plugins of others are at work."""
    chosen: frozenset[str] = frozenset()
    """Files to which the settings give an address by name (``EXTRA_PATH_METADATA``): « racine/CNAME »."""
    formats: frozenset[str] = frozenset()
    """What other plugins read, beside Markdown: « ipynb »."""
    _rules: dict[Path, tuple[FrontRules, str]] = dataclasses.field(default_factory=dict)
    """Of each folder, with its path from the content folder: its texts are many."""
    _converter: Converter | None = None
    _terms: Terms | None = None

    def terms(self, context: Mapping[str, Any], settings: Mapping[str, Any]) -> Terms:
        """Where tags, categories and authors are; kept once all of them are known."""
        if self._terms is not None:
            return self._terms
        found = Terms(context, settings)
        if "tags" in context:
            self._terms = found
        return found

    @property
    def converter(self) -> Converter:
        """What reads; made, and Markdown loaded, when there is something to read."""
        if self._converter is None:
            from plancher.markdown.convert import Converter  # noqa: PLC0415 - most builds have nothing to read

            self._converter = Converter(self.root, self.grammar)
        return self._converter

    @contextlib.contextmanager
    def reading(self) -> Iterator[Converter]:
        """The converter, for one text; one that was stopped in the middle of it is of no more use."""
        try:
            yield self.converter
        except Expired:
            self._converter = None
            raise

    def texts(self, folders: Iterable[str], excluded: Iterable[str] = ()) -> list[str]:
        """The Markdown files of these folders, from the content folder, in a fixed order; none that lies in one of the ``excluded``."""
        out = tuple(f"{folder.strip('/')}/" for folder in excluded)
        starts = tuple("" if folder in {"", "."} else f"{folder.strip('/')}/" for folder in folders)
        return [path for path in self.library.tree.files if path.startswith(starts) and path[-3:].lower() == ".md" and not path.startswith(out)]

    @property
    def text_folders_inside(self) -> tuple[str, ...]:
        """The same, from the content folder, with their slash."""
        return tuple(f"{folder.relative_to(self.root).as_posix()}/".removeprefix("./") for folder in self.text_folders)

    def holds(self, path: Path) -> bool:
        """Whether a file really lies in the content folder, with no symbolic link on the way."""
        return self.name(path) in self.library.tree.files

    def look_up(self, path: Path) -> Record | Problem:
        """One text, or what made it impossible to read."""
        name = self.name(path)
        if name not in self.library.tree.files:
            return Problem(1, "PDV034", "lien symbolique vers un fichier hors du dossier de contenu. Copiez le fichier à la place.")
        return self.library.record(name)

    @property
    def until(self) -> float | None:
        """When the next text that waits for its day will appear, or one will show something else by itself: seconds since the epoch."""
        records = self.journal.records.values()
        waiting = (record.date for record in records if record.pending)
        return min((moment for moment in (*waiting, *(record.expires_at for record in records)) if moment is not None), default=None)

    def name(self, path: Path) -> str:
        """The path of a file from the content folder, with slashes."""
        return os.path.relpath(path, self.root).replace(os.sep, "/")

    @property
    def linked_folders(self) -> list[str]:
        """Folders that are symbolic links, or too deep: Pelican would follow them, round and round."""
        tree = self.library.tree
        return [name for name in (*tree.links, *tree.refused) if (self.root / name).is_dir()]

    def rules(self, path: Path) -> FrontRules:
        """What the header of this file must hold."""
        parent = path.parent
        known = self._rules.get(parent)
        if known is None:
            known = self._rules[parent] = self._rules_inside(parent), f"{self.name(parent)}/".removeprefix("./")
        rules, folder = known
        return dataclasses.replace(rules, path=f"{rules.path}{path.name}", given=self.given(f"{folder}{path.name}"))

    def _rules_inside(self, parent: Path) -> FrontRules:
        """What the headers of all texts of a folder must hold; each path begins with that of the folder."""
        is_page = any(parent.is_relative_to(folder) for folder in self.page_folders)
        folder = next((folder for folder in self.text_folders if parent.is_relative_to(folder)), self.root)
        inside = parent.relative_to(folder).as_posix() if parent.is_relative_to(folder) else "."
        return FrontRules(
            is_page=is_page,
            templates=self.settings.page_templates if is_page else self.settings.article_templates,
            timezone=self.timezone,
            path=f"{inside}/".removeprefix("./"),
            takes_others=self.is_open,
        )


_current: list[Session] = []


def start(settings: Mapping[str, Any], slugify: Callable[[str], str]) -> Session:
    """Begin a build: the previous one's journal is dropped."""
    root = Path(settings["PATH"])
    mine = core_settings.load(settings, KEY, ReadingSettings)
    store = settings.get(CACHE) or Store(Path(settings["CACHE_PATH"]) / STORE)
    session = Session(
        settings=mine,
        root=root,
        page_folders=tuple(root / folder for folder in settings["PAGE_PATHS"]),
        text_folders=tuple(root / folder for name in ("ARTICLE_PATHS", "PAGE_PATHS") for folder in settings[name]),
        timezone=zoneinfo.ZoneInfo(settings["TIMEZONE"]),
        slugify=slugify,
        grammar=registry.contributions(settings["PLUGINS"], settings),
        journal=Journal(root),
        library=library.Library(
            tree=settings.get(FILES) or tree.scan(root, settings["IGNORE_FILES"], store.stamps(root)),
            store=store,
            crew=settings.get(CREW) or WorkerPool(),
            fingerprint=_fingerprint(settings, mine),
        ),
        given=given.reader(settings),
        is_open=bool(registry.foreign(settings["PLUGINS"])),
        chosen=frozenset(settings.get("EXTRA_PATH_METADATA") or ()),
    )
    _current[:] = [session]
    return session


def _fingerprint(settings: Mapping[str, Any], mine: ReadingSettings) -> str:
    """All that decides of what a text becomes, beside the text. How strict a build is does not, but for what a check adds."""
    ours = {name: value for name, value in settings.items() if name.startswith("PLANCHER_") and name not in {KEY, "PLANCHER_BUILDING"}}
    reading = dataclasses.replace(mine, mode="check" if mine.mode == "check" else "")
    others = {name: settings.get(name) for name in _SETTINGS}
    others["code"] = [digest.of_module(module) for module in registry.modules(registry.foreign(settings["PLUGINS"]))]
    machine = digest.of_machine(_PACKAGES)
    return digest.of_text(digest.of_code(_CODE), machine, repr(sorted(ours.items())), repr(reading), repr(sorted(others.items())))


_CODE = Path(__file__).resolve().parent.parent


def current() -> Session:
    """The build that is running."""
    return _current[0]
