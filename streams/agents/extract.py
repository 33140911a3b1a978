"""The agent of `articles.raw`: a bounded number of records in work, acknowledged in order."""

import asyncio
import logging
from typing import Any

from schemas.errors import TeletipoError
from streams.acks import OrderedAcks, Slot
from streams.health import Health
from streams.metrics import IN_FLIGHT
from streams.processing import ArticleProcessor, SourceRecord
from streams.receipts import ReceiptReader

log = logging.getLogger(__name__)


class ExtractAgent:
    """Takes raw events, holds so many at once, crashes the app on a surprise."""

    def __init__(
        self, app: Any, processor: ArticleProcessor, receipts: ReceiptReader, *, health: Health, room: int
    ) -> None:
        self._app = app
        self._health = health
        self._processor = processor
        self._receipts = receipts
        self._room = asyncio.Semaphore(room)
        self._acks = OrderedAcks()
        self._tasks: set[asyncio.Task[None]] = set()
        self._generation: int | None = None

    async def extract_events(self, stream: Any) -> None:
        """Give each record a task, in order of arrival."""
        async for event in stream.noack().events():
            message = event.message
            slot = self._acks.open((message.tp, message.generation_id), event.ack)
            await self._room.acquire()
            if message.generation_id != self._generation:
                # Partitions moved: another worker may have processed their articles meanwhile.
                with self._health.work("receipts"):
                    await self._receipts.catch_up()
                self._generation = message.generation_id
            IN_FLIGHT.inc()
            task = asyncio.create_task(self._work(message, slot))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _work(self, message: Any, slot: Slot) -> None:
        record = SourceRecord(
            key=message.key,
            value=message.value,
            headers=list(message.headers or ()),
            topic=message.topic,
            partition=message.partition,
            offset=message.offset,
        )
        try:
            with self._health.work((record.topic, record.partition, record.offset, id(slot))):
                await self._processor.process(record)
        except Exception as error:
            log.error(
                "worker.stops",
                extra={"topic": record.topic, "partition": record.partition, "offset": record.offset},
                exc_info=None if isinstance(error, TeletipoError) else error,
            )
            # The slot stays open, so nothing after this record is committed.
            await self._app.crash(error)
        else:
            self._acks.close(slot)
        finally:
            IN_FLIGHT.dec()
            self._room.release()
