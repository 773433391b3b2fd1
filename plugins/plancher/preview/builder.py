"""The process that builds: it loads settings and plugins once, then builds at each request.

``python -m plancher.preview.builder ROOT OUTPUT`` reads one line for each build
and answers with one line of JSON. Code that may be broken is imported inside
functions, so that the answer can say what is wrong.
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

from plancher.preview import diagnosis, site_settings
from plancher.preview.report import ERROR, WARNING, Notice, Outcome, SiteInfo, failed

if TYPE_CHECKING:
    from plancher.base.problems import Problem

_PRINTED_BY_PREVIEW = re.compile(r"\S.*:\d+: PDV\d+ |.*, puis /guide/\.$|Échec : ")
"""What a build prints and the answer holds: the session prints it when it is new."""


class SiteBuilder:
    """The site's settings, and how to build it."""

    def __init__(self, root: Path, output: Path) -> None:
        from pelican.log import console  # noqa: PLC0415 - see above
        from pelican.settings import read_settings  # noqa: PLC0415 - see above

        from plancher.cache import snapshot  # noqa: PLC0415 - see above

        console.quiet = True  # the server prints its own line for each build
        self.root = root
        settings: dict[str, Any] = {}
        try:
            settings = read_settings(str(root / "pelicanconf.py"), override={"PATH": str(root / "content"), "OUTPUT_PATH": str(output)})
        except ValueError:
            if (root / "content").is_dir():
                raise
        self._must_have_content()  # outside the handler: the first error would become its cause
        self.settings = {**settings, **site_settings.drafts(settings), **site_settings.guide(settings)}
        sys.path[:0] = [path for path in settings.get("PLUGIN_PATHS", ()) if path not in sys.path]
        for name in settings["PLUGINS"] or ():
            if isinstance(name, str) and name.startswith("plancher."):
                importlib.import_module(name)  # Pelican would go on without it
        self.said: list[Notice] = []
        os.environ[snapshot.COMMAND] = f"aperçu {os.getpid()}"  # snapshots of this process are for itself alone
        self.log = _Log(root)
        logging.getLogger().addHandler(self.log)

    @property
    def info(self) -> SiteInfo:
        """What the server needs to know."""
        from plancher.base import theme_folder  # noqa: PLC0415 - see above

        content, theme = Path(self.settings["PATH"]), Path(self.settings["THEME"])
        own = theme_folder.place_of_own(content, theme)
        watched = [content, theme, *([own] if own else [])]
        return SiteInfo(
            address=self.settings["SITEURL"],
            content=tuple(map(str, watched)),
            code=tuple(map(str, self.settings["PLUGIN_PATHS"])),
            answers=site_settings.queue_folder(self.settings),
        )

    def _must_have_content(self) -> None:
        """The folder of texts may be gone for a moment, as between two branches; Pelican would say it in English."""
        from plancher.base.settings import A_FOLDER, SettingsError, wrong  # noqa: PLC0415 - see above

        if not (self.root / "content").is_dir():
            raise SettingsError(wrong("PATH", "content", A_FOLDER))

    def build(self) -> Outcome:
        """One build; never raises what the author may have caused."""
        start, failure, self.log.notices = time.perf_counter(), [], []
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
            notices=tuple(_unique([*failure, *self.log.notices, *self.said])),
            made=tuple(last.made) if last else (),
            removed=tuple(last.removed) if last else (),
            seconds=time.perf_counter() - start,
        )


def forget() -> None:
    """Free the memory of a build: reference cycles, and each text that Pelican remembers.

    ``memoized`` (4.12) keeps every argument of every call, which suits a command that builds once.
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
    """Errors that Pelican and its plugins only log: an author must see them too."""

    def __init__(self, root: Path) -> None:
        super().__init__(logging.ERROR)
        self.root = root
        self.notices: list[Notice] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Collect one message, with its place when there is an exception."""
        sentence = " ".join(record.getMessage().split())
        raised = record.exc_info[1] if record.exc_info else None
        if raised is None:
            self.notices.append(Notice(severity=ERROR, message=sentence))
        else:
            place = diagnosis.of(raised, self.root)
            self.notices.append(dataclasses.replace(place, severity=ERROR, message=f"{sentence} ({place.message})"))


class _FilteredTerminal(io.TextIOBase):
    """Passes lines on to the terminal, without those that the answer holds."""

    def __init__(self, stream: IO[str]) -> None:
        super().__init__()
        self.stream, self.pending = stream, ""

    def write(self, text: str) -> int:
        """Pass whole lines on."""
        *lines, self.pending = (self.pending + text).split("\n")
        for line in lines:
            if not _PRINTED_BY_PREVIEW.match(line):
                self.stream.write(line + "\n")
        self.stream.flush()
        return len(text)

    def fileno(self) -> int:
        """That of the terminal, for code outside Python."""
        return self.stream.fileno()


def main(root: Path, output: Path) -> None:
    """Answer until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # prints must not mix with answers
    sys.stderr = _FilteredTerminal(sys.stderr)
    # At once: an exception might be raised where Python can only print it. The server stops the workers too (``preview``).
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))

    def answer(**values: dict[str, Any]) -> None:
        answers.write(json.dumps(values, ensure_ascii=True) + "\n")
        answers.flush()

    try:
        site = SiteBuilder(root, output)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - said to the author
        answer(outcome=dataclasses.asdict(failed([diagnosis.of(error, root)])))
        return
    answer(site=dataclasses.asdict(site.info))
    for _ in sys.stdin:
        answer(outcome=dataclasses.asdict(site.build()))
        forget()  # nobody waits now


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        main(Path(sys.argv[1]), Path(sys.argv[2]))
