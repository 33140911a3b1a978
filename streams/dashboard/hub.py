"""Tells those who wait that something has changed; what has changed they read from the file."""

from __future__ import annotations

import asyncio
import threading


class ChangeHub:
    """Latest change, set by the thread that writes and awaited by any number of browsers.

    Nothing is queued for a browser: a slow one reads more changes at once, and memory stays flat.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._changed = asyncio.Event()
        self._lock = threading.Lock()
        self._stopped = False
        self.latest = 0

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Name the loop on which browsers wait."""
        self._loop = loop

    def announce(self, change: int) -> None:
        """Tell of a change, from any thread."""
        with self._lock:
            if change <= self.latest:
                return
            self.latest = change
        self._wake()

    def stop(self) -> None:
        """Let everybody go who waits."""
        self._stopped = True
        self._wake()

    @property
    def stopped(self) -> bool:
        """Whether the server is closing."""
        return self._stopped

    async def wait(self, after: int, *, timeout_seconds: float) -> bool:
        """Wait for a change later than `after`; False when none came in time."""
        deadline = asyncio.get_running_loop().time() + timeout_seconds
        while self.latest <= after and not self._stopped:
            changed = self._changed
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return False
            try:
                await asyncio.wait_for(changed.wait(), left)
            except TimeoutError:
                return False
        return not self._stopped

    def _wake(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake_now)

    def _wake_now(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
