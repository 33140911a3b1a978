"""Events as sentences and the page's own words, in Spanish and English; the words are in `locale/`."""

from __future__ import annotations

import unicodedata
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

from schemas import Basis, Event, EventDate, Kind, SigningEvent, StatementEvent
from streams.rendering.words import shorten

LANGUAGES: Final = ("es", "en")
_CONTENT_CHARACTERS: Final = 220

_BIDI_CONTROLS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def plain(text: str) -> str:
    r"""Take out of foreign text what could turn round or hide what stands beside it on the page.

    >>> plain("Lima\u202e\x07 capital")
    'Lima capital'
    """
    return "".join(
        c for c in text if c not in _BIDI_CONTROLS and (c in "\n\t" or unicodedata.category(c) != "Cc")
    )


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

    def names(self, names: Sequence[str]) -> str:
        """Join names: "A, B y C"."""
        return format_list(list(names), locale=self.locale)

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
        return " – ".join(self._point(point) for point in event_date.value.split("/"))

    def when(self, event: Event) -> str:
        """Write an event's date where the text says one."""
        said = event.date is not None and event.date.basis is not Basis.PUBLICATION
        return self.event_date(event.date) if said else ""

    def sentence(self, event: Event) -> str:
        """Tell an event in one sentence, without its date and source."""
        if isinstance(event, StatementEvent):
            return self._statement(event)
        templates = self._words["sentences"].get(event.type)
        if templates is None:
            return self._other(event)
        return self._happening(event, templates)

    def according_to(self, event: Event) -> str:
        """Name who the article relies on."""
        return self.names([plain(source.name) for source in event.attribution])

    def _point(self, value: str) -> str:
        parts = value.split("-")
        try:
            if len(parts) == 3:
                return format_date(date.fromisoformat(value), "d MMM y", locale=self.locale)
            if len(parts) == 2 and parts[1].isdigit():
                return format_date(date(int(parts[0]), int(parts[1]), 1), "MMMM y", locale=self.locale)
        except ValueError:
            return value
        if len(parts) == 2 and parts[1].startswith("W"):
            return self["week"].format(week=parts[1].removeprefix("W"), year=parts[0])
        return value.replace("X", "0s") if value.endswith("X") else value

    def _statement(self, event: StatementEvent) -> str:
        speakers = [p for p in event.participants if p.role == "speaker"]
        names = self.names([plain(p.name) for p in speakers]) or self["somebody"]
        acts = self._words["says"][event.act.value]
        said = shorten(plain(" […] ".join(span.text for span in event.content)), _CONTENT_CHARACTERS)
        verb = acts["many" if len(speakers) > 1 else "one"]
        told = f"{names} {verb}: «{_inner_quotes(said)}»" if said else f"{names} {verb}"
        return told[:1].upper() + told[1:]

    def _happening(self, event: Event, templates: Mapping[str, Any]) -> str:
        main = [p for p in event.participants if p.role != "host"]
        names = [plain(p.name) for p in main]
        hosts = [plain(p.name) for p in event.participants if p.role == "host"]
        place = plain(event.place.name) if event.place else ""
        document = getattr(event, "document", None)
        values = {
            "who": self.names(names),
            "place": place,
            "host": self.names(hosts),
            "document": shorten(plain(document.text), 120) if document else "",
        }
        forms = templates.get(event.factuality.value, templates["asserted"])
        plural = len(main) > 1 or (len(main) == 1 and main[0].kind is Kind.GROUP and names[0].endswith("s"))
        for form in forms:
            wanted = form.get("needs", [])
            if all(values[slot] for slot in wanted) and form.get("least", 0) <= len(main):
                sentence = str(form["many" if plural and "many" in form else "one"]).format(**values)
                return sentence[:1].upper() + sentence[1:]
        return self._other(event)

    def _other(self, event: Event) -> str:
        names = [plain(p.name) for p in event.participants]
        trigger = plain(event.triggers[0].text)
        parts = [self.names(names)] if names else []
        if isinstance(event, SigningEvent) and event.document is not None:
            parts.append(plain(event.document.text))
        parts.append(f"«{trigger}»")
        if event.place is not None:
            parts.append(plain(event.place.name))
        return f"{self.name_of('types', event.type).capitalize()}: {' · '.join(parts)}"


def _inner_quotes(text: str) -> str:
    """Turn the quotation marks of a text into those that stand within « »."""
    return text.replace("«", "“").replace("»", "”")


@cache
def wording(language: str) -> Wording:
    """Give the words of a language; Spanish for one that we do not have."""
    return Wording(language if language in LANGUAGES else LANGUAGES[0])


@cache
def _catalogue(language: str) -> dict[str, Any]:
    text = files("streams.dashboard").joinpath(f"locale/{language}.yaml").read_text("utf-8")
    catalogue: dict[str, Any] = yaml.safe_load(text)
    return catalogue
