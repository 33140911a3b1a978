"""Requests from code that waits for answers: an event loop in a thread of its own."""

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, Self, TypeVar

from aiohttp.abc import AbstractResolver

from streams.errors import FeedError
from streams.feeds.addresses import AddressPolicy, shown
from streams.feeds.fetching import Fetched, Fetcher, FetchLimits, Validators

T = TypeVar("T")

log = logging.getLogger(__name__)
for _name in ("trafilatura", "htmldate", "courlan", "justext"):
    # They complain about pages without naming them; our lines name them.
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class Web:
    """Fetches addresses, several at a time, within the limits of the settings; a context manager."""

    def __init__(
        self,
        limits: FetchLimits,
        policy: AddressPolicy,
        resolver: Callable[[], AbstractResolver] | None = None,
    ) -> None:
        self._limits = limits
        self._policy = policy
        self._resolver = resolver
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="web", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._fetcher = self._run(self._open()).result()
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._end()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def start(self, url: str, validators: Validators | None = None) -> "Future[Fetched]":
        """Begin to fetch an address; the result, or a FeedError, comes when it comes."""
        return self._run(self._fetcher.fetch(url, validators))

    def page_text(self, url: str) -> str | None:
        """Give the main text of a web page; None when it cannot be had or has none."""
        import trafilatura

        try:
            page = self._run(self._fetcher.fetch(url, attempts=1)).result()
        except FeedError as error:
            log.info("page.unavailable", extra={"address": shown(url), "reason": error.detail})
            return None
        options = {"url": page.address, "include_comments": False, "include_tables": False}
        try:
            text: str | None = trafilatura.extract(page.body or b"", **options)
        except Exception as error:  # a stranger's page is not to stop the feed, whatever it stumbles over
            log.info("page.unreadable", extra={"address": shown(url), "reason": repr(error)})
            return None
        return text or None

    async def _open(self) -> Fetcher:
        return Fetcher(self._limits, self._policy, self._resolver() if self._resolver else None)

    async def _end(self) -> None:
        """Cancel what still runs, so that leaving does not wait for a slow server."""
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._fetcher.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)
