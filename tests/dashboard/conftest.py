"""A read model in a file of its own, filled by the real writer, and the real server around it."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

from schemas import Article, DeadLetter, Event, Extractor, Receipt
from streams.codec import (
    Record,
    encode_article,
    encode_dead_letter,
    encode_event,
    encode_receipt,
    encode_tombstone,
)
from streams.dashboard.follower import Follower
from streams.dashboard.hub import ChangeHub
from streams.dashboard.lag import LagWatch
from streams.dashboard.server import build_server
from streams.dashboard.service import Service
from streams.dashboard.writer import Retention, Writer
from streams.records import StoredRecord
from streams.settings import Settings
from streams.topics import TopicNames

NAMES = TopicNames()
TYPES = ("meeting", "signing", "statement", "visit")
NOW_MS = int(datetime.now(UTC).timestamp() * 1000)


class Feed:
    """Writes records into a read model as if they had come from the topics."""

    def __init__(self, path: Path, retention: Retention | None = None) -> None:
        self.path = path
        self.hub = ChangeHub()
        self.writer = Writer(path, NAMES, retention or Retention(90, 100_000), max_bytes=8 * 1024 * 1024)
        self._offsets: dict[str, int] = {}

    def records(self, topic: str, found: Sequence[Record], *, at_ms: int = NOW_MS) -> list[StoredRecord]:
        """Give records the places that a topic would give them."""
        stored = []
        for record in found:
            offset = self._offsets.get(topic, 0)
            self._offsets[topic] = offset + 1
            stored.append(StoredRecord(topic, 0, offset, at_ms, record.key, record.value, record.headers))
        return stored

    def apply(self, records: Sequence[StoredRecord]) -> None:
        """Apply records and tell whoever waits."""
        self.hub.announce(self.writer.apply(records))

    def events(self, *events: Event, at_ms: int = NOW_MS) -> None:
        """Publish events."""
        for event in events:
            self.apply(self.records(NAMES.events(event.type), [encode_event(event)], at_ms=at_ms))

    def withdraw(self, event: Event, article: Article) -> None:
        """Publish a tombstone."""
        record = encode_tombstone(event.type, event.id, article)
        self.apply(self.records(NAMES.events(event.type), [record]))

    def articles(self, *articles: Article) -> None:
        """Publish articles."""
        self.apply(self.records(NAMES.raw, [encode_article(article) for article in articles]))

    def receipt(self, article: Article) -> None:
        """Publish the receipt of an article, finished now."""
        receipt = Receipt(
            article_id=article.id,
            version=article.version,
            extractor=Extractor(version="1", model="test"),
            duration_ms=5,
            finished_at=datetime.now(UTC),
        )
        self.apply(self.records(NAMES.receipts, [encode_receipt(receipt)]))

    def dead_letter(self, code: str) -> None:
        """Publish a dead letter."""
        letter = DeadLetter(
            key=b"k",
            value=b"{",
            error=code,
            detail="not JSON",
            source_topic=NAMES.raw,
            source_partition=0,
            source_offset=0,
            failed_at=datetime.now(UTC),
        )
        self.apply(self.records(NAMES.dead_letter, [encode_dead_letter(letter)]))


@pytest.fixture
def feed(tmp_path: Path) -> Iterator[Feed]:
    """An empty read model."""
    found = Feed(tmp_path / "read-model.sqlite")
    yield found
    found.writer.close()


class RunningServer:
    """The server on a free port, in a thread of its own; stopped and started like a process would be."""

    def __init__(self, feed: Feed, port: int = 0) -> None:
        self.feed = feed
        self.port = port
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._started.wait(20)

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        """Close every connection and the port; a second time it does nothing."""
        if self._loop.is_closed():
            return
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        service = service_around(self.feed)
        runner = web.AppRunner(build_server(service), access_log=None, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = runner.addresses[0][1]
        self._started.set()
        await self._stop.wait()
        await runner.cleanup()
        service.close()


def service_around(feed: Feed) -> Service:
    """What the handlers need, with a follower that stands still and says that all is read."""
    settings = Settings(web_port=0)
    feed.hub = ChangeHub()
    follower = Follower(settings, TYPES, feed.writer, feed.hub.announce)
    follower.reading = follower.caught_up = True
    return Service(feed.path, TYPES, feed.hub, follower, LagWatch(settings))


@pytest.fixture
def server(feed: Feed) -> Iterator[RunningServer]:
    """A server around the read model."""
    running = RunningServer(feed)
    yield running
    running.stop()
