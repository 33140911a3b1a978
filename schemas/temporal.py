"""When an event happens: a calendar value and what it rests on."""

import re
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator

from schemas.base import FrozenModel
from schemas.spans import Span

_DAY = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_POINT = rf"(?:{_DAY}|\d{{4}}-W(?:0[1-9]|[1-4]\d|5[0-3])|\d{{4}}-(?:0[1-9]|1[0-2])|\d{{4}}|\d{{3}}X)"
CALENDAR_VALUE: Final = re.compile(rf"^{_POINT}(?:/{_POINT})?$")
"""ISO 8601 / EDTF as the contract uses it: day, week, month, year, decade (`199X`), or an interval."""


def _check_calendar_value(value: str) -> str:
    if not CALENDAR_VALUE.match(value):
        raise ValueError(f"{value!r} is not a day, week, month, year, decade or interval in ISO 8601 / EDTF")
    return value


CalendarValue = Annotated[str, AfterValidator(_check_calendar_value)]


class Basis(StrEnum):
    """What a date rests on."""

    EXPLICIT = "explicit"
    RELATIVE = "relative"
    PUBLICATION = "publication"


class EventDate(FrozenModel):
    """Date of an event.

    Attributes:
        value: ISO 8601 / EDTF, granularity kept: `2000-10`, `2000-W42`, `2000-10-19/2000-10-21`.
        basis: `publication` means that the text says nothing and the day of publication is given instead.
        mention: Words of the article that say so; None for `publication`.
    """

    value: CalendarValue
    basis: Basis
    mention: Span | None = None


class TemporalExpression(FrozenModel):
    """Words that name a calendar date, with their value.

    Attributes:
        text: As written, `text == article.text[start:end]`.
        start: First code point.
        end: One past the last code point.
        value: ISO 8601 / EDTF.
        basis: Explicit, or relative to the publication or to an earlier date of the text.
    """

    text: str
    start: int
    end: int
    value: CalendarValue
    basis: Basis
