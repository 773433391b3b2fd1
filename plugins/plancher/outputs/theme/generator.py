"""Writes what the theme needs beside its pages: style sheet, script, web manifest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from plancher.outputs.theme import assets, filters
from plancher.pelican_adapter.generator import PlainGenerator
from plancher.text.grammar import has_own_theme


class ThemeGenerator(PlainGenerator):
    """Pelican makes one for each build, with the context all templates see."""

    def __init__(self, context: dict[str, Any], settings: Any, path: str, theme: str, *words: Any, **named: Any) -> None:
        super().__init__(context, settings, path, theme, *words, **named)
        self._is_own = has_own_theme(settings)
        self.styles = assets.styles(Path(theme))
        self.scripts = assets.scripts(Path(theme))
        context["ASSETS"] = {"styles": f"theme/{self.styles.name}", "scripts": f"theme/{self.scripts.name}"}
        # Bodies link from the host's root; feeds ask for whole addresses by themselves.
        context["localsiteurl"] = filters.for_site(settings["SITEURL"])["link"]("").rstrip("/")

    def generate_output(self, writer: Any) -> None:
        """Write the joined files; somebody else's theme has its own."""
        if not self._is_own:
            return
        for asset in (self.styles, self.scripts):
            writer.save(f"theme/{asset.name}", asset.text)
        writer.save("theme/site.webmanifest", self._manifest())

    def _manifest(self) -> str:
        link = filters.for_site(self.settings["SITEURL"])["link"]
        icons = [{"src": link(f"theme/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)]
        manifest = {
            "name": self.settings["SITENAME"],
            "lang": self.settings["DEFAULT_LANG"],
            "start_url": link(""),
            "display": "browser",
            "icons": icons,
        }
        return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
