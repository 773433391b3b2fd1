"""What one build knows: made when it starts, passed to who needs it, forgotten when it ends."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from plancher.build.journal import Journal
from plancher.build.library import Library
from plancher.build.pictures import PictureLibrary
from plancher.build.reading import ReadingContext
from plancher.site.assembly import AnyComponent, Assembly
from plancher.site.component import Preparation
from plancher.site.terms import Terms


@dataclasses.dataclass(slots=True)
class BuildContext:
    """One build."""

    components: Sequence[AnyComponent]
    reading: ReadingContext
    library: Library
    pictures: PictureLibrary
    journal: Journal
    named_files: frozenset[str] = frozenset()
    """Files to which the settings give an address by name (``EXTRA_PATH_METADATA``): « racine/CNAME »."""
    formats: frozenset[str] = frozenset()
    """What other plugins read, beside Markdown: « ipynb »."""
    settled: Preparation = dataclasses.field(default_factory=Preparation)
    """What components settled before the site was made."""
    terms: Terms | None = None
    """Where tags, categories and authors are, once all of them are known."""
    assembly: Assembly | None = None
    """What the components make of the site, once all texts are read."""

    @property
    def root(self) -> Path:
        """The content folder."""
        return self.reading.root

    @property
    def is_check(self) -> bool:
        """Whether texts are only checked."""
        return self.reading.settings.mode == "check"

    def holds(self, name: str) -> bool:
        """Whether a file really lies in the content folder, with no symbolic link on the way."""
        return name in self.library.tree.files

    @property
    def expires_at(self) -> float | None:
        """When time alone will change the site: a text that waits for its day, one that will show something else; seconds since the epoch."""
        records = self.journal.records.values()
        waiting = (record.date for record in records if record.pending)
        own = self.assembly.expires_at if self.assembly else None
        return min((moment for moment in (*waiting, *(record.expires_at for record in records), own) if moment is not None), default=None)

    @property
    def unfollowed_folders(self) -> list[str]:
        """Folders that are symbolic links, or too deep: Pelican would follow them, round and round."""
        tree = self.library.tree
        return [name for name in (*tree.links, *tree.refused) if (self.root / name).is_dir()]
