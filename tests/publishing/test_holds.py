"""A publication holds: killed or cut at any moment, it leaves readers the old site or the new one, and the next run heals."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.publishing import newer_places, reader
from tests.publishing.machine import Machine, machine
from tests.publishing.places import Kept

MOMENTS = int(os.environ.get("PLANCHER_MOMENTS", "4"))
"""At which it is killed or, where there is a line, in turn its line is cut, for each kind of target; all 20 take some minutes."""
TRIES = 2
"""Moments of one publication."""
SEED = int(os.environ.get("PLANCHER_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)


@pytest.fixture(scope="module")
def office() -> Iterator[Machine]:
    with machine("le-bureau") as made:
        yield made


@pytest.fixture(params=newer_places.ALL)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    with newer_places.any_kept(request.param, tmp_path, request) as made:
        yield made


def check(place: Kept, before: dict[str, str], after: dict[str, str], moment: str) -> None:
    """What a reader finds who comes now."""
    pages, lost = reader.crawl(place.opened())
    assert lost == [], moment
    if place.is_whole:
        assert pages in (reader.of(before), reader.of(after)), moment
    else:  # each page is the old one or the new one, and what it needs is there
        either = {(path, text) for files in (before, after) for path, text in files.items()}
        assert {*pages.items()} <= either, moment


def test_killed_or_cut_at_any_moment_readers_have_a_whole_site_and_the_next_run_heals(place: Kept, office: Machine, tmp_path: Path) -> None:
    chance, version, here = random.Random(SEED), 1, tmp_path / "ici"
    first = office.publish(place.target, here, reader.site(0), place.environment)
    assert first.code == 0, first
    began = time.monotonic()
    second = office.publish(place.far or place.target, here, reader.site(version), place.environment)
    assert second.code == 0, second
    whole = time.monotonic() - began
    for number in range(MOMENTS):
        before, after = reader.site(version), reader.site(version + 1)
        is_cut, moment = number % 2 == 1 and place.line is not None, chance.uniform(0, whole)
        office.start(place.far or place.target, here, after, place.environment)
        time.sleep(moment)
        place.line.cut() if is_cut else office.kill()
        ended = office.ended()
        told = f"seed {SEED}, moment {number}: {'cut' if is_cut else 'killed'} after {moment:.3f} s of {whole:.3f}: {ended}"
        print(told)
        assert ended.code in ({0, 1} if is_cut else {0, -9}), told
        check(place, before, after, told)
        if number % TRIES == TRIES - 1:  # stopped again and again, it goes on; in the end it is left in peace
            healed = office.publish(place.target, here, after, place.environment)
            assert healed.code == 0, f"{told}\n{healed}"
            assert reader.crawl(place.opened()) == (reader.of(after), []), told
            assert [*tmp_path.rglob("*.plancher.tmp"), *(place.disk or tmp_path).rglob("*.plancher.tmp")] == [], told
            version += 1
