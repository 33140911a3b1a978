"""Processes that extract, beside the event loop: bounded in number and time, replaced when they fail."""

import asyncio
import contextlib
import json
import logging
import struct
import sys
from dataclasses import dataclass
from typing import Any, Final

from schemas import ConfigurationError, Extractor
from streams.codec import Headers
from streams.errors import ArticleTimeoutError, ProcessCrashError, error_with_code
from streams.metrics import PROCESSES_REPLACED
from streams.settings import Settings

log = logging.getLogger(__name__)

_LENGTH: Final = struct.Struct(">I")
_REPLACEMENTS: Final = 5
"""So many processes in a row that do not even load end the worker: the machine or the model is broken."""


@dataclass(frozen=True)
class ExtractedEvent:
    """An event as it goes to its topic."""

    type: str
    id: str
    value: bytes
    headers: Headers


@dataclass(frozen=True)
class Extraction:
    """What one article gave."""

    events: tuple[ExtractedEvent, ...]
    duration_ms: float


class _Process:
    """One child and the pipe to it."""

    def __init__(self, child: asyncio.subprocess.Process) -> None:
        self.child = child

    @classmethod
    async def spawn(cls, options: str) -> "_Process":
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "streams.pool_worker",
                options,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
        )

    async def ask(self, article: bytes) -> dict[str, Any]:
        assert self.child.stdin is not None
        self.child.stdin.write(_LENGTH.pack(len(article)) + article)
        await self.child.stdin.drain()
        return await self.receive()

    async def receive(self) -> dict[str, Any]:
        assert self.child.stdout is not None
        (length,) = _LENGTH.unpack(await self.child.stdout.readexactly(_LENGTH.size))
        answer: dict[str, Any] = json.loads(await self.child.stdout.readexactly(length))
        return answer

    async def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.child.kill()
        await self.child.wait()


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
        self._idle: asyncio.Queue[_Process | ConfigurationError] = asyncio.Queue()
        self._all: set[_Process] = set()
        self._replacing: set[asyncio.Task[None]] = set()
        self._identity: Extractor | None = None
        self._stopping = False

    @property
    def identity(self) -> Extractor:
        """Who extracts, as the processes told when they had loaded."""
        if self._identity is None:
            raise RuntimeError("the pool has not been started")
        return self._identity

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
        for process in processes:
            self._idle.put_nowait(process)

    async def stop(self) -> None:
        """End every process; what they hold is given up."""
        self._stopping = True
        for task in self._replacing:
            task.cancel()
        await asyncio.gather(*self._replacing, return_exceptions=True)
        await asyncio.gather(*(process.end() for process in self._all))
        self._all.clear()

    async def extract(self, article: bytes, *, article_id: str) -> Extraction:
        """Extract the events of one article, as its bytes stand on the topic.

        Waits for a process to be idle; the time budget counts from then. A crash or a hang is
        tried again in another process, `article_attempts` times in all.

        Raises:
            ArticleError: The article never will work.
            ExtractionError: A step failed, or every try crashed or took too long.
            ConfigurationError: No process can be started any more.
        """
        problem: ArticleTimeoutError | ProcessCrashError | None = None
        for attempt in range(1, self._settings.article_attempts + 1):
            process = await self._take()
            try:
                answer = await asyncio.wait_for(process.ask(article), self._settings.article_timeout_seconds)
            except TimeoutError:
                budget = f"{self._settings.article_timeout_seconds:g} s"
                problem = ArticleTimeoutError(
                    f"took longer than {budget}, {attempt} times", step="extract", article_id=article_id
                )
            except (asyncio.IncompleteReadError, OSError):
                problem = ProcessCrashError(
                    f"the process that held it ended, {attempt} times", step="extract", article_id=article_id
                )
            except BaseException:
                self._replace(process, "cancelled")  # its answer would be taken for the next article's
                raise
            else:
                self._idle.put_nowait(process)
                return read_answer(answer, article_id)
            self._replace(process, problem.code)
            log.warning(
                "process.replaced",
                extra={"article_id": article_id, "error": problem.code, "attempt": attempt},
            )
        assert problem is not None
        raise problem

    async def _take(self) -> _Process:
        while True:
            taken = await self._idle.get()
            if isinstance(taken, ConfigurationError):
                self._idle.put_nowait(taken)  # whoever waits beside us must learn it too
                raise taken
            if taken.child.returncode is None:
                return taken
            self._replace(taken, "idle")  # it ended while it held nothing: no article is to blame

    async def _load(self) -> _Process:
        process = await _Process.spawn(self._options)
        self._all.add(process)
        try:
            hello = await asyncio.wait_for(process.receive(), self._settings.load_timeout_seconds)
            if "error" in hello:
                raise ConfigurationError(hello["detail"])
        except TimeoutError as error:
            await self._discard(process)
            seconds = self._settings.load_timeout_seconds
            raise ConfigurationError(
                f"model: not loaded within {seconds:g} s (load_timeout_seconds)"
            ) from error
        except asyncio.IncompleteReadError as error:
            code = await process.child.wait()
            await self._discard(process)
            raise ConfigurationError(
                f"model: the process that loads it ended with code {code}; its words are above"
            ) from error
        except BaseException:
            await self._discard(process)
            raise
        self._identity = Extractor.model_validate(hello["identity"])
        return process

    async def _discard(self, process: _Process) -> None:
        self._all.discard(process)
        await process.end()

    def _replace(self, process: _Process, reason: str) -> None:
        if self._stopping:
            return
        PROCESSES_REPLACED.labels(reason).inc()
        task = asyncio.create_task(self._end_and_load(process))
        self._replacing.add(task)
        task.add_done_callback(self._replacing.discard)

    async def _end_and_load(self, process: _Process) -> None:
        await self._discard(process)
        for attempt in range(1, _REPLACEMENTS + 1):
            try:
                self._idle.put_nowait(await self._load())
                return
            except ConfigurationError as error:
                log.warning("process.not-loaded", extra={"error": error.detail, "attempt": attempt})
                if attempt == _REPLACEMENTS:
                    self._idle.put_nowait(error)
            await asyncio.sleep(attempt)


def read_answer(answer: dict[str, Any], article_id: str) -> Extraction:
    """Turn what a process answered into its extraction.

    Raises:
        ArticleError, ExtractionError: What went wrong there.
    """
    if "error" in answer:
        error = error_with_code(
            answer["error"],
            answer["detail"],
            step=answer["step"],
            article_id=answer["article_id"] or article_id,
        )
        if "trace" in answer:
            error.add_note(answer["trace"])  # it was raised in another process
        raise error
    events = tuple(
        ExtractedEvent(
            type=event["type"],
            id=event["id"],
            value=event["value"].encode(),
            headers=[(name, text.encode()) for name, text in event["headers"]],
        )
        for event in answer["events"]
    )
    return Extraction(events=events, duration_ms=answer["duration_ms"])
