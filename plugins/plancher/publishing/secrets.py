"""The secrets of a target, where all of the owner's are read; what is wrong with them stops a publication."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from plancher.base import owner_secrets
from plancher.base.owner_secrets import SecretError
from plancher.publishing.errors import PublishingError


def gathered(blog: Path, host: str, user: str, names: tuple[str, ...], environment: Mapping[str, str]) -> dict[str, str]:
    """The environment, with what it lacks of these secrets.

    :param names: of variables; the first is what the keyring may know.
    :raises PublishingError: the file may be read by others, stands inside the blog, or is not TOML.
    """
    try:
        return owner_secrets.gathered(blog, host, user, names, environment)
    except SecretError as error:
        raise PublishingError(str(error)) from None
