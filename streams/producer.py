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
            compression_type="gzip",
            # A linger would delay every awaited send; what is sent in parallel is batched anyway.
            linger_ms=0,
            max_request_size=settings.max_record_bytes + 2 * HEADROOM_BYTES,
            request_timeout_ms=int(settings.delivery_timeout_seconds * 1000),
        )
        try:
            await self._producer.start()
        except KafkaError as error:
            raise DeliveryError(f"the producer does not start: {type(error).__name__}: {error}") from error

    async def send(self, topic: str, record: Record) -> None:
        """Send a record and return when the broker has acknowledged it.

        Raises:
            RecordRefusedError: It is larger than its topic takes.
            DeliveryError: It was not acknowledged within `delivery_timeout_seconds`.
        """
        try:
            # An idempotent producer tries without end; the end is ours.
            async with asyncio.timeout(self._settings.delivery_timeout_seconds):
                sent = await self._producer.send(
                    topic, value=record.value, key=record.key, headers=list(record.headers)
                )
                await sent
        except MessageSizeTooLargeError as error:
            raise RecordRefusedError(f"{topic}: the record is larger than the topic takes") from error
        except (KafkaError, TimeoutError) as error:
            raise DeliveryError(f"{topic}: not acknowledged: {type(error).__name__}: {error}") from error

    async def stop(self) -> None:
        """Hang up, without waiting for a broker that is away."""
        if self._producer is not None:
            with contextlib.suppress(TimeoutError, KafkaError):
                await asyncio.wait_for(self._producer.stop(), _FAREWELL_SECONDS)
