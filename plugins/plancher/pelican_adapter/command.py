"""Pelican, run by a command: its exit code tells the truth, and what stops it is said in a sentence."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import runpy
import signal
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pelican

from plancher.cache import snapshot
from plancher.pelican_adapter import environment
from plancher.preview import diagnosis


def run(root: Path, settings: str, output: Path, overrides: Mapping[str, object], request: str) -> int:
    """Build the content of a project; the exit code.

    :param request: the digest of what was asked: the snapshot of this build keeps it.
    """
    if not (root / "content").is_dir():  # Pelican would say it in English
        print("content : ce dossier n'existe pas. Créez-le, ou rendez-lui son nom : c'est là que sont vos textes.", file=sys.stderr)
        return 1
    extras = [f"{name}={json.dumps(value)}" for name, value in overrides.items()]
    words = ["content", "-o", str(output), "-s", settings, "--fatal", "errors", "-q", *(["-e", *extras] if extras else [])]
    messages = io.StringIO()
    with contextlib.chdir(root), contextlib.redirect_stdout(messages), _variable(snapshot.COMMAND, request), _without_tracebacks() as errors:
        code = _exit_code(words)
    if code:
        print(messages.getvalue(), end="")  # what Pelican itself has to say, when it matters
        print("".join(f"Échec : {_why(error, root, settings)}\n" for error in errors), end="", file=sys.stderr)
    return code


def _exit_code(words: list[str]) -> int:
    """Of Pelican, or that of a shell after Ctrl-C: Pelican swallows the exception, and ends as if all were well."""
    interrupts: list[int] = []

    def interrupt(number: int, _: object) -> None:
        interrupts.append(number)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt)
    code = 0
    try:
        pelican.main(words)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
        if isinstance(end.code, str):  # a setting is wrong
            print(end.code, file=sys.stderr)
    finally:
        signal.signal(signal.SIGINT, before)
    return 128 + signal.SIGINT if interrupts else code


@contextlib.contextmanager
def _variable(name: str, value: str) -> Iterator[None]:
    """A variable of the environment, for as long as Pelican runs."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        os.environ.pop(name)
        os.environ.update({name: before} if before is not None else {})


@contextlib.contextmanager
def _without_tracebacks() -> Iterator[list[BaseException]]:
    """Collect what stops Pelican in a way that our engine has no sentence for: Pelican would show a traceback."""
    errors: list[BaseException] = []

    def collect(record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1]:
            errors.append(record.exc_info[1])
        return not record.exc_info

    logger = logging.getLogger("pelican")
    logger.addFilter(collect)
    try:
        yield errors
    finally:
        logger.removeFilter(collect)


def _why(error: BaseException, root: Path, settings: str) -> str:
    """One sentence: which setting, or which line of the project's own programs and templates."""
    wrong = ""
    with contextlib.suppress(Exception), contextlib.chdir(root):  # settings that cannot be run say so themselves
        values = runpy.run_path(str(root / settings))
        if "theme" not in str(error):
            values.pop("THEME", None)  # it may be the name of one of Pelican's
        wrong = environment.first_wrong(values)
    return wrong or str(diagnosis.of(error, root))
