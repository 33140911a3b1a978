"""The dashboard as a process on a real broker: reads what a worker publishes, survives a kill, rebuilds."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from schemas import Article
from streams.broker import free_port
from streams.codec import Record
from streams.dashboard.lag import read_lag
from tests.kafka.world import ROOT, Kafka, wait_until

pytestmark = pytest.mark.kafka

ARTICLES = [
    Article(id=f"a{n}", text=f"Ana{n} visitó Lima y Leo{n} dijo nada", published="2024-06-19", source="Faro")
    for n in range(6)
]


class Page:
    """A running dashboard."""

    def __init__(self, port: int, process: "subprocess.Popen[bytes]") -> None:
        self.port = port
        self.process = process

    def get(self, path: str) -> Any:
        """Ask for JSON; None while nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return json.load(answer)
        except OSError:
            return None

    def events(self) -> set[str]:
        """Ids of all events shown."""
        found = self.get("/api/events?limit=500") or {"events": []}
        return {event["id"] for event in found["events"]}

    def is_ready(self) -> bool:
        """Whether all is read that was there."""
        return bool((self.get("/readyz") or {"ready": False})["ready"])


@contextmanager
def dashboard(kafka: Kafka, *options: str) -> Iterator[Page]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "streams.cli", "dashboard", "--port", str(port), *options],
        cwd=ROOT,
        env={**os.environ, **kafka.environment()},
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Page(port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def test_it_shows_what_the_worker_publishes_and_goes_on_after_a_kill(kafka: Kafka) -> None:
    kafka.publish(*ARTICLES[:3])
    kafka.publish_records(Record(b"x", b"{", []))
    kafka.run_worker_until_done()
    with dashboard(kafka) as page:
        wait_until(lambda: page.is_ready(), "the dashboard does not get ready")
        first = page.events()
        assert len(first) == 6
        wait_until(lambda: page.get("/api/health")["lag"] == 0, "the lag is not told")
        health = page.get("/api/health")
        assert health["oldest_unread_seconds"] is None
        assert health["dead_letters"] == [{"name": "decode", "events": 1}]
        page.process.kill()
        page.process.wait()
    correction = ARTICLES[0].model_copy(update={"version": 1, "text": "Ana0 visitó Lima"})
    kafka.publish(*ARTICLES[3:], correction)
    lag = read_lag(kafka.settings)
    assert lag.records == 4 and lag.oldest_unread_seconds is not None
    assert 0 <= lag.oldest_unread_seconds < 600
    kafka.run_worker_until_done()
    expected = {key.decode() for events in kafka.events().values() for key in events if key}
    assert not first <= expected  # the correction took one back
    with dashboard(kafka) as page:
        wait_until(lambda: page.events() == expected, "what was missed does not come")
        assert page.get("/api/overview")["articles"] == 6
    with dashboard(kafka, "--rebuild") as page:
        wait_until(lambda: page.is_ready() and page.events() == expected, "a rebuilt page differs")


def test_it_waits_for_a_broker_that_is_not_there_yet(kafka: Kafka) -> None:
    kafka.settings = kafka.settings.model_copy(update={"bootstrap_servers": f"127.0.0.1:{free_port()}"})
    with dashboard(kafka) as page:
        wait_until(lambda: page.get("/api/health") is not None, "the page does not answer")
        assert page.get("/api/health")["reading"] is False
        assert page.is_ready() is False
