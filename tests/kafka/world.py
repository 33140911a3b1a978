"""What tests do with a broker: topics under a prefix, worker processes, what is left on the topics."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from schemas import Article, Receipt
from streams.admin import topic_states
from streams.codec import Record, decode_receipt, encode_article
from streams.publisher import open_publisher
from streams.records import StoredRecord, open_reader
from streams.settings import Settings
from streams.topics import TopicNames, all_topics, event_type_names

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 90.0


class Kafka:
    """What a test does with its topics."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings = settings
        self.names = TopicNames(settings.topic_prefix)
        self._folder = folder
        self._workers = 0

    def under(self, prefix: str) -> "Kafka":
        """The same, under another prefix."""
        return Kafka(self.settings.model_copy(update={"topic_prefix": prefix}), self._folder)

    def environment(self, **more: Any) -> dict[str, str]:
        """The settings as a process gets them."""
        chosen = self.settings.model_dump(exclude_unset=True, mode="json") | more
        chosen["topic_prefix"] = self.settings.topic_prefix
        return {f"TELETIPO_{name.upper()}": str(value) for name, value in chosen.items()}

    def publish(self, *articles: Article) -> None:
        """Send articles to the raw topic, each acknowledged."""
        self.publish_records(*(encode_article(article) for article in articles))

    def publish_records(self, *records: Record) -> None:
        """Send records to the raw topic as they are."""
        with open_publisher(self.settings) as publisher:
            for record in records:
                publisher.send(self.names.raw, record)

    def read(self, topic: str) -> list[StoredRecord]:
        """Everything that stands on a topic now, by partition and offset."""
        with open_reader(self.settings, [topic]) as reader:
            ends = reader.end_offsets()
            reader.seek_to_beginning()
            return sorted(reader.until(ends), key=lambda record: (record.partition, record.offset))

    def compacted(self, topic: str) -> dict[bytes | None, bytes]:
        """What compaction by key leaves in the end."""
        latest = {record.key: record.value for record in self.read(topic)}
        return {key: value for key, value in latest.items() if value is not None}

    def events(self) -> dict[str, dict[bytes | None, bytes]]:
        """All event topics as compaction leaves them."""
        return {name: self.compacted(self.names.events(name)) for name in event_type_names(self.settings)}

    def receipts(self) -> dict[str, Receipt]:
        """Receipts by article."""
        found = map(decode_receipt, self.compacted(self.names.receipts).values())
        return {receipt.article_id: receipt for receipt in found}

    def lag(self) -> int | None:
        """Records that the workers have not committed; None before they committed any."""
        topics = [
            topic
            for topic in all_topics(self.settings, event_type_names(self.settings))
            if topic.name == self.names.raw
        ]
        (state,) = topic_states(self.settings, topics)
        return state.lag

    def wait_until_done(self) -> None:
        """Wait until everything on the raw topic is processed and committed."""
        wait_until(lambda: self.lag() == 0, lambda: f"lag stays {self.lag()}")

    @contextmanager
    def worker(self, *options: str, **settings: Any) -> Iterator["WorkerProcess"]:
        """A `teletipo worker` process, ended with the block."""
        self._workers += 1
        log = self._folder / f"worker-{self.settings.topic_prefix}{self._workers}.log"
        with log.open("wb") as sink:
            process = subprocess.Popen(
                [sys.executable, "-m", "streams.cli", "worker", *options],
                cwd=ROOT,
                env={**os.environ, **self.environment(**settings)},
                stderr=sink,
            )
        worker = WorkerProcess(process, log)
        try:
            yield worker
        finally:
            if process.poll() is None:
                worker.stop()

    def run_worker_until_done(self, **settings: Any) -> "WorkerProcess":
        """Run a worker over what there is, and stop it cleanly."""
        with self.worker(**settings) as worker:
            self.wait_until_done()
            assert worker.stop() == 0
        return worker


class WorkerProcess:
    """A running worker and its log."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.process = process
        self._log = log

    def log(self) -> list[dict[str, Any]]:
        """The log's lines; what is no JSON comes as its text."""
        lines = self._log.read_text("utf-8").splitlines()
        return [json.loads(line) if line.startswith("{") else {"event": line} for line in lines]

    def count(self, event: str) -> int:
        """How often an event was logged."""
        return sum(line["event"] == event for line in self.log())

    def wait_for(self, event: str, times: int = 1) -> None:
        """Wait until an event was logged so often."""
        wait_until(lambda: self.count(event) >= times, f"no {times} {event} in the log of the worker")

    def signal(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    def stop(self) -> int:
        """SIGTERM, and the exit code."""
        self.signal(signal.SIGTERM)
        return self.process.wait(timeout=PATIENCE_SECONDS)


def wait_until(condition: Callable[[], bool], complaint: str | Callable[[], str]) -> None:
    """Wait for a condition, with an end."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(complaint() if callable(complaint) else complaint)
        time.sleep(0.1)


def expected_events(articles: Sequence[Article]) -> dict[str, dict[bytes, bytes]]:
    """What an undisturbed run in process gives: type → key → value."""
    from streams.codec import encode_event
    from tests.fakes import FakeExtractor

    found: dict[str, dict[bytes, bytes]] = {"visit": {}, "signing": {}, "meeting": {}, "statement": {}}
    for article in articles:
        for event in FakeExtractor(obeys=False).extract(article):
            record = encode_event(event)
            assert record.key is not None and record.value is not None
            found[event.type][record.key] = record.value
    return found
