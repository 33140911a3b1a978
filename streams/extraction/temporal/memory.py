"""The dates passed in a text, from which later words count: "al día siguiente", "dos meses antes"."""

from dataclasses import dataclass, field

from streams.extraction.temporal.arithmetic import Period
from streams.extraction.temporal.calendar import Unit
from streams.extraction.temporal.expression import Expression, Kind

_NEAR = 300
"""Characters within which days are counted from a month or year too; farther back only days count."""


@dataclass(slots=True)
class Memory:
    """What the resolver remembers of one text.

    Attributes:
        last: Last date of any granularity.
        last_day: Last date that was a day.
    """

    last: Period | None = None
    last_day: Period | None = None
    _end: int = field(default=0, init=False)

    def remember(self, period: Period, expression: Expression) -> None:
        """Keep a date for the words that follow; one that counts from another only if it is a day."""
        if expression.kind is Kind.ANAPHOR and period.unit is not Unit.DAY:
            return
        self.last, self._end = period, expression.end
        if period.unit is Unit.DAY:
            self.last_day = period

    def anchor_of(self, expression: Expression) -> Period | None:
        """Give the date that an expression counts from; "la víspera" counts from days only."""
        near = expression.unit is not Unit.DAY or expression.start - self._end < _NEAR
        return self.last if self.last and near and expression.name != "eve" else self.last_day
