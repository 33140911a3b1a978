"""Events out of the read model: a page of them, one with its surroundings, what has changed since."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from schemas import Article, Event
from streams.codec import decode_event
from streams.dashboard.filters import EventFilter

MOST_EVENTS: Final = 500
"""Most events of one answer; more are asked for by the cursor."""

_CURSOR_SEPARATOR: Final = "~"


@dataclass(frozen=True)
class Listed:
    """An event of a list.

    Attributes:
        cursor: Where the next page goes on after this event.
        change: Number of its latest change.
    """

    event: Event
    cursor: str
    change: int


@dataclass(frozen=True)
class Change:
    """What happened to an event: `event` is None where it was taken back."""

    number: int
    event_id: str
    event: Event | None


def list_events(
    connection: sqlite3.Connection, wanted: EventFilter, *, limit: int = 50, after: str | None = None
) -> list[Listed]:
    """List events, latest publication first.

    Args:
        connection: The read model.
        wanted: Which events.
        limit: How many at most, up to `MOST_EVENTS`.
        after: Cursor of the last event of the page before.
    """
    condition, values = wanted.where()
    if after is not None:
        published, _, number = after.partition(_CURSOR_SEPARATOR)
        condition += " AND (events.published, events.number) < (?, ?)"
        values += [published, int(number) if number.isdigit() else 0]
    rows = connection.execute(
        f"SELECT number, published, change, json FROM events WHERE {condition}"
        " ORDER BY published DESC, number DESC LIMIT ?",
        [*values, min(limit, MOST_EVENTS)],
    )
    return [
        Listed(
            decode_event(row["json"]), f"{row['published']}{_CURSOR_SEPARATOR}{row['number']}", row["change"]
        )
        for row in rows
    ]


def every_event(
    connection: sqlite3.Connection, wanted: EventFilter, *, most: int | None = None
) -> Iterator[Event]:
    """Give all events of a view, latest publication first, one at a time: for exports of any size."""
    condition, values = wanted.where()
    rows = connection.execute(
        f"SELECT json FROM events WHERE {condition} ORDER BY published DESC, number DESC LIMIT ?",
        [*values, -1 if most is None else most],
    )
    for row in rows:
        yield decode_event(row["json"])


def find_event(connection: sqlite3.Connection, event_id: str) -> tuple[Event, bool] | None:
    """Give an event and whether it was taken back; None where there is none."""
    row = connection.execute("SELECT json, withdrawn FROM events WHERE id = ?", (event_id,)).fetchone()
    return None if row is None else (decode_event(row["json"]), bool(row["withdrawn"]))


def find_article(connection: sqlite3.Connection, article_id: str) -> Article | None:
    """Give an article's latest version; None where it was not read, or is older than the retention."""
    row = connection.execute(
        "SELECT id, version, title, source, url, language, published, text FROM articles WHERE id = ?",
        (article_id,),
    ).fetchone()
    # Only a withdrawn article may be without text.
    return None if row is None else Article(**dict(row), withdrawn=not row["text"].strip())


def events_of_article(connection: sqlite3.Connection, article_id: str) -> list[Event]:
    """List the events that an article tells, in the order of its text."""
    rows = connection.execute("SELECT json FROM events WHERE article_id = ? AND withdrawn = 0", (article_id,))
    return sorted((decode_event(row["json"]) for row in rows), key=lambda event: event.triggers[0].start)


def related_events(connection: sqlite3.Connection, event: Event, *, limit: int = 8) -> list[Event]:
    """List events of other articles that may be the same happening or its sequel.

    They are of the same type and share participants; those that share most and are nearest come first.
    """
    rows = connection.execute(
        "SELECT other.json, count(DISTINCT theirs.folded) AS shared FROM participants AS ours"
        " JOIN events AS this ON this.number = ours.event AND this.id = ?"
        " JOIN participants AS theirs ON theirs.folded = ours.folded AND theirs.event != ours.event"
        " JOIN events AS other ON other.number = theirs.event AND other.withdrawn = 0"
        " AND other.type = this.type AND other.article_id != this.article_id"
        " GROUP BY other.number"
        " ORDER BY shared DESC, abs(julianday(other.published) - julianday(this.published)) LIMIT ?",
        (event.id, limit),
    )
    return [decode_event(row["json"]) for row in rows]


def changes_since(
    connection: sqlite3.Connection, wanted: EventFilter, change: int, *, limit: int = 200
) -> list[Change]:
    """List what happened after a change, oldest first: new events of the view, and all taken back."""
    condition, values = wanted.where()
    # CROSS JOIN keeps SQLite to the order written: from the few that are new, not from all of the view.
    rows: Sequence[sqlite3.Row] = connection.execute(
        "SELECT events.id, events.change, events.withdrawn, events.json FROM events AS fresh"
        " CROSS JOIN events ON events.number = fresh.number"
        f" WHERE fresh.change > ? AND (events.withdrawn = 1 OR ({condition})) ORDER BY fresh.change LIMIT ?",
        [change, *values, limit],
    ).fetchall()
    return [
        Change(row["change"], row["id"], None if row["withdrawn"] else decode_event(row["json"]))
        for row in rows
    ]


def latest_change(connection: sqlite3.Connection) -> int:
    """Give the number of the latest change."""
    return int(connection.execute("SELECT value FROM about WHERE key = 'change'").fetchone()["value"])
