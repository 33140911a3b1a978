"""What a worker is doing, and whether it is stuck or only has nothing to do. Knows no Kafka and no web.

Those who work say when they begin and end; the heartbeat tells what the consumer sees; whoever asks
gets a judgement. It is asked from another thread than the one that works, so that a blocked event
loop can be told too: every field is written by one thread and read as a whole.
"""

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

LONGEST_SILENCE_SECONDS: Final = 30.0
"""An event loop that has not turned for so long is blocked: the heartbeat comes every second."""


class Phase(StrEnum):
    """Where a worker is in its life."""

    WAITING = "waiting for the broker"
    LOADING = "loading"
    RUNNING = "running"
    STOPPING = "stopping"


@dataclass(frozen=True)
class Sight:
    """What the consumer sees at one moment.

    Attributes:
        partitions: How many it has; none: others have them all.
        behind: Records on them that it has not fetched; None: it did not answer.
        rebalancing: Partitions are being handed out.
    """

    partitions: int
    behind: int | None
    rebalancing: bool


@dataclass(frozen=True)
class Report:
    """A judgement: `status` in a word, `reason` where it is stuck, and the numbers behind it."""

    status: str
    alive: bool
    ready: bool
    reason: str
    fields: dict[str, Any]


class Health:
    """Collects what is needed to judge a worker."""

    def __init__(self, *, stuck_after_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = stuck_after_seconds
        self._clock = clock
        self._phase = Phase.WAITING
        self._works: dict[Hashable, float] = {}
        now = clock()
        self._beat_at = self._moved_at = self._answered_at = self._settled_at = now
        self._sight = Sight(0, 0, rebalancing=False)

    def enter(self, phase: Phase) -> None:
        """Say that the next part of life begins."""
        self._beat_at = self._moved_at = self._answered_at = self._settled_at = self._clock()
        self._phase = phase

    @contextmanager
    def work(self, what: Hashable) -> Iterator[None]:
        """Say that a piece of work is in hand until the block ends; `what` tells it from others."""
        self._works[what] = self._clock()
        try:
            yield
        finally:
            del self._works[what]
            self._moved_at = self._clock()

    def beat(self, sight: Sight) -> None:
        """Say that the event loop turns, and what the consumer sees; every second."""
        now = self._beat_at = self._clock()
        before, self._sight = self._sight, sight
        if sight.behind is not None:
            self._answered_at = now
        if not sight.rebalancing:
            self._settled_at = now
        if not sight.behind or sight.behind < (before.behind or 0) or before.rebalancing:
            self._moved_at = now

    def report(self) -> Report:
        """Judge the worker as it is now."""
        now = self._clock()
        begun = list(self._works.values())
        oldest = now - min(begun) if begun else 0.0
        running = self._phase is Phase.RUNNING
        reason = self._stuck(now, oldest) if running else ""
        sight = self._sight
        if reason:
            status = "stuck"
        elif not running:
            status = self._phase.value
        elif sight.rebalancing:
            status = "rebalancing"
        elif begun or sight.behind:
            status = "working"
        else:
            status = "idle" if sight.partitions else "standby"
        ready = running and not reason and sight.partitions > 0 and not sight.rebalancing
        fields = {
            "partitions": sight.partitions,
            "behind": sight.behind,
            "in_flight": len(begun),
            "oldest_in_flight_seconds": round(oldest, 1),
            "seconds_since_progress": round(now - self._moved_at, 1),
        }
        return Report(status, alive=not reason, ready=ready, reason=reason, fields=fields)

    def _stuck(self, now: float, oldest: float) -> str:
        silence = now - self._beat_at
        if silence > LONGEST_SILENCE_SECONDS:
            return f"the event loop has not turned for {silence:.0f} s"
        if oldest > self._limit:
            return f"a piece of work is in hand for {oldest:.0f} s"
        if now - self._answered_at > self._limit:
            return f"the consumer has not answered for {now - self._answered_at:.0f} s"
        if now - self._settled_at > self._limit:
            return f"partitions are being handed out for {now - self._settled_at:.0f} s"
        if self._sight.behind and not self._works and now - self._moved_at > self._limit:
            return f"{self._sight.behind} records wait, and none was taken for {now - self._moved_at:.0f} s"
        return ""
