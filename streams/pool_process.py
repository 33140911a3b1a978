"""One extraction process and the pipe to it, as the worker sees it."""

import asyncio
import contextlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from streams.codec import Headers
from streams.errors import error_with_code
from streams.pool_pipe import LENGTH, pack, unpack


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


class PoolProcess:
    """One child and the pipe to it."""

    def __init__(self, child: asyncio.subprocess.Process) -> None:
        self._child = child

    @classmethod
    async def spawn(cls, options: str) -> Self:
        """Start a process; it says hello when it has loaded."""
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

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._child.pid

    @property
    def alive(self) -> bool:
        """Whether it has not ended, as far as is known."""
        return self._child.returncode is None

    async def hello(self) -> dict[str, Any]:
        """Wait until it has loaded, or says why it cannot."""
        hello: dict[str, Any] = json.loads(await self._receive())
        return hello

    async def ask(self, articles: Sequence[bytes]) -> list[dict[str, Any]]:
        """Have some articles extracted; one answer each, in order.

        Raises:
            IncompleteReadError, OSError: It ended meanwhile.
        """
        assert self._child.stdin is not None
        content = pack(articles)
        self._child.stdin.write(LENGTH.pack(len(content)))
        self._child.stdin.write(content)
        await self._child.stdin.drain()
        return read_reply(await self._receive())

    async def wait(self) -> int:
        """Wait for its end, and give its exit code."""
        return await self._child.wait()

    async def end(self) -> None:
        """Kill it."""
        with contextlib.suppress(ProcessLookupError):
            self._child.kill()
        await self._child.wait()

    async def _receive(self) -> bytes:
        assert self._child.stdout is not None
        (length,) = LENGTH.unpack(await self._child.stdout.readexactly(LENGTH.size))
        return await self._child.stdout.readexactly(length)


def read_reply(message: bytes) -> list[dict[str, Any]]:
    """Read the answers of a process, one an article, the events put where they belong."""
    head, *values = unpack(message)
    answers: list[dict[str, Any]] = json.loads(head)
    rest = iter(values)
    for answer in answers:
        for event in answer.get("events", ()):
            event["value"] = next(rest)
    return answers


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
            value=event["value"],
            headers=[(name, text.encode()) for name, text in event["headers"]],
        )
        for event in answer["events"]
    )
    return Extraction(events=events, duration_ms=answer["duration_ms"])
