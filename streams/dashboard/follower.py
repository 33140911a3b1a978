"""The thread that reads the topics into the file, for ever, through whatever the broker does."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from schemas import TeletipoError
from streams.dashboard.writer import Writer
from streams.records import StoredRecord, TopicReader, open_reader
from streams.settings import Settings
from streams.topics import TopicNames

log = logging.getLogger(__name__)

_PRUNE_SECONDS: Final = 60.0
_LONGEST_WAIT_SECONDS: Final = 10.0


class Follower:
    """Keeps the read model up to date until it is stopped.

    Attributes:
        reading: Whether the broker answers now.
        caught_up: Whether everything has been read once that was there at the start.
        applied: Records read since the start, and when the last ones came (monotonic seconds).
    """

    def __init__(
        self,
        settings: Settings,
        event_types: Sequence[str],
        writer: Writer,
        announce: Callable[[int], None],
    ) -> None:
        names = TopicNames(settings.topic_prefix)
        self._settings = settings
        self._topics = [
            names.raw,
            names.receipts,
            names.dead_letter,
            *(names.events(event_type) for event_type in event_types),
        ]
        self._writer = writer
        self._announce = announce
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="dashboard-follower", daemon=True)
        self._pruned_at = 0.0
        self.reading = False
        self.caught_up = False
        self.applied = 0
        self.failure: BaseException | None = None

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self) -> None:
        """Stop reading and wait for what is being written."""
        self._stop.set()
        self._thread.join(timeout=_LONGEST_WAIT_SECONDS)

    def _run(self) -> None:
        wait_seconds, said = 0.5, False
        while not self._stop.is_set():
            try:
                self._follow()
            except TeletipoError as error:
                self.reading = False
                if not said:
                    log.warning("broker.away", extra={"detail": error.detail, "then": "waiting for it"})
                said = True
                self._stop.wait(wait_seconds)
                wait_seconds = min(2 * wait_seconds, _LONGEST_WAIT_SECONDS)
            except sqlite3.Error as error:
                self.failure = error
                log.exception("dashboard.failed")
                return
            else:
                wait_seconds, said = 0.5, False

    def _follow(self) -> None:
        with open_reader(self._settings, self._topics) as reader:
            self._seek(reader)
            ends = reader.end_offsets()
            self.reading = True
            log.info("dashboard.reading", extra={"topics": len(self._topics)})
            while not self._stop.is_set():
                self._apply(reader.poll())
                if not self.caught_up:
                    self.caught_up = all(reader.position(p) >= end for p, end in ends.items())
                self._prune()

    def _seek(self, reader: TopicReader) -> None:
        """Go on where the file stops; what it has not begun is read from as far back as it keeps."""
        since = datetime.now(UTC) - timedelta(days=self._settings.dashboard_retention_days)
        firsts = reader.offsets_at(since)
        known = self._writer.positions()
        ends = reader.end_offsets()
        for partition in reader.partitions:
            position = known.get((partition.topic, partition.partition), firsts[partition])
            if position > ends[partition]:  # the topic was made anew
                position = firsts[partition]
            reader.seek(partition, position)

    def _apply(self, records: Sequence[StoredRecord]) -> None:
        if records:
            self._announce(self._writer.apply(records))
            self.applied += len(records)

    def _prune(self) -> None:
        if time.monotonic() - self._pruned_at > _PRUNE_SECONDS:
            self._writer.prune(now_ms=int(time.time() * 1000))
            self._pruned_at = time.monotonic()
