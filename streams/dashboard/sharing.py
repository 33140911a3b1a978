"""One reading for all who ask the same at the same time: a thousand browsers cost what one does."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

T = TypeVar("T")

_KEPT_SECONDS: Final = 60.0
"""Sweeping what is old announces no change: nothing is kept for longer."""

_SLOW_SECONDS: Final = 0.1
"""Quicker readings are always exact."""

_PATIENCE: Final = 5.0
"""A slow reading stands for so many times as long as it took: at most a sixth of the time goes into it."""


@dataclass(frozen=True, slots=True)
class _Kept(Generic[T]):
    """A reading that ended: of which change, when, and how long it took, in seconds."""

    value: T
    change: int
    ended: float
    took: float


@dataclass(frozen=True, slots=True)
class _Running(Generic[T]):
    task: asyncio.Task[T]
    change: int


class SharedReads(Generic[T]):
    """Keeps the latest readings, shares those that run, and bounds how many run at once.

    Args:
        most: How many readings are kept.
        at_once: How many run at once; others wait in line.
        exact: Whether every answer must know of the change that was the latest when it was asked for.
            Else a slow one may be a few seconds behind.
        clock: Seconds.
    """

    def __init__(
        self, *, most: int, at_once: int, exact: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._slots = asyncio.Semaphore(at_once)
        self._exact = exact
        self._clock = clock
        self._kept: OrderedDict[Hashable, _Kept[T]] = OrderedDict()
        self._running: dict[Hashable, _Running[T]] = {}

    async def get(self, key: Hashable, read: Callable[[], Awaitable[T]], *, change: int) -> T:
        """Give what was read under a key, or read it.

        Args:
            key: Equal for those who ask the same.
            read: Reads it; called at most once for all who ask meanwhile.
            change: Number of the latest change that is known.
        """
        kept = self._kept.get(key)
        if kept is not None and self._stands(kept, change):
            self._kept.move_to_end(key)
            return kept.value
        running = self._running.get(key)
        if running is None or (self._exact and running.change < change):
            running = _Running(asyncio.ensure_future(self._read(key, read, change)), change)
            self._running[key] = running
            running.task.add_done_callback(lambda task: self._ended(key, task))
        # One that goes away takes the reading from nobody else.
        return await asyncio.shield(running.task)

    def _stands(self, kept: _Kept[T], change: int) -> bool:
        age = self._clock() - kept.ended
        if kept.change >= change:
            return age < _KEPT_SECONDS
        return not self._exact and kept.took >= _SLOW_SECONDS and age < _PATIENCE * kept.took

    async def _read(self, key: Hashable, read: Callable[[], Awaitable[T]], change: int) -> T:
        async with self._slots:
            began = self._clock()
            value = await read()
            ended = self._clock()
        known = self._kept.get(key)
        if known is None or known.change <= change:
            self._kept[key] = _Kept(value, change, ended, ended - began)
            self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return value

    def _ended(self, key: Hashable, task: asyncio.Task[T]) -> None:
        running = self._running.get(key)
        if running is not None and running.task is task:
            del self._running[key]
        if not task.cancelled():
            task.exception()  # told to whoever waits; nobody may wait any more
