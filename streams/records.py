"""Reads records from topics for commands, from a time or the beginning. kafka-python lives here."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from streams.codec import Headers
from streams.connection import explain_failure, kafka_python_options
from streams.errors import BrokerUnreachableError, MissingTopicError
from streams.probe import check_connection
from streams.settings import Settings

_POLL_MILLISECONDS: Final = 250


@dataclass(frozen=True)
class StoredRecord:
    """A record as it stands on a topic."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    headers: Headers

    @property
    def time(self) -> datetime:
        """When it was written."""
        return datetime.fromtimestamp(self.timestamp_ms / 1000, UTC)


class TopicReader:
    """All partitions of some topics, without a group: nothing is committed."""

    def __init__(self, consumer: Any, topics: Sequence[str]) -> None:
        self._consumer = consumer
        self.partitions = [
            TopicPartition(topic, number)
            for topic in topics
            for number in sorted(consumer.partitions_for_topic(topic) or ())
        ]
        missing = sorted(set(topics) - {tp.topic for tp in self.partitions})
        if missing:
            raise MissingTopicError(f"no topic {', '.join(missing)}; create with `teletipo topics create`")
        consumer.assign(self.partitions)
        self.seek_to_end()

    def seek_to_beginning(self) -> None:
        """Read everything that is still there."""
        self._consumer.seek_to_beginning(*self.partitions)

    def seek_to_end(self) -> None:
        """Read only what comes from now on."""
        for partition, end in self._consumer.end_offsets(self.partitions).items():
            self._consumer.seek(partition, end)

    def seek_to_time(self, moment: datetime) -> None:
        """Read from the first record written at `moment` or later, on each partition."""
        found = self.offsets_at(moment)
        for partition in self.partitions:
            self._consumer.seek(partition, found[partition])

    def seek(self, partition: Any, offset: int) -> None:
        """Read one partition from an offset."""
        self._consumer.seek(partition, offset)

    def offsets_at(self, moment: datetime) -> dict[Any, int]:
        """Give the offset of the first record at `moment` or later, or the end, for each partition."""
        milliseconds = int(moment.timestamp() * 1000)
        found = self._consumer.offsets_for_times(dict.fromkeys(self.partitions, milliseconds))
        ends = self._consumer.end_offsets(self.partitions)
        return {tp: found[tp].offset if found.get(tp) else ends[tp] for tp in self.partitions}

    def end_offsets(self) -> dict[Any, int]:
        """Give the offset after the last record of each partition."""
        return dict(self._consumer.end_offsets(self.partitions))

    def poll(self) -> list[StoredRecord]:
        """Take what has come, waiting a quarter of a second at most."""
        return [
            StoredRecord(
                record.topic,
                record.partition,
                record.offset,
                record.timestamp,
                record.key,
                record.value,
                list(record.headers),
            )
            for batch in self._consumer.poll(timeout_ms=_POLL_MILLISECONDS).values()
            for record in batch
        ]

    def position(self, partition: Any) -> int:
        """Give the offset that is read next."""
        return int(self._consumer.position(partition))

    def pause(self, partitions: Sequence[Any]) -> None:
        """Take nothing from these partitions until they are resumed."""
        self._consumer.pause(*partitions)

    def resume(self, partitions: Sequence[Any]) -> None:
        """Take from these partitions again."""
        self._consumer.resume(*partitions)
        # kafka-python (3.0.12) keeps what it had fetched of a paused partition, fetches it no more, and gives
        # it back only while it holds no batch. One read to its end counts too: without this, none ever comes.
        fetcher = getattr(self._consumer, "_fetcher", None)
        batch = getattr(fetcher, "_next_partition_records", None)
        if fetcher is not None and batch is not None and not batch:
            fetcher._next_partition_records = None

    @staticmethod
    def partition_of(record: StoredRecord) -> Any:
        """Give the partition that a record stands on."""
        return TopicPartition(record.topic, record.partition)

    def read_one(self, partition: int, offset: int) -> StoredRecord | None:
        """Read the record at one place of a reader's only topic; None where there is none."""
        found = [tp for tp in self.partitions if tp.partition == partition]
        ends = self.end_offsets()
        if not found or not offset < ends[found[0]]:
            return None
        self.pause(self.partitions)
        self.resume(found)
        self.seek(found[0], offset)
        # Where retention has taken it, reading goes on at the first one that is left.
        first = next(iter(self.until({found[0]: ends[found[0]]})), None)
        return first if first is not None and first.offset == offset else None

    def until(self, ends: dict[Any, int]) -> Iterator[StoredRecord]:
        """Read on up to the offsets given, then stop; partitions interleave as they come."""
        while any(self.position(partition) < end for partition, end in ends.items()):
            for record in self.poll():
                if record.offset < ends[self.partition_of(record)]:
                    yield record


@contextmanager
def open_reader(settings: Settings, topics: Sequence[str]) -> Iterator[TopicReader]:
    """Connect a reader that stands at the end of its topics.

    Raises:
        BrokerUnreachableError: No broker answers, or not to us.
        MissingTopicError: A topic does not exist.
    """
    check_connection(settings)
    try:
        consumer = KafkaConsumer(
            **kafka_python_options(settings),
            group_id=None,
            enable_auto_commit=False,
            allow_auto_create_topics=False,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=settings.max_record_bytes,
        )
    except KafkaError as error:
        raise explain_failure(settings, error) from error
    try:
        yield TopicReader(consumer, topics)
    except KafkaError as error:
        raise BrokerUnreachableError(f"the broker refuses: {type(error).__name__}: {error}") from error
    finally:
        consumer.close(autocommit=False)
