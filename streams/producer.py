"""The worker's producer: a record sent is a record that the broker has, once."""

import asyncio
import contextlib
from typing import Any, Final

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError

from streams.codec import Record
from streams.connection import aiokafka_options
from streams.errors import DeliveryError, RecordRefusedError
from streams.settings import Settings
from streams.topics import HEADROOM_BYTES

COMPRESSION: Final = "gzip"
"""Of what workers send."""

_FAREWELL_SECONDS: Final = 2.0
"""When it stops, all that was awaited has arrived; what has not belongs to a crash and is done again."""


class RecordSender:
    """Sends records beside Faust, whose own producer is idempotent only with transactions."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._producer: Any = None

    async def start(self) -> None:
        """Connect.

        Raises:
            DeliveryError: The broker is away.
        """
        settings = self._settings
        self._producer = AIOKafkaProducer(
            **aiokafka_options(settings),
            client_id="teletipo",
            acks="all",
            # A retry after a broker failure would else write a record twice.
            enable_idempotence=True,
            compression_type=COMPRESSION,
            # A linger would delay every awaited send; what is sent in parallel is batched anyway.
            linger_ms=0,
            max_request_size=settings.max_record_bytes + 2 * HEADROOM_BYTES,
            request_timeout_ms=int(settings.delivery_timeout_seconds * 1000),
        )
        try:
            await self._producer.start()
        except KafkaError as error:
            raise DeliveryError(f"the producer does not start: {type(error).__name__}: {error}") from error

    async def send(self, *outgoing: tuple[str, Record]) -> None:
        """Send records, each with its topic, and return when the broker has acknowledged all of them.

        When one fails, the others are waited for all the same before the first failure is raised.

        Raises:
            RecordRefusedError: One is larger than its topic takes.
            DeliveryError: One was not acknowledged within `delivery_timeout_seconds`.
        """
        outcomes: list[tuple[str, BaseException | None]] = []
        waiting: list[tuple[str, asyncio.Future[Any]]] = []
        topic = ""
        try:
            # An idempotent producer tries without end; the end is ours.
            async with asyncio.timeout(self._settings.delivery_timeout_seconds):
                for topic, record in outgoing:
                    try:
                        waiting.append((topic, await self._put(topic, record)))
                    except KafkaError as error:
                        outcomes.append((topic, error))
                if waiting:  # one wait for all of them: a task each would cost more than the sending
                    await asyncio.wait([sent for _, sent in waiting])
        except TimeoutError as error:
            raise _explain(topic, error) from error
        outcomes += [(topic, sent.exception()) for topic, sent in waiting]
        for topic, failure in outcomes:
            if failure is not None:
                raise _explain(topic, failure) from failure

    async def _put(self, topic: str, record: Record) -> asyncio.Future[Any]:
        """Put a record where it waits to be sent."""
        sent: asyncio.Future[Any] = await self._producer.send(
            topic, value=record.value, key=record.key, headers=list(record.headers)
        )
        return sent

    async def stop(self) -> None:
        """Hang up, without waiting for a broker that is away."""
        if self._producer is not None:
            with contextlib.suppress(TimeoutError, KafkaError):
                await asyncio.wait_for(self._producer.stop(), _FAREWELL_SECONDS)


def _explain(topic: str, error: BaseException) -> RecordRefusedError | DeliveryError:
    """Turn what a client raised into an error of ours; what is none of its own is raised as it is."""
    if isinstance(error, MessageSizeTooLargeError):
        return RecordRefusedError(f"{topic}: the record is larger than the topic takes")
    if isinstance(error, (KafkaError, TimeoutError)):
        return DeliveryError(f"{topic}: not acknowledged: {type(error).__name__}: {error}")
    raise error
