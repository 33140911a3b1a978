"""One polite request over HTTP: conditional, bounded in time and size, tried again where that helps."""

import asyncio
import random
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt

from streams.errors import FeedError
from streams.feeds.addresses import AddressPolicy, CheckedResolver, shown

_MAX_REDIRECTS: Final = 5
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD: Final = frozenset({301, 308})
_TRANSIENT: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_CHUNK_BYTES: Final = 64 * 1024
_ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/json, application/xml, text/html;q=0.8, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask it later whether anything is new."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """Give the headers of a conditional request."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return {name: value for name, value in pairs if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered.

    Attributes:
        body: None when nothing is new since the validators.
        validators: For the next request.
        address: Where the answer came from in the end.
        moved_to: Where the address has moved for good, if it has.
    """

    body: bytes | None
    validators: Validators
    address: str
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How requests are made.

    Attributes:
        timeout_seconds: From the first byte sent to the last received, redirects each anew.
        max_bytes: Of a body, unzipped.
        attempts: Tries of what may pass: time-outs, failing connections, 429 and 5xx.
        patience_seconds: A server that asks to wait longer is left until the next poll.
        per_host: Requests to one host at a time.
        pause_seconds: Between the starts of two requests to one host.
        at_once: Requests in all at a time.
    """

    user_agent: str = "teletipo"
    timeout_seconds: float = 30.0
    max_bytes: int = 32 * 1024 * 1024
    attempts: int = 3
    first_wait_seconds: float = 1.0
    patience_seconds: float = 60.0
    per_host: int = 2
    pause_seconds: float = 0.5
    at_once: int = 8


@dataclass(frozen=True, slots=True)
class _Redirect:
    location: str
    for_good: bool


class WaitLongerError(FeedError):
    """The server asks to be left alone for longer than we wait now."""

    def __init__(self, detail: str, seconds: float) -> None:
        super().__init__(detail)
        self.seconds = seconds


class _PassingError(FeedError):
    """It may work later; `retry_after_seconds` is what the server asks for."""

    def __init__(self, detail: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after_seconds = retry_after_seconds


class Fetcher:
    """Makes requests within one event loop."""

    def __init__(
        self, limits: FetchLimits, policy: AddressPolicy, resolver: AbstractResolver | None = None
    ) -> None:
        self._limits = limits
        self._policy = policy
        self._room = asyncio.Semaphore(limits.at_once)
        self._next_start: dict[str, float] = defaultdict(float)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=CheckedResolver(resolver or aiohttp.ThreadedResolver(), policy),
                use_dns_cache=False,
                limit_per_host=limits.per_host,
            ),
            timeout=aiohttp.ClientTimeout(total=limits.timeout_seconds),
            headers={"User-Agent": limits.user_agent, "Accept": _ACCEPT},
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
        )

    async def close(self) -> None:
        """Close its connections."""
        await self._session.close()

    async def fetch(
        self, url: str, validators: Validators | None = None, *, attempts: int | None = None
    ) -> Fetched:
        """Fetch an address.

        Raises:
            FeedError: It cannot be had; the detail says why.
            WaitLongerError: The server asks to come back later.
        """
        retrying = AsyncRetrying(
            stop=stop_after_attempt(attempts or self._limits.attempts),
            wait=self._wait_seconds,
            retry=retry_if_exception_type(_PassingError),
            sleep=asyncio.sleep,
            reraise=True,
        )
        async for attempt in retrying:
            with attempt:
                async with self._room:
                    return await self._follow(url, validators or Validators())
        raise AssertionError("tenacity reraises")

    def _wait_seconds(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after_seconds if isinstance(error, _PassingError) else None
        if asked is not None:
            return asked
        # Spread, so that feeds that fail together do not come back together.
        spread = random.uniform(0.5, 1.5)
        return float(self._limits.first_wait_seconds * 2 ** (state.attempt_number - 1) * spread)

    async def _follow(self, url: str, validators: Validators) -> Fetched:
        target, moved = url, True
        for _ in range(_MAX_REDIRECTS + 1):
            self._policy.check_url(target)
            await self._take_turn(target)
            answer = await self._ask(target, validators)
            if isinstance(answer, Fetched):
                return replace(answer, moved_to=target) if moved and target != url else answer
            moved = moved and answer.for_good
            target = _joined(target, answer.location)
        raise FeedError(f"{shown(url)} redirects more than {_MAX_REDIRECTS} times")

    async def _take_turn(self, url: str) -> None:
        """Keep the pause between two requests to one host."""
        host = urlsplit(url).netloc.rpartition("@")[2]
        now = asyncio.get_running_loop().time()
        start = max(now, self._next_start[host])
        self._next_start[host] = start + self._limits.pause_seconds
        await asyncio.sleep(start - now)

    async def _ask(self, url: str, validators: Validators) -> Fetched | _Redirect:
        """Make one request: the answer, or where it redirects to."""
        try:
            async with self._session.get(
                url, headers=validators.headers(), allow_redirects=False
            ) as response:
                if response.status in _REDIRECTS and response.headers.get("Location"):
                    return _Redirect(response.headers["Location"], response.status in _FOR_GOOD)
                return await self._answer(url, response, validators)
        except FeedError:
            raise
        except TimeoutError as error:
            raise _PassingError(f"no answer within {self._limits.timeout_seconds:g} s") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if isinstance(error, aiohttp.InvalidURL | aiohttp.ClientConnectorCertificateError | ValueError):
                raise FeedError(f"cannot be asked: {type(error).__name__}") from error
            raise _PassingError(f"cannot be reached: {type(error).__name__}: {error}") from error

    async def _answer(self, url: str, response: Any, validators: Validators) -> Fetched:
        if response.status == 304:
            return Fetched(None, validators, url)
        if response.status in _TRANSIENT:
            self._ask_again_later(response)
        if response.status == 410:
            raise FeedError("is gone for good (410): take it off the list")
        if response.status != 200:
            raise FeedError(f"answers {response.status} {response.reason or ''}".rstrip())
        found = Validators(response.headers.get("ETag"), response.headers.get("Last-Modified"))
        return Fetched(await self._body(response), found, url)

    def _ask_again_later(self, response: Any) -> None:
        reason = f"answers {response.status} {response.reason or ''}".rstrip()
        asked = retry_after_seconds(response.headers.get("Retry-After"), datetime.now(UTC))
        if asked is not None and asked > self._limits.patience_seconds:
            raise WaitLongerError(f"{reason} and asks to wait {asked:.0f} s", asked)
        raise _PassingError(reason, asked)

    async def _body(self, response: Any) -> bytes:
        received = bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
            received += chunk
            if len(received) > self._limits.max_bytes:
                raise FeedError(f"is larger than {self._limits.max_bytes} bytes")
        return bytes(received)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FeedError(f"redirects to what is no address: {error}") from error


def retry_after_seconds(written: str | None, now: datetime) -> float | None:
    """Read `Retry-After`: seconds, or a date; None when it is neither.

    >>> retry_after_seconds("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    """
    text = (written or "").strip()
    if text.isdecimal() and len(text) < 10:
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
