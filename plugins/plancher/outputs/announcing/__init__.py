"""Who is told of a publication: the settings, the key that search engines ask for, and what « invoke publish » must know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from plancher.base import files
from plancher.base.problems import Problem, SiteProblem
from plancher.outputs.announcing import sent, texts
from plancher.outputs.announcing.settings import KEY, AnnouncingSettings
from plancher.site.collected import Collected
from plancher.site.component import Component
from plancher.site.model import Site
from plancher.site.requests import PageRequest, TextFile


class Announcing(Component[AnnouncingSettings, None]):
    """What must be known to tell others of a publication; a build itself tells nobody."""

    name = "announcing"
    settings_name = KEY
    settings_type = AnnouncingSettings

    def outputs(self, site: Site, collected: Collected) -> Iterable[PageRequest]:
        """The file in which search engines find the key again (indexnow.org/documentation)."""
        if self.settings.indexnow:
            yield TextFile(path=f"{self.settings.indexnow}.txt", text=self.settings.indexnow)

    def checks(self, site: Site, index: None) -> Iterator[SiteProblem]:
        """Each line of the list of webmentions is understood."""
        try:
            _, wrong = sent.load(site.content / sent.FILE)
        except files.UnreadableError as error:
            yield sent.FILE, Problem(error.line, "PDV170", f"ce fichier ne se lit pas : {error}. Rendez-lui sa dernière version.")
            return
        for line in wrong:
            yield sent.FILE, Problem(line, "PDV170", "cette ligne ne se lit pas : aucune webmention n'est envoyée. Rendez-lui sa forme, ou ôtez-la.")

    def command_files(self, site: Site, index: None) -> Mapping[str, str]:
        """What is public, for what follows a publication."""
        return {texts.FILE: texts.as_json(site, self.settings)}


COMPONENT = Announcing


def register() -> None:
    """Pelican asks for it; the adapter takes ``COMPONENT``."""
