"""Whatever lies where a build reads: no traceback, no hang, no lost page, and each failure named with its file.

``PLANCHER_FUZZ`` says for how many seconds whole sites are tried (a few by
default); ``PLANCHER_FUZZ=600 pytest tests/build/test_fuzz.py`` takes ten minutes.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import time
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plancher.base import digest, files
from plancher.base import settings as core_settings
from plancher.base.data import DataError
from plancher.base.settings import SettingsError
from plancher.build.ledger import Ledger
from plancher.cache import manifest_file, snapshot
from plancher.components.links import state
from plancher.components.links.settings import LinkSettings
from plancher.components.tags import vocabulary_reader
from plancher.components.tags.settings import TagSettings
from plancher.components.talks import webvtt, words
from plancher.markdown import pictures
from plancher.pelican_adapter import environment

from tests.build.small import Post, Small, picture

SECONDS = float(os.environ.get("PLANCHER_FUZZ", "5"))
PIECES = (
    *(b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe9", b"\xc3", b"\xed\xa0\x80", b"\r", b"\x1b[31m", b"\\ud800", b"\xe2\x80\xae", b"\xf3\xa0\x80\x81"),
    *(b"[" * 3000, b"{" * 3000, b'{"a":' * 3000, b"9" * 5000, b"-1", b"NaN", b"1e999", b"null", b'"', b"'''", b"---\n", b"> " * 400, b"\n" * 500),
    *(
        b"> [!tangible] x\n",
        b"> [!liens]\n> - ",
        b"<script>",
        b"&#x110000;",
        b"&#0;",
        b"{static}",
        b"{filename}../../../etc/passwd",
        b"](%00)",
        b"\xc2\x85",
        b"99:99:99.999 --> ",
    ),
    *(
        b"Date: 0000-00-00\n",
        b"Date: 9999-12-31T23:59:59\n",
        b"Slug: ../x\n",
        b"Save_as: /etc/x\n",
        b"Tags: ;,\n",
        b"Status: draft\n",
        b"Lang: \n",
        b"Url: a\0b\n",
    ),
)
STATE = state.text({"https://exemple.fr/": state.health({"state": "dead", "checked": "2024-05-02", "failures": ["2024-05-01"], "reason": "404"})}).encode()
TAGS = b'["PME"]\ndescription = "Petites"\naliases = ["TPE"]\nparent = "Entreprises"\n'
CAPTIONS = b"WEBVTT\n\nNOTE x\n\n1\n00:00:01.000 --> 00:00:03.000 align:start\n<v Ana>Bonjour &amp; <i>tous</i>\n\n00:04.000 --> 00:05.000\nFin.\n"
GOOD = {
    "articles/2024/quatre.md": Post(title="Quatre", tags=("PME",), nature="ventes", film=True, chosen="Un lien", picture="b.png").text.encode(),
    "pages/guide.md": b"Title: Page\n\nUn texte, [un lien]({filename}/articles/2024/un.md), une note[^1].\n\n[^1]: La note.\n",
    "links/state.json": STATE,
    "tags.toml": TAGS,
    "links/inbox.md": b"- [Un](https://exemple.fr/)\n  tags : a, b\n",
    "videos/a.vtt": CAPTIONS,
    "videos/a.webm": b"\x1a\x45\xdf\xa3" * 20,
    "images/b.png": picture(7),
    "images/c.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h9"/></svg>',
}


@st.composite
def wounded(draw: Any, raw: bytes) -> bytes:
    """A file as an accident, a bad tool or somebody leaves it."""
    for _ in range(draw(st.integers(1, 3))):
        at, end = sorted(draw(st.tuples(st.integers(0, len(raw)), st.integers(0, len(raw)))))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=8) | st.just(b""))
        raw = draw(
            st.sampled_from(
                [raw[:at] + piece + raw[at:], raw[:at] + piece + raw[end:], raw[:at], raw[end:], piece, raw + raw, raw.decode("latin-1").encode("utf-16")]
            )
        )[:300_000]
    return raw


def once_for(raw: bytes) -> Any:
    return given(wounded(raw))


QUICK = settings(max_examples=max(60, int(SECONDS * 10)), deadline=None, suppress_health_check=list(HealthCheck))


def kept(tmp_path: Path, name: str, raw: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(raw)
    return path


@QUICK
@once_for(STATE)
def test_any_state_of_links_is_read_or_refused_in_french(tmp_path: Path, raw: bytes) -> None:
    try:
        known = state.load(kept(tmp_path, "state.json", raw))
    except DataError as error:
        assert error.line >= 1
        assert not re.search(r"\b(the|invalid|object|expected|line \d)\b", str(error), re.IGNORECASE)
    else:
        assert state.parse(state.text(known)) == known
        state.text(known).encode()


@QUICK
@once_for(TAGS)
def test_any_registry_is_read_or_refused_in_french(tmp_path: Path, raw: bytes) -> None:
    try:
        text = files.read_text(kept(tmp_path, "tags.toml", raw))
    except files.UnreadableError:
        return
    found, problems = vocabulary_reader.parse(text)
    repr(found).encode()
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in problems)


@QUICK
@once_for(CAPTIONS)
def test_any_captions_are_read(tmp_path: Path, raw: bytes) -> None:
    del tmp_path
    cues = webvtt.parse(raw).cues
    words.paragraphs(cues)
    words.chapters(cues)


@QUICK
@given(st.sampled_from(["images/b.png", "images/c.svg"]).flatmap(lambda name: st.tuples(st.just(name), wounded(GOOD[name]))))
def test_any_picture_has_a_size_or_none(tmp_path: Path, given_: tuple[str, bytes]) -> None:
    path = kept(tmp_path, Path(given_[0]).name, given_[1])
    found = pictures._size.__wrapped__(path, 0)
    assert found is None or all(isinstance(side, int) for side in found)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(), one, max_size=3),
    max_leaves=8,
)


@QUICK
@given(
    st.dictionaries(st.sampled_from(["weights", "steps", "held", "agent", "allowed", "delay", "x"]) | st.text(), JSON),
    st.dictionaries(st.sampled_from(list(environment._RULES)), JSON),
)
def test_any_settings_are_taken_or_refused_in_one_sentence(ours: dict[str, Any], pelicans: dict[str, Any]) -> None:
    for ask in (
        lambda: core_settings.load({"X": ours}, "X", TagSettings),
        lambda: core_settings.load({"X": ours}, "X", LinkSettings),
        lambda: environment.check(pelicans),
    ):
        try:
            ask()
        except SettingsError as error:
            assert "\n" not in str(error)
            str(error).encode()


@QUICK
@given(JSON, st.binary(max_size=30))
def test_whatever_the_cache_remembers_of_a_site_it_is_believed_or_forgotten(tmp_path: Path, value: Any, raw: bytes) -> None:
    ledger = Ledger(tmp_path, tmp_path / "output")
    for part in ("site", "plan", "stale", "jobs", "vu"):
        path = ledger._path(part)
        path.parent.mkdir(exist_ok=True)
        for text in (digest.sealed(json.dumps(value)).encode("utf-8", "surrogatepass"), raw):
            path.write_bytes(text)
            again = Ledger(tmp_path, tmp_path / "output")
            assert not again.live.files
            assert not again.book.inputs
            manifest_file.load(path)
            snapshot.load(path)
            snapshot.nothing_to_do(tmp_path, tmp_path / "output", "x")


def test_any_file_of_a_site_may_be_wounded_and_the_other_posts_are_there(small: Small) -> None:
    """Whole sites, for as long as one likes."""
    chance = random.Random(os.environ.get("PLANCHER_FUZZ_SEED", "1"))
    end, turn = time.monotonic() + SECONDS, 0
    others = {"2024/05/un/index.html", "2024/05/deux/index.html", "2025/06/trois/index.html", "feeds/atom.xml"}
    while time.monotonic() < end or not turn:
        turn += 1
        hurt = {name: _hurt(raw, chance) for name, raw in GOOD.items() if chance.random() < 0.4}
        for name, raw in (GOOD | hurt).items():
            small.write(f"content/{name}", raw)
        epoch = chance.choice([str(small.clock)] * 4 + ["0", "-1", "9" * 30, "x", "221845132799"])
        ran = small.warm.build(small.folder, small.output, env={"SOURCE_DATE_EPOCH": epoch}, limit=10.0)
        told = f"tour {turn} : {sorted(hurt)} {epoch}\n{ran.said}"
        if "SOURCE_DATE_EPOCH" in ran.said:
            assert ran.code == 1, told
            continue
        late = int(epoch) < small.clock
        assert ran.code == 0, _keep(small, told)
        assert late or others <= small.files.keys(), _keep(small, told)
        assert not re.search(r"Traceback|Error\b|Exception", ran.said), _keep(small, told)


def _hurt(raw: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 3)):
        at, end = sorted((chance.randint(0, len(raw)), chance.randint(0, len(raw))))
        piece = chance.choice((*PIECES, chance.randbytes(chance.randint(0, 8)), b""))
        raw = chance.choice((raw[:at] + piece + raw[at:], raw[:at] + piece + raw[end:], raw[:at], raw[end:], piece, raw + raw))[:300_000]
    return raw


def _keep(small: Small, told: str) -> str:
    """Leave the content that failed where it can be looked at."""
    kept_at = small.folder.parent / "echec"
    shutil.copytree(small.content, kept_at, dirs_exist_ok=True)
    return f"{told}\n{kept_at}"
