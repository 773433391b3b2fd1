"""Who shows a site that is published: its owner says it, else the target that he has chosen does."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from plancher.base.settings import load
from plancher.outputs.discovery.settings import KEY, HostingSettings
from plancher.publishing import shown_by, targets


def with_host(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same settings, with the host of the target where none is named.

    :raises SettingsError: what they say of the host is wrong.
    """
    hosting, word = load(settings, KEY, HostingSettings), shown_by.host_of(settings.get(targets.KEY))
    return settings if hosting.host or not word else {**settings, KEY: dataclasses.replace(hosting, host=word)}
