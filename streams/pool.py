"""Processes that extract, beside the event loop: bounded in number and time, replaced when they fail."""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from schemas import ConfigurationError, Extractor
from streams.errors import ArticleTimeoutError, ProcessCrashError
from streams.metrics import PROCESSES_REPLACED
from streams.pool_process import ExtractedEvent, Extraction, PoolProcess, read_answer
from streams.settings import Settings

__all__ = ["BATCH_ARTICLES", "ExtractedEvent", "Extraction", "ExtractionPool"]

log = logging.getLogger(__name__)

BATCH_ARTICLES: Final = 4
"""Most articles that a process is given at once, when so many wait: the model gains little from more."""
_BATCH_BYTES: Final = 32 * 1024
"""A long article goes alone: a batch has no more time than one article."""
_REPLACEMENTS: Final = 5
"""So many processes in a row that do not even load end the worker: the machine or the model is broken."""


class _LostError(Exception):
    """The process that held an article ended or took too long.

    Attributes:
        code: Of the error that it is, if the article is to blame.
        shared: It held other articles too, so nobody knows whose fault it was.
    """

    def __init__(self, code: str, *, shared: bool) -> None:
        super().__init__(code)
        self.code = code
        self.shared = shared


@dataclass(eq=False)
class _Request:
    """An article that waits for its answer."""

    article: bytes
    alone: bool
    answer: "asyncio.Future[dict[str, Any]]" = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class ExtractionPool:
    """As many processes as the settings say, each with the model loaded once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._options = json.dumps(
            {
                "extractor": {
                    "path": settings.extractor,
                    "model": settings.model,
                    "event_types": [str(path) for path in settings.event_types],
                    "min_confidence": settings.min_confidence,
                },
                "max_bytes": settings.max_article_bytes,
            }
        )
        self._waiting: deque[_Request] = deque()
        self._idle: deque[PoolProcess] = deque()
        self._all: set[PoolProcess] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._identity: Extractor | None = None
        self._broken: ConfigurationError | None = None
        self._stopping = False

    @property
    def identity(self) -> Extractor:
        """Who extracts, as the processes told when they had loaded."""
        if self._identity is None:
            raise RuntimeError("the pool has not been started")
        return self._identity

    @property
    def pids(self) -> list[int]:
        """Numbers of the processes that there are now."""
        return [process.pid for process in self._all]

    async def start(self) -> None:
        """Start every process and wait until all have loaded.

        Raises:
            ConfigurationError: The extractor cannot load.
        """
        try:
            processes = await asyncio.gather(*(self._load() for _ in range(self._settings.processes)))
        except BaseException:
            await self.stop()
            raise
        self._idle.extend(processes)

    async def stop(self) -> None:
        """End every process; what they hold is given up."""
        self._stopping = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(process.end() for process in self._all))
        self._all.clear()

    async def extract(self, article: bytes, *, article_id: str) -> Extraction:
        """Extract the events of one article, as its bytes stand on the topic.

        Waits for a process to be idle; the time budget counts from then. Articles that wait together go to
        a process together. When that one ends or takes too long, each is tried again alone; of those
        tries, an article has `article_attempts`.

        Raises:
            ArticleError: The article never will work.
            ExtractionError: A step failed, or every try crashed or took too long.
            ConfigurationError: No process can be started any more.
        """
        tries, alone = 0, False
        while True:
            try:
                return read_answer(await self._ask(article, alone=alone), article_id)
            except _LostError as lost:
                # Who shared a process is not to blame yet, and must not be blamed for the others either.
                alone = True
                tries += not lost.shared
                if not lost.shared:
                    log.warning(
                        "process.replaced",
                        extra={"article_id": article_id, "error": lost.code, "attempt": tries},
                    )
                if tries >= self._settings.article_attempts:
                    raise self._blame(lost.code, tries, article_id) from None

    def _blame(self, code: str, tries: int, article_id: str) -> ArticleTimeoutError | ProcessCrashError:
        if code == ProcessCrashError.code:
            return ProcessCrashError(
                f"the process that held it ended, {tries} times", step="extract", article_id=article_id
            )
        budget = f"{self._settings.article_timeout_seconds:g} s"
        return ArticleTimeoutError(
            f"took longer than {budget}, {tries} times", step="extract", article_id=article_id
        )

    async def _ask(self, article: bytes, *, alone: bool) -> dict[str, Any]:
        request = _Request(article, alone)
        # What was tried before holds up the commits of its partition, so it goes first.
        (self._waiting.appendleft if alone else self._waiting.append)(request)
        self._hand_out()
        return await request.answer

    def _hand_out(self) -> None:
        """Give what waits to the processes that are idle."""
        while self._waiting and self._broken is not None:
            _settle(self._waiting.popleft(), self._broken)
        while self._waiting and self._idle:
            process = self._idle.popleft()
            if not process.alive:
                self._replace(process, "idle")  # it ended while it held nothing: no article is to blame
                continue
            if batch := self._next_batch():
                self._in_background(self._run(process, batch))
            else:
                self._idle.append(process)

    def _next_batch(self) -> list[_Request]:
        """Take what one process gets: its share of what waits, no more than the bounds."""
        share = max(1, min(BATCH_ARTICLES, len(self._waiting) // self._settings.processes))
        batch: list[_Request] = []
        size = 0
        while self._waiting and len(batch) < share:
            request = self._waiting[0]
            size += len(request.article)
            if batch and (request.alone or size > _BATCH_BYTES):
                break
            self._waiting.popleft()
            if not request.answer.done():  # whoever asked may have gone
                batch.append(request)
                if request.alone:
                    break
        return batch

    async def _run(self, process: PoolProcess, batch: Sequence[_Request]) -> None:
        shared = len(batch) > 1
        try:
            async with asyncio.timeout(self._settings.article_timeout_seconds):
                answers = await process.ask([request.article for request in batch])
        except TimeoutError:
            outcome = ArticleTimeoutError.code
        except (asyncio.IncompleteReadError, OSError):
            outcome = ProcessCrashError.code
        else:
            self._idle.append(process)
            for request, answer in zip(batch, answers, strict=True):
                if not request.answer.done():
                    request.answer.set_result(answer)
            self._hand_out()
            return
        if shared:
            log.warning("batch.split", extra={"error": outcome, "articles": len(batch)})
        self._replace(process, outcome)
        for request in batch:
            _settle(request, _LostError(outcome, shared=shared))

    async def _load(self) -> PoolProcess:
        process = await PoolProcess.spawn(self._options)
        self._all.add(process)
        try:
            hello = await asyncio.wait_for(process.hello(), self._settings.load_timeout_seconds)
            if "error" in hello:
                raise ConfigurationError(hello["detail"])
        except TimeoutError as error:
            await self._discard(process)
            seconds = self._settings.load_timeout_seconds
            raise ConfigurationError(
                f"model: not loaded within {seconds:g} s (load_timeout_seconds)"
            ) from error
        except asyncio.IncompleteReadError as error:
            code = await process.wait()
            await self._discard(process)
            raise ConfigurationError(
                f"model: the process that loads it ended with code {code}; its words are above"
            ) from error
        except BaseException:
            await self._discard(process)
            raise
        self._identity = Extractor.model_validate(hello["identity"])
        return process

    async def _discard(self, process: PoolProcess) -> None:
        self._all.discard(process)
        await process.end()

    def _replace(self, process: PoolProcess, reason: str) -> None:
        if self._stopping:
            return
        PROCESSES_REPLACED.labels(reason).inc()
        self._in_background(self._end_and_load(process))

    async def _end_and_load(self, process: PoolProcess) -> None:
        await self._discard(process)
        for attempt in range(1, _REPLACEMENTS + 1):
            try:
                self._idle.append(await self._load())
            except ConfigurationError as error:
                log.warning("process.not-loaded", extra={"error": error.detail, "attempt": attempt})
                if attempt == _REPLACEMENTS:
                    self._broken = error  # whoever waits, and whoever comes, must learn it
            else:
                break
            await asyncio.sleep(attempt)
        self._hand_out()

    def _in_background(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _settle(request: _Request, error: Exception) -> None:
    if not request.answer.done():
        request.answer.set_exception(error)
