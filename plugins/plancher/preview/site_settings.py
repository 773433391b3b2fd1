"""What the preview reads of the settings of a site, and what it changes in them."""

from __future__ import annotations

import contextlib
from typing import Any


def drafts(settings: dict[str, Any]) -> dict[str, Any]:
    """Settings that show drafts, on a page of their own."""
    return {
        "DRAFT_URL": "brouillons/{slug}/",
        "DRAFT_SAVE_AS": "brouillons/{slug}/index.html",
        "BROUILLONS_URL": "brouillons/",
        "BROUILLONS_SAVE_AS": "brouillons/index.html",
        "DIRECT_TEMPLATES": [*settings["DIRECT_TEMPLATES"], "brouillons"],
    }


def guide(settings: dict[str, Any]) -> dict[str, Any]:
    """Settings that show the author's guide, whether or not the site has it."""
    name, plugins = "plancher.components.guide", settings["PLUGINS"]
    is_lacking = isinstance(plugins, list | tuple) and name not in plugins
    return {"PLANCHER_COMMAND": {"preview": True}, **({"PLUGINS": [*plugins, name]} if is_lacking else {})}


def queue_folder(settings: dict[str, Any]) -> str:
    """Where answers of readers wait; empty for a blog without them, or whose setting is wrong, which the build says."""
    from plancher.base.settings import SettingsError, load  # noqa: PLC0415 - code that may be broken
    from plancher.components.answers.settings import KEY, AnswerSettings  # noqa: PLC0415 - code that may be broken

    if "plancher.components.answers" not in (settings["PLUGINS"] or ()):
        return ""
    with contextlib.suppress(SettingsError):
        return load(settings, KEY, AnswerSettings).queue
    return ""
