"""The life of a worker process: wait for the broker, run, drain, end with an honest exit code."""

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import Iterator
from typing import Any, Final, NoReturn

from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_exponential

from schemas.errors import TeletipoError
from streams.admin import create_topics, existing_topics
from streams.errors import BrokerUnreachableError
from streams.health_server import HealthServer
from streams.settings import Settings
from streams.topics import all_topics, event_type_names

log = logging.getLogger(__name__)

_FAILED: Final = 1
_FORCED: Final = 1
_CRASHED_PATIENCE_SECONDS: Final = 3.0
"""A crashed app has nothing to drain; it may only leave its group."""

_LONGEST_WAIT_SECONDS: Final = 10


def run_worker(settings: Settings, *, create_missing_topics: bool = False) -> int:
    """Run a worker until it is told to stop.

    Returns:
        0 after a clean stop, 1 when it crashed or had to be cut short.

    Raises:
        ConfigurationError: Topics, model or event types are missing or wrong.
    """
    topics = all_topics(settings, event_type_names(settings))
    with _stop_while_waiting():
        from streams.app import make_health_server

        health_server = make_health_server(settings)
        health_server.start()
        wait_for_broker(settings)
        if create_missing_topics:
            created = create_topics(settings, topics)
            if created:
                log.info("topics.created", extra={"topics": ", ".join(created)})
    return asyncio.run(_run(settings, health_server))


def wait_for_broker(settings: Settings) -> None:
    """Wait until a broker answers, however long; say so once."""
    Retrying(
        retry=retry_if_exception_type(BrokerUnreachableError),
        wait=wait_exponential(multiplier=0.5, max=_LONGEST_WAIT_SECONDS),
        before_sleep=_say_once,
        reraise=True,
    )(existing_topics, settings)


def _say_once(state: RetryCallState) -> None:
    if state.attempt_number == 1 and state.outcome is not None:
        error = state.outcome.exception()
        log.warning("broker.away", extra={"detail": getattr(error, "detail", ""), "then": "waiting for it"})


@contextlib.contextmanager
def _stop_while_waiting() -> Iterator[None]:
    """Let SIGTERM end the process while nothing has started yet."""

    def leave(*_: object) -> None:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


async def _run(settings: Settings, health_server: HealthServer) -> int:
    from streams.app import build_app

    app = build_app(settings, health_server=health_server)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def on_signal(number: int) -> None:
        if stop.is_set():
            log.warning("worker.forced", extra={"signal": signal.Signals(number).name})
            os._exit(_FORCED)  # unacknowledged records are done again by whoever comes next
        log.info("worker.stopping", extra={"signal": signal.Signals(number).name})
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, on_signal, number)
    asked = asyncio.ensure_future(stop.wait())
    starting = asyncio.ensure_future(app.start())
    await asyncio.wait({asked, starting}, return_when=asyncio.FIRST_COMPLETED)
    if not starting.done() and not app.joining:
        starting.cancel()
        await app.pool.stop()
        await app.sender.stop()
        return 0
    # A start that is cut in two would leave Faust's clients open: it ends first, then all of it stops.
    await asyncio.wait({starting}, timeout=settings.drain_timeout_seconds)
    if not starting.done():
        await _cut_short(app, settings.drain_timeout_seconds)
    try:
        starting.result()
    except BaseException:
        await app.pool.stop()
        raise
    ended = asyncio.ensure_future(app.wait_until_stopped())
    await asyncio.wait({asked, ended}, return_when=asyncio.FIRST_COMPLETED)
    ended.cancel()
    asked.cancel()
    return await _stop(app, settings)


async def _stop(app: Any, settings: Settings) -> int:
    patience_seconds = settings.drain_timeout_seconds
    if app.crashed:
        reason = app.crash_reason
        detail = reason.detail if isinstance(reason, TeletipoError) else repr(reason)
        log.error("worker.crashed", extra={"error": getattr(reason, "code", "surprise"), "detail": detail})
        patience_seconds = min(patience_seconds, _CRASHED_PATIENCE_SECONDS)
    stopping = asyncio.ensure_future(app.stop())
    # Faust waits without end for a record that is never acknowledged; we do not.
    done, _ = await asyncio.wait({stopping}, timeout=patience_seconds)
    if not done:
        await _cut_short(app, patience_seconds)
    if app.crashed:
        return _FAILED
    log.info("worker.stopped")
    return 0


async def _cut_short(app: Any, patience_seconds: float) -> NoReturn:
    log.warning("worker.cut-short", extra={"seconds": patience_seconds})
    await app.pool.stop()
    os._exit(_FORCED)  # what was in flight is not acknowledged, so it is done again
