"""Records of the topics → rows of the read model. Applying a record twice changes nothing more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from schemas import Article, ContractError, DecodeError, Event, StatementEvent, TeletipoError
from streams.codec import decode_article, decode_dead_letter, decode_event, decode_receipt
from streams.dashboard.database import open_writer
from streams.extraction.lexicon import fold
from streams.records import StoredRecord
from streams.topics import TopicNames

DAY_MS: Final = 24 * 3600 * 1000


@dataclass(frozen=True)
class Retention:
    """What the read model keeps: nothing older, and no more events than that."""

    days: float
    most_events: int


def utc_text(moment: date | datetime) -> str:
    """Write a moment so that text order is time order; a bare day is its first second.

    >>> utc_text(date(2024, 6, 19))
    '2024-06-19T00:00:00Z'
    """
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Writer:
    """The one that writes to the file; not safe for several threads at once."""

    def __init__(self, path: Path, names: TopicNames, retention: Retention, *, max_bytes: int) -> None:
        self._connection = open_writer(path)
        self._names = names
        self._retention = retention
        self._max_bytes = max_bytes

    def close(self) -> None:
        """Close the file; what was applied stays."""
        self._connection.close()

    def positions(self) -> dict[tuple[str, int], int]:
        """Give topic and partition → offset to read next."""
        rows = self._connection.execute("SELECT topic, partition, next_offset FROM positions")
        return {(row["topic"], row["partition"]): row["next_offset"] for row in rows}

    def apply(self, records: Sequence[StoredRecord]) -> int:
        """Apply records and remember the position behind them, in one transaction.

        Returns:
            The number of the latest change, for those who wait for changes.
        """
        with self._transaction():
            for record in records:
                self._apply(record)
            self._remember(records)
            return self._change()

    def prune(self, *, now_ms: int) -> None:
        """Drop what is older than the retention and more than its bound."""
        oldest_ms = now_ms - int(self._retention.days * DAY_MS)
        with self._transaction():
            self._drop_events("arrived_ms < ?", oldest_ms)
            self._drop_events(
                "number IN (SELECT number FROM events"
                " ORDER BY arrived_ms DESC, number DESC LIMIT -1 OFFSET ?)",
                self._retention.most_events,
            )
            self._connection.execute("DELETE FROM articles WHERE arrived_ms < ?", (oldest_ms,))
            self._connection.execute("DELETE FROM receipts WHERE finished_ms < ?", (now_ms - DAY_MS,))
            self._connection.execute("DELETE FROM dead_letters WHERE failed_ms < ?", (oldest_ms,))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _remember(self, records: Iterable[StoredRecord]) -> None:
        ends = {(record.topic, record.partition): record.offset + 1 for record in records}
        self._connection.executemany(
            "INSERT INTO positions VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET next_offset = excluded.next_offset",
            [(topic, partition, offset) for (topic, partition), offset in ends.items()],
        )

    def _apply(self, record: StoredRecord) -> None:
        try:
            if record.topic == self._names.raw:
                self._article(record)
            elif record.topic == self._names.receipts:
                self._receipt(record)
            elif record.topic == self._names.dead_letter:
                self._dead_letter(record)
            elif record.value is None:
                self._tombstone((record.key or b"").decode("utf-8", "replace"))
            else:
                self._event(decode_event(record.value), record)
        except (ContractError, DecodeError):
            return  # broken articles are counted as dead letters; records of other programs are not ours
        except TeletipoError:
            return  # too large an article: a dead letter as well

    def _article(self, record: StoredRecord) -> None:
        article: Article = decode_article(record.value, max_bytes=self._max_bytes)
        row = (
            article.id,
            article.version,
            article.title,
            article.source,
            article.url,
            article.language,
            utc_text(article.published),
            article.text,
            record.timestamp_ms,
        )
        self._connection.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
            " version = excluded.version, title = excluded.title, source = excluded.source,"
            " url = excluded.url, language = excluded.language, published = excluded.published,"
            " text = excluded.text, arrived_ms = excluded.arrived_ms"
            " WHERE excluded.version >= articles.version",
            row,
        )

    def _receipt(self, record: StoredRecord) -> None:
        if record.value is None:
            return
        receipt = decode_receipt(record.value)
        self._connection.execute(
            "INSERT INTO receipts VALUES (?, ?) ON CONFLICT DO UPDATE SET finished_ms = excluded.finished_ms",
            (receipt.article_id, _milliseconds(receipt.finished_at)),
        )

    def _dead_letter(self, record: StoredRecord) -> None:
        letter = decode_dead_letter(record.key, record.value, record.headers)
        self._connection.execute(
            "INSERT OR REPLACE INTO dead_letters VALUES (?, ?, ?, ?)",
            (record.partition, record.offset, letter.error, _milliseconds(letter.failed_at)),
        )

    def _tombstone(self, event_id: str) -> None:
        found = self._connection.execute(
            "UPDATE events SET withdrawn = 1, change = ? WHERE id = ? AND withdrawn = 0",
            (self._change() + 1, event_id),
        )
        if found.rowcount:
            self._count_change()

    def _event(self, event: Event, record: StoredRecord) -> None:
        assert record.value is not None
        text = record.value.decode()
        old = self._connection.execute(
            "SELECT number, withdrawn, json FROM events WHERE id = ?", (event.id,)
        ).fetchone()
        if old is not None and not old["withdrawn"] and old["json"] == text:
            return  # delivered twice
        if old is not None:
            self._drop_events("number = ?", old["number"])
        row = {
            "id": event.id,
            "change": self._count_change(),
            "type": event.type,
            "article_id": event.article.id,
            "source": event.article.source,
            "published": utc_text(event.article.published),
            "place": event.place.name if event.place else None,
            "place_country": event.place.country if event.place else None,
            "factuality": event.factuality.value,
            "act": event.act.value if isinstance(event, StatementEvent) else None,
            "confidence": event.confidence,
            "arrived_ms": record.timestamp_ms,
            "json": text,
        }
        if old is not None:
            row["number"] = old["number"]
        number = self._insert("events", row)
        self._connection.executemany(
            "INSERT OR IGNORE INTO participants VALUES (?, ?, ?, ?, ?, ?)",
            [(number, p.role, p.name, fold(p.name), p.kind.value, p.country) for p in event.participants],
        )
        self._insert("events_words", {"rowid": number, "words": _words(event)})

    def _insert(self, table: str, row: Mapping[str, object]) -> int:
        names, places = ", ".join(row), ", ".join("?" * len(row))
        statement = f"INSERT INTO {table} ({names}) VALUES ({places})"
        number = self._connection.execute(statement, tuple(row.values())).lastrowid
        assert number is not None
        return number

    def _drop_events(self, condition: str, value: object) -> None:
        self._connection.execute(
            f"DELETE FROM events_words WHERE rowid IN (SELECT number FROM events WHERE {condition})",
            (value,),
        )
        self._connection.execute(f"DELETE FROM events WHERE {condition}", (value,))

    def _change(self) -> int:
        row = self._connection.execute("SELECT value FROM about WHERE key = 'change'").fetchone()
        return int(row["value"])

    def _count_change(self) -> int:
        change = self._change() + 1
        self._connection.execute("UPDATE about SET value = ? WHERE key = 'change'", (str(change),))
        return change


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _words(event: Event) -> str:
    """Give everything that a search should find an event by."""
    parts = [p.name for p in event.participants]
    parts += [span.text for span in event.evidence]
    parts += [source.name for source in event.attribution]
    if event.place is not None:
        parts.append(event.place.name)
    parts += [text for text in (event.article.title, event.article.source) if text]
    extra = json.loads(event.model_dump_json(include={"content", "document"}))
    parts += [span["text"] for span in extra.get("content") or ()]
    if extra.get("document"):
        parts.append(extra["document"]["text"])
    return "\n".join(parts)
