"""Dates as French authors write them and French readers read them."""

from __future__ import annotations

import datetime as dt

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st
from plancher.base import dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-02", "2024-05-02 00:00"),
        ("2024-05-02 10:00", "2024-05-02 10:00"),
        ("2024-05-02T10:00:30", "2024-05-02 10:00"),
        ("2 mai 2024", "2024-05-02 00:00"),
        ("1er mars 2024", "2024-03-01 00:00"),
        ("lundi 22 septembre 2008", "2008-09-22 00:00"),
        ("5 Janvier 2026", "2026-01-05 00:00"),
        ("12 fevrier 2025", "2025-02-12 00:00"),
        ("3 août 2025 à 14 h 05", "2025-08-03 14:05"),
        ("3 août 2025 à 14h", "2025-08-03 14:00"),
        ("02/05/2024", "2024-05-02 00:00"),
        ("2\u00a0mai\u00a02024", "2024-05-02 00:00"),
        ("02/05/2024 08:15", "2024-05-02 08:15"),
        # As other generators and tools write them.
        ("2024-05-02T10:00:00.000Z", "2024-05-02 10:00"),
        ("2024-05-02 10:00:00 +0200", "2024-05-02 10:00"),
        ("2024-05-02 10:00 UTC+02:00", "2024-05-02 10:00"),
        ("2024/05/02", "2024-05-02 00:00"),
        ("2.5.2024", "2024-05-02 00:00"),
        ("Thu, 02 May 2024 10:00:00 GMT", "2024-05-02 10:00"),
        ("March 3, 2024 10:05 PM", "2024-03-03 22:05"),
        ("March 3rd, 2024 12:05 am", "2024-03-03 00:05"),
        ("le 2 févr. 2024", "2024-02-02 00:00"),
    ],
)
def test_a_whole_date_is_read(text: str, expected: str) -> None:
    assert f"{dates.parse(text):%Y-%m-%d %H:%M}" == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2024", "incomplète"),
        ("2024-05", "incomplète"),
        ("mai 2024", "incomplète"),
        ("2 mai", "incomplète"),
        ("02/05/24", "ambiguë"),
        ("30 février 2024", "impossible"),
        ("2024-13-01", "impossible"),
        ("2 brumaire 2024", "mois inconnu"),
        ("demain", "illisible"),
        ("Maybe 2, 2024", "mois inconnu"),
        ("2024-05-02T10:00:00+99:00", "fuseau"),
        ("", "illisible"),
    ],
)
def test_what_is_no_whole_date_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(dates.DateError, match=reason):
        dates.parse(text)


def test_a_time_zone_is_kept() -> None:
    for zone, hours in (("+02:00", 2), (" +0200", 2), (" UTC+2", 2), ("-05:00[America/Toronto]", -5), ("Z", 0), (" GMT", 0)):
        assert dates.parse(f"2024-05-02T10:00:00{zone}").utcoffset() == dt.timedelta(hours=hours)


def test_days_are_said_in_french_without_any_locale() -> None:
    assert dates.day(dt.date(2024, 3, 1)) == "1er mars 2024"
    for number in range(1, 13):
        assert dates.month(dt.date(2008, number, 22)) == format_date(dt.date(2008, number, 22), "MMMM y", "fr")
    assert dates.day(dt.date(2024, 12, 11)) == "11 décembre 2024"
    assert dates.month(dt.date(2024, 8, 1)) == "août 2024"
    assert dates.short_day(dt.date(2024, 3, 1)) == "1er mars"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2024-01 / 2024-06", "janvier à juin 2024"),
        ("2023-11 / 2024-02", "novembre 2023 à février 2024"),
        ("2027-03", "mars 2027"),
        ("2024-13", "2024-13"),
        ("l'an dernier", "l'an dernier"),
    ],
)
def test_periods_are_said_in_french(text: str, shown: str) -> None:
    assert dates.period(text) == shown


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(9998, 12, 31)))
def test_a_day_said_in_french_is_read_back(day: dt.date) -> None:
    assert dates.parse(dates.day(day)).date() == day


@given(st.text())
def test_no_text_makes_reading_a_date_fail_otherwise(text: str) -> None:
    try:
        dates.parse(text)
    except dates.DateError as error:
        assert "«" in str(error)
