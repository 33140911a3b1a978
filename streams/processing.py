"""From one record of `articles.raw` to what it leaves on the topics. Knows no Faust: sends are given."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from schemas import Article, DeadLetter, ExtractionError, Extractor, TeletipoError
from streams.codec import (
    Headers,
    Record,
    attempts_so_far,
    decode_article,
    encode_dead_letter,
    encode_receipt,
    encode_tombstone,
)
from streams.corrections import events_taken_back, make_receipt, must_process
from streams.errors import Outcome, outcome_of
from streams.metrics import (
    ARTICLE_SECONDS,
    ARTICLES,
    DEAD_LETTERS,
    EVENTS,
    EXTRACTION_SECONDS,
    STEP_SECONDS,
    TOMBSTONES,
)
from streams.pool import Extraction
from streams.receipts import ReceiptStore
from streams.topics import TopicNames

log = logging.getLogger(__name__)


class Send(Protocol):
    """Sends records to topics."""

    def __call__(self, *outgoing: tuple[str, Record]) -> Awaitable[None]:
        """Send records, each with its topic, and return when the broker has acknowledged all of them.

        Raises only when what became of each is known: nothing goes on in the background.
        """


class Pool(Protocol):
    """What processing needs of the extraction pool."""

    @property
    def identity(self) -> Extractor:
        """Who extracts."""

    async def extract(self, article: bytes, *, article_id: str) -> Extraction:
        """Extract the events of an article from its bytes."""


@dataclass(frozen=True)
class SourceRecord:
    """A record as it came, with where it came from."""

    key: bytes | None
    value: bytes | None
    headers: Headers
    topic: str
    partition: int
    offset: int


class ArticleProcessor:
    """Processes records; several at once, but versions of one article one after the other."""

    def __init__(
        self,
        *,
        pool: Pool,
        receipts: ReceiptStore,
        send: Send,
        names: TopicNames,
        max_article_bytes: int,
        now: Callable[[], datetime],
    ) -> None:
        self._pool = pool
        self._receipts = receipts
        self._send = send
        self._names = names
        self._max_article_bytes = max_article_bytes
        self._now = now
        self._turns: dict[str, list[asyncio.Future[None]]] = {}

    async def process(self, record: SourceRecord) -> None:
        """Bring one record to its end: events and receipt, nothing (known already), or a dead letter.

        Returns when the broker has acknowledged all of it.

        Raises:
            TeletipoError: The worker must stop, and the record stay unacknowledged.
        """
        started = time.perf_counter()
        try:
            outcome = await self._process(record)
        except TeletipoError as error:
            if outcome_of(error) not in (Outcome.DEAD_LETTER, Outcome.RETRY_THEN_DEAD_LETTER):
                raise
            await self._bury(record, error)
            outcome = "dead-letter"
        ARTICLES.labels(outcome).inc()
        ARTICLE_SECONDS.observe(time.perf_counter() - started)

    async def _process(self, record: SourceRecord) -> str:
        with STEP_SECONDS.labels("decode").time():
            article = decode_article(record.value, max_bytes=self._max_article_bytes)
        assert record.value is not None
        async with self._turn(article.id):
            known = self._receipts.get(article.id)
            if not must_process(known, article, self._pool.identity):
                self._log("article.skipped", record, article)
                return "skipped"
            asked = time.perf_counter()
            extraction = await self._pool.extract(record.value, article_id=article.id)
            extracting = extraction.duration_ms / 1000
            STEP_SECONDS.labels("extract").observe(extracting)
            STEP_SECONDS.labels("wait").observe(max(0.0, time.perf_counter() - asked - extracting))
            await self._publish(record, article, extraction)
        return "withdrawn" if article.withdrawn else "extracted"

    async def _publish(self, record: SourceRecord, article: Article, extraction: Extraction) -> None:
        # Under one key only one record can stand; of two, chance would decide which.
        events = {(event.type, event.id): event for event in extraction.events}
        found: dict[str, list[str]] = {}
        for event_type, event_id in events:
            found.setdefault(event_type, []).append(event_id)
        taken = events_taken_back(self._receipts.get(article.id), found)
        # All at once: Kafka batches what is sent in parallel, and the receipt waits for all of it.
        with STEP_SECONDS.labels("send").time():
            await self._send(
                *(
                    (self._names.events(e.type), Record(e.id.encode(), e.value, e.headers))
                    for e in events.values()
                ),
                *((self._names.events(g.type), encode_tombstone(g.type, g.id, article)) for g in taken),
            )
        receipt = make_receipt(
            article,
            self._pool.identity,
            found,
            duration_ms=extraction.duration_ms,
            finished_at=self._now(),
        )
        with STEP_SECONDS.labels("receipt").time():
            await self._send((self._names.receipts, encode_receipt(receipt)))
        self._receipts.put(receipt)
        for event_type, ids in found.items():
            EVENTS.labels(event_type).inc(len(ids))
        for gone in taken:
            TOMBSTONES.labels(gone.type).inc()
        EXTRACTION_SECONDS.observe(extraction.duration_ms / 1000)
        self._log(
            "article.withdrawn" if article.withdrawn else "article.extracted",
            record,
            article,
            events=len(events),
            tombstones=len(taken),
            duration_ms=round(extraction.duration_ms),
        )

    async def _bury(self, record: SourceRecord, error: TeletipoError) -> None:
        attempts = attempts_so_far(record.headers) + 1
        letter = DeadLetter(
            key=record.key,
            value=record.value,
            error=error.code,
            detail=error.detail,
            source_topic=record.topic,
            source_partition=record.partition,
            source_offset=record.offset,
            failed_at=self._now(),
            attempts=attempts,
        )
        # A dead letter that is refused stops the worker: there is no third place to put it.
        await self._send((self._names.dead_letter, encode_dead_letter(letter, record.headers)))
        DEAD_LETTERS.labels(error.code).inc()
        fields = {"topic": record.topic, "partition": record.partition, "offset": record.offset}
        if isinstance(error, ExtractionError):
            fields |= {"article_id": error.article_id, "step": error.step}
            if notes := getattr(error, "__notes__", None):
                fields |= {"trace": "".join(notes)}
        log.warning(
            "article.dead-letter",
            extra={**fields, "error": error.code, "detail": error.detail, "attempts": attempts},
        )

    @asynccontextmanager
    async def _turn(self, article_id: str) -> AsyncIterator[None]:
        """Wait for the versions of this article that came before."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue = self._turns.setdefault(article_id, [])
        before = queue[-1] if queue else None
        queue.append(mine)
        try:
            if before is not None:
                await asyncio.shield(before)
            yield
        finally:
            mine.set_result(None)
            queue.remove(mine)
            if not queue:
                del self._turns[article_id]

    def _log(self, event: str, record: SourceRecord, article: Article, **fields: object) -> None:
        log.info(
            event,
            extra={
                "article_id": article.id,
                "version": article.version,
                "topic": record.topic,
                "partition": record.partition,
                "offset": record.offset,
                **fields,
            },
        )
