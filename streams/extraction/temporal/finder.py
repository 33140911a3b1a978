"""Finding the words that name dates, without saying which dates."""

import re
from collections.abc import Callable, Iterable, Iterator

from streams.extraction.temporal import day_readers, period_readers
from streams.extraction.temporal.calendar import Calendar
from streams.extraction.temporal.expression import Expression
from streams.extraction.temporal.grammar import Family, Grammar, compile_grammar
from streams.extraction.temporal.linker import link

Reader = Callable[[re.Match[str], Calendar], list[Expression]]

_WORD = re.compile(r"\w+")
_REACH = 90
"""Characters on either side of a keyword in which its pattern is tried; the longest of the corpus has 61."""

READERS: dict[Family, Reader] = {
    Family.NUMERIC: day_readers.read_numeric,
    Family.DATELINE: day_readers.read_dateline,
    Family.DATE: day_readers.read_date,
    Family.DAY_NUMBER: day_readers.read_day_number,
    Family.WEEKDAY: day_readers.read_weekday,
    Family.ADVERB: day_readers.read_adverb,
    Family.FEAST: day_readers.read_feast,
    Family.MONTH: period_readers.read_month,
    Family.YEAR: period_readers.read_year,
    Family.DECADE: period_readers.read_decade,
    Family.SEASON: period_readers.read_season,
    Family.PART_OF_YEAR: period_readers.read_part_of_year,
    Family.UNIT: period_readers.read_unit,
    Family.END: period_readers.read_end,
    Family.OFFSET: period_readers.read_offset,
    Family.ANAPHOR: period_readers.read_anaphor,
}


def find_expressions(text: str, *, calendar: Calendar) -> list[Expression]:
    """Find every phrase that names a date, in order and without overlaps.

    Args:
        text: Any text; its length decides the time taken, linearly.
        calendar: Words of the language.

    Returns:
        Under-specified dates. Of overlapping readings the longest stands, then the leftmost.
    """
    grammar = compile_grammar(calendar)
    readings = [
        expression
        for family, windows in _windows(text, grammar).items()
        for start, end in windows
        for match in grammar.patterns[family].finditer(text, start, end)
        for expression in READERS[family](match, calendar)
    ]
    return link(text, _without_overlaps(readings), calendar=calendar)


def _windows(text: str, grammar: Grammar) -> dict[Family, list[tuple[int, int]]]:
    """List for each family the stretches of text around its keywords; those of one family never overlap."""
    windows: dict[Family, list[tuple[int, int]]] = {}
    for word, families in _keywords(text, grammar):
        start, end = _window(text, word.start(), word.end())
        for family in families:
            known = windows.setdefault(family, [])
            if known and start <= known[-1][1]:
                known[-1] = (known[-1][0], max(end, known[-1][1]))
            else:
                known.append((start, end))
    return windows


def _keywords(text: str, grammar: Grammar) -> Iterator[tuple[re.Match[str], Iterable[Family]]]:
    for word in _WORD.finditer(text):
        form = word[0]
        families = grammar.numbers.get(len(form)) if form.isdecimal() else grammar.families.get(form.lower())
        if families:
            yield word, families


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a keyword to whole words of its line."""
    left, right = max(0, start - _REACH), min(len(text), end + _REACH)
    left = max(left, text.rfind("\n", left, start) + 1)
    line = text.find("\n", end, right)
    right = right if line == -1 else line
    while right < len(text) and right > end and text[right - 1].isalnum() and text[right].isalnum():
        right -= 1
    return left, right


def _without_overlaps(readings: list[Expression]) -> list[Expression]:
    """Keep the longest of overlapping readings, then the leftmost, then the surer one."""
    kept: list[Expression] = []
    taken: set[int] = set()
    for reading in sorted(readings, key=lambda found: (found.start - found.end, found.start, found.bare)):
        places = range(reading.start, reading.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(reading)
    return sorted(kept, key=lambda found: found.start)
