"""The parts of the receiver that need no server: what is read of any bytes, what is remembered of machines, and what a seal says."""

from __future__ import annotations

import contextlib
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.commands.answers.receiver import submission
from plancher.commands.answers.receiver.limits import Limits
from plancher.commands.answers.receiver.refusals import RefusedError
from plancher.commands.answers.receiver.rules import House, Rules
from plancher.commands.answers.receiver.seals import Sealer, SealError
from plancher.components.answers import form, questions


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@given(st.binary(max_size=400), st.text(max_size=40))
def test_any_bytes_are_a_form_or_are_refused(raw: bytes, kind: str) -> None:
    for content_type in (submission.KIND, kind):
        with contextlib.suppress(RefusedError):
            submission.read(raw, content_type)


@given(st.fixed_dictionaries({text.name: st.text(max_size=200) for text in questions.TEXTS}), st.sets(st.sampled_from([box.name for box in questions.BOXES])))
def test_what_was_read_once_is_read_the_same_again(texts: dict[str, str], ticked: set[str]) -> None:
    typed = {"token": "a1b2c3d4", **{name: value.encode("utf-8", "ignore").decode() for name, value in texts.items()}, **dict.fromkeys(ticked, form.YES)}
    first = submission.read(urllib.parse.urlencode(typed).encode(), submission.KIND)
    assert {box.name for box in questions.BOXES if first.typed[box.name]} == ticked
    second = submission.read(urllib.parse.urlencode({"token": first.token, **first.typed}).encode(), submission.KIND)
    assert second.content() == first.content()


def test_after_a_window_nothing_is_known_of_a_machine() -> None:
    clock = Clock()
    limits = Limits(Rules(per_machine=2, in_all=3, window=60.0), clock)
    assert [limits.admits(machine) for machine in ("198.51.100.1",) * 3] == [True, True, False]
    key, known = limits._key, set(limits._counts)
    assert not any("198.51" in str(value) for value in vars(limits).values())
    assert [limits.admits(f"198.51.100.{number}") for number in (2, 3)] == [True, False]
    assert limits.wait == 60
    clock.now += 60
    assert limits.admits("198.51.100.1")
    assert limits._key != key
    assert not known & set(limits._counts)


def test_a_million_machines_are_not_remembered() -> None:
    limits = Limits(Rules(in_all=100), Clock())
    for number in range(5000):
        limits.admits(f"10.{number // 250}.{number % 250}.1")
        with limits.entering(f"10.{number // 250}.{number % 250}.1"):
            pass
    assert len(limits._counts) <= 100
    assert len(limits._under_way) == 0


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:198.51.100.1", "198.51.100.1", True),
        ("::ffff:198.51.100.1", "::ffff:198.51.100.2", False),
        ("", "n'importe quoi", False),
    ],
)
def test_a_machine_is_an_address_or_what_a_subscriber_has(one: str, other: str, is_same: bool) -> None:
    limits = Limits(Rules(per_machine=1), Clock())
    assert limits.admits(one)
    assert limits.admits(other) is not is_same


def test_a_seal_is_good_for_its_time_under_its_key() -> None:
    sealer = Sealer(b"k" * 32, Rules(soonest=3, latest=100))
    seal = sealer.make(1000.0)
    assert sealer.open(seal, 1003.0) == sealer.open(seal, 1100.0) == seal.split(".")[1]
    for moment in (900.0, 1002.9, 1100.1):
        with pytest.raises(SealError):
            sealer.open(seal, moment)
    with pytest.raises(SealError):
        Sealer(b"x" * 32, Rules()).open(seal, 1050.0)
    assert len({sealer.make(1000.0) for _ in range(100)}) == 100


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("https://carnet.example/b/2024/05/un/", "https://carnet.example/b/2024/05/un/"),
        ("https://carnet.example/autre/", "https://carnet.example/b/"),
        ("https://carnet.example/b.voleur.example/", "https://carnet.example/b/"),
        ("javascript:alert(1)", "https://carnet.example/b/"),
        ("//voleur.example/", "https://carnet.example/b/"),
        ("", "https://carnet.example/b/"),
    ],
)
def test_a_reader_is_led_back_to_the_blog_alone(typed: str, page: str) -> None:
    house = House(name="Carnet", blog="https://carnet.example/b", receiver="https://Temoins.example:8443/x")
    assert house.page(typed) == page
    assert (house.blog_origin, house.own_origin, house.base) == ("https://carnet.example", "https://temoins.example:8443", "/x/")
