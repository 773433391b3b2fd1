"""« invoke import » and « invoke import.fetch »."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from invoke.exceptions import Exit
from invoke.tasks import task

from plancher.tasks import answers
from plancher.tasks.blog_task import INTERRUPTED, USAGE, Body, TaskOptions
from plancher.tasks.reversible import ReversibleTask

if TYPE_CHECKING:
    from plancher.commands.importing.command import Door

_GROUP = "Le blog"


class ImportTask(ReversibleTask):
    """Its history is its own: an import may bring half a gigabyte of pictures, which are never copied twice."""

    def _move(self, *, undo: bool) -> None:
        """:raises Exit: always, with the exit code."""
        from plancher.commands.history import HistoryError  # noqa: PLC0415 - needed by these options only
        from plancher.commands.importing import undoing  # noqa: PLC0415 - the same

        try:
            code = undoing.move(self.blog, print, forward=not undo, fetches=self.command != "import")
        except HistoryError as error:
            raise Exit(f"Rien n'a changé : {error}", 1) from None
        raise Exit(code=code)


def _reversible(command: str, **options: Unpack[TaskOptions]) -> Callable[[Body], ImportTask]:
    """The decorator of such a task."""

    def decorate(body: Body) -> ImportTask:
        made: ImportTask = task(klass=ImportTask, name=command, **options)(body)
        made.group, made.command = _GROUP, command
        return made

    return decorate


@_reversible(
    "import",
    aliases=["importer"],
    positional=["source"],
    help={
        "source": "export, archive ou dossier de l'ancien blog",
        "yes": "continuer sans demander",
        "dry_run": "dire ce qui viendrait, sans rien écrire",
        "without": "changements à ne pas faire, séparés par des virgules : technorati, liens, bilan…",
        "files": "dossier où sont les images de l'ancien blog",
        "address": "adresse de l'ancien blog, si l'export ne la dit pas",
        "as_": "format de l'export, si plusieurs sont possibles",
    },
)
def bring(  # noqa: PLR0913 - each is an option
    blog: Path,
    source: str,
    *,
    yes: bool = False,
    dry_run: bool = False,
    without: str = "",
    files: str = "",
    address: str = "",
    as_: str = "",
) -> int:
    """Fait venir un ancien blog : WordPress, Dotclear, Blogger, Ghost, dossier de Markdown… ; montre d'abord ce qui viendra."""
    from plancher.commands.history import HistoryError  # noqa: PLC0415 - needed by this task only
    from plancher.commands.importing import command  # noqa: PLC0415 - the same
    from plancher.importing.blogs.source import SourceError  # noqa: PLC0415 - the same

    door = _door(blog)
    asked = command.Asked(
        source=Path(source).expanduser(),
        files=_folder(files),
        address=address,
        format=as_,
        without=_rules(without),
        is_dry=dry_run,
        is_sure=yes,
    )
    try:
        return command.run(door, asked)
    except (SourceError, HistoryError) as error:
        raise Exit(f"Rien n'a changé : {error}", 1) from None
    except KeyboardInterrupt:
        raise Exit(command.interrupted(door), INTERRUPTED) from None


def _door(blog: Path) -> Door:
    from plancher.commands import own_settings  # noqa: PLC0415 - needed by this task only
    from plancher.commands.answers.tombstones import Tombstones  # noqa: PLC0415 - the same
    from plancher.commands.importing import command, converters  # noqa: PLC0415 - the same
    from plancher.importing.blogs.readers import READERS  # noqa: PLC0415 - the same
    from plancher.pelican_adapter.addresses import slug_of  # noqa: PLC0415 - the same
    from plancher.pelican_adapter.defaults import SLUG_REGEX_SUBSTITUTIONS  # noqa: PLC0415 - the same

    return command.Door(
        root=blog,
        readers=READERS,
        converters=converters.CONVERTERS,
        identity=own_settings.blog_identity(blog),
        category_slug=functools.partial(slug_of, SLUG_REGEX_SUBSTITUTIONS),
        ask=_ask,
        is_forgotten=Tombstones(answers.queue_of(blog, own_settings.answer_settings(blog).queue)).forbid_words,
    )


def _ask(question: str) -> bool:
    """:raises Exit: nobody can answer."""
    if sys.stdin is None or not sys.stdin.isatty():  # none: it was closed
        raise Exit("Rien n'a été écrit : personne ne peut répondre ici. « --yes » continue sans demander.", USAGE)
    try:
        return input(f"{question} (o/n) ").strip().lower() in {"o", "oui", "y", "yes"}
    except EOFError:  # Ctrl-D
        return False


def _folder(typed: str) -> Path | None:
    """:raises Exit: there is no such folder."""
    path = Path(typed).expanduser() if typed else None
    if path and not path.is_dir():
        raise Exit(f"Rien n'a changé : « {typed} » n'est pas un dossier. --files attend celui des images de l'ancien blog.", USAGE)
    return path


def _rules(typed: str) -> frozenset[str]:
    """:raises Exit: nobody knows one of them."""
    from plancher.base.french import did_you_mean  # noqa: PLC0415 - needed by this task only
    from plancher.importing.blogs.habits.settle import RULES  # noqa: PLC0415 - the same

    rules = frozenset(rule.strip().lower() for rule in typed.split(",") if rule.strip())
    for rule in sorted(rules - set(RULES)):
        raise Exit(f"Rien n'a changé : changement inconnu « {rule} ». {did_you_mean(rule, list(RULES))}", USAGE)
    return rules


@_reversible("import.fetch", aliases=["import.rapatrier"])
def fetch(blog: Path) -> int:
    """Demande au web les images et les fichiers que l'importation n'a pas trouvés, et les met dans les textes."""
    from plancher.base.bounds import Bounds  # noqa: PLC0415 - needed by this task only
    from plancher.commands import own_settings  # noqa: PLC0415 - the same
    from plancher.commands.history import HistoryError  # noqa: PLC0415 - the same
    from plancher.commands.importing import fetching  # noqa: PLC0415 - the same

    bounds = Bounds(size=fetching.MAX_BYTES, delay=0.2, total=120, agent=own_settings.blog_identity(blog).agent)
    try:
        return fetching.run(blog, bounds, print)
    except HistoryError as error:
        raise Exit(f"Rien n'a changé : {error}", 1) from None
    except KeyboardInterrupt:
        raise Exit("Interrompu. Ce qui est venu est gardé ; la même commande demande le reste.", INTERRUPTED) from None
