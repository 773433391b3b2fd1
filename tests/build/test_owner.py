"""What a careless owner does to folders; nothing of his is ever gone, and the site is right afterwards."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from plancher.base import digest

from tests.build.small import Small, difference, files

Act = Callable[[Small], Mapping[str, bytes] | None]


MINE = "à moi".encode()


def everything(small: Small) -> dict[str, bytes]:
    """All that is the owner's in the folder of his project."""
    found = {}
    for path in sorted(small.folder.rglob("*")):
        name = path.relative_to(small.folder).as_posix()
        if path.is_symlink():
            found[name] = bytes(path.readlink())
        elif path.is_file() and not name.startswith((".cache/", "journal.txt")) and "__pycache__" not in name:
            found[name] = path.read_bytes()
    return found


# A site is never built in the place of something else.

PLACES = {
    "the project": ".",
    "around the project": "..",
    "the disk": "/",
    "the texts": "content",
    "inside the texts": "content/output",
    "inside the theme": "theme/output",
    "the plugins": "plugins",
    "inside the plugins": "plugins/output",
    "the cache": ".cache",
    "inside the cache": ".cache/output",
    "a repository": ".git",
    "inside a repository": ".git/pages",
    "a home": "~",
    "a folder of documents": "docs",
    "a folder that holds pages": "ancien",
    "a repository's own folder": "depot",
    "the double of a site": ".output-double",
    "a link to the texts": "lien",
    "a link to documents": "raccourci",
    "a file": "notes.txt",
    "an empty name": "",
}


def test_a_place_that_holds_something_else_is_refused_and_says_what_to_do(small: Small) -> None:
    for name in ("docs/contrat.odt", "ancien/index.html", "depot/.git/HEAD", ".git/HEAD", "notes.txt"):
        small.write(name, "à moi")
    (small.folder / "lien").symlink_to("content")
    (small.folder / "raccourci").symlink_to("docs")
    before = everything(small)
    for what, place in PLACES.items():
        ran = small.build(small.folder / Path(place).expanduser(), task=False)
        assert ran.code == 1, f"{what} : {ran.said}"
        assert "PDV091" in ran.said or "un fichier porte déjà ce nom" in ran.said, what
        assert everything(small) == before, what


def test_a_folder_with_what_systems_and_hosts_leave_there_is_as_good_as_empty(small: Small) -> None:
    theirs = {"CNAME": b"exemple.fr", ".nojekyll": b"", ".DS_Store": b"x", ".well-known/acme/jeton": b"x"}
    for name, raw in theirs.items():
        small.write(f"site/{name}", raw)
    small.output = small.folder / "site"
    check(small, theirs)


# What lies in the folder of the site.

STORIES: dict[str, Act] = {}


def story(act: Act) -> Act:
    """One thing an owner does; it gives what must still be there, under the folder of the site, and builds as often as it likes."""
    STORIES[act.__name__.replace("_", " ")] = act
    return act


def check(small: Small, theirs: Mapping[str, bytes]) -> None:
    """The next builds, whatever they have to do, keep what is the owner's and make the site."""
    for title, tags in (("Un autre", ("Neuf",)), ("Un dernier", ())):  # both folders of the site
        small.post("un", title=title, tags=tags)
        ran = small.build()
        assert ran.code == 0, ran.said
        found = small.files
        assert {name: found.pop(name, b"absent") for name in theirs} == theirs
    clean = from_nothing(small)
    assert found == clean, difference(found, clean)


_KNOWN: dict[str, dict[str, bytes]] = {}


def from_nothing(small: Small) -> dict[str, bytes]:
    """What a build that knows nothing makes of these texts; asked for once, as most owners end with the same."""
    about = repr((sorted(files(small.content).items()), (small.folder / "reglages.py").read_bytes(), small.clock))
    if about not in _KNOWN:
        code, _KNOWN[about], said = small.clean()
        assert code == 0, said
    return _KNOWN[about]


def put(small: Small, *names: str) -> dict[str, bytes]:
    for name in names:
        small.write(f"{small.output.name}/{name}", "à moi")
    return dict.fromkeys(names, MINE)


def leftovers(small: Small) -> set[str]:
    return {path.name for path in small.folder.iterdir() if path.name.startswith(".output")}


@story
def files_that_a_host_wants(small: Small) -> Mapping[str, bytes]:
    return put(small, "CNAME", ".htaccess", ".well-known/security.txt", "stats/2024/index.html", "google1234.html")


@story
def files_in_folders_of_the_site(small: Small) -> Mapping[str, bytes]:
    return put(small, "2024/notes.txt", "theme/logo.svg", "tag/PME/à moi.txt")


@story
def a_file_in_a_folder_that_the_site_gives_up(small: Small) -> Mapping[str, bytes]:
    theirs = put(small, "2025/06/trois/photo.jpg")
    small.delete("trois")
    return theirs


@story
def a_file_that_is_changed_between_builds(small: Small) -> Mapping[str, bytes]:
    put(small, "compteur.txt")
    small.build()
    return {"compteur.txt": small.write("output/compteur.txt", "2").read_bytes()}


@story
def a_file_that_is_taken_away_again(small: Small) -> Mapping[str, bytes]:
    put(small, "essai.txt", "dossier/essai.txt")
    small.post("un", title="Pendant")
    small.build()
    (small.output / "essai.txt").unlink()
    shutil.rmtree(small.output / "dossier")
    return {}


@story
def a_repository_of_pages(small: Small) -> Mapping[str, bytes]:
    subprocess.run(["git", "init", "-q"], cwd=small.output, check=True, timeout=60)
    subprocess.run(["git", "add", "-A"], cwd=small.output, check=True, timeout=60)
    return {name: raw for name, raw in small.files.items() if name.startswith(".git/")}


@story
def files_and_a_cache_that_is_lost(small: Small) -> Mapping[str, bytes]:
    theirs = put(small, "CNAME", "2024/notes.txt")
    small.delete("trois")
    shutil.rmtree(small.cache)
    return theirs


@story
def files_and_a_double_that_is_lost(small: Small) -> Mapping[str, bytes]:
    theirs = put(small, "CNAME")
    shutil.rmtree(small.folder / ".output-double")
    return theirs


@story
def a_double_under_another_name(small: Small) -> Mapping[str, bytes]:
    (small.folder / ".output-double").rename(small.folder / "double de output")
    return {}


@story
def a_site_that_was_copied_and_comes_back(small: Small) -> Mapping[str, bytes]:
    theirs = put(small, "CNAME")
    shutil.copytree(small.output, small.folder / "sauvegarde", symlinks=True)
    small.post("quatre", day="2024-07-01")
    small.build()
    shutil.rmtree(small.output)
    shutil.copytree(small.folder / "sauvegarde", small.output)
    return theirs


@story
def a_copy_that_comes_back_without_a_cache(small: Small) -> Mapping[str, bytes]:
    theirs = a_site_that_was_copied_and_comes_back(small)
    shutil.rmtree(small.cache)
    return theirs


@story
def half_of_a_site_that_is_deleted(small: Small) -> Mapping[str, bytes]:
    theirs = put(small, "CNAME")
    for path in sorted(small.files)[::2]:
        if path != "CNAME":
            (small.output / path).unlink()
    return theirs


@story
def a_mark_that_is_deleted(small: Small) -> Mapping[str, bytes]:
    theirs = put(small, "CNAME", "2024/notes.txt")
    (small.output / ".plancher").unlink()
    return theirs


@story
def a_mark_that_is_damaged(small: Small) -> Mapping[str, bytes]:
    (small.output / ".plancher").write_text("abîmé", encoding="utf-8")
    return put(small, "CNAME")


@story
def a_project_that_moves(small: Small) -> Mapping[str, bytes]:
    theirs = put(small, "CNAME")
    moved = small.folder.with_name("déménagé")
    small.folder.rename(moved)
    small.folder, small.content, small.output, small.cache = moved, moved / "content", moved / "output", moved / ".cache"
    return theirs


@story
def a_clock_that_goes_back(small: Small) -> Mapping[str, bytes]:
    theirs = put(small, "CNAME")
    for path in [small.output, *small.output.rglob("*")]:
        os.utime(path, (4_000_000_000, 4_000_000_000))
    small.clock -= 20_000_000
    return theirs


@story
def times_that_a_synchronisation_rewrote(small: Small) -> Mapping[str, bytes]:
    for path in small.output.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    return put(small, "index (copie en conflit).html", "CNAME")


@story
def a_cache_of_another_machine(small: Small) -> Mapping[str, bytes]:
    theirs = put(small, "CNAME", "2024/notes.txt")
    old = small.folder / "vieux cache"
    shutil.copytree(small.cache, old)
    small.post("quatre", day="2024-07-01")
    small.build()
    shutil.rmtree(small.cache)
    old.rename(small.cache)
    return theirs


@story
def an_old_text_with_a_new_cache(small: Small) -> Mapping[str, bytes]:
    before = {name: (small.content / name).read_bytes() for name in files(small.content)}
    small.post("quatre", day="2024-07-01", title="De passage")
    small.build()
    small.delete("quatre")
    for name, raw in before.items():
        (small.content / name).write_bytes(raw)
    return {}


@story
def a_link_in_the_place_of_the_site(small: Small) -> Mapping[str, bytes]:
    theirs = put(small, "CNAME")
    (small.folder / "ailleurs").mkdir()
    small.output.rename(small.folder / "ailleurs/site")
    small.output.symlink_to("ailleurs/site")
    return theirs


@story
def links_of_theirs_in_the_site(small: Small) -> Mapping[str, bytes]:
    small.write("photos/a.txt", "à moi")
    (small.output / "photos").symlink_to("../photos")
    small.build()
    assert (small.output / "photos").is_symlink()
    (small.output / "photos").unlink()
    return {}


@story
def a_double_that_is_somebody_elses_folder(small: Small) -> Mapping[str, bytes]:
    shutil.rmtree(small.folder / ".output-double")
    small.write(".output-double/a.txt", "à moi")
    small.post("un", title="Sans double")
    assert ".output-double : ceci n'est pas du site (a.txt) et reste tel quel" in small.build().said
    return {"../.output-double/a.txt": MINE}


@story
def a_file_put_into_the_double(small: Small) -> Mapping[str, bytes]:
    small.write(".output-double/2024/a.txt", "à moi")
    return {"../.output-double/2024/a.txt": MINE}


@story
def a_double_that_is_a_link(small: Small) -> Mapping[str, bytes]:
    shutil.rmtree(small.folder / ".output-double")
    (small.folder / ".output-double").symlink_to("content")
    return {}


@story
def a_build_that_is_killed_anywhere(small: Small) -> Mapping[str, bytes]:
    theirs = put(small, "CNAME", "stats/a.txt")
    small.delete("trois")
    for writes in (3, 9, 15, 21, 27, 33, 39):
        small.build(kill=writes)
        assert {name: small.files[name] for name in theirs} == theirs
    return theirs


@story
def control_c_anywhere(small: Small) -> Mapping[str, bytes]:
    theirs = put(small, "CNAME", "stats/a.txt")
    for number, writes in enumerate((4, 10, 16, 22, 28, 34, 40)):
        small.post("un", title=f"Titre {number}", tags=(f"mot {number}",))
        assert small.build(interrupt=writes).code in {0, 128 + signal.SIGINT}
        assert {name: small.files[name] for name in theirs} == theirs
    return theirs


@story
def a_strict_umask(small: Small) -> Mapping[str, bytes]:
    small.post("quatre", day="2024-07-01")
    small.build(umask=0o077)
    modes = {(small.output / path).stat().st_mode & 0o777 for path in small.files} | {path.stat().st_mode & 0o777 for path in small.output.rglob("*/")}
    assert modes == {0o644, 0o755}, "un serveur ne peut pas lire le site"
    return {}


@story
def a_disk_without_second_names(small: Small) -> Mapping[str, bytes]:
    theirs = put(small, "CNAME")
    small.post("un", title="Sans lien")
    assert small.build(without=["link"]).code == 0
    return theirs


@story
def a_system_that_exchanges_no_folders(small: Small) -> Mapping[str, bytes]:
    theirs = put(small, "CNAME")
    for title in ("A", "B"):
        small.post("un", title=title)
        assert small.build(without=["exchange"]).code == 0
    return theirs


@story
def the_folders_that_pelican_is_told_to_keep(small: Small) -> Mapping[str, bytes]:
    small.set(OUTPUT_RETENTION='["stats"]', DELETE_OUTPUT_DIRECTORY="True")
    theirs = put(small, "stats/a.txt", "CNAME")
    said = small.build().said
    assert "CNAME" in said
    assert "stats" not in said
    return theirs


@pytest.mark.parametrize("act", STORIES.values(), ids=STORIES.keys())
def test_nothing_of_an_owners_is_gone_and_the_site_is_right(small: Small, act: Act) -> None:
    theirs = dict(act(small) or {})
    beside = {name: theirs.pop(name) for name in [*theirs] if name.startswith("../")}
    check(small, theirs)
    assert {name: (small.output / name).read_bytes() for name in beside} == beside
    assert leftovers(small) <= {".output-double"}


# Where the site wants to write.


@pytest.mark.parametrize("cache", ["kept", "lost"])
@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_what_stands_where_the_site_wants_a_page_is_named_and_left(small: Small, kind: str, cache: str) -> None:
    place = small.output / "2024/05/quatre"
    if kind == "link":
        (small.folder / "ailleurs").mkdir()
        place.symlink_to(small.folder / "ailleurs")
    else:
        small.write("output/2024/05/quatre" + ("/index.html" if kind == "file" else "/index.html/a.txt"), "à moi")
    small.post("quatre", day="2024-05-09")
    before = everything(small)
    if cache == "lost":
        shutil.rmtree(small.cache)
    ran = small.build()
    assert ran.code == 1
    assert f"output/2024/05/quatre{'' if kind == 'link' else '/index.html'}:1: PDV091" in ran.said
    assert everything(small) == before
    place.rename(small.folder / "rangé")
    check(small, {})


def test_a_file_that_holds_what_the_site_wants_to_write_is_no_obstacle(small: Small) -> None:
    small.write("output/documents/a.pdf", "les mêmes octets")
    small.write("content/documents/a.pdf", "les mêmes octets")
    check(small, {})


def test_a_page_edited_in_the_site_is_made_again_and_its_owner_is_told(small: Small) -> None:
    small.write("output/index.html", "corrigé à la main")
    ran = small.build()
    assert "output/index.html : ce fichier du site avait été modifié à la main ; il a été refait." in ran.said
    check(small, {})


def test_a_folder_without_mark_and_without_memory_is_refused_until_it_is_empty(small: Small) -> None:
    (small.output / ".plancher").unlink()
    shutil.rmtree(small.cache)
    before = small.files
    ran = small.build()
    assert ran.code == 1
    assert "output:1: PDV091 ce dossier contient autre chose qu'un site construit ici" in ran.said
    assert small.files == before
    shutil.rmtree(small.output)
    check(small, {})


def test_a_site_that_an_older_version_built_is_taken_over(small: Small) -> None:
    """It had no mark; the cache knows what it put there."""
    small.write("output/CNAME", "à moi")
    forget_the_mark(small)
    check(small, {"CNAME": MINE})


def forget_the_mark(small: Small) -> None:
    for folder in (small.output, small.folder / ".output-double"):
        (folder / ".plancher").unlink()
    kept = next(small.cache.glob("sites/*.site.json"))
    raw = json.loads(digest.unsealed(kept.read_bytes()))
    del raw["files"][".plancher"], raw["theirs"]
    kept.write_text(digest.sealed(json.dumps(raw)), encoding="utf-8")
