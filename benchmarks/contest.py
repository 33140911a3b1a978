"""One run of one contestant: start it on filled topics, wait for the last receipt, stop it; what it took."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psutil

from benchmarks.articles import compose
from benchmarks.contestants import Options
from benchmarks.kafka import Bench, Topics, Watch
from benchmarks.payload import MARKS
from benchmarks.peak import peak_mb
from streams.pool import BATCH_ARTICLES
from streams.producer import COMPRESSION
from streams.topics import event_type_names

ROOT: Final = Path(__file__).parents[1]
FRAMEWORKS: Final = {
    "quixstreams": "quixstreams_app",
    "faststream": "faststream_app",
    "confluent_kafka": "confluent_loop",
    "kafka_python": "kafka_python_loop",
}


@dataclass(frozen=True)
class Load:
    """The articles of a run: how many, between how many words; and which function reads them.

    Attributes:
        keep_events: Whether the run gives the events that were published; for long backlogs that takes long.
    """

    function: str
    count: int
    shortest: int
    longest: int
    seed: int = 7
    keep_events: bool = False


@dataclass(frozen=True)
class Run:
    """What a run took.

    Attributes:
        seconds: From the first call of the function to the last output that the broker has.
        steady_rate: Articles a second between the first and the last tenth of them.
        start_seconds: From the start of the process to the first call.
        cpu_seconds: Of whom: `extracting`, `stream` (a process that does not extract), `broker`.
        peak_mb: Most resident memory of an extracting process and of the stream's.
    """

    articles: int
    seconds: float
    start_seconds: float = 0.0
    steady_rate: float = 0.0
    cpu_seconds: dict[str, float] = field(default_factory=dict)
    peak_mb: dict[str, float] = field(default_factory=dict)
    events: dict[bytes | None, bytes | None] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.seconds


def run_directly(load: Load, processes: int) -> Run:
    """Call the function without a stream: the ceiling."""
    articles = [str(number) for number in (load.count, load.seed, load.shortest, load.longest)]
    command = [
        sys.executable,
        "-m",
        "benchmarks.contestants.direct",
        load.function,
        "--processes",
        str(processes),
    ]
    command += ["--batch", str(BATCH_ARTICLES), "--articles", *articles]
    done = subprocess.run(command, cwd=ROOT, env=environment(), check=True, capture_output=True, text=True)
    seconds, cpu = map(float, done.stdout.split())
    return Run(load.count, seconds, cpu_seconds={"extracting": cpu})


def run_worker(bench: Bench, load: Load, processes: int, *, workers: int = 1, partitions: int = 4) -> Run:
    """Run `teletipo worker` with so many extraction processes, or several workers with as many each."""
    topics = bench.topics(
        partitions=partitions,
        extractor=f"benchmarks.payload:load_{load.function}",
        worker_processes=processes,
        article_timeout_seconds=60,
    )
    command = [sys.executable, "-m", "streams.cli", "worker"]
    return _run(bench, topics, load, [command] * workers, topics.environment())


def run_framework(bench: Bench, load: Load, name: str, processes: int) -> Run:
    """Run one of the others in so many processes of one group."""
    topics = bench.topics()
    options = Options(
        servers=bench.address,
        prefix=topics.settings.topic_prefix,
        raw=topics.names.raw,
        outputs=[topics.names.receipts, *map(topics.names.events, event_type_names(topics.settings))],
        group=f"{topics.settings.topic_prefix}group",
        function=load.function,
        compression=COMPRESSION,
    )
    module = f"benchmarks.contestants.{FRAMEWORKS[name]}"
    command = [sys.executable, "-m", module, json.dumps(vars(options))]
    return _run(bench, topics, load, [command] * processes, {})


def _run(
    bench: Bench, topics: Topics, load: Load, commands: Sequence[list[str]], settings: dict[str, str]
) -> Run:
    topics.fill(compose(load.count, seed=load.seed, shortest=load.shortest, longest=load.longest))
    marks = topics.settings.data_dir / "marks"
    marks.mkdir()
    started = time.time()
    with (
        processes_of(commands, topics.settings.data_dir, settings | {MARKS: str(marks)}) as mothers,
        watching(topics) as watch,
    ):
        _wait_for_first(marks, mothers)
        before = _cpu(bench, mothers)
        receipts = _wait_for_all(topics, watch, load.count, mothers)
        cpu = {whom: seconds - before[whom] for whom, seconds in _cpu(bench, mothers).items()}
        peaks = _peaks(mothers)
    first = min(float(mark.read_text("utf-8")) for mark in marks.iterdir())
    came = sorted(receipts.values())
    return Run(
        load.count,
        came[-1] - first,
        first - started,
        _steady_rate(came),
        cpu,
        peaks,
        topics.events() if load.keep_events else {},
    )


def _wait_for_all(
    topics: Topics, watch: Watch, articles: int, alive: Sequence[psutil.Process]
) -> dict[bytes | None, float]:
    """Wait for the receipt of every article; when the first one of each came, in seconds."""
    repeats = 0
    while True:
        watch.wait_for(articles + repeats, alive=alive)
        came: dict[bytes | None, float] = {}
        records = topics.read(topics.names.receipts)
        for record in records:
            came.setdefault(record.key, record.timestamp_ms / 1000)
        if len(came) >= articles:
            return came
        repeats = len(records) - len(came)  # at least once: a rebalance may have something read again


def _steady_rate(came: Sequence[float]) -> float:
    """Give the rate between the first and the last tenth."""
    first, last = len(came) // 10, len(came) - 1 - len(came) // 10
    return (last - first) / (came[last] - came[first])


@contextmanager
def processes_of(
    commands: Sequence[list[str]], folder: Path, settings: dict[str, str]
) -> Iterator[list[psutil.Process]]:
    """Start processes with their logs in a folder; they end with the block, on SIGTERM.

    Raises:
        RuntimeError: One does not end well; the text has the end of its log.
    """
    running = []
    for number, command in enumerate(commands):
        with (folder / f"log-{number}").open("wb") as log:
            running.append(
                subprocess.Popen(
                    command,
                    cwd=ROOT,
                    env=environment() | settings,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            )
    try:
        yield [psutil.Process(process.pid) for process in running]
    except BaseException:
        for number, _ in enumerate(running):
            print((folder / f"log-{number}").read_text("utf-8", "replace")[-3000:], file=sys.stderr)
        raise
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def watching(topics: Topics) -> Iterator[Watch]:
    """Watch the receipts of a run."""
    watch = Watch(topics)
    try:
        yield watch
    finally:
        watch.close()


def environment() -> dict[str, str]:
    """One thread of arithmetic a process, for all the same: processes share the cores, not threads."""
    return {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}


def _wait_for_first(marks: Path, processes: Sequence[psutil.Process]) -> None:
    deadline = time.monotonic() + 120
    while not any(marks.iterdir()):
        if time.monotonic() > deadline or any(p.status() == psutil.STATUS_ZOMBIE for p in processes):
            raise RuntimeError("nobody called the function")
        time.sleep(0.02)


def _cpu(bench: Bench, mothers: Sequence[psutil.Process]) -> dict[str, float]:
    """CPU seconds by now. Who has children lets them extract; who has none does it itself."""
    spent = {"extracting": 0.0, "stream": 0.0, "broker": _spent(bench.process)}
    for mother in mothers:
        children = mother.children()
        spent["stream" if children else "extracting"] += _spent(mother)
        spent["extracting"] += sum(map(_spent, children))
    return spent


def _spent(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _peaks(mothers: Sequence[psutil.Process]) -> dict[str, float]:
    peaks = {"extracting": 0.0, "stream": 0.0}
    for mother in mothers:
        children = mother.children()
        whom = "stream" if children else "extracting"
        peaks[whom] = max(peaks[whom], peak_mb(mother))
        peaks["extracting"] = max([peaks["extracting"], *map(peak_mb, children)])
    return peaks
