"""What `ingest` remembers between runs: what it sent, and what feeds gave to ask them again.

A SQLite file, so that several processes may share it and a crash leaves it whole. Losing it costs
repetition only: the worker skips what it knows.
"""

import math
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from schemas import Article
from schemas.errors import ConfigurationError
from streams.sent import Sent, sent_as

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS sent (
    target TEXT, id TEXT, version INTEGER, read_version INTEGER, withdrawn INTEGER, digests BLOB, at INTEGER,
    PRIMARY KEY (target, id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sent_at ON sent (at);
CREATE TABLE IF NOT EXISTS items (target TEXT, key BLOB, at INTEGER, PRIMARY KEY (target, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS feeds (
    target TEXT, address TEXT, etag TEXT, last_modified TEXT, failures INTEGER, not_before REAL,
    PRIMARY KEY (target, address)) WITHOUT ROWID;
"""
_BUSY_SECONDS: Final = 10.0
_FLUSH_ROWS: Final = 1000
_FORGET_SECONDS: Final = 3600.0
"""How often a run that goes on for months forgets what is old."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed on the web.

    Attributes:
        failures: Polls that failed since the last that did not.
        not_before: Seconds since 1970 before which the server asks to be left alone.
    """

    etag: str | None = None
    last_modified: str | None = None
    failures: int = 0
    not_before: float = 0.0


class IngestMemory:
    """Remembers for one target: a topic of a cluster.

    Attributes:
        again: What was sent before is to be sent again, under the version that it had.
        forgetful: Why nothing outlasts this run, if so.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        target: str,
        *,
        again: bool = False,
        forgetful: str | None = None,
        keep_seconds: float = math.inf,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._connection = connection
        self._target = target
        self._keep_seconds = keep_seconds
        self._clock = clock
        self._forget_at = clock() + _FORGET_SECONDS
        self.again = again
        self.forgetful = forgetful
        self._sending: dict[str, Sent] = {}
        self._rows: list[tuple[str, Sent]] = []
        self._keys: list[bytes] = []

    def known(self, article_id: str) -> Sent | None:
        """Give what was sent of an article, what is on its way included."""
        if article_id in self._sending:
            return self._sending[article_id]
        row = self._connection.execute(
            "SELECT version, read_version, withdrawn, digests FROM sent WHERE target = ? AND id = ?",
            (self._target, article_id),
        ).fetchone()
        return Sent(row[0], row[1], bool(row[2]), row[3]) if row else None

    def sending(self, article: Article, *, read_version: int) -> Sent:
        """Note that an article is on its way."""
        sent = sent_as(article, self.known(article.id), read_version=read_version)
        self._sending[article.id] = sent
        return sent

    def sent(self, article_id: str, sent: Sent, key: bytes | None = None) -> None:
        """Note that the broker has an article."""
        self._rows.append((article_id, sent))
        if key is not None:
            self._keys.append(key)
        if len(self._rows) >= _FLUSH_ROWS:
            self.flush()

    def lost(self, article_id: str, sent: Sent) -> None:
        """Note that the broker refused an article."""
        if self._sending.get(article_id) is sent:
            del self._sending[article_id]

    def has_item(self, key: bytes) -> bool:
        """Tell whether an item of a feed was sent, by its digest before its page was asked."""
        if self.again:
            return False
        found = self._connection.execute(
            "SELECT 1 FROM items WHERE target = ? AND key = ?", (self._target, key)
        ).fetchone()
        return found is not None or key in self._keys

    def feed(self, address: str) -> FeedState:
        """Give what is known of a feed."""
        if self.again:
            return FeedState()
        row = self._connection.execute(
            "SELECT etag, last_modified, failures, not_before FROM feeds WHERE target = ? AND address = ?",
            (self._target, address),
        ).fetchone()
        return FeedState(*row) if row else FeedState()

    def polled(self, address: str, state: FeedState) -> None:
        """Note how a poll ended; for one that brought articles, after the broker has them."""
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?, ?)",
                (self._target, address, state.etag, state.last_modified, state.failures, state.not_before),
            )

    def poll_failed(self, address: str, *, not_before: float = 0.0) -> FeedState:
        """Note that a poll failed; validators stay."""
        known = self.feed(address)
        state = replace(known, failures=known.failures + 1, not_before=not_before)
        self.polled(address, state)
        return state

    def flush(self) -> None:
        """Write down what the broker has."""
        now = int(self._clock())
        rows = [
            (self._target, article_id, s.version, s.read_version, int(s.withdrawn), s.digests, now)
            for article_id, s in self._rows
        ]
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO sent VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            self._connection.executemany(
                "INSERT OR REPLACE INTO items VALUES (?, ?, ?)",
                [(self._target, key, now) for key in self._keys],
            )
        for article_id, sent in self._rows:
            if self._sending.get(article_id) is sent:
                del self._sending[article_id]
        self._rows, self._keys = [], []
        if now >= self._forget_at:
            self._forget_at = now + _FORGET_SECONDS
            _forget(self._connection, now - self._keep_seconds)


@contextmanager
def open_memory(
    path: Path | None,
    target: str,
    *,
    keep_hours: float = -1,
    again: bool = False,
    clock: Callable[[], float] = time.time,
) -> Iterator[IngestMemory]:
    """Open the memory of a target; leaving the block writes what is left.

    Args:
        path: None remembers for this run only; so does a file that cannot be written.
        target: What articles are sent to.
        keep_hours: What was sent longer ago is forgotten; negative keeps everything.
        again: What was sent counts for versions, but is to be sent again.
        clock: Seconds since 1970.

    Raises:
        ConfigurationError: The file is damaged.
    """
    forgetful, keep_seconds = None, keep_hours * 3600 if keep_hours >= 0 else math.inf
    try:
        connection = _connect(path)
        _forget(connection, clock() - keep_seconds)
    except (sqlite3.OperationalError, OSError) as error:  # a read-only container, say
        forgetful, connection = f"{path}: {error}", _connect(None)
    except sqlite3.Error as error:
        raise _unusable(path, error) from error
    memory = IngestMemory(
        connection, target, again=again, forgetful=forgetful, keep_seconds=keep_seconds, clock=clock
    )
    try:
        yield memory
    except sqlite3.Error as error:
        raise _unusable(path, error) from error
    finally:
        with suppress(sqlite3.Error):  # lost, it costs repetition only; the first error is the one to tell
            memory.flush()
        connection.close()


def _connect(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path or ":memory:", timeout=_BUSY_SECONDS, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.executescript(_TABLES)
    return connection


def _unusable(path: Path | None, error: Exception) -> ConfigurationError:
    return ConfigurationError(
        f"{path}: cannot remember what was sent: {error}; delete the file or set another data_dir"
    )


def _forget(connection: sqlite3.Connection, before: float) -> None:
    with connection:
        connection.execute("DELETE FROM sent WHERE at < ?", (before,))
        connection.execute("DELETE FROM items WHERE at < ?", (before,))
