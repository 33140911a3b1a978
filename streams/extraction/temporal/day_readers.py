"""Matches of the day families, read into expressions."""

import re
from collections.abc import Mapping
from itertools import pairwise

from streams.extraction.temporal.calendar import Calendar, Direction
from streams.extraction.temporal.context import goes_on, names_something, word_before, words_before
from streams.extraction.temporal.expression import Expression, Kind, YearPart

Match = re.Match[str]

_BLANKS = re.compile(r"\s{1,3}")
_NUMBERS = re.compile(r"\d+")
_DATELINE_REACH = 80
"""Characters from the head of a line to its date: "Santa Cruz de la Sierra (Bolivia), 19 oct (EFE)"."""

_RANGE = re.compile(r"\W(?:al|a|hasta)\W")
_DAY_SEPARATOR = re.compile(r"\s*,\s+|\s(?:y|e|o|al|a|hasta)\s", re.IGNORECASE)
_DAY_ARTICLES = re.compile(r"^(?:(?:el|los|día)\s+)+", re.IGNORECASE)


def start_of(match: Match) -> int:
    """Give the start of a mention: a contracted article ("del lunes") belongs to the preposition."""
    determiner = match.groupdict().get("determiner")
    if determiner and determiner.lower() in ("del", "al") and match.start("determiner") == match.start():
        blanks = _BLANKS.match(match.string, match.end("determiner"))
        return blanks.end() if blanks else match.end("determiner")
    return match.start()


def direction_of(match: Match, calendar: Calendar) -> Direction | None:
    """Read "este", "pasado", "próximo", "siguiente", before or after the noun."""
    groups = match.groupdict()
    for group in ("direction", "later", "month_direction"):
        if word := groups.get(group):
            return _look_up(word, calendar)
    determiner = (groups.get("determiner") or "").lower()
    return calendar.demonstratives.get(determiner)


def year_of(match: Match, calendar: Calendar) -> YearPart | None:
    """Read what is said about the year."""
    if number := match["year"]:
        return YearPart(number=int(number))
    if short := match["short_year"]:
        return YearPart(number=int(short), short=True)
    if word := match["year_that"] or match["year_before"] or match["year_after"]:
        return YearPart(direction=_look_up(word, calendar))
    return None


def _look_up(word: str, calendar: Calendar) -> Direction | None:
    plain = " ".join(word.lower().split())
    return calendar.directions.get(plain) or calendar.demonstratives.get(plain)


def _day_number(word: str, calendar: Calendar) -> int | None:
    digits = _NUMBERS.search(word)
    if digits:
        return int(digits[0])
    plain = " ".join(word.lower().split())
    return calendar.ordinals.get(plain) if plain == "primero" else calendar.numbers.get(plain)


def read_numeric(match: Match, calendar: Calendar) -> list[Expression]:
    """Read 19/10/2000, 19-10-2000, 19.10.2000 and 2000-10-19."""
    if match["iso_y"]:
        year, month, day = int(match["iso_y"]), int(match["iso_m"]), int(match["iso_d"])
    else:
        year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    return [
        Expression(
            kind=Kind.DATE,
            start=match.start(),
            end=match.end(),
            days=(day,),
            month=month,
            year=YearPart(number=year),
        )
    ]


def read_dateline(match: Match, calendar: Calendar) -> list[Expression]:
    """Read "Caracas, 19 oct (EFE).-", at the head of a line only."""
    lead = max(0, match.start() - _DATELINE_REACH)
    if lead and match.string.rfind("\n", lead, match.start()) == -1:
        return []
    word = match["month"].lower()
    month = calendar.months.get(word) or calendar.month_abbreviations[word]
    year = YearPart(number=int(match["year"])) if match["year"] else None
    return [
        Expression(
            kind=Kind.DATE,
            start=match.start(),
            end=match.end(),
            days=(int(match["day"]),),
            month=month,
            year=year,
            dateline=True,
        )
    ]


def read_date(match: Match, calendar: Calendar) -> list[Expression]:
    """Read "el 19 de octubre", "2 y 3 de mayo", "del 19 al 21 de octubre", with or without a year."""
    text, start = match.string, start_of(match)
    if names_something(text, match.start(), calendar):
        return []
    month = calendar.months[match["month"].lower()] if match["month"] else None
    within = _look_up(match["within"] or match["within_after"] or "", calendar)
    pieces = _split_days(match)
    numbers = [_day_number(_DAY_ARTICLES.sub("", text[a:b]), calendar) for a, b in pieces]
    days = [number for number in numbers if number and number <= 31]
    if len(days) != len(numbers):
        return []
    ranged = bool(_RANGE.search(match["days"])) or word_before(text, match.start()) == "entre"
    common = {
        "month": month,
        "within": within,
        "year": year_of(match, calendar),
        "direction": direction_of(match, calendar),
    }
    consecutive = all(b == a + 1 for a, b in pairwise(days))
    if len(days) == 1 or consecutive or (ranged and len(days) == 2):
        return [_dated(start, match.end(), (days[0], days[-1])[: len(days)], common)]
    ends = [b for _, b in pieces[:-1]] + [match.end()]
    starts = [start] + [a for a, _ in pieces[1:]]
    return [_dated(a, b, (day,), common) for a, b, day in zip(starts, ends, days, strict=True)]


def _dated(start: int, end: int, days: tuple[int, ...], common: Mapping[str, object]) -> Expression:
    return Expression(kind=Kind.DATE, start=start, end=end, days=days, **common)  # type: ignore[arg-type]


def _split_days(match: Match) -> list[tuple[int, int]]:
    """Cut "2, 5 y el 9" into the places of its numbers."""
    pieces, start = [], match.start("days")
    for separator in _DAY_SEPARATOR.finditer(match.string, match.start("days"), match.end("days")):
        pieces.append((start, separator.start()))
        start = separator.end()
    return [*pieces, (start, match.end("days"))]


def read_day_number(match: Match, calendar: Calendar) -> list[Expression]:
    """Read "el día 12", and "el 12" where only a date can stand ("para el 21,", "desde el 3 hasta el 5")."""
    day = int(match["day"])
    before = word_before(match.string, match.start())
    if not 1 <= day <= 31 or not goes_on(match.string, match.end(), calendar):
        return []
    if names_something(match.string, match.start(), calendar):
        return []
    sure = bool(match["noun"]) or before in ("para", "hasta", "desde")
    return [Expression(kind=Kind.DATE, start=start_of(match), end=match.end(), days=(day,), bare=not sure)]


def read_weekday(match: Match, calendar: Calendar) -> list[Expression]:
    """Read "el lunes", "el pasado martes", "lunes 23", "miércoles, 19 de octubre", "la noche del jueves"."""
    start, end = start_of(match), match.end()
    habitual = word_before(match.string, match.start()) in ("los", "cada", "todos")
    habitual = habitual or (match["determiner"] or "").lower() == "los"
    if habitual or names_something(match.string, match.start(), calendar):
        return []
    day = _NUMBERS.search(match["days"] or match["day"] or "")
    if match["day"] and not goes_on(match.string, match.end("day"), calendar):
        day, end = None, match.start("day") - 1
    exact = [int(part) for part in _NUMBERS.findall(match["exact"] or "")]
    return [
        Expression(
            kind=Kind.DATE if exact else Kind.WEEKDAY,
            start=start,
            end=end,
            direction=direction_of(match, calendar),
            weekday=calendar.weekdays[match["weekday"].lower()],
            days=(exact[0],) if exact else (int(day[0]),) if day else (),
            month=exact[1] if exact else calendar.months[match["month"].lower()] if match["month"] else None,
            year=YearPart(number=exact[2]) if exact else year_of(match, calendar),
            bare=not (match["determiner"] or match["direction"] or match["later"] or day or exact),
        )
    ]


def read_adverb(match: Match, calendar: Calendar) -> list[Expression]:
    """Read "hoy", "ayer tarde", "mañana por la noche", "esta madrugada", "la pasada noche"."""
    text, groups = match.string, match.groupdict()
    amount = 0
    if adverb := groups["adverb"]:
        plain = " ".join(adverb.lower().split())
        if _is_idle(match, calendar) or (
            plain == "mañana" and _is_morning(text, match.start("adverb"), calendar)
        ):
            return []
        amount = calendar.day_adverbs[plain]
    elif part := groups["last"] or groups["last_part"]:
        amount = calendar.parts_of_day[part.lower()]
    return [Expression(kind=Kind.ADVERB, start=match.start(), end=match.end(), amount=amount)]


def _is_morning(text: str, start: int, calendar: Calendar) -> bool:
    return word_before(text, start) in calendar.morning_determiners


def _is_idle(match: Match, calendar: Calendar) -> bool:
    """Tell whether the adverb is part of a set phrase such as "hoy por hoy"."""
    around = match.string[max(0, match.start() - 20) : match.end("adverb") + 20].lower()
    place = match.start("adverb") - max(0, match.start() - 20)
    for phrase in calendar.idle_adverb_phrases:
        found = around.find(phrase)
        if found != -1 and found <= place < found + len(phrase):
            return True
    return False


def read_feast(match: Match, calendar: Calendar) -> list[Expression]:
    """Read "Nochebuena", "el pasado Viernes Santo", "la Semana Santa de 2001", "antes de Navidad"."""
    name = " ".join(match["feast"].lower().split())
    before = words_before(match.string, match.start(), 2)
    if names_something(match.string, match.start(), calendar):
        return []
    return [
        Expression(
            kind=Kind.FEAST,
            start=start_of(match),
            end=match.end(),
            name=name,
            direction=direction_of(match, calendar),
            year=year_of(match, calendar),
            broad=name in calendar.broad_feasts and before == ["de", "antes"],
        )
    ]
