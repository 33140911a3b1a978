"""Weeks, months, years and feasts are counted as the calendar does."""

from datetime import date

import pytest

from streams.extraction.temporal.arithmetic import (
    closest_weekday,
    day_period,
    easter,
    interval,
    month_period,
    nearest_weekday,
    shifted,
    week_period,
)
from streams.extraction.temporal.calendar import Direction, Unit


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(1999, (4, 4)), (2000, (4, 23)), (2008, (3, 23)), (2016, (3, 27)), (2024, (3, 31)), (2038, (4, 25))],
)
def test_easter(year: int, sunday: tuple[int, int]) -> None:
    assert easter(year) == date(year, *sunday)


def test_week_of_the_last_days_of_december_belongs_to_the_next_year() -> None:
    assert week_period(date(2024, 12, 30)).value == "2025-W01"


@pytest.mark.parametrize(
    ("month", "value"), [(0, "1999-12"), (13, "2001-01"), (-11, "1999-01"), (12, "2000-12")]
)
def test_months_count_on_into_other_years(month: int, value: str) -> None:
    assert month_period(2000, month).value == value


@pytest.mark.parametrize(
    ("direction", "strict", "day"),
    [
        (Direction.PAST, False, 13),
        (Direction.PAST, True, 6),
        (Direction.FUTURE, False, 13),
        (Direction.FUTURE, True, 20),
    ],
)
def test_nearest_weekday_counts_the_anchor_unless_strict(
    direction: Direction, strict: bool, day: int
) -> None:
    assert nearest_weekday(date(2000, 10, 13), 4, direction, strict=strict) == date(2000, 10, day)


def test_closest_weekday_is_at_most_three_days_away() -> None:
    for weekday in range(7):
        found = closest_weekday(date(2000, 10, 13), weekday)
        assert found.weekday() == weekday
        assert abs((found - date(2000, 10, 13)).days) <= 3


def test_interval_of_one_day_is_that_day() -> None:
    day = day_period(date(2000, 10, 13))
    assert interval(day, day) == day


def test_shifted_keeps_the_granularity() -> None:
    assert [shifted(date(2000, 10, 13), -1, unit).value for unit in Unit] == [
        "2000-10-12",
        "2000-W40",
        "2000-09",
        "1999",
    ]
