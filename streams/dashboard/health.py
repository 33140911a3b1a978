"""How the stream is: articles a second, lag, dead letters."""

from __future__ import annotations

import sqlite3
import time
from typing import Final

from pydantic import BaseModel

from streams.dashboard.lag import Lag
from streams.dashboard.overview import Count

_RATE_MS: Final = 60_000


class Health(BaseModel):
    """The health strip.

    Attributes:
        reading: Whether the broker answers the dashboard.
        caught_up: Whether what was on the topics at the start has been read.
        articles_per_second: Receipts of the last minute.
        lag: Articles that the workers have not committed; None while unknown.
        oldest_unread_seconds: Age of the oldest of them; None where there is none.
        dead_letters: Code → how many within the retention.
    """

    reading: bool
    caught_up: bool
    articles_per_second: float
    articles: int
    lag: int | None
    oldest_unread_seconds: float | None
    dead_letters: list[Count]


def read_health(connection: sqlite3.Connection, *, reading: bool, caught_up: bool, lag: Lag | None) -> Health:
    """Read the strip's figures from the file."""
    now_ms = int(time.time() * 1000)
    finished = connection.execute(
        "SELECT count(*) AS n FROM receipts WHERE finished_ms > ?", (now_ms - _RATE_MS,)
    ).fetchone()["n"]
    letters = connection.execute(
        "SELECT code AS name, count(*) AS events FROM dead_letters GROUP BY code ORDER BY events DESC, code"
    )
    return Health(
        reading=reading,
        caught_up=caught_up,
        articles_per_second=round(finished / (_RATE_MS / 1000), 2),
        articles=connection.execute("SELECT count(*) AS n FROM articles").fetchone()["n"],
        lag=lag.records if lag else None,
        oldest_unread_seconds=lag.oldest_unread_seconds if lag else None,
        dead_letters=[Count(name=row["name"], events=row["events"]) for row in letters],
    )
