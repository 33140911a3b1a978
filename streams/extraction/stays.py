"""Stays as dates: from one day to another, or so many days from or to a day.

"Llegó el martes … y se quedó hasta el jueves"; "concluye hoy una visita de tres días". Every reading
that the words allow is an option; the judge of dates chooses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from schemas import Basis
from streams.extraction.annotations import Candidate, DateFiller
from streams.extraction.dates import DatedRange
from streams.extraction.temporal import TemporalMention
from streams.extraction.temporal.calendar import Calendar, Unit
from streams.extraction.tokens import Doc, Span, Token

_DAY: Final = 10
"""Length of a day's value; only days begin and end a stay."""
_LONGEST_DAYS: Final = 45
"""Longest stay; two days farther apart belong to two happenings."""


@dataclass(frozen=True, slots=True)
class Stay:
    """An interval that two expressions, or one and a duration, may span.

    Attributes:
        sort: "between" two days, so many days "from" a day or "to" it.
        signs: Words that tell which reading is right.
    """

    value: str
    mention: TemporalMention
    start: int
    end: int
    governor: int
    sort: str
    signs: tuple[str, ...]

    def filler(self, score: float) -> DateFiller:
        """As the date of a candidate; the words are those of the day that it was reckoned from."""
        return DateFiller(self.value, Basis.RELATIVE, self.mention.start, self.mention.end, score)


def stays_of(
    doc: Doc,
    candidate: Candidate,
    here: Sequence[DatedRange],
    before: Sequence[DatedRange],
    calendar: Calendar,
) -> Iterator[Stay]:
    """Read stays out of the days of a trigger's sentence and the durations in it."""
    if candidate.document is not None:
        return
    near = [d for d in (*before[-2:], *here) if len(d.value) == _DAY]
    own = {d.start for d in here}
    for last in near:
        for first in near:
            if first.start != last.start and own & {first.start, last.start}:
                yield from _between(doc, first, last, calendar)
    token = doc[candidate.anchor]
    for amount, noun in durations(token.sent, calendar):
        for day in [d for d in (*before[-1:], *here) if len(d.value) == _DAY]:
            yield from _lasting(token, day, amount, noun, calendar)


def _between(doc: Doc, first: DatedRange, last: DatedRange, calendar: Calendar) -> Iterator[Stay]:
    length = (date.fromisoformat(last.value) - date.fromisoformat(first.value)).days
    if not 0 < length <= _LONGEST_DAYS:
        return
    until = doc[max(0, last.start - 1)].lower_ == "hasta" or _names(doc, last, calendar.stay_ends)
    since = doc[max(0, first.start - 1)].lower_ == "desde" or _names(doc, first, calendar.stay_begins)
    signs = (f"since|{since}", f"order|{first.start < last.start}")
    if not until:
        return
    value = f"{first.value}/{last.value}"
    yield Stay(value, last.mention, last.start, last.end, last.governor, "between", signs)


def _lasting(token: Token, day: DatedRange, amount: int, noun: Token, calendar: Calendar) -> Iterator[Stay]:
    """Read "de tres días" from the day that is named, or up to it, as the words beside that day say."""
    named = date.fromisoformat(day.value)
    span = timedelta(days=amount - 1)
    begins, ends = (_names(token.doc, day, words) for words in (calendar.stay_begins, calendar.stay_ends))
    lasts = noun.head.i == token.i or noun.head.head.i == token.i
    signs = (
        f"lasts|{lasts}",
        f"here|{day.start >= token.sent.start}",
    )
    if begins == ends:
        return
    first, last = (named, named + span) if begins else (named - span, named)
    value, sort = f"{first.isoformat()}/{last.isoformat()}", "from" if begins else "to"
    yield Stay(value, day.mention, day.start, day.end, day.governor, sort, signs)


def _names(doc: Doc, day: DatedRange, words: Sequence[str]) -> bool:
    """Whether what a day hangs on, or a word right before it, is one of these: "al término de", "llegó"."""
    near = {doc[day.governor].lemma, doc[day.governor].head.lemma}
    near |= {t.lemma for t in doc[max(0, day.start - 3) : day.start]}
    near |= {t.lemma for t in doc[day.end : day.end + 3]}
    return not near.isdisjoint(words)


def durations(sent: Span, calendar: Calendar) -> Iterator[tuple[int, Token]]:
    """Find numbers of days or weeks that begin with a number word: days, and the noun."""
    for token in sent:
        unit = calendar.units.get(token.lower_)
        if unit not in (Unit.DAY, Unit.WEEK) or token.i == sent.start:
            continue
        word = token.nbor(-1).lower_
        amount = int(word) if word.isdecimal() and len(word) < 3 else calendar.numbers.get(word, 0)
        days = amount * (7 if unit is Unit.WEEK else 1)
        ago = token.i - sent.start > 1 and token.nbor(-2).lower_ in ("hace", "dentro", "tras")
        if 1 < days <= _LONGEST_DAYS and not ago:
            yield days, token
