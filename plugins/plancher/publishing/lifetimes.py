"""What pages of a former site may still load: those that were kept before it was gone are shown for minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from plancher.base.lifetimes import PAGE_SECONDS
from plancher.publishing.manifest import FileState, Manifest, moment_of


def still_asked_for(online: Manifest | None, new: Manifest) -> Mapping[str, FileState]:
    """What the publication before retired, when it is so recent that pages from before it may still be shown."""
    if online is None:
        return {}
    before, now = moment_of(online.identifier), moment_of(new.identifier)
    if before is None or now is None or not dt.timedelta() < now - before < dt.timedelta(seconds=PAGE_SECONDS):
        return {}
    return {path: state for path, state in online.retiring.items() if path not in new.files}
