"""Events reduced to what is scored, and how they are read from lines of JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from schemas.errors import ContractError, DecodeError


@dataclass(frozen=True, slots=True)
class Filler:
    """Who fills a role: its name first, then what else a right answer may say."""

    role: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoredEvent:
    """An event, gold or predicted, reduced to what is scored. Character sets are positions in the text."""

    type: str
    triggers: tuple[tuple[int, int], ...]
    trigger_texts: tuple[str, ...]
    fillers: tuple[Filler, ...]
    date: str | None
    place: tuple[str, ...]
    content: frozenset[int]
    attribution: tuple[str, ...]
    labels: Mapping[str, str | None]
    confidence: float | None = None

    @classmethod
    def from_json(cls, event: Mapping[str, Any]) -> Self:
        """Read an event as published, or as the gold writes it."""
        place = event.get("place")
        spans = event.get("content") or ()
        return cls(
            type=event["type"],
            triggers=tuple((span["start"], span["end"]) for span in event["triggers"]),
            trigger_texts=tuple(span.get("text", "") for span in event["triggers"]),
            fillers=tuple(Filler(p["role"], _names(p)) for p in event["participants"]),
            date=_date_value(event.get("date")),
            place=_names(place) if place else (),
            content=frozenset(i for span in spans for i in range(span["start"], span["end"])),
            attribution=tuple(s if isinstance(s, str) else s["name"] for s in event.get("attribution", ())),
            labels={name: event.get(name) for name in ("act", "kind", "factuality")},
            confidence=event.get("confidence"),
        )


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its annotated events."""

    id: str
    text: str
    events: tuple[ScoredEvent, ...]


def read_gold(lines: Iterable[str], *, name: str = "gold") -> Iterator[GoldArticle]:
    """Read gold, one article a line.

    Raises:
        DecodeError: A line is not JSON.
        ContractError: A line is no annotated article; the detail names file and line.
    """
    for place, row in _read_rows(lines, name):
        try:
            events = tuple(ScoredEvent.from_json(event) for event in row["events"])
            article = GoldArticle(id=row["id"], text=row["text"], events=events)
        except (KeyError, TypeError) as error:
            raise ContractError(f"{place}: no annotated article: {error!r}") from error
        yield article


def read_predictions(lines: Iterable[str], *, name: str = "predictions") -> dict[str, list[ScoredEvent]]:
    """Read predictions: one event a line as published, or one article a line with `id` and `events`.

    Returns:
        Article id → its events, in the order of the lines.

    Raises:
        DecodeError: A line is not JSON.
        ContractError: A line is neither; the detail names file and line.
    """
    predicted: dict[str, list[ScoredEvent]] = {}
    for place, row in _read_rows(lines, name):
        try:
            article_id, events = _events_of(row)
            predicted.setdefault(article_id, []).extend(map(ScoredEvent.from_json, events))
        except (KeyError, TypeError) as error:
            raise ContractError(f"{place}: neither an event nor an article: {error!r}") from error
    return predicted


def _events_of(row: Mapping[str, Any]) -> tuple[str, list[Mapping[str, Any]]]:
    if "events" in row:
        return row["id"], row["events"]
    return (row["article"]["id"] if "article" in row else row["article_id"]), [row]


def _read_rows(lines: Iterable[str], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = f"{name}:{number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise DecodeError(f"{place}: not JSON: {error}") from error
        if not isinstance(row, dict):
            raise ContractError(f"{place}: not a JSON object")
        yield place, row


def _names(entry: Mapping[str, Any]) -> tuple[str, ...]:
    return (entry["name"], *entry.get("aliases", ()))


def _date_value(date: str | Mapping[str, Any] | None) -> str | None:
    """Give a date's value; the day of publication stands where the text says nothing, so it is none."""
    if date is None or isinstance(date, str):
        return date
    return None if date.get("basis") == "publication" else date.get("value")
