"""Counts over a view: by type, by day, by country, who speaks, who meets whom."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any, Final

import yaml
from pydantic import BaseModel

from streams.dashboard.filters import EventFilter

MOST_DAYS: Final = 60
"""Longest timeline: more bars than that cannot be told apart on a phone."""

_STATEMENTS_READ: Final = 300
"""Statements of a speaker that his or her topics are counted on, the latest ones."""

_SHARED_BY: Final = 3
"""Statements with a word that make it a topic: two may be the same words told twice."""

_MEETINGS_READ: Final = 2000
_MOST_TOGETHER: Final = 12
"""More people at one table meet nobody in particular."""


class Count(BaseModel):
    """How many events something has."""

    name: str
    events: int


class Day(BaseModel):
    """One day of publication: event type → how many."""

    day: date
    types: dict[str, int]


class Speaker(BaseModel):
    """Who speaks, how often, by which acts, and with which words again and again."""

    name: str
    events: int
    acts: list[Count]
    topics: list[str]


class Pair(BaseModel):
    """Two who take part in the same visits, meetings and signings."""

    one: str
    other: str
    events: int


class Overview(BaseModel):
    """Everything that is counted about a view."""

    events: int
    articles: int
    types: list[Count]
    days: list[Day]
    speakers: list[Speaker]
    pairs: list[Pair]
    countries: list[Count]
    sources: list[Count]


def overview(connection: sqlite3.Connection, wanted: EventFilter) -> Overview:
    """Count a view."""
    condition, values = wanted.where()
    totals = connection.execute(
        f"SELECT count(*) AS events, count(DISTINCT article_id) AS articles FROM events WHERE {condition}",
        values,
    ).fetchone()
    return Overview(
        events=totals["events"],
        articles=totals["articles"],
        types=_counts(connection, "type", condition, values, limit=20),
        days=_days(connection, condition, values),
        speakers=list(_speakers(connection, condition, values, limit=8)),
        pairs=_pairs(connection, condition, values, limit=15),
        countries=_countries(connection, condition, values, limit=15),
        sources=_counts(connection, "source", condition, values, limit=30),
    )


def _counts(
    connection: sqlite3.Connection, column: str, condition: str, values: list[object], *, limit: int
) -> list[Count]:
    rows = connection.execute(
        f"SELECT {column} AS name, count(*) AS events FROM events WHERE {condition} AND {column} IS NOT NULL"
        f" GROUP BY {column} ORDER BY events DESC, {column} LIMIT ?",
        [*values, limit],
    )
    return [Count(name=row["name"], events=row["events"]) for row in rows]


def _days(connection: sqlite3.Connection, condition: str, values: list[object]) -> list[Day]:
    """Count by day and type: the latest days up to `MOST_DAYS`, quiet ones between them included."""
    rows = connection.execute(
        f"SELECT substr(published, 1, 10) AS day, type, count(*) AS events FROM events WHERE {condition}"
        " GROUP BY day, type ORDER BY day DESC",
        values,
    ).fetchall()
    if not rows:
        return []
    last = date.fromisoformat(rows[0]["day"])
    first = max(date.fromisoformat(rows[-1]["day"]), last - timedelta(days=MOST_DAYS - 1))
    days = {first + timedelta(days=n): Counter[str]() for n in range((last - first).days + 1)}
    for row in rows:
        counter = days.get(date.fromisoformat(row["day"]))
        if counter is not None:
            counter[row["type"]] += row["events"]
    return [Day(day=day, types=dict(counter)) for day, counter in days.items()]


def _countries(
    connection: sqlite3.Connection, condition: str, values: list[object], *, limit: int
) -> list[Count]:
    """Count events by country of the place or of a participant; one event may count for several."""
    rows = connection.execute(
        "SELECT country AS name, count(*) AS events FROM ("
        f" SELECT number, place_country AS country FROM events WHERE {condition}"
        f" UNION SELECT event, country FROM participants"
        f" WHERE event IN (SELECT number FROM events WHERE {condition}))"
        " WHERE country IS NOT NULL GROUP BY country ORDER BY events DESC, country LIMIT ?",
        [*values, *values, limit],
    )
    return [Count(name=row["name"], events=row["events"]) for row in rows]


def _speakers(
    connection: sqlite3.Connection, condition: str, values: list[object], *, limit: int
) -> Iterator[Speaker]:
    rows = connection.execute(
        "SELECT min(participants.name) AS name, participants.folded AS folded, count(*) AS events FROM events"
        " JOIN participants ON participants.event = events.number AND participants.role = 'speaker'"
        f" WHERE {condition} GROUP BY participants.folded ORDER BY events DESC, name LIMIT ?",
        [*values, limit],
    ).fetchall()
    for row in rows:
        said = connection.execute(
            "SELECT events.json AS json, events.act AS act FROM events"
            " JOIN participants ON participants.event = events.number AND participants.role = 'speaker'"
            f" WHERE {condition} AND participants.folded = ? ORDER BY published DESC LIMIT ?",
            [*values, row["folded"], _STATEMENTS_READ],
        ).fetchall()
        acts = Counter(statement["act"] for statement in said if statement["act"])
        yield Speaker(
            name=row["name"],
            events=row["events"],
            acts=[Count(name=act, events=n) for act, n in acts.most_common(3)],
            topics=_topics(row["name"], (json.loads(statement["json"]) for statement in said)),
        )


def _topics(speaker: str, statements: Iterator[dict[str, Any]], *, limit: int = 4) -> list[str]:
    """Give the words that most of a speaker's statements share, as they are written most often."""
    own = {part.casefold() for part in speaker.split()}
    spellings: dict[str, Counter[str]] = {}
    found: Counter[str] = Counter()
    for statement in statements:
        words = {}
        for span in statement.get("content") or ():
            for word in span["text"].split():
                bare = word.strip("«»“”\"'.,;:¿?¡!()[]…-–—")
                key = bare.casefold()
                if len(key) > 3 and key.isalpha() and key not in own and key not in _stop_words():
                    words[key] = bare
        found.update(words.keys())
        for key, word in words.items():
            spellings.setdefault(key, Counter())[word] += 1
    shared = [key for key, with_it in found.most_common(limit) if with_it >= _SHARED_BY]
    return [spellings[key].most_common(1)[0][0] for key in shared]


@cache
def _stop_words() -> frozenset[str]:
    data = yaml.safe_load(files("streams.dashboard").joinpath("locale/stop_words.yaml").read_text("utf-8"))
    return frozenset(word for words in data.values() for word in words)


def _pairs(connection: sqlite3.Connection, condition: str, values: list[object], *, limit: int) -> list[Pair]:
    rows = connection.execute(
        "SELECT events.number AS number, participants.name AS name FROM events"
        " JOIN participants ON participants.event = events.number"
        f" WHERE {condition} AND events.type != 'statement' AND events.number IN ("
        f" SELECT number FROM events WHERE {condition} AND type != 'statement'"
        " ORDER BY published DESC LIMIT ?) ORDER BY events.number, participants.name",
        [*values, *values, _MEETINGS_READ],
    )
    together: dict[int, set[str]] = {}
    for row in rows:
        together.setdefault(row["number"], set()).add(row["name"])
    found: Counter[tuple[str, str]] = Counter()
    for names in together.values():
        if len(names) <= _MOST_TOGETHER:
            found.update(combinations(sorted(names), 2))
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return [Pair(one=one, other=other, events=events) for (one, other), events in ranked[:limit]]
