"""Events as sentences and the page's own words, in Spanish and English; the words are in `locale/`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml
from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from schemas import Basis, Event, EventDate
from streams.dashboard.plain_text import plain
from streams.dashboard.sentences import sentence

LANGUAGES: Final = ("es", "en")
_I_SOUND: Final = re.compile(r"h?[ií](?![aeo])", re.IGNORECASE)
"""How names begin before which Spanish says "e" for "y": Ana e Isabel, but Ana y Hierro."""


class Wording:
    """The words of one language.

    >>> Wording("es")["search"]
    'Buscar'
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = Locale(language)
        self._words = _catalogue(language)

    def __getitem__(self, key: str) -> str:
        return str(self._words["page"][key])

    def name_of(self, group: str, key: str) -> str:
        """Name a type, role, act, factuality or error code; the key itself where it is a user's own."""
        return str(self._words.get(group, {}).get(key, key))

    def country(self, code: str) -> str:
        """Name a country by its ISO code."""
        return str(self.locale.territories.get(code.upper(), code))

    def number(self, value: float) -> str:
        """Write a number."""
        return str(format_decimal(value, locale=self.locale))

    def percent(self, value: float) -> str:
        """Write a share between 0 and 1."""
        return str(format_percent(value, locale=self.locale))

    def group(self, name: str) -> Mapping[str, Any]:
        """Give a group of words of the catalogue."""
        found: Mapping[str, Any] = self._words[name]
        return found

    def names(self, names: Sequence[str]) -> str:
        """Join names: "A, B y C", "A e Isabel"."""
        joined = str(format_list(list(names), locale=self.locale))
        if len(names) > 1 and self.language == "es" and _I_SOUND.match(names[-1]):
            return f"{joined.removesuffix(f' y {names[-1]}')} e {names[-1]}"
        return joined

    def moment(self, moment: date | datetime) -> str:
        """Write when something was published, in UTC."""
        if isinstance(moment, datetime):
            return format_datetime(moment, "d MMM y, HH:mm", locale=self.locale)
        return format_date(moment, "d MMM y", locale=self.locale)

    def day(self, day: date) -> str:
        """Write a day."""
        return format_date(day, "d MMM y", locale=self.locale)

    def event_date(self, event_date: EventDate | None) -> str:
        """Write when an event happens: a day, month, year or interval; the value itself for the rest."""
        if event_date is None:
            return ""
        first, _, last = event_date.value.partition("/")
        return self._interval(first, last) if last else self._point(first)

    def when(self, event: Event) -> str:
        """Write an event's date where the text says one."""
        said = event.date is not None and event.date.basis is not Basis.PUBLICATION
        return self.event_date(event.date) if said else ""

    def sentence(self, event: Event) -> str:
        """Tell an event in one sentence, without its date and source."""
        return sentence(self, event)

    def according_to(self, event: Event) -> str:
        """Name who the article relies on."""
        return self.names([plain(source.name) for source in event.attribution])

    def _interval(self, first: str, last: str) -> str:
        """Write an interval; what both ends share is said once: "6–7 mar 2026"."""
        try:
            begin, end = date.fromisoformat(first), date.fromisoformat(last)
        except ValueError:
            return f"{self._point(first)} – {self._point(last)}"
        if begin.year != end.year:
            return f"{self.day(begin)} – {self.day(end)}"
        if begin.month != end.month:
            return f"{format_date(begin, 'd MMM', locale=self.locale)} – {self.day(end)}"
        return f"{begin.day}–{self.day(end)}"

    def _point(self, value: str) -> str:
        parts = value.split("-")
        try:
            if len(parts) == 3:
                return self.day(date.fromisoformat(value))
            if len(parts) == 2 and parts[1].startswith("W"):
                monday = date.fromisocalendar(int(parts[0]), int(parts[1].removeprefix("W")), 1)
                return self["week"].format(day=self.day(monday))
            if len(parts) == 2:
                return format_date(date(int(parts[0]), int(parts[1]), 1), "MMMM y", locale=self.locale)
        except ValueError:
            return value
        return self["decade"].format(year=f"{value[:-1]}0") if value.endswith("X") else value


@cache
def wording(language: str) -> Wording:
    """Give the words of a language; Spanish for one that we do not have."""
    return Wording(language if language in LANGUAGES else LANGUAGES[0])


@cache
def _catalogue(language: str) -> dict[str, Any]:
    text = files("streams.dashboard").joinpath(f"locale/{language}.yaml").read_text("utf-8")
    catalogue: dict[str, Any] = yaml.safe_load(text)
    return catalogue
