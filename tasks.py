"""Les tâches de l'auteur : « invoke --list » les montre toutes."""

from __future__ import annotations

import atexit
import contextlib
import datetime as dt
import functools
import gc
import io
import json
import locale
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from invoke import Argument, Collection, Context, Exit, ParseError, Program, Task, main, task

# Invoke keeps no compiled Python unless asked to, and an author's next command would compile all of ours again.
sys.dont_write_bytecode = bool(os.environ.get("PYTHONDONTWRITEBYTECODE"))
# A command is short: looking for dead objects while it loads, and once more when it ends, costs an author a tenth of his wait and gains nothing.
gc.set_threshold(100_000, 50, 100)
atexit.register(gc.freeze)
# Names of tags hold accents: files need UTF-8 whatever the machine's language. Where it has another, the whole command begins again in UTF-8.
if (
    not sys.flags.utf8_mode
    and locale.getencoding().lower() not in {"utf-8", "utf8"}
    and any(Path(word).stem in {"invoke", "inv"} for word in sys.orig_argv[:3])
):
    sys.exit(subprocess.run([sys.executable, *sys.orig_argv[1:]], env={**os.environ, "PYTHONUTF8": "1"}, check=False).returncode)
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "plugins"))

from plancher.base import reasons  # noqa: E402 - after the path above
from plancher.cache import snapshot  # noqa: E402 - the same

for stream in (sys.stdout, sys.stderr):
    stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # French, whatever the machine's language


class FrenchProgram(Program):
    """Invoke itself, whose complaints about a command are said in French, and never as a traceback."""

    def parse_tasks(self) -> None:
        """Read the words of a command."""
        try:
            super().parse_tasks()
        except (ParseError, ValueError) as error:  # a ValueError: a word where a number is expected
            from plancher.commands import usage  # noqa: PLC0415 - needed by what goes wrong only

            raise Exit(usage.french(str(error), sorted(self.scoped_collection.task_names)), 2) from None

    def execute(self) -> None:
        """Do what was asked."""
        try:
            super().execute()
        except OSError as error:
            raise Exit(f"Rien de plus n'a été fait : {reasons.of_a_disk(error)}{f' ({error.filename})' if error.filename else ''}.", 1) from None


main.program.__class__ = FrenchProgram  # the one that « invoke » has begun to run, and that is reading this file

JOURNAL = Path(".plancher-chantier", "journal.json")
"""Where a build that was stopped says, in its output folder, what it had begun (``building.in_place``)."""


def _end_what_was_begun(target: Path) -> None:
    """A build that was stopped while it changed a site file by file left it half done."""
    if (target / JOURNAL).is_file():
        from plancher.build import generations, lock  # noqa: PLC0415 - hardly ever needed

        with contextlib.suppress(OSError), lock.tried(target) as free:  # a disk that cannot be written now: the build will say so
            if free:  # else the build is at it
                generations.heal(target)


def _target(output: str) -> Path:
    """The output folder that was asked for."""
    if not output.strip():
        raise Exit("Le nom du dossier du site est vide : une variable n'a peut-être pas de valeur. Donnez-le après --output, ou n'écrivez pas --output.", 1)
    return Path(os.path.realpath(HERE / Path(output).expanduser()))


class _Undo(Argument):
    """An option that makes the words of a command superfluous."""

    words: tuple[Argument, ...] = ()

    def set_value(self, value: Any, cast: bool = True) -> None:  # noqa: FBT001, FBT002 - Invoke's signature
        super().set_value(value, cast)
        for word in self.words:
            if word.value is None:
                word.set_value("", cast=False)


class Reversible(Task):
    """A task that changes the author's files: ``--undo`` takes back its last change, ``--redo`` makes it again."""

    def __init__(self, *args: Any, command: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.command = command

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:  # noqa: FBT001 - Invoke's signature
        """Those of the task, and the two of any task that can be taken back."""
        found = super().get_arguments(ignore_unknown_help)
        options = {"undo": "défaire le dernier changement de cette commande", "redo": "refaire ce qui vient d'être défait"}
        for name, told in options.items():
            option = _Undo(name=name, kind=bool, default=False, help=told)
            option.words = tuple(one for one in found if one.positional)
            found.append(option)
        return found

    def __call__(self, *args: Any, undo: bool = False, redo: bool = False, **kwargs: Any) -> Any:
        """Do the task, or take back what it did.

        :raises Exit: with 0 when every file is as it was, with 1 when one was edited since.
        """
        if not undo and not redo:
            return super().__call__(*args, **kwargs)
        from plancher.commands.history import History, HistoryError  # noqa: PLC0415 - needed by these options only

        history = History(HERE, print)
        try:
            is_whole = history.undo(self.command) if undo else history.redo(self.command)
        except HistoryError as error:
            raise Exit(f"Rien n'a changé : {error}", 1) from None
        raise Exit(code=0 if is_whole else 1)


def reversible(command: str, **options: Any) -> Callable[..., Any]:
    """A task of this whole name that can be taken back."""
    return task(klass=functools.partial(Reversible, command=command), **options)


def _authority() -> str:
    """The domain in the site's identifiers, as pelicanconf.py has it."""
    from plancher.base import settings  # noqa: PLC0415 - needed by two tasks only
    from plancher.outputs.feeds.settings import KEY, FeedSettings  # noqa: PLC0415 - the same

    try:
        found = runpy.run_path(str(HERE / "pelicanconf.py"))
    except Exception as error:  # noqa: BLE001 - whatever an owner may have typed
        raise Exit(f"Rien n'a changé : pelicanconf.py ne se lit pas ({error}). Corrigez-le, puis recommencez.", 1) from None
    return settings.load(found, KEY, FeedSettings).authority


def _pelican(settings: str, output: Path, extra: dict[str, object] | None = None, *, explain: bool = False) -> int:
    """Run Pelican on the project's content; its exit code tells the truth."""
    if not (HERE / "content").is_dir():  # Pelican would say it in English
        print("content : ce dossier n'existe pas. Créez-le, ou rendez-lui son nom : c'est là que sont vos textes.", file=sys.stderr)
        return 1
    asked = (extra or {}) | ({"PLANCHER_BUILDING": {"explain": True}} if explain else {})
    extras = [f"{name}={json.dumps(value)}" for name, value in asked.items()]
    words = ["content", "-o", str(output), "-s", settings, "--fatal", "errors", "-q", *(["-e", *extras] if extras else [])]
    from pelican import main  # noqa: PLC0415 - a tenth of a second, that a build with nothing to do has no use for

    untraced = _untraced()
    said, kept, interrupted = io.StringIO(), os.environ.get(snapshot.COMMAND), []
    os.environ[snapshot.COMMAND] = _who(settings, extra)

    def interrupt(*_: object) -> None:
        interrupted.append(True)  # Pelican swallows the exception, and ends as if all were well
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt)
    code = 0
    try:
        with contextlib.chdir(HERE), contextlib.redirect_stdout(said), untraced as errors:
            main(words)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
        if isinstance(end.code, str):  # a setting is wrong
            print(end.code, file=sys.stderr)
    finally:
        signal.signal(signal.SIGINT, before)
        os.environ.pop(snapshot.COMMAND) if kept is None else os.environ.update({snapshot.COMMAND: kept})
    code = 128 + signal.SIGINT if interrupted else code  # as a shell counts it
    if code:
        print(said.getvalue(), end="")  # what Pelican itself has to say, when it matters
        print("".join(f"Échec : {_why(error, settings)}\n" for error in errors), end="", file=sys.stderr)
    return code


@contextlib.contextmanager
def _untraced() -> Iterator[list[BaseException]]:
    """What stops Pelican in a way that our engine has no sentence for, which Pelican would tell by a traceback."""
    import logging  # noqa: PLC0415 - a build with nothing to do has no use for it

    errors: list[BaseException] = []

    def keep(record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1]:
            errors.append(record.exc_info[1])
        return not record.exc_info

    logger = logging.getLogger("pelican")
    logger.addFilter(keep)
    try:
        yield errors
    finally:
        logger.removeFilter(keep)


def _why(error: BaseException, settings: str) -> str:
    """One sentence: which setting, or which line of the project's own programs and templates."""
    from plancher.pelican_adapter import environment  # noqa: PLC0415 - needed by a failure only
    from plancher.preview import diagnosis  # noqa: PLC0415 - the same

    wrong = ""
    with contextlib.suppress(Exception), contextlib.chdir(HERE):  # settings that cannot be run say so themselves
        found = runpy.run_path(str(HERE / settings))
        if "theme" not in str(error):
            found.pop("THEME", None)  # it may be the name of one of Pelican's
        wrong = environment.first_wrong(found)
    return wrong or str(diagnosis.of(error, HERE))


def _who(settings: str, extra: dict[str, object] | None) -> str:
    return snapshot.command(settings, json.dumps(extra, sort_keys=True))


def _make(settings: str, output: str, extra: dict[str, object] | None = None, *, explain: bool = False) -> Path:
    """Build into ``output``, which changes only when all is well; at once when nothing has changed."""
    target = _target(output)
    _end_what_was_begun(target)
    known = None if explain else snapshot.nothing_to_do(HERE / ".cache", target, _who(settings, extra))
    if known:
        if known.report:
            print(known.report, file=sys.stderr)
        return target
    code = _pelican(settings, target, extra, explain=explain)
    if code:
        raise Exit(f"{output} n'a pas changé.", code)
    return target


@task(aliases=["construire"], help={"output": "dossier du site (output)", "explain": "dire, pour chaque fichier écrit, ce qui a changé"})
def build(_: Context, output: str = "output", *, explain: bool = False) -> None:
    """Construit le site dans output/, et dit ce qu'il y a à corriger ; ne refait que ce qui a changé."""
    target = _make("pelicanconf.py", output, explain=explain)
    print(f"Site construit : {target / 'index.html'}")


@task(aliases=["nettoyer"])
def clean(_: Context) -> None:
    """Efface le site construit et les caches, et dit quoi ; ce qui n'est pas à nous reste."""
    from plancher.build import cleaning  # noqa: PLC0415 - needed by this task only

    try:
        with contextlib.chdir(HERE):
            told = list(cleaning.clean(HERE, HERE / ".cache"))
    except OSError as error:
        raise Exit(f"Tout n'a pas pu être effacé : {error.filename} ({reasons.of_a_disk(error)}).", 1) from None
    print("\n".join(told) or "Il n'y avait rien à effacer.")


@task(aliases=["servir"], help={"port": "port souhaité (8000 par défaut, ou un port libre)"})
def serve(_: Context, port: int = 0) -> None:
    """Montre le site, brouillons compris, et le recharge à chaque enregistrement."""
    from plancher.preview.__main__ import main  # noqa: PLC0415 - needed by this task only

    raise Exit(code=main(HERE, port))


@reversible("new", aliases=["nouveau"], positional=["title"], help={"title": "titre du billet, entre guillemets"})
def new(_: Context, title: str) -> None:
    """Écrit un brouillon daté d'aujourd'hui, chaque champ expliqué : invoke new "Mon titre"."""
    from plancher.commands.history import History, HistoryError  # noqa: PLC0415 - the same
    from plancher.commands.step import Edit  # noqa: PLC0415 - the same
    from plancher.text import drafts  # noqa: PLC0415 - needed by this task only

    clean_title = drafts.clean(title)
    slug = drafts.slug(clean_title)
    if not re.search(r"[a-z0-9]", slug):
        raise Exit(f"Le titre « {title} » ne donne aucune adresse : mettez-y au moins une lettre ou un chiffre.", 1)
    today = dt.datetime.now().astimezone()
    path = HERE / "content" / "articles" / f"{today:%Y}" / f"{slug}.md"
    if path.exists():
        raise Exit(f"{path.relative_to(HERE)} existe déjà : rien n'a été changé.", 1)
    made = drafts.text(clean_title, slug, today, _authority()).encode()
    try:
        History(HERE, print).make("new", f'invoke new "{clean_title}"', [Edit(path, None, made)])
    except HistoryError as error:
        raise Exit(f"Rien n'a changé : {error}", 1) from None
    print(f"Brouillon écrit : {path.relative_to(HERE)}")


@task(aliases=["verifier"])
def check(_: Context) -> None:
    """Relit tous les textes et dit ce qu'il faut corriger, sans construire le site."""
    raise Exit(code=_pelican("pelicanconf.py", HERE / "output", {"PLANCHER_READING": {"mode": "check"}}))


@task(aliases=["tester"], help={"args": "arguments pour pytest, par exemple « -k feeds »"})
def test(_: Context, args: str = "") -> None:
    """Lance tous les tests, sur tous les cœurs ; dit comment installer ce qui leur manque."""
    spread = ["-n", "auto", "--dist", "worksteal"]
    raise Exit(code=subprocess.run([sys.executable, "-m", "pytest", *spread, *args.split()], cwd=HERE, check=False).returncode)


@task(aliases=["publier"], help={"output": "dossier du site publié (output)"})
def publish(_: Context, output: str = "output") -> None:
    """Construit le site à publier ; à la moindre erreur, rien ne change."""
    listed = HERE / ".cache" / "adresses-publiques.txt"
    target = _make("publishconf.py", output, {"BUILD_ADDRESSES_LIST": str(listed)})
    _note_what_is_public(listed)
    print(f"Site prêt à publier : {target}")


def _note_what_is_public(listed: Path) -> None:
    """Keep in the content folder which anchors the site has made public."""
    from plancher.site import public  # noqa: PLC0415 - needed by this task only

    kept = HERE / "content" / public.FILE
    try:
        made = listed.read_text(encoding="utf-8") if listed.is_file() else ""
        listed.unlink(missing_ok=True)
        if made and made != public.text([]) and public.write(kept, made):
            print(f"content/{public.FILE} a changé : enregistrez-le dans git, il retient les ancres que le site a rendues publiques.")
    except (OSError, ValueError) as error:
        why = reasons.of_a_disk(error) if isinstance(error, OSError) else error
        print(f"content/{public.FILE} n'a pas pu être tenu à jour ({why}) ; le site, lui, est prêt.", file=sys.stderr)


@task(aliases=["relire"])
def lint(_: Context) -> None:
    """Relit le code : ruff, types, imports, gabarits."""
    paths = {"PYTHONPATH": str(HERE / "plugins"), **os.environ}
    templates = sorted(str(path) for path in (HERE / "theme" / "templates").rglob("*.html"))
    commands = (
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["lint-imports"],
        ["djhtml", "--check", "--tabwidth", "2", *templates],
    )
    scripts = Path(sys.executable).parent
    failed = [name for name, *rest in commands if subprocess.run([scripts / name, *rest], cwd=HERE, env=paths, check=False).returncode]
    if failed:
        raise Exit(f"À corriger : {', '.join(failed)}.", 1)


@task(
    aliases=["mesurer"],
    help={
        "posts": "nombre de billets du blog inventé (1000)",
        "rounds": "nombre de tours alternés (3)",
        "growth": "mesurer aussi 1 000 et 10 000 billets",
        "what": "all, typography, tags ou build",
    },
)
def bench(_: Context, *, posts: int = 1000, rounds: int = 3, growth: bool = False, what: str = "all") -> None:
    """Mesure ce que coûte la construction, à côté de Hugo et de Pelican seul, en rapports de tours alternés."""
    words = ["--posts", str(posts), "--rounds", str(rounds), "--what", what, *(["--growth"] if growth else [])]
    paths = {**os.environ, "PYTHONPATH": str(HERE / "plugins")}
    raise Exit(code=subprocess.run([sys.executable, "tests/bench/run.py", *words], cwd=HERE, env=paths, check=False).returncode)


@task
def icons(_: Context) -> None:
    """Redessine les icônes de l'application depuis theme/static/icons/icon.svg (demande Chromium)."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - needed by this task only

    folder = HERE / "theme" / "static" / "icons"
    pictures = [("icon.svg", f"icon-{size}.png", size, size) for size in (180, 192, 512)] + [("partage.svg", "partage.png", 1200, 630)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for source, name, width, height in pictures:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto((folder / source).as_uri())
            page.screenshot(path=folder / name)
        browser.close()


def _upkeep(work: Callable[[Any, Any], Any], command: str, told: str, *, dry_run: bool) -> None:
    """Change tags in the content folder, and tell what; or only tell."""
    from plancher.commands.history import History  # noqa: PLC0415 - needed by these tasks only
    from plancher.commands.tags import upkeep  # noqa: PLC0415 - the same

    try:
        change = work(upkeep, upkeep.load(Path(os.path.relpath(HERE / "content"))))
        if change is not None and not dry_run:
            change.write(History(HERE, print), command, told)
    except upkeep.UpkeepError as error:
        raise Exit(f"Rien n'a changé : {error}", 1) from None
    if change is not None:
        end = "Essai seulement : rien n'a été écrit." if dry_run else f"Pour défaire : invoke {command} --undo" if change.files else ""
        print("\n".join(filter(None, (*change.told, end))))


@reversible(
    "tags.rename",
    aliases=["renommer"],
    positional=["old", "new"],
    help={"old": "nom actuel", "new": "nouveau nom", "dry_run": "dire ce qui changerait, sans rien écrire"},
)
def rename(_: Context, old: str, new: str, *, dry_run: bool = False) -> None:
    """Renomme un mot-clé dans tous les billets : invoke tags.rename "web social" "réseaux sociaux"."""
    told = f'invoke tags.rename "{old}" "{new}"'
    _upkeep(lambda upkeep, library: upkeep.rename(library, old, new), "tags.rename", told, dry_run=dry_run)


@reversible(
    "tags.merge",
    aliases=["reunir"],
    positional=["others", "into"],
    help={"others": "mots-clés à réunir, séparés par des virgules", "into": "celui qui reste", "dry_run": "dire ce qui changerait, sans rien écrire"},
)
def merge(_: Context, others: str, into: str, *, dry_run: bool = False) -> None:
    """Réunit des mots-clés sous le nom de l'un d'eux : invoke tags.merge "open data, opendata" "données ouvertes"."""
    names = list(filter(None, map(str.strip, others.split(","))))
    _upkeep(lambda upkeep, library: upkeep.merge(library, names, into), "tags.merge", f'invoke tags.merge "{others}" "{into}"', dry_run=dry_run)


@reversible("tags.unused", aliases=["inutiles"], help={"remove": "les retirer de content/tags.toml"})
def unused(_: Context, *, remove: bool = False) -> None:
    """Liste les mots-clés du registre qu'aucun billet ne porte."""

    def look(upkeep: Any, library: Any) -> Any:
        names = upkeep.unused(library)
        print("\n".join(names) if names else "Chaque mot-clé du registre sert au moins une fois.")
        return upkeep.forget(library, names) if remove and names else None

    _upkeep(look, "tags.unused", "invoke tags.unused --remove", dry_run=False)


def _links() -> tuple[dict[str, str], Any, Path]:
    """Each address of the blog with the day it was first cited, the settings of links, and the cache."""
    from plancher.components.links import hooks  # noqa: PLC0415 - needed by these tasks only
    from plancher.components.links.settings import LinkSettings  # noqa: PLC0415 - the same

    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "liens.json"
        code = _pelican("pelicanconf.py", HERE / "output", {hooks.LIST: str(listed)})
        if code or not listed.is_file():
            raise Exit("Les textes n'ont pas pu être lus : rien n'a été visité.", code or 1)
        found = json.loads(listed.read_text(encoding="utf-8"))
    mine = LinkSettings(**(found["settings"] | {"allowed": tuple(found["settings"]["allowed"])}))
    return found["links"], mine, HERE / found["cache"]


@reversible(
    "links.check",
    name="check",
    aliases=["verifier"],
    help={"everything": "revisiter aussi les liens déjà visités aujourd'hui", "no_copies": "ne pas chercher de copies dans les archives"},
)
def check_links(_: Context, *, everything: bool = False, no_copies: bool = False) -> None:
    """Visite tous les liens du blog et note leur état dans content/links/state.json, et va pour cela sur le réseau."""
    from plancher.commands.links import tasks as commands  # noqa: PLC0415 - needed by this task only

    wanted, mine, cache = _links()
    raise Exit(code=commands.check(HERE / "content", cache, wanted, mine, everything=everything, copies=not no_copies))


@reversible("links.archive", name="archive", aliases=["archiver"])
def archive_links(_: Context) -> None:
    """Demande aux archives du web une copie de chaque lien qui n'en a pas ; ses échecs ne bloquent rien."""
    from plancher.commands.links import tasks as commands  # noqa: PLC0415 - needed by this task only

    wanted, mine, cache = _links()
    raise Exit(code=commands.archive(HERE / "content", cache, wanted, mine))


@reversible(
    "links.import",
    name="import",
    aliases=["importer"],
    positional=["file"],
    help={"file": "fichier de marque-pages", "private": "prendre aussi les liens privés"},
)
def import_links(_: Context, file: str, *, private: bool = False) -> None:
    """Range dans content/links/inbox.md les liens d'un fichier : marque-pages Netscape, JSON, OPML ou adresses."""
    from plancher.commands.links import tasks as commands  # noqa: PLC0415 - needed by this task only

    raise Exit(code=commands.take_in(HERE / "content", Path(file), private=private))


@reversible("links.draft", name="draft", aliases=["brouillon"], help={"count": "nombre de liens, les premiers de la liste (7)"})
def draft_links(_: Context, *, count: int = 7) -> None:
    """Fait un brouillon de revue, pour lundi prochain, des premiers liens de content/links/inbox.md."""
    from plancher.commands.links import tasks as commands  # noqa: PLC0415 - needed by this task only

    raise Exit(code=commands.draft(HERE / "content", count, _authority()))


@reversible("talks.fetch", name="fetch", aliases=["remplir"], positional=["address"], help={"address": "adresse de la vidéo, sur sa plateforme"})
def fetch_talk(_: Context, address: str) -> None:
    """Imprime un bloc [!video] prêt à coller, et garde l'affiche de la vidéo dans content/images/videos/."""
    from plancher.commands import talks as fetch  # noqa: PLC0415 - needed by this task only

    try:
        print(fetch.fetch(address, HERE / "content", tell=lambda said: print(said, file=sys.stderr)), end="")
    except fetch.FetchError as error:
        raise Exit(f"Rien n'a changé : {error}", 1) from None


_end_what_was_begun(HERE / "output")
namespace = Collection(build, clean, serve, new, check, test, publish, lint, bench, icons)
namespace.add_collection(Collection("tags", rename, merge, unused))
namespace.add_collection(Collection("links", check_links, archive_links, import_links, draft_links))
namespace.add_collection(Collection("talks", fetch_talk))
