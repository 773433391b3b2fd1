"""How a page was made is remembered in a cache that may come from elsewhere: what stands there is data, and asks for nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import plancher.components.related.model
import plancher.components.search.index
import plancher.outputs.feeds.formats  # noqa: F401 - enters the makers of feeds, as a build does
import pytest
from plancher.base import digest
from plancher.build import jobs, render
from plancher.cache import manifest_file, pickling
from plancher.cache.body import CachedBody
from plancher.cache.outline import Heading
from plancher.site import makers

from tests.build.small import Small, difference

PAGE = "2024/05/un/index.html"
SECRET = "ce que personne ne doit lire"


def recipes(small: Small) -> Path:
    return next((small.cache / "sites").glob("*.sqlite"))


def was_touched_up(small: Small) -> bool:
    """Whether the last build made again, from recipes, what holds a text, and nothing else."""
    return bool(list((small.cache / "sites").glob("*.stale.json")))


@pytest.fixture
def told(small: Small) -> Small:
    """The site, one post of which says in its header what lists show of it: only its body will change."""
    small.post("un", summary="Un résumé.")
    assert small.build().code == 0
    return small


def poison(small: Small, make: str | None = None, argument: Any = None, path: str | None = None) -> None:
    """The recipe of a page as somebody else would have it."""
    database = sqlite3.connect(recipes(small))
    with database:
        if make is not None:
            database.execute("update job set make = ? where path = ?", (make, PAGE))
        if argument is not None:
            database.execute("update job set argument = ? where path = ?", (argument if isinstance(argument, bytes) else pickling.sealed(argument), PAGE))
        if path is not None:
            for table in ("job", "uses"):
                database.execute(f"update {table} set path = ? where path = ?", (path, PAGE))
    database.close()


def kept(small: Small) -> Any:
    database = sqlite3.connect(recipes(small))
    (found,) = database.execute("select argument from job where path = ?", (PAGE,)).fetchone()
    database.close()
    return pickling.unsealed(found)


def test_pages_and_feeds_are_made_again_from_their_recipes(told: Small) -> None:
    told.post("un", words="Autre texte.")
    assert told.build().code == 0
    assert was_touched_up(told)
    assert b"Autre texte." in told.files[PAGE]
    assert b"Autre texte." in told.files["feeds/atom.xml"]
    database = sqlite3.connect(recipes(told))
    names = {name for (name,) in database.execute("select distinct make from job")}
    database.close()
    assert {makers.name_of(makers.named(name)) for name in names} == names
    assert makers.name_of(render.page) in names


def elsewhere(value: Any, store: Path) -> Any:
    """The same recipe, whose texts lie in another file."""
    return jobs.with_text(value, {}, str(store))


class Deep:
    """Lists in lists, as no recipe of ours has them."""

    raw = b"\x80\x04" + b"]" * 100_000 + b"a" * 99_999 + b"."


POISONS: dict[str, Callable[[Small, Path], None]] = {
    "a copy of a file of the machine": lambda small, secret: poison(small, makers.name_of(render.copied), str(secret)),
    "a text as it is": lambda small, _: poison(small, makers.name_of(render.as_is), SECRET),
    "a function of ours that reads files": lambda small, secret: poison(small, makers.name_of(digest.of_code), str(secret.parent)),
    "a function of the library": lambda small, _: poison(small, "os:system", f"touch {small.folder}/fait"),
    "no function": lambda small, _: poison(small, "plancher.build.render:env", SECRET),
    "a pickle that runs": lambda small, _: poison(small, None, digest.of_bytes(b"cos\ngetcwd\n(tR.").encode() + b"\ncos\ngetcwd\n(tR."),
    "a template that is not there": lambda small, _: poison(small, None, ("../../pelicanconf.py", kept(small)[1], {})),
    "values of another kind": lambda small, _: poison(small, None, 12),
    "a frame for a value": lambda small, _: poison(small, None, (*kept(small)[:2], {"article": Heading(1, SECRET, SECRET)})),
    "values without end": lambda small, _: poison(small, None, digest.of_bytes(Deep.raw).encode() + b"\n" + Deep.raw),
    "a path out of the site": lambda small, _: poison(small, path="../dehors.html"),
    "a path from the root": lambda small, _: poison(small, path=f"{small.folder}/dehors.html"),
}


def test_whatever_a_recipe_says_the_page_is_made_from_its_text(told: Small) -> None:
    secret = told.write("secret.txt", SECRET)
    for number, (name, wound) in enumerate(POISONS.items()):
        wound(told, secret)
        told.post("un", words=f"Tour {number}.")
        ran = told.build()
        assert ran.code == 0, (name, ran.said)
        assert f"Tour {number}.".encode() in told.files[PAGE], name
        assert not [path for path, raw in told.files.items() if SECRET.encode() in raw], name
        assert not list(told.folder.rglob("dehors.html")), name
        assert not (told.folder / "fait").exists(), name
    assert difference(told.files, told.clean()[1]) == ""


def test_a_recipe_names_no_cache_but_that_of_the_build(told: Small) -> None:
    precious = told.write("precieux.txt", SECRET)
    poison(told, None, elsewhere(kept(told), precious))
    told.post("un", words="Autre texte.")
    assert told.build().code == 0
    assert was_touched_up(told)  # the recipe is good: only the file it names is not that of the build
    assert precious.read_text(encoding="utf-8") == SECRET
    assert b"Autre texte." in told.files[PAGE]


def test_values_that_hold_themselves_or_stand_in_many_places_end() -> None:
    round_and_round: list[Any] = []
    round_and_round.append(round_and_round)
    with pytest.raises(LookupError):
        jobs.with_text(round_and_round, {}, "")
    wide: Any = (CachedBody("avant", "ancien"),)
    for _ in range(200):
        wide = (wide, wide)
    renewed = jobs.with_text(wide, {"avant": "après"}, "nouveau")
    while isinstance(renewed, tuple):
        renewed = renewed[0]
    assert renewed == CachedBody("après", "")
    assert renewed.store == "nouveau"


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc/x", "a//b", "..", "a/..", "./a", "a/."])
def test_a_path_that_leaves_the_site_is_told(path: str) -> None:
    assert not manifest_file.stay_inside(["a/b.html", path, "c"])


def test_the_names_of_a_site_stay_inside() -> None:
    assert manifest_file.stay_inside(["", "a", "a/b.html", ".well-known/x", "..a", "a../b..", "tag/.net/index.html", "a\nb", "é\udce9"])
    assert manifest_file.stay_inside([])


def test_a_site_that_a_cache_puts_elsewhere_is_forgotten_and_nothing_there_is_removed(small: Small) -> None:
    outside = small.write("a-garder.txt", "à garder")
    seen, kept_there = outside.stat(), next((small.cache / "sites").glob("*.site.json"))
    live, standby = manifest_file.load(kept_there)
    for one in (live, standby):
        one.files["../a-garder.txt"] = ("0" * 24, seen.st_size, seen.st_mtime_ns, seen.st_ino)
    kept_there.write_text(digest.sealed(manifest_file.to_json(live, standby)), encoding="utf-8")
    small.post("un", title="Autre titre")
    assert small.build().code == 0
    assert outside.read_text(encoding="utf-8") == "à garder"
    assert difference(small.files, small.clean()[1]) == ""
