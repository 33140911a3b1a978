"""Giving expressions their calendar value: under-specified dates become days, weeks, months and years."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from streams.extraction.temporal import arithmetic
from streams.extraction.temporal.arithmetic import Period
from streams.extraction.temporal.calendar import Calendar, Direction, Unit
from streams.extraction.temporal.expression import Expression, Kind, YearPart
from streams.extraction.temporal.memory import Memory
from streams.extraction.temporal.years import choose_day, choose_feast, choose_month, choose_year, feast_days

_ANAPHORIC = (Direction.AFTER, Direction.BEFORE, Direction.THAT)
_SHIFTS: dict[Direction | None, int] = {
    Direction.PAST: -1,
    Direction.BEFORE: -1,
    Direction.FUTURE: 1,
    Direction.AFTER: 1,
}
"""How many units away from its anchor a period lies."""

_SHORT_YEARS_AHEAD = 20
"""Two digits mean a year up to so far ahead, else one of the century before."""


@dataclass(slots=True)
class Resolver:
    """Resolves the expressions of one text in their order, remembering the dates passed.

    Attributes:
        published: Day of publication.
        calendar: Words of the language.
        tense: Direction of the verb of an expression, asked only when the words do not tell.
        memory: Dates passed so far.
    """

    published: date
    calendar: Calendar
    tense: Callable[[Expression], Direction | None]
    memory: Memory = field(default_factory=Memory, init=False)

    def resolve(self, expression: Expression) -> tuple[Period, str] | None:
        """Give an expression its value.

        Returns:
            The period and its anchor ("none", "publication" or "text"), or None when the calendar
            has no such date.
        """
        try:
            found = self._interval(expression) if expression.until else self._point(expression)
        except (ValueError, OverflowError):
            return None
        if found is None:
            return None
        self.memory.remember(found[0], expression)
        return found

    def _interval(self, expression: Expression) -> tuple[Period, str] | None:
        assert expression.until is not None
        start, end = self._point(expression), self._point(expression.until)
        if start is None or end is None:
            return None
        first, last = start[0], end[0]
        if last.first < first.first:
            last, first = self._reordered(expression, first, last)
        if last.first < first.first:
            return None
        return arithmetic.interval(first, last), start[1]

    def _reordered(self, expression: Expression, first: Period, last: Period) -> tuple[Period, Period]:
        """Move the end that its own words leave free until the interval runs forward."""
        assert expression.until is not None
        if (
            expression.until.kind is Kind.WEEKDAY
            and not expression.until.days
            and expression.until.weekday is not None
        ):
            day = arithmetic.nearest_weekday(first.first, expression.until.weekday, Direction.FUTURE)
            return arithmetic.day_period(day), first
        day = first.first
        if first.unit is Unit.MONTH:
            return last, arithmetic.month_period(day.year - 1, day.month)
        earlier = arithmetic.valid_day(day.year - 1, day.month, day.day)
        return last, arithmetic.day_period(earlier) if earlier and first.unit is Unit.DAY else first

    def _point(self, expression: Expression) -> tuple[Period, str] | None:
        resolvers: dict[Kind, Callable[[Expression], tuple[Period, str] | None]] = {
            Kind.DATE: self._date,
            Kind.WEEKDAY: self._weekday,
            Kind.ADVERB: self._adverb,
            Kind.MONTH: self._month,
            Kind.YEAR: self._year,
            Kind.DECADE: lambda found: (arithmetic.decade_period(found.amount), "none"),
            Kind.SEASON: self._season,
            Kind.PART_OF_YEAR: self._part_of_year,
            Kind.UNIT: self._unit,
            Kind.WEEKEND: self._weekend,
            Kind.OFFSET: self._offset,
            Kind.ANAPHOR: self._anaphor,
            Kind.FEAST: self._feast,
        }
        return resolvers[expression.kind](expression)

    def _year(self, expression: Expression) -> tuple[Period, str] | None:
        known = self._known_year(expression.year)
        return (arithmetic.year_period(known[0]), known[1]) if known else None

    def _direction(self, expression: Expression) -> Direction | None:
        """Give the direction of the words, else of the verb."""
        if expression.direction in (Direction.PAST, Direction.FUTURE):
            return expression.direction
        return self.tense(expression)

    def _known_year(self, part: YearPart | None) -> tuple[int, str] | None:
        """Give the year that the words say, with its anchor."""
        if part is None:
            return None
        if part.number is not None:
            return self._century(part), "none"
        shift = _SHIFTS.get(part.direction, 0)
        if part.direction in _ANAPHORIC and self.memory.last:
            return self.memory.last.last.year + shift, "text"
        return self.published.year + shift, "publication"

    def _century(self, part: YearPart) -> int:
        assert part.number is not None
        if not part.short:
            return part.number
        year = self.published.year // 100 * 100 + part.number
        return year if year <= self.published.year + _SHORT_YEARS_AHEAD else year - 100

    def _date(self, expression: Expression) -> tuple[Period, str] | None:
        known = self._known_year(expression.year)
        if expression.within is not None:
            return self._days_within(expression)
        if known is None or expression.month is None:
            first = self._undated_day(expression, expression.days[0])
        else:
            first = arithmetic.valid_day(known[0], expression.month, expression.days[0])
        if first is None:
            return None
        anchor = known[1] if known else "publication"
        if len(expression.days) == 1:
            return arithmetic.day_period(first), anchor
        last = arithmetic.valid_day(first.year, first.month, expression.days[-1])
        if last is None or last < first:
            return None
        return arithmetic.interval(arithmetic.day_period(first), arithmetic.day_period(last)), anchor

    def _days_within(self, expression: Expression) -> tuple[Period, str] | None:
        """Resolve "el 22 y 23 de este mes"."""
        anchor = self.memory.last if expression.within in _ANAPHORIC else None
        base = anchor.first if anchor else self.published
        month = arithmetic.shifted(base, _SHIFTS.get(expression.within, 0), Unit.MONTH)
        days = [arithmetic.valid_day(month.first.year, month.first.month, day) for day in expression.days]
        if not days[0] or not days[-1] or days[-1] < days[0]:
            return None
        ends = arithmetic.day_period(days[0]), arithmetic.day_period(days[-1])
        return arithmetic.interval(*ends), "text" if anchor else "publication"

    def _undated_day(self, expression: Expression, day: int) -> date | None:
        """Find the year (and month) of a day that the words leave open."""
        if expression.direction in _ANAPHORIC and expression.month is None and self.memory.last_day:
            base = self.memory.last_day.first
            return arithmetic.valid_day(base.year, base.month, day)
        return choose_day(self.published, expression, day, self._direction(expression))

    def _weekday(self, expression: Expression) -> tuple[Period, str] | None:
        assert expression.weekday is not None
        if expression.days:
            dated = self._dated_weekday(expression)
            return (
                (arithmetic.day_period(dated), "none" if expression.year else "publication")
                if dated
                else None
            )
        if expression.within is not None:
            return self._weekday_of_week(expression)
        if expression.direction in _ANAPHORIC and self.memory.last_day:
            back = expression.direction is Direction.BEFORE
            strict = expression.direction is not Direction.THAT
            way = Direction.PAST if back or not strict else Direction.FUTURE
            day = arithmetic.nearest_weekday(
                self.memory.last_day.last, expression.weekday, way, strict=strict
            )
            return arithmetic.day_period(day), "text"
        strict = expression.direction in (Direction.PAST, Direction.FUTURE)
        direction = self._direction(expression) or Direction.PAST
        way = Direction.PAST if direction is Direction.PAST else Direction.FUTURE
        day = arithmetic.nearest_weekday(self.published, expression.weekday, way, strict=strict)
        return arithmetic.day_period(day), "publication"

    def _dated_weekday(self, expression: Expression) -> date | None:
        known = self._known_year(expression.year)
        if known and expression.month:
            return arithmetic.valid_day(known[0], expression.month, expression.days[0])
        return choose_day(self.published, expression, expression.days[0], self._direction(expression))

    def _weekday_of_week(self, expression: Expression) -> tuple[Period, str]:
        assert expression.weekday is not None
        week = arithmetic.shifted(self.published, _SHIFTS.get(expression.within, 0), Unit.WEEK)
        return arithmetic.day_period(week.first + timedelta(days=expression.weekday)), "publication"

    def _adverb(self, expression: Expression) -> tuple[Period, str]:
        day = self.published + timedelta(days=expression.amount)
        if expression.weekday is not None:
            day = arithmetic.closest_weekday(day, expression.weekday)
        return arithmetic.day_period(day), "publication"

    def _month(self, expression: Expression) -> tuple[Period, str]:
        assert expression.month is not None
        known = self._known_year(expression.year)
        if known is None and expression.direction in _ANAPHORIC and self.memory.last:
            known = self.memory.last.first.year, "text"
        if known is None:
            year = choose_month(
                self.published, expression.month, expression.direction, self._direction(expression)
            )
            known = year, "publication"
        month = arithmetic.month_period(known[0], expression.month)
        if expression.days:
            first = month.first.replace(day=expression.days[0])
            last = min(month.last, month.first + timedelta(days=expression.days[-1] - 1))
            return arithmetic.interval(arithmetic.day_period(first), arithmetic.day_period(last)), known[1]
        return month, known[1]

    def _season(self, expression: Expression) -> tuple[Period, str] | None:
        first, last = self.calendar.seasons[expression.name]
        known = self._known_year(expression.year)
        if known is None:
            direction = self._direction(expression)
            if direction not in (Direction.PAST, Direction.FUTURE) and expression.direction is None:
                return None
            known = choose_year(self.published, first, last, expression.direction, direction), "publication"
        start, end = (
            arithmetic.month_period(known[0], first),
            arithmetic.month_period(known[0] + (last < first), last),
        )
        return arithmetic.interval(start, end), known[1]

    def _part_of_year(self, expression: Expression) -> tuple[Period, str]:
        length = 12 // expression.of
        first, last = (expression.amount - 1) * length + 1, expression.amount * length
        known = self._known_year(expression.year)
        if known is None:
            direction = self._direction(expression) or Direction.PAST
            known = choose_year(self.published, first, last, None, direction), "publication"
        start, end = arithmetic.month_period(known[0], first), arithmetic.month_period(known[0], last)
        return arithmetic.interval(start, end), known[1]

    def _unit(self, expression: Expression) -> tuple[Period, str]:
        assert expression.unit is not None
        anchor = self.memory.last if expression.direction in _ANAPHORIC else None
        base = anchor.first if anchor else self.published
        period = arithmetic.shifted(base, _SHIFTS.get(expression.direction, 0), expression.unit)
        return period, "text" if anchor else "publication"

    def _weekend(self, expression: Expression) -> tuple[Period, str]:
        """Give Saturday and Sunday: of this week, the last, the next, or by the verb."""
        anchor = self.memory.last_day if expression.direction in _ANAPHORIC else None
        monday = arithmetic.week_period(anchor.first if anchor else self.published).first
        weeks = _SHIFTS.get(expression.direction, 0)
        if expression.direction is Direction.FUTURE and self.published.weekday() < 5:
            weeks = 0
        if expression.direction in (None, Direction.THIS) and self.published.weekday() < 5:
            weeks = -1 if self.tense(expression) in (None, Direction.PAST) else 0
        saturday = monday + timedelta(days=7 * weeks + 5)
        days = (arithmetic.day_period(saturday), arithmetic.day_period(saturday + timedelta(days=1)))
        return arithmetic.interval(*days), "text" if anchor else "publication"

    def _offset(self, expression: Expression) -> tuple[Period, str]:
        assert expression.unit is not None
        return arithmetic.shifted(self.published, expression.amount, expression.unit), "publication"

    def _anaphor(self, expression: Expression) -> tuple[Period, str]:
        """Count from the last date of the text; days from a month or year stay that month or year."""
        assert expression.unit is not None
        anchor = self.memory.anchor_of(expression)
        if anchor is None:
            return arithmetic.shifted(self.published, expression.amount, expression.unit), "publication"
        if expression.unit is Unit.DAY and anchor.unit in (Unit.WEEK, Unit.MONTH, Unit.YEAR):
            return anchor, "text"
        if expression.unit is not Unit.YEAR and anchor.unit is Unit.YEAR:
            return anchor, "text"
        base = anchor.last if expression.amount > 0 else anchor.first
        return arithmetic.shifted(base, expression.amount, expression.unit), "text"

    def _feast(self, expression: Expression) -> tuple[Period, str]:
        known = self._known_year(expression.year)
        if known is None:
            days = choose_feast(
                self.published, self.calendar, expression.name, expression, self._direction(expression)
            )
            known = days[0].year, "publication"
        else:
            days = feast_days(self.calendar, expression.name, known[0])
        if expression.broad:
            return arithmetic.month_period(days[0].year, days[0].month), known[1]
        return arithmetic.interval(arithmetic.day_period(days[0]), arithmetic.day_period(days[1])), known[1]
