"""Calendar arithmetic: periods of days, weeks, months and years, and their written values."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from streams.extraction.temporal.calendar import Direction, Unit


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar.

    Attributes:
        first: Its first day.
        last: Its last day.
        value: As the contract writes it, ISO 8601 / EDTF.
        unit: Granularity; None for intervals.
    """

    first: date
    last: date
    value: str
    unit: Unit | None


def day_period(day: date) -> Period:
    """Make the period of one day.

    >>> day_period(date(2000, 10, 19)).value
    '2000-10-19'
    """
    return Period(day, day, day.isoformat(), Unit.DAY)


def week_period(day: date) -> Period:
    """Make the ISO week that holds a day.

    >>> week_period(date(2000, 10, 19)).value
    '2000-W42'
    """
    year, week, weekday = day.isocalendar()
    first = day - timedelta(days=weekday - 1)
    return Period(first, first + timedelta(days=6), f"{year:04d}-W{week:02d}", Unit.WEEK)


def month_period(year: int, month: int) -> Period:
    """Make a month; `month` may lie outside 1 to 12 and then counts on into other years.

    >>> month_period(2000, 13).value
    '2001-01'
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last = date(year, month, monthrange(year, month)[1])
    return Period(date(year, month, 1), last, f"{year:04d}-{month:02d}", Unit.MONTH)


def year_period(year: int) -> Period:
    """Make a year."""
    return Period(date(year, 1, 1), date(year, 12, 31), f"{year:04d}", Unit.YEAR)


def decade_period(decade: int) -> Period:
    """Make the decade whose years begin with the three digits of `decade`.

    >>> decade_period(199).value
    '199X'
    """
    return Period(date(decade * 10, 1, 1), date(decade * 10 + 9, 12, 31), f"{decade:03d}X", None)


def interval(start: Period, end: Period) -> Period:
    """Join two periods; the later one alone would be no interval when they are the same."""
    if start.value == end.value:
        return start
    return Period(start.first, end.last, f"{start.value.split('/')[0]}/{end.value.split('/')[-1]}", None)


def period_of(day: date, unit: Unit) -> Period:
    """Give the day, week, month or year that holds a day."""
    if unit is Unit.DAY:
        return day_period(day)
    if unit is Unit.WEEK:
        return week_period(day)
    return month_period(day.year, day.month) if unit is Unit.MONTH else year_period(day.year)


def shifted(day: date, amount: int, unit: Unit) -> Period:
    """Give the period that lies `amount` units after (or, negative, before) the one of a day."""
    if unit is Unit.DAY:
        return day_period(day + timedelta(days=amount))
    if unit is Unit.WEEK:
        return week_period(day + timedelta(weeks=amount))
    return (
        month_period(day.year, day.month + amount) if unit is Unit.MONTH else year_period(day.year + amount)
    )


def nearest_weekday(anchor: date, weekday: int, direction: Direction, *, strict: bool = False) -> date:
    """Find the nearest day with a weekday, backwards or forwards.

    Args:
        anchor: Where the search begins.
        weekday: Monday is 0.
        direction: PAST searches backwards, anything else forwards.
        strict: Whether the anchor itself does not count.
    """
    step = -1 if direction is Direction.PAST else 1
    distance = (weekday - anchor.weekday()) * step % 7
    if strict and not distance:
        distance = 7
    return anchor + timedelta(days=step * distance)


def closest_weekday(anchor: date, weekday: int) -> date:
    """Find the day with a weekday that is at most three days away."""
    return anchor + timedelta(days=(weekday - anchor.weekday() + 3) % 7 - 3)


def easter(year: int) -> date:
    """Compute Easter Sunday of the Gregorian calendar.

    Source:
        The anonymous Gregorian algorithm (Nature, 1876).

    >>> easter(2000)
    datetime.date(2000, 4, 23)
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    k = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def valid_day(year: int, month: int, day: int) -> date | None:
    """Make a date, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
