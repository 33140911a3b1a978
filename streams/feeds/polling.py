"""Polls feeds on the web: who is due, what is new, and what each answer changes in the memory of it."""

import logging
import math
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future
from concurrent.futures import wait as wait_for
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from streams.article_files import Entry
from streams.errors import FeedError
from streams.feed_settings import Feed
from streams.feeds.addresses import shown
from streams.feeds.drafts import ReadingOptions
from streams.feeds.fetching import Fetched, Validators, WaitLongerError
from streams.feeds.formats import read_payload
from streams.feeds.payloads import Payload
from streams.feeds.web import Web
from streams.ingest import Batch, Settlement
from streams.ingest_memory import FeedState, IngestMemory

log = logging.getLogger(__name__)

UNCHANGED: Final = "feed unchanged"
ASKED_TO_WAIT: Final = "feed asked to wait"
_MAX_DOUBLINGS: Final = 5
_MAX_PAGE_FAILURES: Final = 3


class FeedPoller:
    """Polls a list of feeds; one that fails is asked less and less often, and never holds up another.

    Without an interval, of all or of its own, a feed is asked once.
    """

    def __init__(
        self,
        feeds: Sequence[Feed],
        web: Web,
        memory: IngestMemory,
        options: ReadingOptions,
        *,
        every_seconds: float | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._feeds = {feed.address: feed for feed in feeds}
        self._web = web
        self._memory = memory
        self._options = options
        self._every_seconds = every_seconds
        self._clock = clock
        self._due_at = dict.fromkeys(self._feeds, 0.0)
        self._running: dict[Future[Fetched], str] = {}

    def batches(self, *, wait: bool) -> Iterator[Batch]:
        """Ask the feeds that are due, and give a batch for each that has answered.

        Args:
            wait: Until all have answered; else the others come another time, so that nothing is held up.
        """
        yield from self._ask_due()
        while self._running:
            done, _ = wait_for(self._running, timeout=None if wait else 0, return_when=FIRST_COMPLETED)
            for future in done:
                yield self._batch_of(self._running.pop(future), future)
            if not wait:
                return

    def _ask_due(self) -> Iterator[Batch]:
        now = self._clock()
        running = set(self._running.values())
        for address in [address for address, due in self._due_at.items() if due <= now]:
            state = self._memory.feed(shown(address))  # passwords are not kept
            self._due_at[address] = now + self._interval(address, state.failures)
            if state.not_before > now:
                yield Batch([Entry(shown(address), skipped=ASKED_TO_WAIT)])
            elif address not in running:
                future = self._web.start(address, Validators(state.etag, state.last_modified))
                self._running[future] = address

    def _batch_of(self, address: str, future: Future[Fetched]) -> Batch:
        error = future.exception()
        if error is None:
            return self._answered(address, future.result())
        if isinstance(error, FeedError):
            return self._failed(address, error)
        raise error

    def _interval(self, address: str, failures: int) -> float:
        every = self._feeds[address].every or self._every_seconds or math.inf
        return float(every * 2 ** min(failures, _MAX_DOUBLINGS))

    def _failed(self, address: str, error: FeedError) -> Batch:
        wait = error.seconds if isinstance(error, WaitLongerError) else 0.0
        now = self._clock()
        state = self._memory.poll_failed(shown(address), not_before=now + wait)
        self._due_at[address] = now + max(wait, self._interval(address, state.failures))
        return Batch([Entry(shown(address), error=error)])

    def _answered(self, address: str, answer: Fetched) -> Batch:
        feed = self._feeds[address]
        state = FeedState(answer.validators.etag, answer.validators.last_modified)
        if answer.body is None:
            entries: Iterator[Entry] = iter([Entry(shown(address), skipped=UNCHANGED)])
        else:
            payload = Payload(shown(address), answer.body, answer.address)
            entries = read_payload(
                payload,
                self._options_of(feed),
                fetch_text=_Patient(self._web) if feed.full_text else None,
                is_known=self._memory.has_item,
            )

        def settle(settlement: Settlement) -> None:
            moved = {"moved_to": shown(answer.moved_to)} if answer.moved_to else {}
            log.info("feed.polled", extra={"address": shown(address), **settlement.fields(), **moved})
            if settlement.refused and not settlement.taken + settlement.skipped:
                self._memory.poll_failed(shown(address))  # a page of errors, say: ask again as if never asked
            else:
                self._memory.polled(shown(address), state)

        return Batch(entries, settle)

    def _options_of(self, feed: Feed) -> ReadingOptions:
        return replace(
            self._options,
            source=feed.source,
            language=feed.language,
            zone=ZoneInfo(feed.timezone) if feed.timezone else self._options.zone,
            now=datetime.now(UTC),
        )


class _Patient:
    """Asks for pages until several in a row cannot be had: then the site is not asked on for this poll."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._failures = 0

    def __call__(self, url: str) -> str | None:
        if self._failures >= _MAX_PAGE_FAILURES:
            return None
        text = self._web.page_text(url)
        self._failures = 0 if text else self._failures + 1
        return text
