"""The photographs of iPhones (HEIC): what browsers do not show, and Pillow reads only with « pillow-heif »."""

from __future__ import annotations

import importlib.util

from plancher.pictures.model import JPEG

SUFFIXES = frozenset({".heic", ".heif"})
REMEDY = "Installez de quoi la lire (« pip install pillow-heif »), ou exportez-la en JPEG"


def are_read() -> bool:
    """Whether what reads them is installed."""
    return importlib.util.find_spec("pillow_heif") is not None


def published(name: str) -> str:
    """The name, or the address, under which a picture is published: of these, as JPEG."""
    return f"{name}.{JPEG}" if name[-5:].lower() in SUFFIXES else name
