"""Forges that keep a blog's folder, and can publish it elsewhere by themselves: at each push, and each morning."""

from __future__ import annotations

NONE = "none"
FORGES: dict[str, tuple[str, str]] = {
    "github": (".github/workflows/site.yml", "github-target.yml"),
    "gitlab": (".gitlab-ci.yml", "gitlab-target.yml"),
    "codeberg": (".forgejo/workflows/site.yml", "codeberg-target.yml"),
}
"""By the word that is typed: the file that each reads, and the template of it for a blog that stands at another host."""
_MORNINGS = {"CA": "5 10 * * *"}
_MORNING = "5 4 * * *"


def morning(country: str) -> str:
    """When a forge makes the site again each day, as cron writes it, in UTC: after midnight of the blog's own day, before anyone is up.

    In Paris five or six o'clock; at the same moment it would still be the day before in Montréal.
    """
    return _MORNINGS.get(country, _MORNING)
