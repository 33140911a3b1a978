"""How long an article takes from its place on the topic to its last event on the topics, at several loads.

Articles of 100 to 600 words come at random moments (Poisson, the same for the same seed), at 20, 50 and 80 %
of the rate at which the worker works off a backlog of the like. Both ends are the broker's time of appending.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from itertools import islice
from typing import Final

from rich.console import Console

from benchmarks.articles import compose
from benchmarks.contest import processes_of, watching
from benchmarks.kafka import Topics, Watch, running_bench
from benchmarks.tables import make_table, say_load
from schemas import Article
from streams.codec import encode_article
from streams.publisher import open_publisher
from streams.topics import event_type_names

PROCESSES: Final = 2
_LOADS: Final = (20, 50, 80)
_WORDS: Final = {"shortest": 100, "longest": 600}


def run(console: Console, quick: bool) -> dict[str, float]:
    """Measure the three loads with one worker."""
    say_load(console)
    calibration, measured = (8, 10) if quick else (80, 250)
    articles = iter(compose(2 * calibration + len(_LOADS) * measured, seed=11, **_WORDS))
    with running_bench() as bench:
        topics = bench.topics(extractor="benchmarks.payload:load_real", worker_processes=PROCESSES)
        command = [sys.executable, "-m", "streams.cli", "worker"]
        with (
            processes_of([command], topics.settings.data_dir, topics.environment()),
            watching(topics) as watch,
        ):
            # The first backlog warms the worker up, and the second one tells what it can do.
            _backlog(topics, watch, list(islice(articles, calibration)))
            capacity = _backlog(topics, watch, list(islice(articles, calibration)))
            groups = {load: list(islice(articles, measured)) for load in _LOADS}
            for load, group in groups.items():
                _trickle(topics, watch, group, rate=capacity * load / 100)
        took = _milliseconds(topics)
    table = make_table(
        f"Append to event, ms, of {capacity:.1f} articles/s that {PROCESSES} processes can do",
        "load",
        "articles/s",
        "p50",
        "p95",
        "p99",
        "longest",
    )
    ratios = {}
    for load, group in groups.items():
        times = sorted(took[article.id] for article in group)
        p50, p95, p99 = (_percentile(times, share) for share in (0.50, 0.95, 0.99))
        row = (capacity * load / 100, p50, p95, p99, times[-1])
        table.add_row(f"{load} %", f"{row[0]:.1f}", *(f"{value:.0f}" for value in row[1:]))
        ratios |= {f"latency_p50_ms_at_{load}": p50, f"latency_p99_ms_at_{load}": p99}
    console.print(table)
    return ratios


def _backlog(topics: Topics, watch: Watch, articles: Sequence[Article]) -> float:
    """Work off a backlog, and give its rate without its first and last tenth."""
    before = watch.count()
    topics.fill(articles)
    watch.wait_for(before + len(articles))
    came = sorted(record.timestamp_ms / 1000 for record in topics.read(topics.names.receipts))[before:]
    edge = len(came) // 10
    return (len(came) - 1 - 2 * edge) / (came[-1 - edge] - came[edge])


def _trickle(topics: Topics, watch: Watch, articles: Sequence[Article], *, rate: float) -> None:
    """Send articles at random moments, so many a second on the average, and wait for the last one."""
    chance, before = random.Random(5), watch.count()
    with open_publisher(topics.settings) as publisher:
        due = time.monotonic()
        for article in articles:
            due += chance.expovariate(rate)
            time.sleep(max(0.0, due - time.monotonic()))
            publisher.send(topics.names.raw, encode_article(article))
    watch.wait_for(before + len(articles))


def _milliseconds(topics: Topics) -> dict[str, float]:
    """Article → milliseconds to its last event, or to its receipt where it has none."""
    arrived = {(r.key or b"").decode(): r.timestamp_ms for r in topics.read(topics.names.raw)}
    done: dict[str, int] = {}
    for name in event_type_names(topics.settings):
        for record in topics.read(topics.names.events(name)):
            article = dict(record.headers)["ce_subject"].decode()
            done[article] = max(done.get(article, 0), record.timestamp_ms)
    for record in topics.read(topics.names.receipts):
        done.setdefault((record.key or b"").decode(), record.timestamp_ms)
    return {article: float(done[article] - arrived[article]) for article in done}


def _percentile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
