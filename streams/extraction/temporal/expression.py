"""What the finder hands to the normaliser: words of the text with an under-specified date."""

from dataclasses import dataclass
from enum import StrEnum

from streams.extraction.temporal.calendar import Direction, Unit


class Kind(StrEnum):
    """What sort of date the words name; it decides how they are resolved."""

    DATE = "date"
    WEEKDAY = "weekday"
    ADVERB = "adverb"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    SEASON = "season"
    PART_OF_YEAR = "part-of-year"
    UNIT = "unit"
    WEEKEND = "weekend"
    OFFSET = "offset"
    ANAPHOR = "anaphor"
    FEAST = "feast"


@dataclass(frozen=True, slots=True)
class YearPart:
    """The year of a date, as far as the words say it: a number, or a direction from its anchor.

    Attributes:
        number: "de 1999".
        direction: "del año pasado", "de ese año".
        short: Whether the number has two digits ("octubre del 98").
    """

    number: int | None = None
    direction: Direction | None = None
    short: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """Words that name a date, read but not yet resolved.

    Attributes:
        kind: How to resolve it.
        start: First code point.
        end: One past the last code point.
        direction: "próximo", "pasado", "este"; None when only the verb tells.
        weekday: Monday is 0.
        days: Days of the month; two or more in order when they form a range.
        month: 1 to 12.
        year: Whatever is said about the year.
        unit: Granularity of units, offsets and anaphors.
        amount: Signed count of units or days; index of a part of the year.
        of: In how many parts the year is divided.
        name: Feast or season, as in the calendar; "eve" for "la víspera", which is always a day.
        bare: Whether it is a date only next to another one ("hoy, lunes"; "del 3 al 5").
        broad: Whether a feast stands for its month ("antes de Navidad").
        dateline: Whether it stands in the dateline of an agency.
        within: Direction of the week or month that the day belongs to ("el lunes de la semana próxima").
        until: Other end of an interval ("desde el lunes hasta el jueves").
    """

    kind: Kind
    start: int
    end: int
    direction: Direction | None = None
    weekday: int | None = None
    days: tuple[int, ...] = ()
    month: int | None = None
    year: YearPart | None = None
    unit: Unit | None = None
    amount: int = 0
    of: int = 1
    name: str = ""
    bare: bool = False
    broad: bool = False
    dateline: bool = False
    within: Direction | None = None
    until: "Expression | None" = None
