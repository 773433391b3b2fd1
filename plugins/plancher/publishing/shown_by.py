"""Which host shows what goes to a target, as far as the target says it: in the words of ``HostingSettings``."""

from __future__ import annotations

import re

from plancher.publishing.targets import Bucket, Cloudflare, Ftps, Local, Netlify, Pages, Sftp

_MACHINE = re.compile(r"^(?:\w+://)?(?:[^@/]*@)?([^:/]*)")
"""In the address of a repository: « https://machine/… », « ssh://git@machine/… », « git@machine:… »."""
_FORGES = (("github.com", "github"), ("codeberg.org", "codeberg"))


def host_of(target: object) -> str:
    """The word of the host; empty where the target does not say, or is none of ours."""
    match target:
        case Pages():
            return _forge(target.address)
        case Netlify():
            return "netlify"
        case Cloudflare():
            return "cloudflare"
        case Bucket():
            return "bucket"
        case Local() | Sftp() | Ftps():
            return target.server
        case _:
            return ""


def _forge(address: str) -> str:
    """Of a forge that nobody knows, what each can do: its pages carry what a page can."""
    found = _MACHINE.match(address)
    machine = found[1].lower() if found else ""
    if "gitlab" in machine:
        return "gitlab"
    return next((word for name, word in _FORGES if machine == name or machine.endswith(f".{name}")), "forge")
