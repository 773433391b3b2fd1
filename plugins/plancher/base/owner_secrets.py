"""Passwords and tokens of the owner: the environment, a file that nobody else may read, the keyring of the system. They are never shown.

Publication and the taking in of answers both read them here.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from plancher.base import data, files
from plancher.base.data import DataError
from plancher.base.files import UnreadableError

FILE = "PLANCHER_SECRETS"
"""The variable that names another file."""
_USUAL = "~/.config/plancher/secrets.toml"
_SERVICE = "plancher"
"""Under this name the keyring has passwords."""
_SUFFIX = "_FILE"
"""After the name of a variable: the file that holds this secret alone."""
_MOST = 10_000
"""Bytes of one secret."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class SecretError(Exception):
    """A secret cannot be used; the message says why, in French, without the secret."""


def find(name: str, blog: Path, environment: Mapping[str, str] = os.environ, *, host: str = "", user: str = "") -> str:
    """One secret; empty: there is none.

    :param host: whose secret it is, in the file of secrets and in the keyring; empty: neither is asked.
    :raises SecretError: a file lies in the blog, may be read by others, or is not what it should be.
    """
    if environment.get(name):
        return environment[name]
    if environment.get(name + _SUFFIX):
        path = files.real(environment[name + _SUFFIX])
        _check(path, blog)
        try:
            return files.read_text(path, _MOST).strip()
        except UnreadableError as error:
            raise SecretError(f"{path} ne se lit pas : {error}.") from None
    if not host:
        return ""
    return of_file(blog, host, environment).get(name) or of_keyring(host, user) or ""


def gathered(blog: Path, host: str, user: str, names: Iterable[str], environment: Mapping[str, str]) -> dict[str, str]:
    """The environment, with what it lacks of these secrets.

    :param names: of variables; the first is what the keyring may know.
    :raises SecretError: the file may be read by others, stands inside the blog, or is not TOML.
    """
    wanted = tuple(names)
    whole = {name: value for name, value in environment.items() if value or name not in wanted}  # a forge gives an empty one where its owner gave none
    for name, value in of_file(blog, host, environment).items():
        if name in wanted:
            whole.setdefault(name, value)
    if wanted and wanted[0] not in whole and (known := of_keyring(host, user)):
        whole[wanted[0]] = known
    return whole


def of_file(blog: Path, host: str, environment: Mapping[str, str]) -> dict[str, str]:
    """What the file of secrets says of a host: a table for each, whose keys are the names of the variables.

    ``["imap.nom.example"]`` then ``PLANCHER_IMAP_PASSWORD = "…"``.

    :raises SecretError: the file may be read by others, stands inside the blog, or is not TOML.
    """
    path = files.real(Path(environment.get(FILE) or _USUAL).expanduser())
    if not path.is_file():
        return {}
    _check(path, blog)
    try:
        table = data.from_toml(files.read_text(path)).get(host, {})
    except DataError as error:
        raise SecretError(f"{path}:{error.line} : {error}.") from None  # without what stands there
    except UnreadableError as error:
        raise SecretError(f"{path} : {error}.") from None
    return {name: value for name, value in table.items() if isinstance(value, str)} if isinstance(table, dict) else {}


def of_keyring(host: str, user: str) -> str | None:
    """The password that the system's keyring has, where « keyring » is installed; a keyring that is locked or broken has none."""
    if importlib.util.find_spec("keyring") is None:
        return None
    with contextlib.suppress(Exception):
        found: str | None = importlib.import_module("keyring").get_password(_SERVICE, f"{user}@{host}" if user else host)
        return found
    return None


def _check(path: Path, blog: Path) -> None:
    """:raises SecretError: the file lies in the blog, or others may read it."""
    if path.is_relative_to(files.real(blog)):
        raise SecretError(f"{path} est dans le dossier du blog, d'où il pourrait être publié. Mettez-le ailleurs, par exemple dans {_USUAL}.")
    try:
        rights = path.stat().st_mode
    except OSError as error:
        raise SecretError(f"{path} ne se lit pas : {files.reason(error)}.") from None
    if os.name == "posix" and rights & _OTHERS:  # Windows has other rights
        raise SecretError(f"{path} peut être lu par d'autres que vous. Tapez « chmod 600 {path} », puis recommencez.")
