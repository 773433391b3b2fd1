"""From an identity to all that Pelican wants to be told."""

from __future__ import annotations

import copy
import dataclasses
import os

from plancher.base.identity import KEY, Identity
from plancher.base.settings import load
from plancher.build.reading_settings import ReadingSettings
from plancher.markdown.typography.settings import TypographySettings
from plancher.pelican_adapter import defaults


def blog_settings(identity: Identity) -> dict[str, object]:
    """Every setting of a blog, for its ``pelicanconf.py``.

    :raises SettingsError: the identity is wrong.
    """
    checked = load({KEY: identity}, KEY, Identity)
    ours = {name: copy.copy(value) for name, value in vars(defaults).items() if name.isupper()}  # Pelican changes them
    return {
        **ours,
        "IDENTITY": checked,
        "SITENAME": checked.name,
        "SITESUBTITLE": checked.motto,
        "SITEURL": checked.address,
        "FEED_DOMAIN": checked.address,
        "AUTHOR": checked.author or checked.name,
        "TIMEZONE": checked.timezone,
        "PLANCHER_TYPOGRAPHY": TypographySettings(locale=checked.locale),
    }


def published_settings(identity: Identity) -> dict[str, object]:
    """What changes when a blog is published, for its ``publishconf.py``: no error passes, and a host may say where the blog stands (``SITEURL``)."""
    address = os.environ.get("SITEURL", "").rstrip("/") or identity.address
    there = dataclasses.replace(identity, address=address)
    return {"IDENTITY": there, "SITEURL": address, "FEED_DOMAIN": address, "PLANCHER_READING": ReadingSettings(mode="strict")}
