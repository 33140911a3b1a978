"""What the handlers of the web server share, and how they get at it."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

from aiohttp import web

from streams.dashboard.database import edition, reader
from streams.dashboard.filters import EventFilter, read_filter
from streams.dashboard.follower import Follower
from streams.dashboard.health import Health, read_health
from streams.dashboard.hub import ChangeHub
from streams.dashboard.lag import LagWatch
from streams.dashboard.overview import Overview, overview
from streams.dashboard.sharing import SharedReads
from streams.dashboard.wording import LANGUAGES, Wording, wording

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

_READERS: Final = 4
"""Reads at once; more browsers wait in line, and memory stays flat."""

_COUNTING: Final = _READERS // 2
"""Views that are counted at once: counting takes longest, and lists must not wait for it."""

_KEPT_VIEWS: Final = 64
_KEPT_CHANGES: Final = 8


@dataclass(frozen=True)
class Messages:
    """What has changed in a view, as server-sent events.

    Attributes:
        last: Number of the last change among them; None where there is none.
        more: Whether there may be more behind it.
    """

    encoded: tuple[bytes, ...]
    last: int | None
    more: bool


@dataclass
class Service:
    """The read model as the web server sees it.

    Attributes:
        database: The file that the follower keeps up to date.
        event_types: Names of all types known, the user's included.
        streams: Browsers and programs that follow changes now.
        changes: What those who follow the same view from the same place are told next.
        drawings: What is counted about a view, as HTML.
    """

    database: Path
    event_types: tuple[str, ...]
    hub: ChangeHub
    follower: Follower
    lag_watch: LagWatch
    streams: int = 0
    changes: SharedReads[Messages] = field(
        default_factory=lambda: SharedReads(most=_KEPT_CHANGES, at_once=_READERS, exact=True)
    )
    drawings: SharedReads[str] = field(
        default_factory=lambda: SharedReads(most=_KEPT_VIEWS, at_once=_KEPT_VIEWS, exact=False)
    )
    _counted: SharedReads[Overview] = field(
        default_factory=lambda: SharedReads(most=_KEPT_VIEWS, at_once=_COUNTING, exact=False)
    )
    _health: SharedReads[Health] = field(default_factory=lambda: SharedReads(most=1, at_once=1, exact=True))
    _pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(_READERS, thread_name_prefix="dashboard-read")
    )

    async def read(
        self, query: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a query beside the event loop, on a connection of its own."""

        def run() -> T:
            with reader(self.database) as connection:
                return query(connection, *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._pool, run)

    async def overview(self, wanted: EventFilter) -> Overview:
        """Count a view, once for all who look at it."""
        return await self._counted.get(wanted, lambda: self.read(overview, wanted), change=self.hub.latest)

    async def edition(self) -> str:
        """Name the making of the file."""
        return await self.read(edition)

    async def health(self) -> Health:
        """Read the health strip, once a second for all who look at it."""

        async def read() -> Health:
            return await self.read(
                read_health,
                reading=self.follower.reading,
                caught_up=self.follower.caught_up,
                lag=self.lag_watch.lag,
            )

        known = (self.follower.reading, self.follower.caught_up)
        return await self._health.get(known, read, change=int(time.monotonic()))

    def close(self) -> None:
        """Let the readers go."""
        self._pool.shutdown(wait=False, cancel_futures=True)


SERVICE: Final = web.AppKey("service", Service)


@dataclass(frozen=True)
class View:
    """A view and the language it is shown in: what an address says."""

    wanted: EventFilter
    words: Wording
    asked_language: str | None

    def url(self, path: str, **changed: object) -> str:
        """Give the address of this view under a path, with some fields changed; None leaves one out."""
        language = changed.pop("lang", self.asked_language)
        return path + self.wanted.query(**changed, **({"lang": language} if language else {}))


def view_of(request: web.Request) -> View:
    """Read the view out of an address.

    Raises:
        ConfigurationError: A parameter is wrong.
    """
    asked = request.query.get("lang")
    asked = asked if asked in LANGUAGES else None
    return View(read_filter(request.query), wording(asked or accepted_language(request.headers)), asked)


def accepted_language(headers: Mapping[str, str]) -> str:
    """Choose among our languages the first that a browser accepts; Spanish where it accepts none of them."""
    for part in headers.get("Accept-Language", "").split(","):
        code = part.partition(";")[0].strip().lower().partition("-")[0]
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]
