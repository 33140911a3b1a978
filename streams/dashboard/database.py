"""The read model's file: its tables, and connections for one writer and many readers.

Readable with any SQLite tool. Times are milliseconds since 1970; `published` is ISO 8601 in UTC,
so that it sorts.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

SCHEMA_VERSION: Final = 1
"""A file of another version is emptied and read from the topics again."""

_SCHEMA: Final = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);

-- Where to read on. The file and the position in the topics change in one transaction.
CREATE TABLE positions (topic TEXT, partition INTEGER, next_offset INTEGER NOT NULL,
    PRIMARY KEY (topic, partition)) WITHOUT ROWID;

CREATE TABLE articles (id TEXT PRIMARY KEY, version INTEGER NOT NULL, title TEXT, source TEXT, url TEXT,
    language TEXT NOT NULL, published TEXT NOT NULL, text TEXT NOT NULL, arrived_ms INTEGER NOT NULL);
CREATE INDEX articles_by_arrival ON articles (arrived_ms);

-- `change` grows with everything that happens to an event: what a browser saw last.
CREATE TABLE events (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, change INTEGER NOT NULL UNIQUE,
    type TEXT NOT NULL, article_id TEXT NOT NULL, source TEXT, published TEXT NOT NULL,
    place TEXT, place_country TEXT,
    factuality TEXT NOT NULL, act TEXT, confidence REAL NOT NULL, arrived_ms INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0, json TEXT NOT NULL);
CREATE INDEX events_by_publication ON events (withdrawn, published DESC, number DESC);
CREATE INDEX events_by_arrival ON events (arrived_ms);
CREATE INDEX events_by_article ON events (article_id);
CREATE INDEX events_by_type ON events (withdrawn, type, published DESC, number DESC);

CREATE TABLE participants (event INTEGER NOT NULL REFERENCES events (number) ON DELETE CASCADE,
    role TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, kind TEXT NOT NULL, country TEXT,
    PRIMARY KEY (event, role, name)) WITHOUT ROWID;
CREATE INDEX participants_by_name ON participants (folded, event);
CREATE INDEX participants_by_country ON participants (country, event);

-- Accents do not matter to a search: "Peron" finds "Perón".
CREATE VIRTUAL TABLE events_words USING fts5 (words, tokenize="unicode61 remove_diacritics 2");

CREATE TABLE receipts (article_id TEXT PRIMARY KEY, finished_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX receipts_by_time ON receipts (finished_ms);

CREATE TABLE dead_letters (partition INTEGER, offset INTEGER, code TEXT NOT NULL, failed_ms INTEGER NOT NULL,
    PRIMARY KEY (partition, offset)) WITHOUT ROWID;
"""


def open_writer(path: Path) -> sqlite3.Connection:
    """Open the file for writing; made where there is none, emptied where its version is another.

    Raises:
        sqlite3.OperationalError: The file cannot be made or is no database.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = _connect(path)
    if not _is_current(connection):
        connection.close()
        remove(path)
        connection = _connect(path)
        _create(connection)
    return connection


@contextmanager
def reader(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file for reading only; rows come with names. A reader never waits for the writer."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)
    connection.row_factory = sqlite3.Row
    try:
        yield connection
    finally:
        connection.close()


def remove(path: Path) -> None:
    """Throw the file away, its journals too."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")  # a lost last second is read from the topics again
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _is_current(connection: sqlite3.Connection) -> bool:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version == SCHEMA_VERSION


def _create(connection: sqlite3.Connection) -> None:
    connection.executescript(_SCHEMA)
    # A browser that comes back tells which file it knew: after a rebuild its numbers mean nothing.
    connection.execute("INSERT INTO about VALUES ('edition', ?)", (uuid.uuid4().hex[:8],))
    connection.execute("INSERT INTO about VALUES ('change', '0')")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def edition(connection: sqlite3.Connection) -> str:
    """Name this making of the file; a rebuilt one has another."""
    row = connection.execute("SELECT value FROM about WHERE key = 'edition'").fetchone()
    return str(row["value"])
