"""A stretch of `articles.raw` again, in time order over all partitions."""

import heapq
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from schemas import ArticleError
from streams.admin import create_topics
from streams.codec import Record
from streams.publisher import open_publisher
from streams.records import StoredRecord, TopicReader, open_reader
from streams.settings import Settings
from streams.topics import TopicNames, all_topics, event_type_names

_BUFFERED_RECORDS: Final = 1000
"""So many of a partition wait for the slower ones; then it is paused, and memory stays flat."""


@dataclass(frozen=True)
class Stretch:
    """What is to be replayed: from `first` until just before `end`."""

    first: datetime
    end: datetime


def replay(
    settings: Settings,
    stretch: Stretch,
    *,
    prefix: str | None = None,
    speed: float | None = None,
    on_start: Callable[[int], None] = lambda _: None,
    on_record: Callable[[StoredRecord], None] = lambda _: None,
    sleep: Callable[[float], None] = time.sleep,
) -> int:
    """Publish a stretch of articles again, and wait until the broker has them.

    Into the live topics a record gets a new time, else the same stretch would hold it twice next
    time. Into a prefix it keeps its time and its partition, so that twice the same stretch gives the same.

    Args:
        settings: Where the broker is; its prefix is where the articles come from.
        stretch: By the time at which the records were written.
        prefix: Topics to publish into, created where missing; None: the live ones.
        speed: How many times faster than it was; None: as fast as it goes.
        on_start: Told how many records there are at most.
        on_record: Told of each record sent.
        sleep: Waits, in seconds.

    Returns:
        How many records were sent.

    Raises:
        BrokerUnreachableError, DeliveryError: The broker is away.
        MissingTopicError: There are no articles to replay from.
    """
    source = TopicNames(settings.topic_prefix).raw
    with open_reader(settings, [source]) as reader:
        target = settings if prefix is None else _target(settings, prefix, len(reader.partitions))
        topic = TopicNames(target.topic_prefix).raw
        first, ends = reader.offsets_at(stretch.first), reader.offsets_at(stretch.end)
        on_start(sum(max(0, ends[tp] - first[tp]) for tp in reader.partitions))
        for partition, offset in first.items():
            reader.seek(partition, offset)
        pace = _Pace(speed, sleep)
        sent = 0
        with open_publisher(target) as publisher:
            for record in merge_by_time(reader, ends):
                if (
                    not stretch.first.timestamp() * 1000
                    <= record.timestamp_ms
                    < stretch.end.timestamp() * 1000
                ):
                    continue
                pace.wait_for(record.timestamp_ms / 1000)
                publisher.send(
                    topic,
                    Record(record.key, record.value, record.headers),
                    partition=record.partition,
                    timestamp_ms=record.timestamp_ms if prefix is not None else None,
                    then=_raise,
                )
                sent += 1
                on_record(record)
    return sent


def merge_by_time(reader: TopicReader, ends: dict[Any, int]) -> Iterator[StoredRecord]:
    """Give the records of all partitions up to `ends` in order of time, then partition, then offset.

    Waits until every unfinished partition has a record to compare, so the order does not hang on
    which one answered first. Within a partition the order of offsets is kept.
    """
    waiting: dict[Any, deque[StoredRecord]] = {tp: deque() for tp in reader.partitions}
    finished = {tp: reader.position(tp) >= ends[tp] for tp in reader.partitions}
    heads: list[tuple[int, int, int, Any]] = []
    queued: set[Any] = set()
    reader.pause([tp for tp, over in finished.items() if over])
    while True:
        for partition, records in waiting.items():
            if records and partition not in queued:
                head = records[0]
                heapq.heappush(heads, (head.timestamp_ms, head.partition, head.offset, partition))
                queued.add(partition)
        if all(finished[tp] or tp in queued for tp in reader.partitions):
            if not heads:
                return
            partition = heapq.heappop(heads)[-1]
            queued.discard(partition)
            yield waiting[partition].popleft()
            continue
        full = [tp for tp, records in waiting.items() if len(records) >= _BUFFERED_RECORDS]
        reader.pause(full)
        for record in reader.poll():
            partition = reader.partition_of(record)
            if record.offset < ends[partition]:
                waiting[partition].append(record)
        reader.resume([tp for tp in full if not finished[tp]])
        for partition in reader.partitions:
            if not finished[partition] and reader.position(partition) >= ends[partition]:
                finished[partition] = True
                reader.pause([partition])


class _Pace:
    """Holds records back so that they come `speed` times as fast as they were written."""

    def __init__(self, speed: float | None, sleep: Callable[[float], None]) -> None:
        self._speed = speed
        self._sleep = sleep
        self._origin: tuple[float, float] | None = None

    def wait_for(self, written: float) -> None:
        if self._speed is None:
            return
        if self._origin is None:
            self._origin = (written, time.monotonic())
        due = self._origin[1] + (written - self._origin[0]) / self._speed
        left = due - time.monotonic()
        if left > 0:
            self._sleep(left)


def _target(settings: Settings, prefix: str, partitions: int) -> Settings:
    """Create the topics of a prefix, as many partitions as the source has."""
    target = settings.model_copy(
        update={
            "topic_prefix": prefix,
            "partitions": partitions,
            # Records keep their old time: with the usual retention Kafka would delete them at once.
            "raw_retention_hours": -1.0,
        }
    )
    create_topics(target, all_topics(target, event_type_names(target)))
    return target


def _raise(error: ArticleError | None) -> None:
    if error is not None:
        raise error
