"""The whole of « invoke start »: ask, find the engine, write, say what to do next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from invoke.exceptions import Exit

from plancher.base import reasons
from plancher.commands import engine_wheel
from plancher.commands.start import asking, blog_files, placing


def run(here: Path, folder: str, given: Mapping[str, str | None], engine: str | None) -> None:
    """Make a blog.

    :param here: the folder of the command: a blog passes the engine that it carries on.
    :param folder: where the new one goes.
    :param given: what options say, by their names.
    :param engine: the file of the engine; None: the one that runs.
    :raises Exit: nothing was made.
    """
    target = Path(folder).expanduser()
    try:
        placing.check(target)
        wheel = engine_wheel.find(Path(engine) if engine else None, here)
        answers = asking.complete(given)
        files = blog_files.make(answers, dt.datetime.now().astimezone()) | engine_wheel.files(wheel)
        placing.place(target, files, blog_files.EMPTY_FOLDERS)
    except asking.UsageError as error:
        raise Exit(str(error), 2) from None
    except (placing.PlaceError, engine_wheel.EngineError) as error:
        raise Exit(f"Rien n'a été écrit : {error}", 1) from None
    except OSError as error:
        raise Exit(f"Rien n'a été écrit : {reasons.of_a_disk(error)} ({error.filename or target}).", 1) from None
    except (KeyboardInterrupt, EOFError):
        raise Exit("\nRien n'a été écrit.", 130) from None
    print(f"Le blog est prêt : {target}\n")
    print(_next(target))


def _next(target: Path) -> str:
    """Four lines."""
    begin = f"cd {_quoted(str(target))} && " if target.resolve() != Path.cwd() else ""
    return (
        f"Préparez ses commandes : {begin}{blog_files.set_up()}\n"
        f"Réveillez-les, dans chaque nouveau terminal : {blog_files.wake()}\n"
        "Regardez-le, et écrivez : invoke serve (le premier brouillon vous attend dans content/articles/)\n"
        "Puis lisez LISEZMOI.md : ce qu'il reste à compléter, et comment mettre le blog en ligne."
    )


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path
