"""The Faust application, put together: settings in, an app that is ready to start out.

`teletipo worker` runs it; `faust -A streams.app worker` finds it as `app`, made on first use.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import faust
import mode

from schemas import ConfigurationError
from streams.admin import require_topics
from streams.agents.extract import ExtractAgent
from streams.connection import broker_url, faust_credentials
from streams.health import Health, Phase, Sight
from streams.health_server import HealthServer
from streams.metrics import BEHIND
from streams.pool import ExtractionPool
from streams.processing import ArticleProcessor
from streams.producer import RecordSender
from streams.receipts import ReceiptReader, ReceiptStore
from streams.settings import Settings, load_settings
from streams.topics import TopicNames, all_topics, event_type_names

log = logging.getLogger(__name__)

_BEAT_SECONDS: Final = 1.0
_ENDS_SECONDS: Final = 5.0
_ANSWER_SECONDS: Final = 3.0


class TeletipoApp(faust.App):  # type: ignore[misc]
    """A Faust app that has topics and extraction processes ready before it takes its first record."""

    teletipo_settings: Settings
    pool: ExtractionPool
    receipt_reader: ReceiptReader
    store: ReceiptStore
    sender: RecordSender
    health_server: HealthServer
    joining: bool = False
    """From when on there is something to leave: Faust starts its producer and joins the group."""
    _ends: Mapping[Any, int] = MappingProxyType({})
    _asked_at: float = -_ENDS_SECONDS

    async def on_start(self) -> None:
        """Check the topics, load the model, read the receipts; only then the consumer starts."""
        settings = self.teletipo_settings
        self.health_server.start()
        self.health_server.health.enter(Phase.LOADING)
        # Loading takes longest, and takes other cores: what needs the broker is done meanwhile.
        loading = asyncio.ensure_future(self.pool.start())
        try:
            topics = all_topics(settings, event_type_names(settings))
            await asyncio.to_thread(require_topics, settings, [topic.name for topic in topics])
            await self.receipt_reader.catch_up()
            await loading
        except BaseException:
            loading.cancel()
            await asyncio.gather(loading, return_exceptions=True)
            raise
        await self.sender.start()
        log.info(
            "worker.ready",
            extra={
                "processes": settings.processes,
                "model": self.pool.identity.model,
                "group": settings.group_id,
            },
        )
        self.joining = True
        self.health_server.health.enter(Phase.RUNNING)
        self.add_future(self._beat())
        await super().on_start()

    async def on_stop(self) -> None:
        """Let Faust drain and commit, then end the processes."""
        self.health_server.health.enter(Phase.STOPPING)
        await super().on_stop()
        await self.pool.stop()
        await self.sender.stop()

    async def _beat(self) -> None:
        while not self.should_stop:
            sight = await self._look()
            BEHIND.set(sight.behind or 0)
            self.health_server.health.beat(sight)
            await asyncio.sleep(_BEAT_SECONDS)

    async def _look(self) -> Sight:
        """Ask the consumer, which lives in a thread of its own, and may not answer."""
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                partitions = self.consumer.assignment()
                positions = {tp: await self.consumer.position(tp) for tp in partitions}
        except Exception:  # between two assignments it may raise anything; what counts is that it ends
            return Sight(0, None, rebalancing=self.rebalancing)
        await self._ask_for_ends(partitions)
        behind = sum(max(0, self._ends.get(tp, 0) - (position or 0)) for tp, position in positions.items())
        return Sight(len(positions), behind, rebalancing=self.rebalancing)

    async def _ask_for_ends(self, partitions: Any) -> None:
        """Ask the broker where partitions end: a consumer that no longer fetches does not learn of it."""
        if time.monotonic() - self._asked_at < _ENDS_SECONDS:
            return
        self._asked_at = time.monotonic()
        # While the broker is away, what was known last stands: that is no fault of the worker.
        with contextlib.suppress(Exception):
            async with asyncio.timeout(_ANSWER_SECONDS):
                self._ends = dict(await self.consumer.highwaters(*partitions))


# Else Faust's own messages would go out under our name.
TeletipoApp.logger = logging.getLogger("faust.app.teletipo")


def build_app(
    settings: Settings, *, pool: ExtractionPool | None = None, health_server: HealthServer | None = None
) -> TeletipoApp:
    """Assemble the app; nothing is connected or started yet.

    Args:
        settings: Of everything.
        pool: Who extracts; default: processes as the settings say.
        health_server: One that serves already; default: one of its own.
    """
    data_dir = _worker_dir(settings)
    app = TeletipoApp(**_faust_options(settings, data_dir))
    names = TopicNames(settings.topic_prefix)
    store = ReceiptStore(data_dir)
    app.teletipo_settings = settings
    app.pool = pool or ExtractionPool(settings)
    app.store = store
    app.sender = RecordSender(settings)
    app.health_server = health_server or make_health_server(settings)
    app.receipt_reader = ReceiptReader(settings, store)
    processor = ArticleProcessor(
        pool=app.pool,
        receipts=store,
        send=app.sender.send,
        names=names,
        max_article_bytes=settings.max_article_bytes,
        now=lambda: datetime.now(UTC),
    )
    agent = ExtractAgent(
        app, processor, app.receipt_reader, health=app.health_server.health, room=settings.room
    )
    source = app.topic(names.raw, key_serializer="raw", value_serializer="raw", internal=False)
    app.agent(
        source,
        name="extract_events",
        concurrency=1,
        # A surprise must stop the worker: Faust's default restarts the agent and commits past the record.
        supervisor_strategy=mode.CrashingSupervisor,
    )(agent.extract_events)
    return app


def make_health_server(settings: Settings) -> HealthServer:
    """Make what serves a worker's health, not started yet."""
    health = Health(stuck_after_seconds=settings.stuck_seconds)
    return HealthServer(health, host=settings.web_host, port=settings.web_port)


def _worker_dir(settings: Settings) -> Path:
    """Make the folder of what this worker keeps on disk while it runs."""
    folder = settings.data_dir / "worker" / (settings.group_instance or settings.group_id)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"data_dir: {folder} cannot be made: {error}") from error
    return folder


def _faust_options(settings: Settings, data_dir: Path) -> dict[str, Any]:
    """Give the settings that lost nothing in the trials; the reason of each is in `docs/delivery.md`."""
    return {
        "id": settings.group_id,
        "broker": broker_url(settings),
        "broker_credentials": faust_credentials(settings),
        "broker_client_id": "teletipo",
        "broker_commit_interval": settings.commit_interval_seconds,
        "broker_session_timeout": settings.session_timeout_seconds,
        "broker_heartbeat_interval": settings.session_timeout_seconds / 3.5,
        "broker_max_poll_records": settings.poll_records,
        "consumer_group_instance_id": settings.group_instance,
        "consumer_auto_offset_reset": "earliest",
        # Faust's own producer sends nothing here, but it is flushed before each commit.
        "producer_request_timeout": settings.delivery_timeout_seconds,
        "stream_buffer_maxsize": settings.poll_records,
        "stream_wait_empty": True,
        "topic_disable_leader": True,
        "topic_allow_declare": False,
        "table_standby_replicas": 0,
        "store": "memory://",
        "datadir": str(data_dir),
        # Health is served by a thread of its own, which a blocked event loop cannot silence.
        "web_enabled": False,
    }


def __getattr__(name: str) -> Any:
    if name == "app":
        globals()["app"] = build_app(load_settings())
        return globals()["app"]
    raise AttributeError(name)
