"""How the stream is: articles a second, lag, dead letters; asked now and then, kept in between."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel

from schemas import TeletipoError
from streams.admin import topic_states
from streams.dashboard.overview import Count
from streams.settings import Settings
from streams.topics import RAW_TOPIC, all_topics

log = logging.getLogger(__name__)

_LAG_EVERY_SECONDS: Final = 5.0
_RATE_MS: Final = 60_000


class Health(BaseModel):
    """The health strip.

    Attributes:
        reading: Whether the broker answers the dashboard.
        caught_up: Whether what was on the topics at the start has been read.
        articles_per_second: Receipts of the last minute.
        lag: Articles that the workers have not committed; None while unknown.
        dead_letters: Code → how many within the retention.
    """

    reading: bool
    caught_up: bool
    articles_per_second: float
    articles: int
    lag: int | None
    dead_letters: list[Count]


class LagWatch:
    """Asks the broker every few seconds how far the workers are behind."""

    def __init__(self, settings: Settings, event_types: Sequence[str]) -> None:
        self._settings = settings
        self._raw = [topic for topic in all_topics(settings, event_types) if topic.name.endswith(RAW_TOPIC)]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="dashboard-lag", daemon=True)
        self.lag: int | None = None

    def start(self) -> None:
        """Begin to ask."""
        self._thread.start()

    def stop(self) -> None:
        """Stop asking; an answer that is still to come is not waited for long."""
        self._stop.set()
        self._thread.join(timeout=2)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                (state,) = topic_states(self._settings, self._raw)
                self.lag = state.records if state.lag is None and state.exists else state.lag
            except TeletipoError:
                self.lag = None  # the follower says that the broker is away
            self._stop.wait(_LAG_EVERY_SECONDS)


def read_health(connection: sqlite3.Connection, *, reading: bool, caught_up: bool, lag: int | None) -> Health:
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
        lag=lag,
        dead_letters=[Count(name=row["name"], events=row["events"]) for row in letters],
    )
