"""Which events a view shows: read from the address, turned into SQL with bound values only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from schemas import Factuality
from schemas.errors import ConfigurationError
from schemas.events import TYPE_NAME, Act
from streams.codec import describe_validation
from streams.extraction.lexicon import fold

MOST_CHARACTERS: Final = 200
"""Longest search or name: an address is typed by people."""

_WORD: Final = re.compile(r"\w+", re.UNICODE)


def _blank_is_none(value: Any) -> Any:
    """Take an empty field of a form for one that was left out."""
    return None if isinstance(value, str) and not value.strip() else value


def _as_list(value: Any) -> Any:
    if isinstance(value, str):
        value = value.split(",")
    return [part for part in value if part != ""] if isinstance(value, list | tuple) else value


Text = Annotated[Annotated[str, Field(max_length=MOST_CHARACTERS)] | None, BeforeValidator(_blank_is_none)]
Country = Annotated[Annotated[str, Field(pattern=r"^[A-Za-z]{2}$")] | None, BeforeValidator(_blank_is_none)]
Day = Annotated[date | None, BeforeValidator(_blank_is_none)]
TypeName = Annotated[str, Field(pattern=TYPE_NAME, max_length=60)]


class EventFilter(BaseModel):
    """A view of the events; every field is a parameter of the address, and a view can be shared as one.

    Attributes:
        q: Words that must all occur, the last one as a prefix; accents and case do not matter.
        type: Event types, any of them.
        who: A participant's name or part of it.
        country: ISO 3166-1 alpha-2, of the place or of a participant.
        source: Name of the outlet, exactly.
        since: First day of publication, inclusive (UTC).
        until: Last day of publication, inclusive (UTC).
        confidence: Least confidence.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    q: Text = None
    type: Annotated[tuple[TypeName, ...], BeforeValidator(_as_list)] = ()
    who: Text = None
    country: Country = None
    source: Text = None
    factuality: Annotated[tuple[Factuality, ...], BeforeValidator(_as_list)] = ()
    act: Annotated[tuple[Act, ...], BeforeValidator(_as_list)] = ()
    since: Annotated[Day, Field(alias="from")] = None
    until: Annotated[Day, Field(alias="to")] = None
    confidence: Annotated[float, BeforeValidator(lambda v: v if v != "" else 0.0), Field(ge=0, le=1)] = 0.0

    def where(self) -> tuple[str, list[object]]:
        """Give an SQL condition on `events` and the values bound to it."""
        conditions: list[str] = ["events.withdrawn = 0"]
        values: list[object] = []

        def add(condition: str, *bound: object) -> None:
            conditions.append(condition)
            values.extend(bound)

        def add_any(column: str, wanted: tuple[str, ...]) -> None:
            if wanted:
                add(f"events.{column} IN ({', '.join('?' * len(wanted))})", *wanted)

        add_any("type", self.type)
        add_any("factuality", tuple(f.value for f in self.factuality))
        add_any("act", tuple(a.value for a in self.act))
        if self.source:
            add("events.source = ?", self.source)
        if self.confidence:
            add("events.confidence >= ?", self.confidence)
        if self.since:
            add("events.published >= ?", self.since.isoformat())
        if self.until and self.until < date.max:
            add("events.published < ?", (self.until + timedelta(days=1)).isoformat())
        if self.who:
            add(
                "events.number IN (SELECT event FROM participants WHERE instr(folded, ?) > 0)", fold(self.who)
            )
        if self.country:
            code = self.country.upper()
            add(
                "(events.place_country = ? OR events.number IN"
                " (SELECT event FROM participants WHERE country = ?))",
                code,
                code,
            )
        if self.q:
            add("events.number IN (SELECT rowid FROM events_words WHERE words MATCH ?)", match_query(self.q))
        return " AND ".join(conditions), values

    def parameters(self, **changed: object) -> list[tuple[str, str]]:
        """Give the parameters of this view's address; `changed` fields on top, None leaves one out."""
        data = {**self.model_dump(mode="json", by_alias=True, exclude_defaults=True), **changed}
        found: list[tuple[str, str]] = []
        for name, value in data.items():
            if isinstance(value, list | tuple):
                found.extend((name, str(part)) for part in value)
            elif value is not None:
                found.append((name, str(value)))
        return found

    def query(self, **changed: object) -> str:
        """Give the query string of this view, `?` included; empty for the view of everything."""
        encoded = urlencode(self.parameters(**changed))
        return f"?{encoded}" if encoded else ""


def match_query(text: str) -> str:
    """Turn what a person typed into FTS5's language: every word, the last one begun; nothing is syntax.

    >>> match_query('"pacto" OR pes')
    '"pacto" "or" "pes"*'
    """
    words = [word.lower() for word in _WORD.findall(text)]
    if not words:
        return '""'
    return " ".join(f'"{word}"' for word in words) + "*"


def read_filter(query: Mapping[str, Any]) -> EventFilter:
    """Read a view from the parameters of an address; a parameter may repeat.

    Raises:
        ConfigurationError: A value is wrong; the detail names the parameter and the reason.
    """
    getall = getattr(query, "getall", None)
    data: dict[str, Any] = {}
    for name in set(query):
        values = getall(name) if getall else [query[name]]
        many = name in ("type", "factuality", "act")
        data[name] = [part for value in values for part in value.split(",")] if many else values[-1]
    try:
        return EventFilter.model_validate(data)
    except ValidationError as error:
        raise ConfigurationError(describe_validation(error)) from error
