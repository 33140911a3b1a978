"""Sends records from commands: bounded in number, each acknowledgement waited for."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from kafka import KafkaProducer
from kafka.errors import KafkaError, MessageSizeTooLargeError

from streams.codec import Record
from streams.connection import explain_failure, kafka_python_options
from streams.errors import DeliveryError, RecordRefusedError
from streams.probe import check_connection
from streams.settings import Settings
from streams.topics import HEADROOM_BYTES

_IN_FLIGHT_RECORDS: Final = 1000

Arrived = Callable[[int], None]
"""Called once a record that the broker has, in the order of sending, with its offset."""

Acknowledged = Callable[[RecordRefusedError | None], None]
"""Called once a record, in the order of sending: None when the broker has it."""


class _Waiting(NamedTuple):
    """A record on its way, and who is told when it is there."""

    future: Any
    topic: str
    then: Acknowledged | None
    arrived: Arrived | None


class Publisher:
    """Keeps at most a thousand records on their way."""

    def __init__(self, producer: Any, timeout_seconds: float) -> None:
        self._producer = producer
        self._timeout_seconds = timeout_seconds
        self._waiting: deque[_Waiting] = deque()

    def send(
        self,
        topic: str,
        record: Record,
        *,
        partition: int | None = None,
        timestamp_ms: int | None = None,
        then: Acknowledged | None = None,
        arrived: Arrived | None = None,
    ) -> None:
        """Send a record; returns when there is room, not when it has arrived.

        Raises:
            DeliveryError: This or an earlier record was not acknowledged in time.
            RecordRefusedError: An earlier record is too large, and nobody asked to be told.
        """
        while self._waiting and (len(self._waiting) >= _IN_FLIGHT_RECORDS or self._waiting[0].future.is_done):
            self._settle_oldest()
        try:
            future = self._producer.send(
                topic,
                value=record.value,
                key=record.key,
                headers=list(record.headers),
                partition=partition,
                timestamp_ms=timestamp_ms,
            )
        except KafkaError as error:
            self._report(error, topic, then)
        else:
            self._waiting.append(_Waiting(future, topic, then, arrived))

    def flush(self) -> None:
        """Wait for every acknowledgement; raises as `send` does."""
        self._producer.flush(timeout=self._timeout_seconds)
        while self._waiting:
            self._settle_oldest()

    def _settle_oldest(self) -> None:
        oldest = self._waiting.popleft()
        try:
            stored = oldest.future.get(timeout=self._timeout_seconds)
        except KafkaError as error:
            self._report(error, oldest.topic, oldest.then)
        else:
            if oldest.then is not None:
                oldest.then(None)
            if oldest.arrived is not None:
                oldest.arrived(stored.offset)

    def _report(self, error: KafkaError, topic: str, then: Acknowledged | None) -> None:
        if not isinstance(error, MessageSizeTooLargeError):
            raise DeliveryError(f"{topic}: not acknowledged: {type(error).__name__}: {error}") from error
        refused = RecordRefusedError(f"{topic}: the record is larger than the topic takes")
        if then is None:
            raise refused from error
        then(refused)


@contextmanager
def open_publisher(settings: Settings) -> Iterator[Publisher]:
    """Connect a publisher; leaving the block without an error waits for every acknowledgement.

    Raises:
        BrokerUnreachableError: No broker answers, or not to us.
        DeliveryError: A record was not acknowledged in time.
    """
    check_connection(settings)
    try:
        producer = KafkaProducer(
            **kafka_python_options(settings),
            acks="all",
            enable_idempotence=True,
            compression_type="gzip",
            linger_ms=5,
            max_request_size=settings.max_record_bytes + 2 * HEADROOM_BYTES,
            max_block_ms=int(settings.delivery_timeout_seconds * 1000),
            delivery_timeout_ms=int(settings.delivery_timeout_seconds * 1000),
            request_timeout_ms=int(settings.delivery_timeout_seconds * 1000 / 2),
            allow_auto_create_topics=False,
        )
    except KafkaError as error:
        raise explain_failure(settings, error) from error
    publisher = Publisher(producer, settings.delivery_timeout_seconds)
    try:
        yield publisher
        publisher.flush()
    finally:
        producer.close(timeout=1)
