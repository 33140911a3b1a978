"""`ingest` that goes on and on: logs instead of a bar, a broker that comes back, an end in order."""

import logging
import signal
import threading
from typing import Final

from schemas import ArticleError
from streams.errors import DeliveryError, MissingTopicError
from streams.feeds.schedule import Schedule
from streams.ingest import Tally, ingest
from streams.logs import set_up_logging
from streams.settings import Settings

_FIRST_WAIT_SECONDS: Final = 1.0
_LONGEST_WAIT_SECONDS: Final = 10.0

log = logging.getLogger(__name__)


def serve(schedule: Schedule, settings: Settings, *, again: bool) -> Tally:
    """Send what comes until SIGINT or SIGTERM; a broker that is away is waited for.

    So are its topics: where all is started at once, they may come later. What was not acknowledged
    is still in its folder or on its feed, and is read again then.
    """
    set_up_logging(settings)
    _stop_on_signals(schedule.stop)
    tally, wait = Tally(), _FIRST_WAIT_SECONDS
    counts = {"feeds": len(schedule.sources.feeds), "folders": len(schedule.sources.watched)}
    log.info("ingest.ready", extra=counts)
    if schedule.sources.every_seconds is not None and not schedule.sources.feeds:
        log.warning(
            "feeds.none", extra={"then": "only folders are watched", "list": "feeds in teletipo.toml"}
        )
    while not schedule.stop.is_set():
        before = tally.total
        try:
            ingest(
                schedule.batches,
                settings,
                on_refused=_refused,
                on_warning=lambda text: log.warning("ingest.forgetful", extra={"reason": text}),
                again=again,
                tally=tally,
            )
        except (DeliveryError, MissingTopicError) as error:
            wait = _FIRST_WAIT_SECONDS if tally.total > before else min(2 * wait, _LONGEST_WAIT_SECONDS)
            fields = {"error": error.code, "reason": error.detail, "wait_seconds": wait}
            log.warning("broker.away", extra=fields)
            schedule.stop.wait(wait)
    log.info("ingest.ended", extra={"taken": tally.taken, "refused": tally.refused.total()})
    return tally


def _refused(place: str, error: ArticleError) -> None:
    log.warning("article.refused", extra={"place": place, "error": error.code, "reason": error.detail})


def _stop_on_signals(stop: threading.Event) -> None:
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
