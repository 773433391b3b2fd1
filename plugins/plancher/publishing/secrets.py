"""Where secrets are read: the environment, a file that only its owner may read, the keyring of the system. They are never shown."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
from collections.abc import Mapping
from pathlib import Path

from plancher.base import data, files
from plancher.base.data import DataError
from plancher.base.files import UnreadableError
from plancher.publishing.errors import PublishingError

FILE = "PLANCHER_SECRETS"
"""The variable that names another file."""
_USUAL = "~/.config/plancher/secrets.toml"
_SERVICE = "plancher"
"""Under this name the keyring has the passwords of targets."""
_OTHERS = 0o077
"""Rights of anybody but the owner."""


def gathered(blog: Path, host: str, user: str, names: tuple[str, ...], environment: Mapping[str, str]) -> dict[str, str]:
    """The environment, with what it lacks of these secrets.

    The file holds a table for each host, whose keys are the names of the variables:
    ``["ftp.nom.example"]`` then ``PLANCHER_PASSWORD = "…"``.

    :param names: of variables; the first is what the keyring may know.
    :raises PublishingError: the file may be read by others, stands inside the blog, or is not TOML.
    """
    whole = {name: value for name, value in environment.items() if value or name not in names}  # a forge gives an empty one where its owner gave none
    for name, value in _of_file(blog, host, environment).items():
        if name in names:
            whole.setdefault(name, value)
    if names and names[0] not in whole and (known := _of_keyring(f"{user}@{host}" if user else host)):
        whole[names[0]] = known
    return whole


def _of_file(blog: Path, host: str, environment: Mapping[str, str]) -> dict[str, str]:
    path = files.real(Path(environment.get(FILE) or _USUAL).expanduser())
    if not path.is_file():
        return {}
    if path.is_relative_to(files.real(blog)):
        raise PublishingError(f"{path} est dans le dossier du blog, d'où il pourrait être publié. Mettez-le ailleurs, par exemple dans {_USUAL}.")
    if path.stat().st_mode & _OTHERS and os.name == "posix":  # Windows has other rights
        raise PublishingError(f"{path} peut être lu par d'autres que vous. Tapez « chmod 600 {path} », puis recommencez.")
    try:
        table = data.from_toml(files.read_text(path)).get(host, {})
    except DataError as error:
        raise PublishingError(f"{path}:{error.line} : {error}.") from None  # without what stands there
    except UnreadableError as error:
        raise PublishingError(f"{path} : {error}.") from None
    return {name: value for name, value in table.items() if isinstance(value, str)} if isinstance(table, dict) else {}


def _of_keyring(account: str) -> str | None:
    """The password that the system's keyring has, where « keyring » is installed; a keyring that is locked or broken has none."""
    if importlib.util.find_spec("keyring") is None:
        return None
    with contextlib.suppress(Exception):
        found: str | None = importlib.import_module("keyring").get_password(_SERVICE, account)
        return found
    return None
