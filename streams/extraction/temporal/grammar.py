"""The phrases of Spanish dates as regular expressions, a family for each way to name a date.

Words come from the calendar; here stands only how they combine. Every repetition is bounded and
blanks never cross a line, so that matching takes time linear in the text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from streams.extraction.temporal.calendar import Calendar

S: Final = r"[ \t\xa0\u202f]{1,3}"
S0: Final = r"[ \t\xa0\u202f]{0,3}"
_YEAR_NUMBER: Final = r"(?:1[0-9]|20)\d\d"
_DIGIT_NEXT: Final = r"(?![\w%€$]|[.,/:]\d)"


class Family(StrEnum):
    """A way to name a date; each has one pattern and one reader."""

    NUMERIC = "numeric"
    DATELINE = "dateline"
    DATE = "date"
    DAY_NUMBER = "day-number"
    WEEKDAY = "weekday"
    ADVERB = "adverb"
    FEAST = "feast"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    SEASON = "season"
    PART_OF_YEAR = "part-of-year"
    UNIT = "unit"
    END = "end"
    OFFSET = "offset"
    ANAPHOR = "anaphor"


@dataclass(frozen=True, slots=True)
class Grammar:
    """Everything compiled from one calendar.

    Attributes:
        patterns: One for each family.
        families: Which families a word of the text may belong to.
        numbers: Families of numbers, by how many digits they have.
    """

    patterns: dict[Family, re.Pattern[str]]
    families: dict[str, tuple[Family, ...]]
    numbers: dict[int, tuple[Family, ...]]


def one_of(words: Iterable[str]) -> str:
    """Write a group that matches any of the words, longest first, with any blank between their parts."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", S) for word in ordered) + ")"


@lru_cache(maxsize=8)
def compile_grammar(calendar: Calendar) -> Grammar:
    """Compile the patterns of a calendar, once."""
    sources = _day_patterns(calendar) | _period_patterns(calendar)
    patterns = {
        family: re.compile(rf"(?<!\w)(?:{source})(?!\w)", re.IGNORECASE) for family, source in sources.items()
    }
    return Grammar(
        patterns=patterns,
        families=_keywords(calendar),
        numbers={1: (Family.DAY_NUMBER,), 2: (Family.DAY_NUMBER,), 4: (Family.NUMERIC, Family.YEAR)},
    )


def _year(calendar: Calendar) -> str:
    """Write an optional year after a day, month, season or part of the year."""
    direction, that = one_of(calendar.directions), one_of(calendar.demonstratives)
    counted = one_of(calendar.counted_nouns)
    return (
        rf"(?:,?{S}(?:de|del){S}(?:(?:el{S})?año{S})?(?P<year>{_YEAR_NUMBER}){_DIGIT_NEXT}(?!{S}{counted}(?!\w))"
        rf"|{S}del{S}(?P<short_year>\d\d){_DIGIT_NEXT}"
        rf"|{S}de{S}(?P<year_that>{that}){S}(?:mismo{S})?(?:último{S})?año(?!\w)"
        rf"|{S}(?:de|del){S}(?P<year_before>{direction}){S}año(?!\w)"
        rf"|{S}del{S}año{S}(?P<year_after>{direction})(?!\w))?"
    )


def _day_patterns(calendar: Calendar) -> dict[Family, str]:
    part, month = one_of(calendar.parts_of_day), one_of(calendar.months)
    direction, that, weekday = (
        one_of(calendar.directions),
        one_of(calendar.demonstratives),
        one_of(calendar.weekdays),
    )
    number = one_of(word for word, value in calendar.numbers.items() if value <= 31)
    hours = rf"(?:(?:primera|última)s?{S}horas?{S}(?:de{S}la{S})?)?"
    before = rf"(?:(?:(?:la|el|las){S})?{hours}{part}{S}(?:de{S})?|a{S}{hours}de{S})?"
    after = (
        rf"(?:{S}(?:por|en|a|de){S}la{S}{part}|{S}al{S}mediodía|{S}a{S}medianoche|{S}(?:tarde|noche)(?!\w))?"
    )
    day = rf"(?:\d{{1,2}}(?:\.?[º°]|ro|er)?|primero|{number})(?![\w%]|[.,:]\d)"
    separator = rf"(?:{S0},{S}|{S}(?:y|e|o|al|a|hasta){S})(?:(?:el|los|día){S}){{0,2}}"
    determiner = (
        rf"(?:(?P<determiner>el|la|los|del|al|{that}){S})?(?:mism[oa]{S})?(?:(?P<direction>{direction}){S})?"
    )
    later = rf"(?:{S}(?P<later>{direction})(?!\w))?"
    year = _year(calendar)
    return {
        Family.NUMERIC: (
            rf"(?<![./-])(?:(?P<d>\d{{1,2}})(?P<mark>[/.-])(?P<m>\d{{1,2}})(?P=mark)(?P<y>{_YEAR_NUMBER})"
            rf"|(?P<iso_y>{_YEAR_NUMBER})-(?P<iso_m>\d\d)-(?P<iso_d>\d\d))(?![/-]|\.\d)"
        ),
        Family.DATELINE: (
            rf"(?<=,[ \xa0])(?P<day>\d{{1,2}}){S}(?:de{S})?"
            rf"(?P<month>{one_of(calendar.month_abbreviations)}|{month})"
            rf"(?:\.?{S}(?:de{S})?(?P<year>{_YEAR_NUMBER}))?(?=\.?[ \xa0]?[(–—-])"
        ),
        Family.DATE: (
            rf"{before}{determiner}(?:días?{S})?(?P<days>(?<![\d.,]){day}(?:{separator}{day}){{0,5}}){S}del?{S}"
            rf"(?:(?:(?P<month_direction>{that}|{direction}){S})?(?:mes{S}de{S})?(?P<month>{month})(?!\w){later}{year}"
            rf"|(?P<within>{that}|{direction}){S}(?:mismo{S})?mes(?!\w)|mes{S}(?P<within_after>{direction})(?!\w)){after}"
        ),
        Family.DAY_NUMBER: (
            rf"(?P<determiner>el|del|al){S}(?:mismo{S})?(?P<noun>día{S})?(?P<day>\d{{1,2}})(?![\w%º°]|[.,:]\d)"
        ),
        Family.WEEKDAY: (
            rf"{before}{determiner}(?:día{S})?(?P<weekday>{weekday})(?!\w){later}"
            rf"(?:,?{S}(?P<days>(?:día{S})?\d{{1,2}}){S}de{S}(?:mes{S}de{S})?(?P<month>{month})(?!\w){year}"
            rf"|{S}(?P<day>(?:día{S})?\d{{1,2}})(?![\w%º°]|[.,:]\d))?"
            rf"(?:{S}\((?P<exact>\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_YEAR_NUMBER})\))?{after}"
        ),
        Family.ADVERB: (
            rf"{before}(?P<adverb>{one_of(calendar.day_adverbs)})(?:{S}mism[oa])?(?!\w){after}"
            rf"|(?P<this>est[ea]){S}(?:mism[oa]{S})?(?P<part>{part})"
            rf"|(?:la|el){S}pasad[ao]{S}(?P<last>{part})|la{S}(?P<last_part>{part}){S}pasada"
        ),
        Family.FEAST: (
            rf"{determiner}(?:(?:día|fiestas?|festividad){S}de(?:l|{S}la)?{S})?"
            rf"(?P<feast>{one_of([*calendar.fixed_feasts, *calendar.easter_feasts])})(?!\w){later}{year}"
        ),
    }


def _period_patterns(calendar: Calendar) -> dict[Family, str]:
    month, season = one_of(calendar.months), one_of(calendar.seasons)
    direction, that = one_of(calendar.directions), one_of(calendar.demonstratives)
    unit, weekend = one_of(calendar.units), one_of(calendar.weekend)
    number = one_of(calendar.numbers)
    single = one_of(calendar.periods)
    vague = rf"(?:(?P<vague>{one_of(calendar.vague_parts)}){S}(?:de{S}|(?=del{S})))?"
    determiner = (
        rf"(?:(?P<determiner>el|la|del|al|{that}){S})?(?:mism[oa]{S})?(?:(?P<direction>{direction}){S})?"
    )
    later = rf"(?:{S}(?P<later>{direction})(?!\w))?"
    year = _year(calendar)
    length = rf"(?P<number>{number}|\d{{1,3}}){S}(?P<unit>{unit})(?!\w)(?P<half>{S}y{S}medi[oa])?"
    return {
        Family.MONTH: (
            rf"(?:(?:la{S})?(?P<fortnight>primera|segunda){S}quincena{S}(?:de{S}|(?=del{S})))?{vague}{determiner}"
            rf"(?P<noun>mes{S}de{S})?(?P<month>{month})(?!\w){later}{year}"
        ),
        Family.SEASON: rf"{vague}{determiner}(?P<season>{season})(?!\w){later}{year}",
        Family.PART_OF_YEAR: (
            rf"(?:(?:el|la|del|al|este|esta){S})?(?P<ordinal>{one_of(calendar.ordinals)}){S}"
            rf"(?P<part>{one_of(calendar.parts_of_year)})(?!\w)(?:{year}(?P<year_noun>{S}del{S}año(?!\w))?)"
        ),
        Family.UNIT: (
            rf"(?!{weekend}){vague}{determiner}(?:(?P<weekend>{weekend})|(?P<unit>{single}))(?!\w){later}"
            rf"(?:{S}(?P<number>{_YEAR_NUMBER}){_DIGIT_NEXT})?"
        ),
        Family.END: (
            rf"(?:antes{S}de|al){S}(?:que{S})?{one_of(calendar.end_verbs)}{S}(?:(?:el|la|este|esta){S})?(?P<unit>{single})"
        ),
        Family.YEAR: (
            rf"{vague}(?:(?P<determiner>el|del|al){S})?(?P<noun>años?{S})?(?P<year>{_YEAR_NUMBER})(?![\w%€$º°]|[.,/:]\d)"
            rf"(?:[-–](?P<until>{_YEAR_NUMBER})(?![\w%]|[.,/:-]\d))?(?![-–]\w)"
        ),
        Family.DECADE: (
            rf"{one_of(calendar.decade_nouns)}{S}(?:(?P<word>{one_of(calendar.decades)})|(?P<short>[2-9]0)"
            rf"|(?P<full>(?:1[0-9]|20)\d0)){_DIGIT_NEXT}"
        ),
        Family.OFFSET: (
            rf"hace{S}(?:(?:ya|casi|apenas|justo|ahora|exactamente|solo|sólo){S}){{0,2}}(?:{length}|(?P<half_year>medio{S}año))"
            rf"|dentro{S}de{S}{_renamed(length, 'ahead')}|{_renamed(length, 'ago')}{S}atrás"
        ),
        Family.ANAPHOR: (
            rf"la{S}(?P<eve>víspera)(?!{S}del?(?!\w))"
            rf"|(?:(?:ese|aquel|dicho){S}(?:mismo{S})?|(?:el|del|al){S}mismo{S})(?P<same>día)(?!{S}(?:\d|de(?:l)?{S}))"
            rf"|(?:esa|aquella){S}(?:misma{S})?(?P<same_part>{one_of(calendar.parts_of_day)})"
            rf"|(?:al|el|del){S}(?:(?P<next>día{S}siguiente)|(?P<previous>día{S}(?:anterior|previo)))"
            rf"|al{S}(?P<other>otro{S}día)|la{S}(?P<previous_part>{one_of(calendar.parts_of_day)}){S}(?:anterior|previa)"
            rf"|{length}{S}(?:(?P<forward>después|más{S}tarde|luego)|(?P<back>antes|atrás))(?!{S}(?:de|del|que)(?!\w))"
        ),
    }


def _renamed(source: str, prefix: str) -> str:
    """Give the named groups of a source a prefix, so that it can stand twice in one pattern."""
    return source.replace("(?P<", f"(?P<{prefix}_")


def _keywords(calendar: Calendar) -> dict[str, tuple[Family, ...]]:
    """Map every word that betrays a family to it: only around these words is a pattern tried."""
    feasts = [*calendar.fixed_feasts, *calendar.easter_feasts]
    words: dict[Family, Iterable[str]] = {
        Family.DATELINE: [*calendar.month_abbreviations, *calendar.months],
        Family.DATE: [*calendar.months, *calendar.periods],
        Family.DAY_NUMBER: (),
        Family.WEEKDAY: calendar.weekdays,
        Family.ADVERB: [*calendar.day_adverbs, *calendar.parts_of_day],
        Family.FEAST: feasts,
        Family.MONTH: calendar.months,
        Family.SEASON: calendar.seasons,
        Family.PART_OF_YEAR: calendar.parts_of_year,
        Family.UNIT: [*calendar.units, *calendar.weekend],
        Family.END: calendar.end_verbs,
        Family.DECADE: calendar.decade_nouns,
        Family.OFFSET: calendar.units,
        Family.ANAPHOR: [*calendar.units, *calendar.parts_of_day, "víspera", "otro"],
    }
    found: dict[str, list[Family]] = {}
    for family, phrases in words.items():
        for phrase in phrases:
            keyword = max(re.findall(r"\w+", phrase), key=len)
            found.setdefault(keyword, []).append(family)
    return {word: tuple(dict.fromkeys(families)) for word, families in found.items()}
