"""Choosing the year that the words leave open: by direction, else the nearest."""

from collections.abc import Iterator
from datetime import date

from streams.extraction.temporal.arithmetic import easter, valid_day
from streams.extraction.temporal.calendar import Calendar, Direction
from streams.extraction.temporal.expression import Expression

_NEAR_DAYS = 45
_FAR_DAYS = 200
"""What is near beats what is so far, although the verb looks the other way: verbs are misread more often."""


def choose_day(published: date, expression: Expression, day: int, direction: Direction | None) -> date | None:
    """Find the date meant by a day with or without month and weekday.

    Args:
        published: Day of publication.
        expression: Its month and weekday must fit; a direction of its own leaves no choice.
        day: Day of the month.
        direction: Where the words or the verb look; a present looks forward, None takes the nearest.

    Returns:
        None when no month around the publication has such a day.
    """
    candidates = list(_candidates(published, expression, day))
    if not candidates:
        return None
    if expression.direction in (Direction.PAST, Direction.FUTURE):
        sided = [found for found in candidates if found != published]
        return _nearest(published, sided, expression.direction) or None
    nearest = min(candidates, key=lambda found: (abs((found - published).days), found))
    if direction is None:
        return nearest
    chosen = _nearest(published, candidates, direction)
    if chosen is None or (
        _distance(chosen, published) > _FAR_DAYS and _distance(nearest, published) < _NEAR_DAYS
    ):
        return nearest
    return chosen


def _candidates(published: date, expression: Expression, day: int) -> Iterator[date]:
    reach = 4 if expression.weekday is not None and expression.month else 1
    for year in range(published.year - reach, published.year + reach + 1):
        for month in (expression.month,) if expression.month else range(1, 13):
            found = valid_day(year, month, day)
            if found and (expression.weekday is None or found.weekday() == expression.weekday):
                yield found


def _nearest(published: date, candidates: list[date], direction: Direction) -> date | None:
    if direction is Direction.PAST:
        return max((found for found in candidates if found <= published), default=None)
    return min((found for found in candidates if found >= published), default=None)


def _distance(one: date, other: date) -> int:
    return abs((one - other).days)


def choose_month(published: date, month: int, said: Direction | None, direction: Direction | None) -> int:
    """Find the year of a month: strictly before or after the present one if so said, else by the verb."""
    if said is Direction.PAST:
        return published.year - (month >= published.month)
    if said is Direction.FUTURE:
        return published.year + (month <= published.month)
    if said is Direction.THIS:
        return published.year
    if direction in (Direction.FUTURE, Direction.THIS):
        return published.year + (month < published.month)
    return published.year - (month > published.month)


def choose_year(
    published: date, first: int, last: int, said: Direction | None, direction: Direction | None
) -> int:
    """Find the year in which a season or part of the year begins.

    Args:
        published: Day of publication.
        first: First month.
        last: Last month; smaller than `first` when it lies in the next year.
        said: Direction in the words.
        direction: Direction of the verb.
    """
    months = (last - first) % 12
    here = published.year * 12 + published.month
    starts = [(published.year + shift) * 12 + first for shift in (-2, -1, 0, 1, 2)]
    if said is Direction.PAST:
        chosen = max(start for start in starts if start + months < here)
    elif said is Direction.FUTURE:
        chosen = min(start for start in starts if start > here)
    elif said is Direction.THIS or direction is Direction.THIS:
        chosen = min(starts, key=lambda start: (abs(2 * start + months - 2 * here), start))
    elif direction is Direction.FUTURE:
        chosen = min(start for start in starts if start + months >= here)
    else:
        chosen = max(start for start in starts if start <= here)
    return (chosen - 1) // 12


def feast_days(calendar: Calendar, name: str, year: int) -> tuple[date, date]:
    """Give first and last day of a feast in a year.

    Raises:
        ValueError: The year has no such day.
    """
    if name in calendar.fixed_feasts:
        month, day = calendar.fixed_feasts[name]
        return date(year, month, day), date(year, month, day)
    sunday = easter(year).toordinal()
    first, last = calendar.easter_feasts[name]
    return date.fromordinal(sunday + first), date.fromordinal(sunday + last)


def choose_feast(
    published: date, calendar: Calendar, name: str, expression: Expression, direction: Direction | None
) -> tuple[date, date]:
    """Find the feast meant: strictly past or future if so said, else by the verb, else the nearest."""
    years = [published.year + shift for shift in (-1, 0, 1) if 1 < published.year + shift < 9999]
    feasts = [feast_days(calendar, name, year) for year in years]
    past = [
        feast
        for feast in feasts
        if feast[0] <= published and not (expression.direction and feast[1] >= published)
    ]
    future = [
        feast
        for feast in feasts
        if feast[1] >= published and not (expression.direction and feast[0] <= published)
    ]
    if expression.direction is Direction.THIS or direction is None:
        return min(feasts, key=lambda feast: (_distance(feast[0], published), feast))
    if direction is Direction.PAST and past:
        return past[-1]
    return future[0] if direction is not Direction.PAST and future else feasts[1]
