"""A broker for benchmarks, on this machine only, and topics that are filled, watched and timed."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, Final

import psutil
from kafka import KafkaConsumer, TopicPartition

from schemas import Article
from streams.admin import create_topics
from streams.broker import Broker, free_port
from streams.codec import encode_article
from streams.connection import kafka_python_options
from streams.publisher import open_publisher
from streams.records import StoredRecord, open_reader
from streams.settings import Settings, default_data_dir
from streams.topics import TopicNames, all_topics, event_type_names

PATIENCE_SECONDS: Final = 900.0
_PAUSE_SECONDS: Final = 0.3
_NUMBERS: Final = count(1)


class Bench:
    """A running broker."""

    def __init__(self, broker: Broker, port: int, folder: Path) -> None:
        self.folder = folder
        self.address = f"127.0.0.1:{port}"
        self.process = psutil.Process(broker.status().pid)

    def topics(self, *, partitions: int = 4, **settings: Any) -> Topics:
        """Create topics under a prefix of their own."""
        number = next(_NUMBERS)
        data_dir = self.folder / f"run-{number}"
        chosen = Settings(
            bootstrap_servers=self.address,
            topic_prefix=f"run-{number}.",
            partitions=partitions,
            raw_retention_hours=-1,
            web_port=0,
            data_dir=data_dir,
            log_format="json",
            **settings,
        )
        data_dir.mkdir()
        # The broker writes down when a record came: the one clock by which all are measured.
        topics = [
            replace(topic, settings=topic.settings | {"message.timestamp.type": "LogAppendTime"})
            for topic in all_topics(chosen, event_type_names(chosen))
        ]
        create_topics(chosen, topics)
        return Topics(chosen)


class Topics:
    """The topics of one run."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.names = TopicNames(settings.topic_prefix)

    def fill(self, articles: Sequence[Article]) -> None:
        """Put articles on the raw topic, each acknowledged."""
        with open_publisher(self.settings) as publisher:
            for article in articles:
                publisher.send(self.names.raw, encode_article(article))

    def environment(self, **more: Any) -> dict[str, str]:
        """Give the settings as a worker's process gets them."""
        chosen = self.settings.model_dump(exclude_unset=True, mode="json") | more
        return {f"TELETIPO_{name.upper()}": str(value) for name, value in chosen.items()}

    def read(self, topic: str) -> list[StoredRecord]:
        """Read everything that stands on a topic now."""
        with open_reader(self.settings, [topic]) as reader:
            ends = reader.end_offsets()
            reader.seek_to_beginning()
            return list(reader.until(ends))

    def events(self) -> dict[bytes | None, bytes | None]:
        """Read all events, the last one of each key."""
        names = event_type_names(self.settings)
        return {r.key: r.value for name in names for r in self.read(self.names.events(name))}


class Watch:
    """Looks how many receipts have come, at next to no cost."""

    def __init__(self, topics: Topics) -> None:
        self._consumer = KafkaConsumer(**kafka_python_options(topics.settings), enable_auto_commit=False)
        name = topics.names.receipts
        self._partitions = [TopicPartition(name, n) for n in range(topics.settings.partitions)]

    def count(self) -> int:
        """Count the receipts."""
        return sum(self._consumer.end_offsets(self._partitions).values())

    def wait_for(self, receipts: int, *, alive: Sequence[psutil.Process] = ()) -> None:
        """Wait until so many have come.

        Raises:
            RuntimeError: Somebody ended before, or it takes too long.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while (found := self.count()) < receipts:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{found} of {receipts} articles after {PATIENCE_SECONDS:.0f} s")
            for process in alive:
                if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
                    raise RuntimeError(f"process {process.pid} ended after {found} of {receipts} articles")
            time.sleep(_PAUSE_SECONDS)  # asking costs the broker, and so whom it serves

    def close(self) -> None:
        """Hang up."""
        self._consumer.close(autocommit=False)


@contextmanager
def running_bench(*, join_seconds: float = 0.0) -> Iterator[Bench]:
    """Start a broker on a free port of this machine; it ends with the block, its data too.

    Args:
        join_seconds: How long the first one of a group waits for the others. Several processes that start
            together then share the partitions before any of them reads; else what the first one had begun
            is read twice.
    """
    with tempfile.TemporaryDirectory(prefix="teletipo-bench-") as name:
        folder = Path(name)
        delay = {"group.initial.rebalance.delay.ms": int(join_seconds * 1000)}
        broker = Broker(folder / "broker", jars_dir=default_data_dir() / "jars", properties=delay, say=print)
        port = free_port()
        broker.start(port)
        try:
            yield Bench(broker, port, folder)
        finally:
            broker.stop()
