"""What a command of ours asks of the build it starts: ``PLANCHER_COMMAND``; no site sets it."""

from __future__ import annotations

import dataclasses

KEY = "PLANCHER_COMMAND"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CommandSettings:
    """Nothing here changes a byte of the site, but for what a preview shows."""

    files: str = ""
    """A folder in which the build leaves what components have for commands (``Component.command_files``); empty: nowhere."""
    only_files: bool = False
    """Whether the build ends there, before anything is written."""
    explain: bool = False
    """Whether it says, for each file it writes, which input changed."""
    preview: bool = False
    """Whether the site is for its author's eyes: « invoke serve »."""
