"""The memory of a worker over a backlog: it must not grow with what the worker has done."""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from streams.codec import encode_article
from streams.publisher import open_publisher
from tests.builders import make_article
from tests.torture.cluster import Worker, cluster, processes

_SAMPLE_SECONDS = 0.25


@dataclass(frozen=True)
class Memory:
    """Resident memory of a worker and its processes, in MB, over the quarters of a backlog.

    Attributes:
        ratio: Last quarter by second quarter; the first one still warms up.
    """

    articles: int
    quarters: tuple[float, float, float, float]
    seconds: float

    @property
    def ratio(self) -> float:
        return self.quarters[3] / self.quarters[1]


def measure_memory(articles: int, folder: Path, say: Callable[[str], None] = lambda _: None) -> Memory:
    """Let one worker work off a backlog of small articles, and watch it."""
    with cluster(folder, partitions=4, article_timeout_seconds=30) as watched:
        with open_publisher(watched.kafka.settings) as publisher:
            for number in range(articles):
                article = make_article(f"Ana visitó Roma. Luis dijo basta{number}.", id=f"small-{number:06}")
                publisher.send(watched.kafka.names.raw, encode_article(article))
        say(f"A worker works off {articles} articles …")
        worker = watched.add_worker("ada")
        watched.wait_for(lambda: worker.done() > 0, "the worker does not begin")
        started = time.monotonic()
        samples: list[tuple[int, float]] = []
        told = time.monotonic()
        while (done := worker.done()) < articles:
            samples.append((done, _resident_mb(worker)))
            if time.monotonic() - told > 10:
                told = time.monotonic()
                say(f"{done:>8} done, {samples[-1][1]:.0f} MB")
            watched.wait_for(lambda: True, "")  # one that ends is started again
            time.sleep(_SAMPLE_SECONDS)
        seconds = time.monotonic() - started
        watched.remove_worker(worker, signal.SIGTERM)
    quarters = [
        mean(mb for done, mb in samples if number <= 4 * done / articles < number + 1) for number in range(4)
    ]
    return Memory(articles, tuple(quarters), seconds)  # type: ignore[arg-type]


def _resident_mb(worker: Worker) -> float:
    assert worker.process is not None
    family = [kb for pid, parent, kb in processes() if worker.process.pid in (pid, parent)]
    return sum(family) / 1024
