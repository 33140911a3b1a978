"""The past as a source of records in order of time: a stretch of a topic, or an archive."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from kafka.partitioner.default import murmur2

from streams.archive import Archive, Refused
from streams.checkpoint import Checkpoint
from streams.codec import Record
from streams.merge import merge_by_time
from streams.records import TopicReader, open_reader
from streams.settings import Settings

_EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Past(NamedTuple):
    """A record of the past: when it was, where it stood, and where it goes.

    Attributes:
        source: Partition that it stood on; 0 for an archive.
        position: Its offset there, or its place in the archive's order.
        target: Partition that it goes to.
    """

    timestamp_ms: int
    source: int
    position: int
    target: int
    record: Record


@dataclass(frozen=True)
class Source:
    """Where the past comes from.

    Attributes:
        total: How many records there are at most, those acknowledged before included.
        records: In order; from the progress of the checkpoint on.
    """

    total: int
    records: Iterator[Past]


@contextmanager
def open_source(
    settings: Settings, checkpoint: Checkpoint, *, partitions: int, on_refused: Refused
) -> Iterator[Source]:
    """Open what a checkpoint's plan names.

    Args:
        settings: Where the broker is.
        checkpoint: What is replayed, and how far it has come.
        partitions: How many the target has.
        on_refused: Told of what is no article in an archive.

    Raises:
        ConfigurationError: A file of an archive is not there.
        MissingTopicError: There is no topic of articles.
    """
    plan = checkpoint.plan
    if plan.source:
        with open_reader(settings, [plan.source]) as reader:
            yield _topic_source(reader, checkpoint, partitions)
        return
    archive = Archive(
        [Path(file) for file in plan.archive],
        first=plan.first,
        end=plan.end,
        max_bytes=settings.max_article_bytes,
        on_refused=on_refused,
    )
    try:
        yield Source(archive.records, _archived(archive, checkpoint, partitions))
    finally:
        archive.close()


def _topic_source(reader: TopicReader, checkpoint: Checkpoint, partitions: int) -> Source:
    plan = checkpoint.plan
    first = reader.offsets_at(plan.first or _EARLIEST)
    ends = reader.offsets_at(plan.end) if plan.end else reader.end_offsets()
    for tp, offset in first.items():
        progress = checkpoint.progress.get(tp.partition)
        reader.seek(tp, progress.next if progress else offset)
    total = sum(max(0, ends[tp] - first[tp]) for tp in reader.partitions)
    kept = len(reader.partitions) == partitions
    earliest = (plan.first or _EARLIEST).timestamp() * 1000
    latest = plan.end.timestamp() * 1000 if plan.end else float("inf")

    def records() -> Iterator[Past]:
        for stored in merge_by_time(reader, ends):
            # Offsets by time are those of the first record; later ones may still be older.
            if earliest <= stored.timestamp_ms < latest:
                target = stored.partition if kept else partition_of(stored.key, partitions)
                record = Record(stored.key, stored.value, stored.headers)
                yield Past(stored.timestamp_ms, stored.partition, stored.offset, target, record)

    return Source(total, records())


def _archived(archive: Archive, checkpoint: Checkpoint, partitions: int) -> Iterator[Past]:
    progress = checkpoint.progress.get(0)
    done = progress.next if progress else 0
    for position, timed in enumerate(archive):
        if position >= done:
            target = partition_of(timed.record.key, partitions)
            yield Past(timed.timestamp_ms, 0, position, target, timed.record)


def partition_of(key: bytes | None, partitions: int) -> int:
    """Choose the partition of a key as Kafka's producers do; without a key always the first."""
    return 0 if key is None else (murmur2(key) & 0x7FFFFFFF) % partitions
