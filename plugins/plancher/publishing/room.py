"""Whether a target has room, before the first byte leaves."""

from __future__ import annotations

from plancher.publishing import report
from plancher.publishing.errors import PublishingError
from plancher.publishing.plan import Plan
from plancher.publishing.store import Reader

_BLOCK = 4096
"""Bytes that the smallest file takes on most disks."""


async def require(reader: Reader, folder: str, plan: Plan) -> None:
    """Count what is to be sent.

    :raises PublishingError: there is less room than that. A target that does not say lets it pass.
    """
    room = await reader.room(folder)
    if room is None:
        return
    needed = sum(-(-plan.new.files[path].size // _BLOCK) * _BLOCK for path in plan.sent)
    if needed > room.size:
        raise PublishingError(f"Il faut {report.size(needed)} chez l'hébergeur, où il reste {report.size(room.size)}. Rien n'a changé. Faites de la place.")
    if len(plan.sent) > room.files:
        raise PublishingError(f"Il faut {len(plan.sent)} fichiers chez l'hébergeur, où il en tient encore {room.files}. Rien n'a changé. Faites de la place.")
