"""What the endpoints of a real worker say: before the broker is there, idle, at work, stuck, and stopping."""

import asyncio
import json
import time
import urllib.request
from urllib.error import HTTPError, URLError

import pytest

from streams.app import build_app
from streams.broker import free_port
from tests.builders import make_article
from tests.fakes import FakePool
from tests.kafka.world import PATIENCE_SECONDS, Kafka, wait_until

pytestmark = pytest.mark.kafka


def ask(port: int, path: str = "/healthz") -> tuple[int, str]:
    """Code and status; 0 while nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, json.load(answer)["status"]
    except HTTPError as error:
        return error.code, json.load(error)["status"]
    except URLError:
        return 0, ""


def wait_for_status(port: int, expected: tuple[int, str], path: str = "/healthz") -> None:
    wait_until(lambda: ask(port, path) == expected, lambda: f"{path} says {ask(port, path)}, not {expected}")


def test_a_stuck_worker_is_told_from_an_idle_one(kafka: Kafka) -> None:
    port = free_port()
    kafka.publish(make_article("Ana visitó Roma.", id="h-1"))
    with kafka.worker(web_port=port, stuck_after_seconds=4, article_timeout_seconds=60) as worker:
        worker.wait_for("article.extracted")
        wait_for_status(port, (200, "idle"))
        wait_for_status(port, (200, "idle"), "/readyz")
        time.sleep(6)
        assert ask(port) == (200, "idle"), "nothing to do for longer than stuck_after_seconds"
        kafka.publish(make_article("HANG", id="h-2"))
        wait_for_status(port, (200, "working"))
        wait_for_status(port, (503, "stuck"))
        assert ask(port, "/readyz")[0] == 503
        started = time.monotonic()
        assert worker.stop() == 1, "what hangs is done again by the next one"
        assert time.monotonic() - started < 10


class PoolInProcess(FakePool):
    """One that the app can start and stop."""

    async def start(self) -> None:
        """Nothing to start."""

    async def stop(self) -> None:
        """Nothing to stop."""


async def test_a_consumer_that_no_longer_fetches_is_stuck_though_it_lives(kafka: Kafka) -> None:
    """The quiet fault: the process is well, the loop turns, and records only pile up on the broker."""
    app = build_app(kafka.settings.model_copy(update={"stuck_after_seconds": 3.0}), pool=PoolInProcess())
    health = app.health_server.health

    async def wait_for(status: str) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while health.report().status != status:
                await asyncio.sleep(0.2)

    kafka.publish(make_article("Ana visitó Roma.", id="q-1"))
    await app.start()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not len(app.store):
                await asyncio.sleep(0.2)
        await wait_for("idle")
        app.consumer.stop_flow()
        kafka.publish(make_article("Ana visitó Lima.", id="q-2"))
        await wait_for("stuck")
        assert "1 records wait" in health.report().reason
        app.consumer.resume_flow()
        await wait_for("idle")
        assert len(app.store) == 2
    finally:
        await app.stop()


def test_a_worker_answers_while_it_waits_for_the_broker(kafka: Kafka) -> None:
    port = free_port()
    with kafka.worker(web_port=port, bootstrap_servers=f"127.0.0.1:{free_port()}") as worker:
        wait_for_status(port, (200, "waiting for the broker"))
        assert ask(port, "/readyz")[0] == 503
        started = time.monotonic()
        assert worker.stop() == 0
        assert time.monotonic() - started < 10
