"""Les tâches de l'auteur : « invoke --list » les montre toutes."""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import json
import locale
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from invoke import Collection, Context, Exit, main, task

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
from plancher.commands import building  # noqa: E402 - the same
from plancher.commands.french_program import FrenchProgram  # noqa: E402 - the same
from plancher.commands.reversible import reversible as reversible_in  # noqa: E402 - the same

for stream in (sys.stdout, sys.stderr):
    stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # French, whatever the machine's language
main.program.__class__ = FrenchProgram  # the one that « invoke » has begun to run, and that is reading this file
reversible = functools.partial(reversible_in, HERE)


def _pelican(settings: str, output: Path, overrides: dict[str, object] | None = None, *, explain: bool = False) -> int:
    from plancher.pelican_adapter import command  # noqa: PLC0415 - Pelican takes a tenth of a second, that a build with nothing to do does not need

    options = {"PLANCHER_COMMAND": {"explain": True}} if explain else {}
    return command.run(HERE, settings, output, {**(overrides or {}), **options}, building.request_digest(settings, overrides))


def _make(settings: str, output: str, overrides: dict[str, object] | None = None, *, explain: bool = False) -> Path:
    request = building.request_digest(settings, overrides)
    return building.make(HERE, output, request, lambda folder: _pelican(settings, folder, overrides, explain=explain), explain=explain)


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
            lines = list(cleaning.clean(HERE, HERE / ".cache"))
    except OSError as error:
        raise Exit(f"Tout n'a pas pu être effacé : {error.filename} ({reasons.of_a_disk(error)}).", 1) from None
    print("\n".join(lines) or "Il n'y avait rien à effacer.")


@task(aliases=["servir"], help={"port": "port souhaité (8000 par défaut, ou un port libre)"})
def serve(_: Context, port: int = 0) -> None:
    """Montre le site, brouillons compris, et le recharge à chaque enregistrement."""
    from plancher.preview.__main__ import main  # noqa: PLC0415 - needed by this task only

    raise Exit(code=main(HERE, port))


@reversible("new", aliases=["nouveau"], positional=["title"], help={"title": "titre du billet, entre guillemets"})
def new(_: Context, title: str) -> None:
    """Écrit un brouillon daté d'aujourd'hui, chaque champ expliqué : invoke new "Mon titre"."""
    from plancher.commands import new_post  # noqa: PLC0415 - needed by this task only

    new_post.write(HERE, title)


@task(aliases=["verifier"])
def check(_: Context) -> None:
    """Relit tous les textes et dit ce qu'il faut corriger, sans construire le site."""
    raise Exit(code=_pelican("pelicanconf.py", HERE / "output", {"PLANCHER_READING": {"mode": "check"}}))


@task(aliases=["tester"], help={"args": "arguments pour pytest, par exemple « -k feeds »"})
def test(_: Context, args: str = "") -> None:
    """Lance tous les tests, sur tous les cœurs ; dit comment installer ce qui leur manque."""
    from plancher.commands import development  # noqa: PLC0415 - needed by this task only

    raise Exit(code=development.test(HERE, args.split()))


@task(aliases=["publier"], help={"output": "dossier du site publié (output)"})
def publish(_: Context, output: str = "output") -> None:
    """Construit le site à publier ; à la moindre erreur, rien ne change."""
    from plancher.commands import public_list  # noqa: PLC0415 - needed by this task only

    lists = HERE / ".cache" / "publication"
    target = _make("publishconf.py", output, {"PLANCHER_COMMAND": {"files": str(lists)}})
    public_list.update(HERE / "content", lists)
    print(f"Site prêt à publier : {target}")


@task(aliases=["relire"])
def lint(_: Context) -> None:
    """Relit le code : ruff, types, imports, gabarits."""
    from plancher.commands import development  # noqa: PLC0415 - needed by this task only

    development.lint(HERE)


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
    from plancher.commands import development  # noqa: PLC0415 - needed by this task only

    raise Exit(code=development.bench(HERE, posts, rounds, what, growth=growth))


@task
def icons(_: Context) -> None:
    """Redessine les icônes de l'application depuis theme/static/icons/icon.svg (demande Chromium)."""
    from plancher.commands import development  # noqa: PLC0415 - needed by this task only

    development.draw_icons(HERE)


@reversible(
    "tags.rename",
    aliases=["renommer"],
    positional=["old", "new"],
    help={"old": "nom actuel", "new": "nouveau nom", "dry_run": "dire ce qui changerait, sans rien écrire"},
)
def rename(_: Context, old: str, new: str, *, dry_run: bool = False) -> None:
    """Renomme un mot-clé dans tous les billets : invoke tags.rename "web social" "réseaux sociaux"."""
    from plancher.commands.tags import tasks as commands  # noqa: PLC0415 - needed by this task only

    commands.rename(HERE, old, new, dry_run=dry_run)


@reversible(
    "tags.merge",
    aliases=["reunir"],
    positional=["others", "into"],
    help={"others": "mots-clés à réunir, séparés par des virgules", "into": "celui qui reste", "dry_run": "dire ce qui changerait, sans rien écrire"},
)
def merge(_: Context, others: str, into: str, *, dry_run: bool = False) -> None:
    """Réunit des mots-clés sous le nom de l'un d'eux : invoke tags.merge "open data, opendata" "données ouvertes"."""
    from plancher.commands.tags import tasks as commands  # noqa: PLC0415 - needed by this task only

    commands.merge(HERE, others, into, dry_run=dry_run)


@reversible("tags.unused", aliases=["inutiles"], help={"remove": "les retirer de content/tags.toml"})
def unused(_: Context, *, remove: bool = False) -> None:
    """Liste les mots-clés du registre qu'aucun billet ne porte."""
    from plancher.commands.tags import tasks as commands  # noqa: PLC0415 - needed by this task only

    commands.unused(HERE, remove=remove)


def _links() -> tuple[dict[str, str], Any, Path]:
    """Each address of the blog with the day it was first cited, the settings of links, and the cache."""
    from plancher.components.links.settings import LinkSettings  # noqa: PLC0415 - the same

    with tempfile.TemporaryDirectory() as folder:
        lists = Path(folder) / "liens.json"
        code = _pelican("pelicanconf.py", HERE / "output", {"PLANCHER_COMMAND": {"files": folder, "only_files": True}})
        if code or not lists.is_file():
            raise Exit("Les textes n'ont pas pu être lus : rien n'a été visité.", code or 1)
        asked = json.loads(lists.read_text(encoding="utf-8"))
        cache = HERE / Path(folder, "cache.txt").read_text(encoding="utf-8")
    mine = LinkSettings(**(asked["settings"] | {"allowed": tuple(asked["settings"]["allowed"])}))
    return asked["links"], mine, cache


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
    from plancher.commands.links import inbox_tasks as commands  # noqa: PLC0415 - needed by this task only

    raise Exit(code=commands.import_bookmarks(HERE / "content", Path(file), private=private))


@reversible("links.draft", name="draft", aliases=["brouillon"], help={"count": "nombre de liens, les premiers de la liste (7)"})
def draft_links(_: Context, *, count: int = 7) -> None:
    """Fait un brouillon de revue, pour lundi prochain, des premiers liens de content/links/inbox.md."""
    from plancher.commands import new_post  # noqa: PLC0415 - needed by this task only
    from plancher.commands.links import inbox_tasks as commands  # noqa: PLC0415 - the same

    raise Exit(code=commands.draft(HERE / "content", count, new_post.authority(HERE)))


@reversible("talks.fetch", name="fetch", aliases=["remplir"], positional=["address"], help={"address": "adresse de la vidéo, sur sa plateforme"})
def fetch_talk(_: Context, address: str) -> None:
    """Imprime un bloc [!video] prêt à coller, et garde l'affiche de la vidéo dans content/images/videos/."""
    from plancher.commands import talks as commands  # noqa: PLC0415 - needed by this task only

    try:
        print(commands.fetch(address, HERE / "content", tell=lambda line: print(line, file=sys.stderr)), end="")
    except commands.FetchError as error:
        raise Exit(f"Rien n'a changé : {error}", 1) from None


building.finish_interrupted_change(HERE / "output")
namespace = Collection(build, clean, serve, new, check, test, publish, lint, bench, icons)
namespace.add_collection(Collection("tags", rename, merge, unused))
namespace.add_collection(Collection("links", check_links, archive_links, import_links, draft_links))
namespace.add_collection(Collection("talks", fetch_talk))
