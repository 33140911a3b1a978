"""Temporal expressions: found in the text, then given their calendar value.

    calendar = load_calendar(Path("streams/extraction/lang/es"))
    find_temporal_expressions(doc, published=date(2000, 10, 13), calendar=calendar)

`finder` and `linker` say which words name a date, `normaliser` says which date, and `tense` which way the
verb looks.
"""

from dataclasses import dataclass
from datetime import date

from schemas.temporal import CALENDAR_VALUE, Basis
from streams.extraction.temporal.calendar import Calendar, load_calendar
from streams.extraction.temporal.expression import Expression
from streams.extraction.temporal.finder import find_expressions
from streams.extraction.temporal.normaliser import Resolver
from streams.extraction.temporal.tense import TenseReader
from streams.extraction.tokens import Doc

__all__ = ["Calendar", "TemporalMention", "find_temporal_expressions", "load_calendar"]


@dataclass(frozen=True, slots=True)
class TemporalMention:
    """Words that name a calendar date, with their value.

    Attributes:
        text: As written, `text == doc.text[start:end]`.
        start: First code point.
        end: One past the last code point.
        value: ISO 8601 / EDTF, see `schemas.temporal.CALENDAR_VALUE`.
        basis: Explicit when the words alone tell the date, else relative.
        anchor: What it was resolved against: "publication", "text" (an earlier date) or "none".
    """

    text: str
    start: int
    end: int
    value: str
    basis: Basis
    anchor: str


def find_temporal_expressions(doc: Doc, *, published: date, calendar: Calendar) -> list[TemporalMention]:
    """Find the dates of a text and give them their values.

    Args:
        doc: Any `Doc`; tense is read from morphology and syntax where it has them, else from word endings.
        published: Day of publication, the anchor of relative dates.
        calendar: Words of the language.

    Returns:
        Mentions in the order of the text, without overlaps; none for durations, times of day and habits.

    Source:
        Annotation guidelines, "Date".
    """
    text = doc.text
    expressions = find_expressions(text, calendar=calendar)
    if not expressions:
        return []
    reader = TenseReader(doc, calendar)
    resolver = Resolver(published, calendar, lambda found: reader.direction(found.start, found.end))
    mentions = []
    for expression in expressions:
        found = resolver.resolve(expression)
        if found and CALENDAR_VALUE.match(found[0].value):
            mentions.append(_mention(text, expression, found[0].value, found[1]))
    return mentions


def _mention(text: str, expression: Expression, value: str, anchor: str) -> TemporalMention:
    return TemporalMention(
        text=text[expression.start : expression.end],
        start=expression.start,
        end=expression.end,
        value=value,
        basis=Basis.EXPLICIT if anchor == "none" or expression.dateline else Basis.RELATIVE,
        anchor=anchor,
    )
