"""Dates and times as feeds write them: ISO 8601, IPTC's basic form, RFC 822, Spanish."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from typing import Final

WITHOUT_ZONE: Final = "time without zone, taken as {zone}"

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "ene enero jan january",
            "feb febrero february",
            "mar marzo march",
            "abr abril apr april",
            "may mayo",
            "jun junio june",
            "jul julio july",
            "ago agosto aug august",
            "sep sept set septiembre setiembre september",
            "oct octubre october",
            "nov noviembre november",
            "dic diciembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_ZONES: Final = {
    **{"utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3},
    **{"art": -3, "uyt": -3, "clst": -3, "clt": -4, "bot": -4, "vet": -4, "pyt": -4, "pet": -5, "cot": -5},
    **{"ect": -5},
}
"""Hours from UTC of the zone names of Spain and South America, which RFC 822 does not know."""

_TIME: Final = r"(?:[\s,T-]+(?:a las\s+)?(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?::(?P<second>\d\d))?)?"
_ZONE: Final = r"\s*(?:h(?:oras|s)?\.?)?\s*(?P<zone>[+-]\d\d:?\d\d|[A-Za-z]{1,5})?\s*"
_DAY_FIRST: Final = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(?P<day>\d{1,2})(?:\s+de)?[\s/.-]+(?P<month>\d{1,2}|[^\W\d]+)\.?"
    rf"(?:\s+del?)?[\s/.,-]+(?P<year>\d{{4}}){_TIME}{_ZONE}",
    re.IGNORECASE,
)
_MAX_CHARACTERS: Final = 100


@dataclass(frozen=True, slots=True)
class ReadMoment:
    """A day or an aware time, and what had to be guessed to read it."""

    value: date
    notes: tuple[str, ...] = ()


def read_moment(written: str, zone: tzinfo) -> ReadMoment | None:
    """Read a date or time with the zone that the newsroom wrote; None when it is neither.

    Args:
        written: `20240510T083000+0200`, `2024-05-10`, `Fri, 10 May 2024 08:30:00 CEST`,
            `10 de mayo de 2024, 8:30`, `10/05/2024`.
        zone: Of times that say none.
    """
    text = " ".join(written.split())
    if not text or len(text) > _MAX_CHARACTERS:
        return None
    for read in (_iso, _rfc822, _day_first):
        try:
            found = read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if found is not None:
            return _in_zone(found, zone)
    return None


def _in_zone(found: date, zone: tzinfo) -> ReadMoment | None:
    if not isinstance(found, datetime) or found.tzinfo is not None:
        return ReadMoment(found)
    return ReadMoment(found.replace(tzinfo=zone), (WITHOUT_ZONE.format(zone=zone),))


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d\d:?\d\d$|Z$)", "", text))


def _rfc822(text: str) -> date | None:
    moment = parsedate_to_datetime(text)
    if moment.tzinfo is not None:
        return moment
    offset = _offset(text.rsplit(" ", 1)[-1])
    return moment.replace(tzinfo=offset) if offset else moment


def _day_first(text: str) -> date | None:
    found = _DAY_FIRST.fullmatch(text)
    if found is None:
        return None
    month = found["month"]
    number = int(month) if month.isdecimal() else _MONTHS.get(_plain(month))
    if number is None:
        return None
    day = date(int(found["year"]), number, int(found["day"]))
    if found["hour"] is None:
        return day
    clock = (int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
    return datetime(day.year, day.month, day.day, *clock, tzinfo=_offset(found["zone"] or ""))


def _offset(name: str) -> tzinfo | None:
    """Read `+0200` or a zone's name; None for one that we do not know."""
    numeric = re.fullmatch(r"([+-])(\d\d):?(\d\d)", name)
    if numeric:
        minutes = int(numeric[2]) * 60 + int(numeric[3])
        return timezone(timedelta(minutes=-minutes if numeric[1] == "-" else minutes))
    hours = _ZONES.get(name.lower())
    return None if hours is None else timezone(timedelta(hours=hours))


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
