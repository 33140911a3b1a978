"""How far the workers are behind, asked of the broker every few seconds."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from schemas import TeletipoError
from streams.admin import uncommitted
from streams.records import open_reader
from streams.settings import Settings
from streams.topics import TopicNames

EVERY_SECONDS: Final = 5.0
_POLLS: Final = 20
"""Most polls, a quarter of a second each, for the first unread record of every partition."""


@dataclass(frozen=True)
class Lag:
    """What the workers have not committed.

    Attributes:
        by_partition: Partition of `articles.raw` → records.
        oldest_unread_seconds: Age of the oldest such record; None where there is none.
    """

    by_partition: Mapping[int, int]
    oldest_unread_seconds: float | None

    @property
    def records(self) -> int:
        """Records over all partitions."""
        return sum(self.by_partition.values())


def read_lag(settings: Settings) -> Lag:
    """Ask the broker how far the workers are behind.

    Raises:
        BrokerUnreachableError: No broker answers.
        MissingTopicError: The topic of the articles does not exist.
    """
    topic = TopicNames(settings.topic_prefix).raw
    offsets = uncommitted(settings, topic)
    unread = {partition: start for partition, (start, end) in offsets.items() if start < end}
    by_partition = {partition: max(0, end - start) for partition, (start, end) in offsets.items()}
    oldest_ms = _first_timestamp_ms(settings, topic, unread) if unread else None
    age = None if oldest_ms is None else max(0.0, time.time() - oldest_ms / 1000)
    return Lag(by_partition, age)


def _first_timestamp_ms(settings: Settings, topic: str, unread: Mapping[int, int]) -> int | None:
    """Read the first unread record of each partition, and give the earliest time."""
    found: dict[int, int] = {}
    with open_reader(settings, [topic]) as reader:
        for partition in reader.partitions:
            if partition.partition in unread:
                reader.seek(partition, unread[partition.partition])
        for _ in range(_POLLS):
            for record in reader.poll():
                found.setdefault(record.partition, record.timestamp_ms)
            if found.keys() >= unread.keys():
                break
    return min(found.values(), default=None)


class LagWatch:
    """Keeps the latest answer; None while the broker does not give one."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="dashboard-lag", daemon=True)
        self.lag: Lag | None = None

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
                self.lag = read_lag(self._settings)
            except TeletipoError:
                self.lag = None  # the follower says that the broker is away
            self._stop.wait(EVERY_SECONDS)
