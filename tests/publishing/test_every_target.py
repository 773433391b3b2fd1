"""What every target promises, told once for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from plancher.publishing import releases
from plancher.publishing.errors import PublishingError
from plancher.publishing.plan import Plan
from plancher.publishing.stores import bucket_place, netlify

from tests.publishing import cases
from tests.publishing.cases import Case
from tests.publishing.sites import FIRST

EDITED = {**FIRST, "2024/un/index.html": "un, corrigé"}


@pytest.fixture(params=cases.ALL, ids=lambda made: made.__name__)
def case(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    monkeypatch.setattr(bucket_place, "SETTLED", 0.05)
    monkeypatch.setattr(netlify, "_PAUSE", 0.01)
    with request.param(request, tmp_path) as made:
        yield made


def test_a_site_goes_online_an_edit_sends_its_file_and_nothing_is_sent_where_nothing_changed(case: Case) -> None:
    first = case.publisher.publish(FIRST)
    assert (case.online(), first.is_switched) == (FIRST, case.is_switched)
    assert case.publisher.look(FIRST).is_empty
    again = case.publisher.publish(FIRST)
    assert (again.plan.is_empty, case.online()) == (True, FIRST)
    assert case.publisher.look(EDITED).sent == ("2024/un/index.html",)
    assert case.online() == FIRST
    assert case.publisher.publish(EDITED).plan.sent == ("2024/un/index.html",)
    assert case.online() == EDITED
    assert (case.publisher.status().files >= len(EDITED), case.publisher.status().holder) == (True, "")


def test_what_is_deleted_or_renamed_is_gone_and_what_pages_load_stays_for_one_publication(case: Case) -> None:
    case.publisher.publish(FIRST)
    second = {name.replace("deux", "nouveau"): text for name, text in FIRST.items() if name != "theme/a.css"} | {"theme/b.css": "b"}
    plan = case.publisher.publish(second).plan
    assert sorted(plan.retiring) == ["2024/deux/index.html", "theme/a.css"]
    stays = {} if case.is_switched else {"2024/deux/index.html": "deux"}  # file by file a reader may be on his way there
    assert case.online() == {**second, "theme/a.css": "a", **stays}
    third = {**second, "index.html": "autre"}
    case.publisher.publish(third)
    assert case.online() == third


def test_whoever_is_to_be_forgotten_is_gone_with_one_publication_and_from_former_ones(case: Case) -> None:
    case.publisher.publish(FIRST)
    case.publisher.publish(EDITED)
    second = {name: text for name, text in EDITED.items() if name not in {"images/photo d’été.png", "2024/deux/index.html"}}
    assert case.publisher.publish(second, forgetting=True).is_alone
    assert case.online() == second
    assert len(case.publisher.status().releases) <= 1
    with pytest.raises(PublishingError):
        case.publisher.rollback()


def test_two_publications_in_the_same_second_are_two(case: Case) -> None:
    case.publisher.publish(FIRST)
    case.publisher._number -= 1
    case.publisher.publish(EDITED)
    assert case.online() == EDITED
    if case.has_rollback:
        assert len({*case.publisher.status().releases}) == 2
        case.publisher.rollback()
        assert case.online() == FIRST


def test_more_than_a_third_goes_only_when_somebody_agrees(case: Case) -> None:
    case.publisher.publish(FIRST)

    def refuse(plan: Plan) -> None:
        assert plan.must_ask
        raise PublishingError("non")

    with pytest.raises(PublishingError, match="non"):
        case.publisher.publish({"index.html": "seul"}, confirm=refuse)
    assert case.online() == FIRST


def test_a_former_site_of_somebody_is_replaced_only_when_its_owner_says_so(case: Case) -> None:
    if case.plant is None:
        pytest.skip("une branche : test_pages.py")
    case.plant()
    before = case.online()
    with pytest.raises(PublishingError, match=r"Rien n'a changé.*--adopt"):
        case.publisher.publish(FIRST)
    assert case.online() == before
    case.publisher.publish(FIRST, adopted=True)
    case.publisher.publish(FIRST)
    assert case.online() == FIRST


def test_a_wrong_secret_is_told_in_one_french_sentence_and_changes_nothing(case: Case) -> None:
    if case.stranger is None:
        pytest.skip("rien à deviner ici")
    case.publisher.publish(FIRST)
    with pytest.raises(PublishingError, match=r"refuse|droit") as stopped:
        case.stranger.publish(EDITED)
    told = str(stopped.value)
    assert not re.search(r"motsecret|Traceback|Error\b|denied", told), told
    assert re.search(r"Vérifiez|mettez-le|ssh", told), told
    assert case.online() == FIRST


def test_five_former_sites_can_come_back_where_a_target_keeps_them(case: Case) -> None:
    if not case.has_rollback:
        case.publisher.publish(FIRST)
        with pytest.raises(PublishingError, match="ne garde pas"):
            case.publisher.rollback()
        return
    sites = [{**FIRST, "index.html": f"site {number}"} for number in range(releases.KEPT + 1)]
    for files in sites:
        case.publisher.publish(files)
    kept = case.publisher.status().releases
    assert len(kept) == releases.KEPT
    assert case.publisher.rollback() == kept[1]
    assert case.online() == sites[-2]
    assert case.publisher.rollback() == kept[2]
    assert case.online() == sites[-3]
    case.publisher.rollback(kept[-1])
    assert case.online() == sites[-releases.KEPT]
    with pytest.raises(PublishingError, match="« hier »"):
        case.publisher.rollback("hier")
    case.publisher.publish(sites[-1])
    assert case.online() == sites[-1]
