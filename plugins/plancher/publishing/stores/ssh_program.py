"""The program ``ssh``, as other programs start it: it asks nobody anything, and knows the hosts that we know."""

from __future__ import annotations

from pathlib import Path

from plancher.publishing.targets import Pages, Rsync


def command(target: Rsync | Pages) -> list[str]:
    """Its name and options, without a host."""
    files = [f'"{Path(path).expanduser()}"' for path in (target.known_hosts, "~/.ssh/known_hosts")] if target.known_hosts else []
    options = ["BatchMode=yes", "StrictHostKeyChecking=yes", *([f"UserKnownHostsFile={' '.join(files)}"] if files else [])]
    key = ["-i", str(Path(target.key).expanduser()), "-o", "IdentitiesOnly=yes"] if target.key else []
    return ["ssh", *key, *(word for option in options for word in ("-o", option))]
