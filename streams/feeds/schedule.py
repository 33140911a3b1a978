"""What `ingest` is asked for → batches: once, or on and on."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final
from zoneinfo import ZoneInfo

from streams.feed_settings import Feed
from streams.feeds import OpenFile, files_of, read_file, read_open_file
from streams.feeds.addresses import AddressPolicy
from streams.feeds.drafts import ReadingOptions
from streams.feeds.drop_folder import DropFolder
from streams.feeds.fetching import FetchLimits
from streams.feeds.polling import FeedPoller
from streams.feeds.web import Web
from streams.ingest import Batch
from streams.ingest_memory import IngestMemory
from streams.settings import Settings

_LOOK_SECONDS: Final = 1.0
"""How often drop folders are looked at and feeds checked for being due."""


@dataclass(frozen=True)
class Sources:
    """What is to be read.

    Attributes:
        files: Read once.
        stdin: Read once, after the files.
        feeds: Polled once, or every so often.
        watched: Folders that are watched.
        every_seconds: Between two polls; None polls once.
    """

    files: Sequence[Path] = ()
    stdin: IO[bytes] | None = None
    feeds: Sequence[Feed] = ()
    watched: Sequence[Path] = ()
    every_seconds: float | None = None

    @property
    def endless(self) -> bool:
        """Whether there may always be more."""
        return bool(self.watched) or self.every_seconds is not None


@dataclass
class Schedule:
    """Gives the batches of sources, one after the other.

    Attributes:
        open_file: Opens files; a progress bar counts what is read of them.
        stop: Ends what is endless, after the batch at hand.
    """

    sources: Sources
    settings: Settings
    options: ReadingOptions
    open_file: OpenFile = lambda path: path.open("rb")
    stop: threading.Event = field(default_factory=threading.Event)
    look_seconds: float = _LOOK_SECONDS

    def __post_init__(self) -> None:
        """Make sure of the watched folders before anything is sent."""
        self._folders = [DropFolder(path, self.options) for path in self.sources.watched]

    def batches(self, memory: IngestMemory) -> Iterator[Batch]:
        """Give the files first, then feeds and watched folders until it is to stop."""
        yield from self._read_once()
        with ExitStack() as stack:
            poller = None
            if self.sources.feeds:
                web = stack.enter_context(web_of(self.settings))
                every = self.sources.every_seconds
                poller = FeedPoller(self.sources.feeds, web, memory, self.options, every_seconds=every)
            yield from self._round(poller)
            while self.sources.endless and not self.stop.wait(self.look_seconds):
                yield from self._round(poller)

    def _read_once(self) -> Iterator[Batch]:
        for file in self.sources.files:
            yield Batch(read_file(file, self.options, open_file=self.open_file))
        if self.sources.stdin is not None:
            yield Batch(read_open_file(self.sources.stdin, "-", self.options))

    def _round(self, poller: FeedPoller | None) -> Iterator[Batch]:
        for folder in self._folders:
            yield from self._until_stopped(folder.batches())
        if poller is not None:
            yield from self._until_stopped(poller.batches(wait=not self.sources.endless))

    def _until_stopped(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        for batch in batches:
            if self.stop.is_set():
                return
            yield batch


def sources_of(
    names: Sequence[str],
    settings: Settings,
    *,
    watched: Sequence[Path] = (),
    every_seconds: float | None = None,
    stdin: IO[bytes] | None = None,
) -> Sources:
    """Tell files, folders, addresses and standard input apart; with no names, the list of the settings.

    Raises:
        ConfigurationError: There is no such file, or a folder holds nothing that we know.
    """
    listed = {feed.address: feed for feed in settings.feeds}
    addresses = [name for name in names if name.startswith(("http://", "https://"))]
    paths = [Path(name) for name in names if name not in addresses and name != "-"]
    feeds = [listed.get(address) or Feed(address=address) for address in addresses]
    if every_seconds is not None or not (names or watched):
        feeds += [feed for feed in settings.feeds if feed.address not in addresses and not addresses]
    return Sources(
        files=[file for path in paths for file in files_of(path)],
        stdin=stdin if "-" in names else None,
        feeds=feeds,
        watched=watched,
        every_seconds=every_seconds,
    )


def reading_options(
    settings: Settings, *, published: str | None = None, timezone: str | None = None
) -> ReadingOptions:
    """Give the bounds and defaults of the settings."""
    return ReadingOptions(
        max_bytes=settings.max_article_bytes,
        max_payload_bytes=settings.max_feed_bytes,
        published=published,
        zone=ZoneInfo(timezone or settings.feed_timezone),
        now=datetime.now(UTC),
    )


def web_of(settings: Settings) -> Web:
    """Make the access to the web that the settings allow."""
    limits = FetchLimits(
        user_agent=settings.user_agent,
        timeout_seconds=settings.fetch_timeout_seconds,
        max_bytes=settings.max_feed_bytes,
        attempts=settings.fetch_attempts,
        per_host=settings.fetch_per_host,
        pause_seconds=settings.fetch_pause_seconds,
    )
    return Web(limits, AddressPolicy(settings.private_networks))
