"""The cache gives back what it was given, or nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plancher.cache import store
from plancher.cache.store import Row, Store

ROWS = [Row(f"{number:024x}", f'["un texte {number}"]', bytes([number]) * 40, f"<p>{number}</p>" * 30) for number in range(20)]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[list[Store]]:
    """A cache that holds rows; whatever stands in the list is closed in the end."""
    stores = [Store(tmp_path / "cache" / "textes.sqlite")]
    stores[0].put(ROWS)
    yield stores
    for one in stores:
        one.close()


def again(stores: list[Store]) -> Store:
    """The same file, as the next build opens it."""
    stores[-1].close()
    stores.append(Store(stores[0].path))
    return stores[-1]


def change(path: Path, sql: str) -> None:
    db = sqlite3.connect(path)
    with db:
        db.execute(sql)
    db.close()


def test_another_build_finds_what_one_kept(opened: list[Store]) -> None:
    later = again(opened)
    assert later.heads([ROWS[3].key, "inconnue"]) == {ROWS[3].key: ROWS[3].head}
    assert later.row(ROWS[3].key) == ROWS[3]
    assert later.row("inconnue") is None


@pytest.mark.parametrize("column", ["head", "html", "facts", "seal"])
def test_a_row_that_is_not_what_was_written_is_as_good_as_absent(opened: list[Store], column: str) -> None:
    change(opened[0].path, f"update {'text' if column in {'head', 'seal'} else 'body'} set {column} = 'autre chose' where key = '{ROWS[3].key}'")
    later = again(opened)
    assert later.row(ROWS[3].key) is None
    assert later.row(ROWS[4].key) == ROWS[4]


def test_two_builds_share_one_cache(opened: list[Store]) -> None:
    opened.append(Store(opened[0].path))
    opened[1].put([ROWS[0]._replace(key="deux")])
    opened[0].put([ROWS[0]._replace(key="trois")])
    assert [one.row(key) is not None for one in opened for key in ("deux", "trois")] == [True] * 4


def test_a_cache_of_another_version_is_emptied(opened: list[Store]) -> None:
    change(opened[0].path, f"pragma user_version = {store.VERSION + 1}")
    assert again(opened).heads([row.key for row in ROWS]) == {}


def test_a_cache_grown_too_large_forgets_what_was_used_least_recently(opened: list[Store], monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [row.key for row in ROWS]
    today = store._today()
    monkeypatch.setattr(store, "_today", lambda: today + 1)
    later = again(opened)
    later.heads(keys[:2])
    later.limit = 1
    for _ in range(10):
        later.trim()
    assert sorted(later.heads(keys)) == sorted(keys[:2])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.floats(0, 1, exclude_max=True), what=st.sampled_from(["cut", "flip", "noise", "zeros"]))
def test_however_its_file_is_damaged_the_cache_gives_what_it_was_given_or_nothing(tmp_path: Path, where: float, what: str) -> None:
    path = tmp_path / "cache" / "textes.sqlite"
    shutil.rmtree(path.parent, ignore_errors=True)
    first = Store(path)
    first.put(ROWS)
    first.close()
    raw = path.read_bytes()
    at = int(where * len(raw))
    new = {"cut": b"", "flip": bytes([raw[at] ^ 1]) + raw[at + 1 :], "noise": b"\xff" * 50 + raw[at + 50 :], "zeros": bytes(2000) + raw[at + 2000 :]}[what]
    path.write_bytes(raw[:at] + new)
    later = Store(path)
    try:
        heads = later.heads([row.key for row in ROWS])
        assert heads.items() <= {row.key: row.head for row in ROWS}.items()
        assert all(later.row(row.key) in {row, None} for row in ROWS)
        later.put(ROWS)
        assert [later.row(row.key) for row in ROWS] in ([*ROWS], [later.row(row.key) for row in ROWS])
    finally:
        later.close()


def test_a_cache_that_cannot_be_written_costs_nothing_but_its_memory(tmp_path: Path) -> None:
    store = Store(tmp_path / "textes.sqlite")
    store.put(ROWS[:1])
    store._db.execute("pragma query_only = on")
    store.put(ROWS[1:2])
    store.keep_stamps(tmp_path, {"a.md": ((1, 2, 3, 4), "x")})
    store.trim()
    assert store.row(ROWS[0].key) == ROWS[0]
    assert store.row(ROWS[1].key) is None
