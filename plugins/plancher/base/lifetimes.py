"""How long what a site sends may be shown again without asking: what hosts are told, and what publishing waits for."""

from __future__ import annotations

PAGE_SECONDS = 300
"""For a page or a feed."""
DAY_SECONDS = 86_400
YEAR_SECONDS = 365 * DAY_SECONDS
