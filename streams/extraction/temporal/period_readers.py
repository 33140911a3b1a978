"""Matches of the families of weeks, months, years and offsets, read into expressions."""

import re

from streams.extraction.temporal.calendar import Calendar, Direction, Unit
from streams.extraction.temporal.context import (
    goes_on,
    names_something,
    word_after,
    word_before,
    words_before,
)
from streams.extraction.temporal.day_readers import direction_of, start_of, year_of
from streams.extraction.temporal.expression import Expression, Kind, YearPart

Match = re.Match[str]


def read_month(match: Match, calendar: Calendar) -> list[Expression]:
    """Read "en octubre", "el pasado junio", "a mediados de octubre", "octubre de 1999"."""
    direction, year = direction_of(match, calendar), year_of(match, calendar)
    text, before = match.string, word_before(match.string, match.start())
    said = bool(year or direction or match["vague"] or match["noun"] or match["fortnight"])
    if names_something(text, match.start(), calendar) or (not said and _is_name(match, before)):
        return []
    if match["determiner"] and not (said or direction):
        return []
    fortnight = {"primera": (1, 15), "segunda": (16, 31)}.get((match["fortnight"] or "").lower(), ())
    return [
        Expression(
            kind=Kind.MONTH,
            start=start_of(match),
            end=match.end(),
            month=calendar.months[match["month"].lower()],
            direction=direction,
            year=year,
            days=fortnight,
            bare=not said and before not in calendar.time_prepositions,
        )
    ]


def _is_name(match: Match, before: str) -> bool:
    """Tell whether a capital makes the month a name ("Julio Gutiérrez"); some papers write "en Junio"."""
    return match["month"][0].isupper() and (
        before not in ("en", "desde", "hasta") or word_after(match.string, match.end())[:1].isupper()
    )


def read_season(match: Match, calendar: Calendar) -> list[Expression]:
    """Read "el próximo otoño", "este verano", "la primavera de 2023", "en otoño"."""
    direction, year = direction_of(match, calendar), year_of(match, calendar)
    if match["season"][0].isupper() and not year:
        return []
    if not (direction or year or word_before(match.string, match.start()) == "en"):
        return []
    return [
        Expression(
            kind=Kind.SEASON,
            start=start_of(match),
            end=match.end(),
            name=match["season"].lower(),
            direction=direction,
            year=year,
        )
    ]


def read_part_of_year(match: Match, calendar: Calendar) -> list[Expression]:
    """Read "el primer trimestre de 2001", "el segundo semestre", "la primera mitad del año"."""
    of, index = calendar.parts_of_year[match["part"].lower()], calendar.ordinals[match["ordinal"].lower()]
    year = year_of(match, calendar)
    index = of if index < 0 else index
    if index > of or (match["part"].lower() == "mitad" and not (year or match["year_noun"])):
        return []
    if match["year_noun"]:
        year = YearPart(direction=Direction.THIS)
    return [
        Expression(
            kind=Kind.PART_OF_YEAR, start=match.start(), end=match.end(), amount=index, of=of, year=year
        )
    ]


def read_unit(match: Match, calendar: Calendar) -> list[Expression]:
    """Read "la próxima semana", "el mes pasado", "este año", "a finales de año", "el fin de semana"."""
    direction = direction_of(match, calendar)
    words = {(match[group] or "").lower() for group in ("direction", "later")}
    if words & set(calendar.rolling):
        return []
    start, end = start_of(match), match.end()
    if match["weekend"]:
        if not (match["determiner"] or direction):
            return []
        return [Expression(kind=Kind.WEEKEND, start=start, end=end, direction=direction)]
    unit = calendar.periods[match["unit"].lower()]
    if number := match["number"]:
        if unit is not Unit.YEAR or not direction:
            return []
        return [Expression(kind=Kind.YEAR, start=start, end=end, year=YearPart(number=int(number)))]
    if not direction and not match["vague"]:
        return []
    return [
        Expression(kind=Kind.UNIT, start=start, end=end, unit=unit, direction=direction or Direction.THIS)
    ]


def read_end(match: Match, calendar: Calendar) -> list[Expression]:
    """Read "antes de que acabe el año"."""
    unit = calendar.periods[match["unit"].lower()]
    return [
        Expression(kind=Kind.UNIT, start=match.start(), end=match.end(), unit=unit, direction=Direction.THIS)
    ]


def read_year(match: Match, calendar: Calendar) -> list[Expression]:
    """Read "en 1999", "el año 2000", "a finales de 2001", "(1998-2002)"; never "2000 soldados"."""
    text, start, end = match.string, start_of(match), match.end()
    before = words_before(text, match.start(), 2)
    first, last = match["year"], match["until"]
    opened, closed = text[max(0, match.start() - 1) : match.start()], text[end : end + 1]
    sure = bool(match["noun"] or match["vague"]) or (opened == "(" and closed in (")", ",", ";"))
    dated = bool(before) and before[0] in calendar.time_prepositions
    if last and (not (sure or dated) or int(last) <= int(first)):
        return []
    if not (sure or dated or match["determiner"]):
        return _bare_year(match)
    if not sure and (_is_quantity(match, calendar) or names_something(text, match.start(), calendar)):
        return []
    end_year = YearPart(number=int(last)) if last else None
    until = Expression(kind=Kind.YEAR, start=start, end=end, year=end_year) if last else None
    return [Expression(kind=Kind.YEAR, start=start, end=end, year=YearPart(number=int(first)), until=until)]


def _bare_year(match: Match) -> list[Expression]:
    """Keep a lone number: it is a year only beside another ("1998, 1999 y 2001")."""
    year = YearPart(number=int(match["year"]))
    return [Expression(kind=Kind.YEAR, start=match.start(), end=match.end(), year=year, bare=True)]


def _is_quantity(match: Match, calendar: Calendar) -> bool:
    """Tell whether the digits count what follows."""
    after = word_after(match.string, match.end())
    if after.lower() in calendar.counted_nouns:
        return True
    before = word_before(match.string, match.start())
    plural_noun = after.endswith(("s", "S")) and not goes_on(match.string, match.end(), calendar)
    return plural_noun and not (before == "en" and after.endswith("mos"))


def read_decade(match: Match, calendar: Calendar) -> list[Expression]:
    """Read "los años noventa", "la década de los 80", "la década de 1990"."""
    if word := match["word"]:
        decade = 190 + calendar.decades[word.lower()]
    else:
        decade = int(match["full"]) // 10 if match["full"] else 190 + int(match["short"]) // 10
    return [Expression(kind=Kind.DECADE, start=match.start(), end=match.end(), amount=decade)]


def read_offset(match: Match, calendar: Calendar) -> list[Expression]:
    """Read "hace tres días", "dentro de dos semanas", "un mes atrás"; "desde hace dos años" is a duration."""
    groups = match.groupdict()
    before = word_before(match.string, match.start())
    counts_on = word_after(match.string, match.end()) == "que" and before in ("", "y", "que", "ya")
    if before == "desde" or counts_on:
        return []
    prefix, sign = ("ahead_", 1) if groups["ahead_unit"] else ("ago_", -1) if groups["ago_unit"] else ("", -1)
    if groups["half_year"]:
        unit, amount = Unit.MONTH, 6
    else:
        unit, amount = _length(
            groups[prefix + "number"], groups[prefix + "unit"], groups[prefix + "half"], calendar
        )
    return [
        Expression(kind=Kind.OFFSET, start=match.start(), end=match.end(), unit=unit, amount=sign * amount)
    ]


def _length(number: str, unit: str, half: str | None, calendar: Calendar) -> tuple[Unit, int]:
    """Read a length of time; one week is exactly seven days, one and a half years are eighteen months."""
    amount = int(number) if number.isdigit() else calendar.numbers[" ".join(number.lower().split())]
    kind = calendar.units[unit.lower()]
    if half and kind is Unit.YEAR:
        return Unit.MONTH, amount * 12 + 6
    if kind is Unit.WEEK and amount == 1:
        return Unit.DAY, 7
    return kind, amount


def read_anaphor(match: Match, calendar: Calendar) -> list[Expression]:
    """Read "la víspera", "ese mismo día", "al día siguiente", "dos meses después"."""
    groups, unit, amount = match.groupdict(), Unit.DAY, 0
    if groups["number"]:
        unit, amount = _length(groups["number"], groups["unit"], groups["half"], calendar)
        amount *= 1 if groups["forward"] else -1
    elif groups["eve"] or groups["previous"] or groups["previous_part"]:
        amount = -1
    elif groups["next"] or groups["other"]:
        amount = 1
    name, (start, end) = "eve" if groups["eve"] else "", match.span()
    return [Expression(kind=Kind.ANAPHOR, start=start, end=end, unit=unit, amount=amount, name=name)]
