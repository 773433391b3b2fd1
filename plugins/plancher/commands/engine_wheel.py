"""The engine as one file: a blog carries it in ``moteur/``, so that its host can build it, and nothing has to be asked of a public index."""

from __future__ import annotations

import dataclasses
import email
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

from plancher.base import files as readable
from plancher.base import settings

NAME = "plancher-des-vaches"
_PREFIX = NAME.replace("-", "_") + "-"
"""Of the names of its files."""
FOLDER = "moteur"
"""Of a blog, where the file stands."""
_HEAD = """\
# Le moteur de ce blog, gardé dans moteur/, et tout ce qu'il lui faut : chaque version est choisie, chaque fichier vérifié par son empreinte.
# Une mise à jour du moteur réécrit ce fichier.
"""
_PATIENCE = 300
"""Seconds that building the file may take."""
_PACKAGE = Path(__file__).resolve().parent.parent


class EngineError(Exception):
    """There is no engine to put into a blog; the message says why, in French, and what to do."""


@dataclasses.dataclass(frozen=True, slots=True)
class EngineWheel:
    """One version of the engine."""

    version: str
    content: bytes
    """Of the file."""
    locked: str
    """All that it needs, each version with its digests, as pip reads it."""

    @property
    def file_name(self) -> str:
        """As pip wants it, whatever a browser made of it."""
        return file_name(self.version)

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def requirements(self) -> str:
        """What a blog's requirements.txt holds: ``pip install --require-hashes -r requirements.txt`` from its folder."""
        needs = "\n".join(line for line in self.locked.splitlines() if not line.lstrip().startswith("#"))
        return f"{_HEAD}--find-links {FOLDER}\n{NAME}=={self.version} --hash=sha256:{self.digest}\n{needs}\n"


def file_name(version: str) -> str:
    """Of the engine's file, as pip wants it."""
    return f"{_PREFIX}{version}-py3-none-any.whl"


def files(wheel: EngineWheel) -> dict[str, bytes]:
    """The files of a blog that say which engine it has, by their path in it."""
    return {f"{FOLDER}/{wheel.file_name}": wheel.content, "requirements.txt": wheel.requirements.encode()}


def others(blog: Path, wheel: EngineWheel) -> list[Path]:
    """The files of other versions of the engine that a blog carries."""
    return sorted(path for path in (blog / FOLDER).glob(f"{_PREFIX}*.whl") if path.name != wheel.file_name)


def find(given: Path | None, blog: Path) -> EngineWheel:
    """The engine that runs, or the one that is given.

    :param given: its file.
    :param blog: the folder of the command: a blog that carries its engine passes it on.
    :raises EngineError: it is nowhere, or cannot be built.
    """
    if given is not None:
        return read(given)
    for place in (*_where_it_runs(), *_carried(blog), *_carried(Path(sys.prefix).parent)):
        if place.is_dir():
            return _built(place)
        if place.is_file():
            return read(place)
    raise EngineError(
        "le fichier du moteur n'est plus là où il était quand vous l'avez installé. "
        f"Donnez-le : --engine chemin/{_PREFIX}{installed_version() or '…'}-py3-none-any.whl"
    )


def at(place: Path) -> EngineWheel:
    """The engine in a file, or made from a folder of its code.

    :raises EngineError: it is neither, or cannot be built.
    """
    return _built(place) if _is_ours(place) else read(place)


def read(path: Path) -> EngineWheel:
    """The engine in a file.

    :raises EngineError: the file cannot be read, or is something else.
    """
    try:
        content = readable.read(path)
    except readable.UnreadableError as error:
        raise EngineError(f"{settings.shown(str(path))} ne se lit pas : {error.why}.") from None
    try:
        with zipfile.ZipFile(path) as archive:
            about = next(name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
            metadata = email.message_from_bytes(archive.read(about))
            locked = archive.read("plancher/requirements.txt").decode()
    except (zipfile.BadZipFile, StopIteration, KeyError, OSError, UnicodeDecodeError):
        metadata, locked = email.message_from_string(""), ""
    version = metadata.get("Version", "")
    if metadata.get("Name") != NAME or not re.fullmatch(r"[0-9][0-9a-z.+!]*", version):
        raise EngineError(f"{settings.shown(str(path))} n'est pas le fichier de ce moteur : {_PREFIX}….whl")
    return EngineWheel(version, content, locked)


def installed_version() -> str:
    """Of the engine that is installed; empty when none is."""
    try:
        return importlib.metadata.version(NAME)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _where_it_runs() -> Iterator[Path]:
    """The folder of its repository, and what pip remembers of its installation (PEP 610)."""
    checkout = _PACKAGE.parent.parent
    if _is_ours(checkout):
        yield checkout
        return
    try:
        origin = json.loads(importlib.metadata.distribution(NAME).read_text("direct_url.json") or "{}")
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return
    address = urllib.parse.urlsplit(origin.get("url", ""))
    place = Path(urllib.request.url2pathname(address.path))
    if address.scheme == "file" and (place.is_file() or _is_ours(place)):
        yield place


def _is_ours(folder: Path) -> bool:
    """Whether it is a folder of the engine's repository."""
    try:
        return bool(tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"] == NAME)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _carried(blog: Path) -> list[Path]:
    """What a blog carries of the version that runs."""
    return list((blog / FOLDER).glob(f"{_PREFIX}{installed_version()}-*.whl")) if installed_version() else []


def _built(checkout: Path) -> EngineWheel:
    """The engine, made from its repository; the same bytes from the same files."""
    with tempfile.TemporaryDirectory() as folder:
        if importlib.util.find_spec("hatchling"):
            words = ["-m", "hatchling", "build", "-t", "wheel", "-d", folder]
        else:  # pip fetches it first
            words = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--disable-pip-version-check", "-w", folder, "."]
        environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}  # not before 1980 in a zip
        try:
            ran = subprocess.run([sys.executable, *words], cwd=checkout, env=environment, capture_output=True, text=True, check=False, timeout=_PATIENCE)  # noqa: S603 - our own words
            said = ran.stderr.strip().splitlines()[-1:] if ran.returncode else []
        except subprocess.TimeoutExpired:
            said = [f"plus de {_PATIENCE} secondes"]
        made = list(Path(folder).glob("*.whl"))
        if said or not made:
            raise EngineError(
                f"le moteur n'a pas pu être mis en un fichier ({' '.join(said) or 'aucun fichier'}). "
                "Installez d'abord ce qui le fait, « pip install hatchling », ou donnez un fichier déjà fait : --engine FICHIER.whl"
            )
        return read(made[0])
