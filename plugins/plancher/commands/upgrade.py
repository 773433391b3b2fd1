"""« invoke upgrade »: a blog on a newer engine, whole or not at all.

What the engine owns is replaced: its file in ``moteur/`` and the lines of
requirements.txt that it wrote. Texts, settings and the blog's own theme stay;
beside a file of the theme that stands over one of the engine, the engine's of
before is kept, so that what has changed since can be shown.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from plancher.commands import engine_wheel, theme
from plancher.commands.engine_wheel import EngineError, EngineWheel
from plancher.commands.history import History, HistoryError
from plancher.commands.step import FileChange, content

_COMMAND = "upgrade"
_PINNED = re.compile(rf"^{re.escape(engine_wheel.NAME)}==([\w.]+)", re.MULTILINE)
_PATIENCE = 600
"""Seconds that pip may take."""
_ADDED = "# Ajouté par vous"


class UpgradeError(Exception):
    """The blog is as it was; the message says why, in French, and what to do."""


def current(blog: Path) -> str:
    """The version that a blog asks for.

    :raises UpgradeError: it does not say.
    """
    try:
        pinned = _PINNED.search((blog / "requirements.txt").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        pinned = None
    if pinned is None or not (blog / engine_wheel.FOLDER).is_dir():
        raise UpgradeError(
            "ce dossier ne porte pas son moteur (moteur/, requirements.txt), comme un blog fait par « invoke start »."
            " Dans le dossier du moteur lui-même, tapez « git pull »."
        )
    return pinned[1]


def wanted(given: str) -> EngineWheel:
    """The engine to go to, in a file or a folder of its code. No public index is asked: its name is not ours there, and anybody could take it.

    :raises UpgradeError: it is neither.
    """
    if not given:
        raise UpgradeError("on ne sait pas où est le nouveau moteur. Donnez le fichier du moteur : invoke upgrade chemin/du/fichier.whl")
    try:
        return engine_wheel.at(Path(given).expanduser())
    except EngineError as error:
        raise UpgradeError(str(error)) from None


def upgrade(blog: Path, given: str, tell: Callable[[str], None]) -> None:
    """Bring a blog to another version of the engine, and say what changes.

    :raises UpgradeError: nothing was changed.
    """
    before = current(blog)
    wheel = wanted(given)
    if wheel.version == before and content(blog / engine_wheel.FOLDER / wheel.file_name) == wheel.content:
        tell(f"Votre blog a déjà le moteur {wheel.version}.")
        return
    tell(f"Du moteur {before} au moteur {wheel.version}…")
    history = History(blog, tell)
    try:
        history.make(_COMMAND, f"invoke {_COMMAND} ({before} → {wheel.version})", _edits(blog, wheel))
    except HistoryError as error:
        raise UpgradeError(str(error)) from None
    try:
        _pip("install", "--quiet", "--require-hashes", "-r", "requirements.txt", cwd=blog)
    except BaseException:
        history.undo(_COMMAND)
        raise
    try:
        _run([sys.executable, "-m", "plancher.commands.news", before], blog, 60, tell)
    except UpgradeError:  # the engine is in its place all the same
        tell("Le moteur est en place ; ce qui change n'a pas pu être dit. Lancez « invoke check ».")
    tell(f"Pour revenir au moteur {before} : invoke upgrade {engine_wheel.FOLDER}/{engine_wheel.file_name(before)}")


def _edits(blog: Path, wheel: EngineWheel) -> list[FileChange]:
    """What changes in the folder of the blog: the engine of just before stays, for whoever wants to go back."""
    old = (blog / "requirements.txt").read_text(encoding="utf-8")
    places = {**engine_wheel.files(wheel), "requirements.txt": _with_additions(blog, old, wheel).encode()}
    changes = [FileChange(blog / name, content(blog / name), after) for name, after in places.items()]
    kept = engine_wheel.file_name(current(blog))
    older = [path for path in engine_wheel.others(blog, wheel) if path.name != kept]
    return [*theme.note_unknown(blog), *changes, *(FileChange(path, path.read_bytes(), None) for path in older)]


def _with_additions(blog: Path, old: str, wheel: EngineWheel) -> str:
    """The new requirements.txt, with the lines that the owner added to the old one."""
    try:
        written = set(engine_wheel.read(blog / engine_wheel.FOLDER / engine_wheel.file_name(current(blog))).requirements.splitlines())
    except EngineError:  # nobody can tell then which lines are the owner's: the whole text stays, as remarks
        written, old = set(), "".join(f"# {line}\n" for line in old.splitlines() if not line.startswith("    --hash="))
    added = [line for line in old.splitlines() if line.strip() and line not in written and line != _ADDED]
    return wheel.requirements + "\n".join([_ADDED, *added, ""]) if added else wheel.requirements


def _pip(*words: str, cwd: Path | None = None) -> None:
    """:raises UpgradeError: pip failed."""
    _run([sys.executable, "-m", "pip", "--disable-pip-version-check", *words], cwd, _PATIENCE, lambda _: None)


def _run(words: Sequence[str], cwd: Path | None, limit: float, tell: Callable[[str], None]) -> None:
    """Run another process of this Python, and pass on what it says.

    :raises UpgradeError: it failed.
    """
    environment = {**os.environ, "PYTHONUTF8": "1"}
    try:
        ran = subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=limit)  # noqa: S603 - our own words
    except subprocess.TimeoutExpired:
        raise UpgradeError(f"pip n'a pas fini en {limit:.0f} secondes. Vérifiez votre connexion, puis recommencez.") from None
    if ran.returncode:
        last = (ran.stderr.strip().splitlines() or ["sans dire pourquoi"])[-1]
        raise UpgradeError(f"pip s'est arrêté : {last}. Vérifiez votre connexion, puis recommencez.")
    for line in ran.stdout.splitlines():
        tell(line)
