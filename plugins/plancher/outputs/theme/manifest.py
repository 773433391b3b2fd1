"""The web manifest: the name and the icons of the site, for a telephone that puts it on its first screen (w3.org/TR/appmanifest)."""

from __future__ import annotations

import json

from plancher.outputs.theme import filters
from plancher.site.model import Identity

PATH = "theme/site.webmanifest"


def web_manifest(identity: Identity) -> str:
    """The manifest, as JSON."""
    link = filters.for_site(identity.address)["link"]
    icons = [{"src": link(f"theme/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)]
    manifest = {"name": identity.name, "lang": identity.lang, "start_url": link(""), "display": "browser", "icons": icons}
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
