"""What lies in a cache is data: whoever wrote it, reading it runs nothing, imports nothing and ends."""

from __future__ import annotations

import datetime as dt
import decimal
import pickle
import pickletools
import struct
import sys
import zoneinfo
from pathlib import Path

import pytest
from plancher.cache import body, pickling
from plancher.cache.body import CachedBody
from plancher.cache.outline import Heading, Outline
from plancher.cache.pickling import DamagedError


def named(module: str, name: str, argument: bytes = b"(") -> bytes:
    """A pickle that calls what bears this name, as protocol 4 writes it."""
    words = b"".join(b"\x8c" + bytes([len(word)]) + word.encode() for word in (module, name))
    return b"\x80\x04" + words + b"\x93" + argument + b"tR."


def in_old_style(module: str, name: str) -> bytes:
    return f"c{module}\n{name}\n(tR.".encode()


WITNESS = "plancher.web.guard"
"""A module of ours that no value is of."""
HOSTILE = {
    "a function of the system": named("os", "system", b"(\x8c\x04true"),
    "the same under its other name": named("posix", "system", b"(\x8c\x04true"),
    "a built-in": named("builtins", "eval", b"(\x8c\x011"),
    "a built-in that leads on": named("builtins", "getattr", b"(\x8c\x01a\x8c\x01b"),
    "the old way to write a name": in_old_style("os", "getcwd"),
    "a function of ours": named("plancher.base.digest", "of_code", b"("),
    "a function of ours, the old way": in_old_style("plancher.base.clock", "now"),
    "a class of ours that opens files": named("plancher.cache.store", "Store", b"(\x8c\x01x"),
    "what a module of ours has imported": named("plancher.cache.store", "sqlite3.connect", b"(\x8c\x08:memory:"),
    "a method of a value": named("plancher.cache.body", "CachedBody.row", b"("),
    "a value under the name of a module that only uses it": named("plancher.cache.body", "Outline", b"("),
    "a chain through a value": named("plancher.cache.outline", "Outline.__init__.__globals__", b"("),
    "a value that is no value: it can change": named("plancher.cache.tree", "Tree", b"(\x8c\x01x"),
    "a module that nobody has loaded": named(WITNESS, "Guard", b"("),
    "a module of the library that nobody needs": named("antigravity", "x", b"("),
    "what pickle asks of its reader": b"\x80\x04\x8c\x01xQ.",
    "a number for a name": b"\x80\x04\x82\x01.",
    "no name at all": b"\x80\x04K\x01K\x02\x93.",
    "more memory than there is": b"\x80\x05\x96" + struct.pack("<Q", 1 << 62) + b".",
    "a number of a thousand million digits": b"\x80\x04\x8b" + struct.pack("<i", (1 << 31) - 1) + b".",
    "a place that is not there": b"\x80\x04Nr" + struct.pack("<I", (1 << 32) - 1) + b"0j\x00\x00\x00\x01.",
    "an end before the end": b"\x80\x04(",
    "nothing": b"",
    "no pickle": b"du texte",
    "a value whose fields are missing": b"\x80\x04\x8c\x16plancher.cache.outline\x8c\x07Heading\x93)\x81}b.",
    "a moment that is none": named("datetime", "datetime", b"(B\x04\x00\x00\x00abcd"),
    "a zone out of its folder": named("plancher.cache.pickling", "zone", b"(\x8c\x0d../etc/passwd"),
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_bytes_that_ask_for_anything_but_a_value_are_refused(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    run: list[str] = []
    monkeypatch.setattr("os.system", lambda *_: run.append("os.system"))
    monkeypatch.delitem(sys.modules, WITNESS, raising=False)
    loaded = set(sys.modules)
    with pytest.raises(DamagedError):
        pickling.loads(raw)
    assert not run
    assert {name for name in set(sys.modules) - loaded if not name.startswith(("encodings", "_"))} == set()


def test_a_chain_that_python_would_follow_is_not_followed() -> None:
    """Each of these is read by pickle itself: the test would be worth nothing if they were badly written."""
    for what in ("the same under its other name", "a built-in", "what a module of ours has imported", "a function of ours, the old way"):
        list(pickletools.genops(HOSTILE[what]))
    assert pickle.loads(HOSTILE["a built-in"]) == 1
    assert pickle.loads(HOSTILE["a function of ours, the old way"]).tzinfo is dt.UTC


def test_a_value_that_does_something_when_it_is_made_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = pickling.dumps(Heading(2, "a", "A"))
    monkeypatch.setattr(Heading, "__post_init__", lambda _: pytest.fail("exécuté"), raising=False)
    with pytest.raises(DamagedError):
        pickling.loads(raw)


def test_values_of_every_kind_come_back_as_they_were() -> None:
    paris = zoneinfo.ZoneInfo("Europe/Paris")
    values = (dt.date(2024, 5, 2), dt.datetime(2024, 5, 2, 10, tzinfo=paris), dt.timedelta(hours=1), decimal.Decimal("1.5"), "é\ud800", (1, None, True))
    outline = Outline((Heading(2, "a", "A"),), 3)
    assert Outline.from_bytes(outline.to_bytes()) == outline
    assert pickling.unsealed(pickling.sealed({"clé": [outline, *values]})) == {"clé": [outline, *values]}


def test_a_kind_that_has_no_place_somewhere_is_refused_there() -> None:
    raw = pickling.sealed({"a": CachedBody("clé", "/dev/null")})
    assert pickling.unsealed(raw)["a"].store == "/dev/null"
    with pytest.raises(DamagedError):
        pickling.unsealed(raw, without=frozenset({CachedBody}))


@pytest.mark.parametrize("column", [None, "texte", 12, b"", b"\xff\xfe\n", pickling.sealed(1)[:-1]])
def test_whatever_stands_in_a_column_it_is_a_value_or_it_is_damaged(column: object) -> None:
    with pytest.raises(DamagedError):
        pickling.unsealed(column)


def test_facts_that_are_no_facts_are_a_text_that_was_lost(tmp_path: Path) -> None:
    from plancher.cache.store import Row, Store  # noqa: PLC0415 - of this test only

    store = Store(tmp_path / "textes.sqlite")
    store.put([Row("clé", "[]", named("os", "getcwd", b"("), "")])
    store.close()
    body.forget()
    with pytest.raises(body.LostError):
        CachedBody("clé", str(store.path)).outline()
