"""The live page: events a second that it takes in, how large its page is, how fast its API answers."""

from __future__ import annotations

import gzip
import json
import sys
import time
import urllib.request
from collections.abc import Sequence
from statistics import median
from typing import Final

from rich.console import Console

from benchmarks.articles import compose
from benchmarks.contest import processes_of
from benchmarks.kafka import PATIENCE_SECONDS, Topics, running_bench
from benchmarks.payload import CheapExtractor
from benchmarks.tables import make_table, say_load
from schemas import Article
from streams.broker import free_port
from streams.codec import encode_event
from streams.publisher import open_publisher

_PATHS: Final = {"the page": "/", "list of the API": "/api/events", "counts of the API": "/api/overview"}
_REPEATS: Final = 20


def run(console: Console, quick: bool) -> dict[str, float]:
    """Start the dashboard on topics full of events, and ask it as a browser does."""
    say_load(console)
    with running_bench() as bench:
        topics = bench.topics()
        events = _fill(topics, compose(300 if quick else 14_000, seed=17, shortest=50, longest=200))
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "streams.cli", "dashboard", "--port", str(port)]
        with processes_of([command], topics.settings.data_dir, topics.environment()):
            took = _wait_until_read(address, events)
            answers = {name: _ask(address + path) for name, path in _PATHS.items()}
    console.print(
        f"{events:,} events and their articles were taken in at {events / took:,.0f} events a second"
    )
    table = make_table(f"With {events:,} events", "", "bytes", "gzipped", "first ms", "then ms")
    for name, (body, times) in answers.items():
        packed = len(gzip.compress(body, 6))
        table.add_row(name, f"{len(body):,}", f"{packed:,}", f"{times[0]:.0f}", f"{median(times[1:]):.0f}")
    console.print(table)
    page, listed = answers["the page"], answers["list of the API"]
    return {
        "dashboard_events_per_s": events / took,
        "dashboard_page_bytes": len(page[0]),
        "dashboard_page_gzipped_bytes": len(gzip.compress(page[0], 6)),
        "dashboard_first_list_ms": listed[1][0],
    }


def _fill(topics: Topics, articles: Sequence[Article]) -> int:
    """Put articles and the events that the cheap function finds in them on the topics; count the events."""
    topics.fill(articles)
    extractor, sent = CheapExtractor(), 0
    with open_publisher(topics.settings) as publisher:
        for article in articles:
            for event in extractor.extract(article):
                publisher.send(topics.names.events(event.type), encode_event(event))
                sent += 1
    return sent


def _wait_until_read(address: str, events: int) -> float:
    """Wait until all is in the read model, and give the seconds since it began."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    began = 0.0
    while time.monotonic() < deadline:
        try:
            health = json.loads(_get(f"{address}/api/health"))
        except OSError:
            time.sleep(0.05)
            continue
        began = began or time.monotonic()
        if health["caught_up"]:
            return time.monotonic() - began
        time.sleep(0.1)
    raise RuntimeError(f"the dashboard has not read {events} events")


def _ask(url: str) -> tuple[bytes, list[float]]:
    """Ask several times; the answer, and milliseconds of each."""
    times = []
    body = b""
    for _ in range(_REPEATS):
        started = time.perf_counter()
        body = _get(url)
        times.append((time.perf_counter() - started) * 1000)
    return body, times


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as answer:
        body: bytes = answer.read()
        return body
