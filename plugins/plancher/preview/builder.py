"""The process that builds: settings and plug-ins are loaded once, then it builds each time it is asked.

``python -m plancher.preview.builder ROOT OUTPUT`` reads one line for each build
and answers with one line of JSON. Whatever may be broken is imported inside
functions, so that the answer says what it is.
"""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import gc
import importlib
import io
import json
import logging
import os
import re
import signal
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from plancher.preview import diagnosis
from plancher.preview.report import ERROR, WARNING, Notice, Outcome, failed

if TYPE_CHECKING:
    from plancher.base.problems import Problem

_SAID_ALREADY = re.compile(r"\S.*:\d+: PDV\d+ |.*\(/guide/\)\.$|Échec : ")
"""What a build prints and the answer holds: the session prints it when it is new."""


class Site:
    """The site's settings, and how to build it."""

    def __init__(self, root: Path, output: Path) -> None:
        from pelican.log import console  # noqa: PLC0415 - see above
        from pelican.settings import read_settings  # noqa: PLC0415 - see above

        from plancher.cache import snapshot  # noqa: PLC0415 - see above

        console.quiet = True  # the session has its own line for each build
        self.root = root
        settings: dict[str, Any] = {}
        try:
            settings = read_settings(str(root / "pelicanconf.py"), override={"PATH": str(root / "content"), "OUTPUT_PATH": str(output)})
        except ValueError:
            if (root / "content").is_dir():
                raise
        self._must_have_content()  # outside the handler: what was raised there would be taken for its cause
        self.settings = {**settings, **drafts(settings)}
        sys.path[:0] = [path for path in settings.get("PLUGIN_PATHS", ()) if path not in sys.path]
        for name in settings["PLUGINS"] or ():
            if isinstance(name, str) and name.startswith("plancher."):
                importlib.import_module(name)  # Pelican would go on without it
        self.said: list[Notice] = []
        os.environ[snapshot.COMMAND] = f"aperçu {os.getpid()}"  # what this process remembers is for itself
        self.log = _Log(root)
        logging.getLogger().addHandler(self.log)

    @property
    def facts(self) -> dict[str, Any]:
        """What the server should know."""
        content = [self.settings["PATH"], self.settings["THEME"]]
        return {"address": self.settings["SITEURL"], "content": content, "code": self.settings["PLUGIN_PATHS"]}

    def _must_have_content(self) -> None:
        """Say by its name in the project that the folder of texts is not there, as between two branches; Pelican would say it in English."""
        from plancher.base.settings import A_FOLDER, SettingsError, wrong  # noqa: PLC0415 - see above

        if not (self.root / "content").is_dir():
            raise SettingsError(wrong("PATH", "content", A_FOLDER))

    def build(self) -> Outcome:
        """One build; never raises what the author may have caused."""
        start, failure, self.log.found = time.perf_counter(), [], []
        settings = copy.copy(self.settings)  # receivers of signals change them
        engine = None
        try:
            self._must_have_content()
            engine = self.settings["PELICAN_CLASS"](settings)
            engine.run()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - said to the author
            failure = [diagnosis.of(error, self.root)]
        last = None if failure else getattr(engine, "last", None)
        problems = getattr(engine, "problems", None)
        if problems is not None or failure:  # a text made again alone says nothing of the others
            self.said = _notices(problems or ())
        return Outcome(
            notices=tuple(_unique([*failure, *self.log.found, *self.said])),
            made=tuple(last.made) if last else (),
            removed=tuple(last.removed) if last else (),
            seconds=time.perf_counter() - start,
        )


def drafts(settings: dict[str, Any]) -> dict[str, Any]:
    """What a preview shows and a publication does not: drafts, on a page of their own."""
    return {
        "DRAFT_URL": "brouillons/{slug}/",
        "DRAFT_SAVE_AS": "brouillons/{slug}/index.html",
        "BROUILLONS_URL": "brouillons/",
        "BROUILLONS_SAVE_AS": "brouillons/index.html",
        "DIRECT_TEMPLATES": [*settings["DIRECT_TEMPLATES"], "brouillons"],
    }


def forget() -> None:
    """A build leaves a whole site behind: in circles, and in what Pelican remembers of each text for as long as it runs.

    ``memoized`` (4.12) keeps every argument it was called with; it serves a command that builds once.
    """
    from pelican.contents import Content  # noqa: PLC0415 - see above
    from pelican.utils import memoized  # noqa: PLC0415 - see above

    for method in vars(Content).values():
        if isinstance(method, memoized):
            method.cache.clear()
    gc.collect()


def _notices(problems: Iterable[Problem]) -> list[Notice]:
    """What authors should mend, errors first; advice is for « invoke check »."""
    found = [
        Notice(severity=str(problem.severity), message=problem.message, path=problem.path.replace(os.sep, "/"), line=problem.line, code=problem.code)
        for problem in problems
        if str(problem.severity) in {ERROR, WARNING}
    ]
    return sorted(found, key=lambda notice: notice.severity != ERROR)


def _unique(notices: list[Notice]) -> list[Notice]:
    return list(dict.fromkeys(notices))


class _Log(logging.Handler):
    """Errors that Pelican and its plug-ins log, and survive: an author must see them too."""

    def __init__(self, root: Path) -> None:
        super().__init__(logging.ERROR)
        self.root = root
        self.found: list[Notice] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message, with the place it comes from when an exception tells."""
        sentence = " ".join(record.getMessage().split())
        raised = record.exc_info[1] if record.exc_info else None
        if raised is None:
            self.found.append(Notice(severity=ERROR, message=sentence))
        else:
            place = diagnosis.of(raised, self.root)
            self.found.append(dataclasses.replace(place, severity=ERROR, message=f"{sentence} ({place.message})"))


class _Terminal(io.TextIOBase):
    """What the builder says goes to the terminal, but for the report."""

    def __init__(self, stream: IO[str]) -> None:
        super().__init__()
        self.stream, self.pending = stream, ""

    def write(self, text: str) -> int:
        """Pass whole lines on."""
        *lines, self.pending = (self.pending + text).split("\n")
        for line in lines:
            if not _SAID_ALREADY.match(line):
                self.stream.write(line + "\n")
        self.stream.flush()
        return len(text)

    def fileno(self) -> int:
        """That of the real one, for what writes below Python."""
        return self.stream.fileno()


def main(root: Path, output: Path) -> None:
    """Answer until nobody asks."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what code prints must not be taken for an answer
    sys.stderr = _Terminal(sys.stderr)
    # At once: an exception could be raised where Python can only print it. Who asked stops the workers too (``session``).
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))

    def answer(**values: Any) -> None:
        answers.write(json.dumps(values, ensure_ascii=True) + "\n")
        answers.flush()

    try:
        site = Site(root, output)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - said to the author
        answer(outcome=dataclasses.asdict(failed([diagnosis.of(error, root)])))
        return
    answer(facts=site.facts)
    for _ in sys.stdin:
        answer(outcome=dataclasses.asdict(site.build()))
        forget()  # now nobody waits


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        main(Path(sys.argv[1]), Path(sys.argv[2]))
