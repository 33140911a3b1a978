"""Expressions that stand side by side and name one date together."""

import re
from dataclasses import replace

from streams.extraction.temporal.calendar import Calendar, Direction, Unit
from streams.extraction.temporal.context import word_before
from streams.extraction.temporal.expression import Expression, Kind

_UNTIL = re.compile(r"[ \t\xa0]{1,3}(?:al?|hasta)(?:[ \t\xa0]{1,3}(?:el|la))?[ \t\xa0]{1,3}", re.IGNORECASE)
_AND = re.compile(
    r"[ \t\xa0]{1,3}[ye](?:[ \t\xa0]{1,3}(?:el|la|los))?[ \t\xa0]{1,3}|,[ \t\xa0]{1,3}", re.IGNORECASE
)
_OF = re.compile(r"[ \t\xa0]{1,3}de[ \t\xa0]{1,3}|[ \t\xa0]{1,3}del[ \t\xa0]{1,3}", re.IGNORECASE)
_COMMA = re.compile(r",?[ \t\xa0]{1,3}|,?[ \t\xa0]{1,3}(?:día|el)[ \t\xa0]{1,3}", re.IGNORECASE)
_LONGEST_GAP = 14
"""Characters between two expressions that can belong together: " hasta el " and some blanks."""


def link(text: str, expressions: list[Expression], *, calendar: Calendar) -> list[Expression]:
    """Join neighbours: "hoy, lunes", "el lunes de la próxima semana", "desde el lunes hasta el jueves".

    Returns:
        What stands alone or was joined; expressions that are dates only beside others are dropped.
    """
    linked: list[Expression] = []
    for expression in expressions:
        joined = _join(text, linked[-1], expression) if linked else None
        if joined:
            linked[-1:] = joined
        else:
            linked.append(expression)
    return [expression for expression in linked if not expression.bare]


def _join(text: str, left: Expression, right: Expression) -> list[Expression] | None:
    """Join two neighbours into one or two expressions; None when they have nothing to do with each other."""
    if right.start - left.end > _LONGEST_GAP:
        return None
    gap = text[left.end : right.start]
    if _COMMA.fullmatch(gap) and (same := _same_day(left, right)):
        return [same]
    if _OF.fullmatch(gap) and (within := _within(left, right)):
        return [within]
    opened = word_before(text, left.start)
    from_here = opened in ("de", "del", "desde", "entre") or _contracted(text, left)
    if (from_here and _UNTIL.fullmatch(gap)) or (opened == "entre" and _AND.fullmatch(gap)):
        return _interval(left, right)
    if _AND.fullmatch(gap):
        return _coordination(left, right)
    return None


def _contracted(text: str, left: Expression) -> bool:
    return text[max(0, left.start - 4) : left.start].lower().strip() == "del"


def _same_day(left: Expression, right: Expression) -> Expression | None:
    """Join "hoy, lunes", "mañana, 19 de octubre", "ayer miércoles": the more exact calendar day counts."""
    if left.kind is not Kind.ADVERB or left.weekday is not None:
        return None
    if right.kind is Kind.WEEKDAY and (right.bare or right.days):
        if right.month is None:
            return replace(left, end=right.end, weekday=right.weekday, bare=False)
        return replace(right, start=left.start, bare=False)
    if right.kind is Kind.DATE and right.month is not None and len(right.days) == 1:
        return replace(right, start=left.start, bare=False)
    return None


def _within(left: Expression, right: Expression) -> Expression | None:
    """Join "el lunes de la próxima semana", "en la noche de ayer" is one pattern already."""
    if left.kind is Kind.WEEKDAY and right.kind is Kind.UNIT and right.unit is Unit.WEEK and not left.days:
        return replace(left, end=right.end, within=right.direction, bare=False)
    if left.kind is Kind.FEAST and right.kind is Kind.YEAR:
        return replace(left, end=right.end, year=right.year)
    return None


def _interval(left: Expression, right: Expression) -> list[Expression] | None:
    """Join the ends of "del 28 de septiembre al 2 de octubre"; "de lunes a viernes" is a habit."""
    if left.bare and left.kind is Kind.WEEKDAY:
        return None
    kinds = {left.kind, right.kind}
    comparable = len(kinds) == 1 or kinds <= {Kind.DATE, Kind.WEEKDAY, Kind.ADVERB, Kind.FEAST}
    if left.until or right.until or not comparable or len(left.days) > 1:
        return None
    first = _inheriting(replace(left, bare=False), right)
    return [replace(first, end=right.end, until=replace(right, bare=False))]


def _coordination(left: Expression, right: Expression) -> list[Expression] | None:
    """Let "marzo y junio de 2021", "el lunes y martes" share what is said once."""
    if left.kind is not right.kind or left.until or right.until:
        return None
    if left.kind is Kind.WEEKDAY and right.bare and not left.bare:
        return [left, replace(right, bare=False, direction=left.direction)]
    if left.kind is Kind.MONTH and not (left.bare and right.bare):
        return [_inheriting(replace(left, bare=False), right), replace(right, bare=False)]
    if left.kind is Kind.YEAR and not left.bare and right.bare:
        return [left, replace(right, bare=False)]
    if left.kind is Kind.DATE and not left.bare and right.month and not (left.month and left.year):
        return [_inheriting(left, right), right]
    return None


def _inheriting(left: Expression, right: Expression) -> Expression:
    """Complete the first member with month, year and direction of the last."""
    direction = left.direction or (right.direction if right.direction is not Direction.AFTER else None)
    month = left.month or (right.month if left.kind is Kind.DATE else None)
    return replace(left, month=month, year=left.year or right.year, direction=direction)
