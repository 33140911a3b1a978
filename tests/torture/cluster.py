"""What is tortured: a Kafka of its own, and workers that are started again when they end, as systemd does."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from streams.admin import create_topics
from streams.broker import Broker, free_port
from streams.settings import Settings, default_data_dir
from streams.topics import all_topics, event_type_names
from tests.kafka.world import ROOT, Kafka

PATIENCE_SECONDS: Final = 240.0
"""For what takes ten seconds on a free machine: whoever waits longer has found a fault."""

_ARTICLE: Final = re.compile(rb'"event": "article\.(extracted|skipped|withdrawn|dead-letter)"')


class TortureError(Exception):
    """The cluster does not come back; the text says what does not."""


class Worker:
    """A worker process that is started again and again; every start writes a log of its own."""

    def __init__(self, name: str, kafka: Kafka, folder: Path, **settings: object) -> None:
        self.name = name
        self.exits: Counter[int] = Counter()
        self._kafka = kafka
        self._folder = folder
        self._settings = settings
        self._starts = 0
        self._read = 0
        self._done = 0
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start the process."""
        self._count()
        self._starts, self._read = self._starts + 1, 0
        with self._log.open("wb") as sink:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streams.cli", "worker"],
                cwd=ROOT,
                env={**os.environ, **self._kafka.environment(**self._settings)},
                stdin=subprocess.DEVNULL,
                stderr=sink,
            )

    def end(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end.

        Raises:
            TortureError: It does not end.
        """
        assert self.process is not None
        self.process.send_signal(number)
        try:
            code = self.process.wait(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            raise TortureError(f"worker {self.name} does not end on {number.name}") from None
        self.exits[code] += 1
        return code

    def start_if_ended(self) -> None:
        """Start a worker again that has ended by itself."""
        assert self.process is not None
        code = self.process.poll()
        if code is not None:
            self.exits[code] += 1
            self.start()

    def done(self) -> int:
        """Count the articles that all its processes have brought to an end."""
        self._count()
        return self._done

    def is_ready(self) -> bool:
        """Look whether the process of now takes articles."""
        return b'"event": "worker.ready"' in self._log.read_bytes()

    def logs(self) -> Iterator[Path]:
        """Every log, in order."""
        return (self._folder / f"{self.name}-{number}.log" for number in range(1, self._starts + 1))

    @property
    def _log(self) -> Path:
        return self._folder / f"{self.name}-{self._starts}.log"

    def _count(self) -> None:
        if not self._starts:
            return
        with self._log.open("rb") as log:
            log.seek(self._read)
            new = log.read()
        whole = new.rfind(b"\n") + 1
        self._read += whole
        self._done += len(_ARTICLE.findall(new[:whole]))


class Cluster:
    """A broker and its workers."""

    def __init__(self, folder: Path, *, partitions: int, article_timeout_seconds: float) -> None:
        self.folder = folder
        self._port = free_port()
        self.broker = Broker(folder / "broker", jars_dir=default_data_dir() / "jars")
        self.broker.start(self._port)
        settings = Settings(
            bootstrap_servers=f"127.0.0.1:{self._port}",
            partitions=partitions,
            extractor="tests.fakes:load_extractor",
            worker_processes=2,
            article_timeout_seconds=article_timeout_seconds,
            session_timeout_seconds=6,
            web_port=0,
            data_dir=folder,
            log_format="json",
        )
        self.kafka = Kafka(settings, folder)
        create_topics(settings, all_topics(settings, event_type_names(settings)))
        self.workers: list[Worker] = []
        self.gone: list[Worker] = []

    def add_worker(self, name: str, **settings: object) -> Worker:
        """Start one more worker."""
        worker = Worker(name, self.kafka, self.folder, **settings)
        self.workers.append(worker)
        return worker

    def remove_worker(self, worker: Worker, number: signal.Signals) -> None:
        """End a worker for good."""
        self.workers.remove(worker)
        self.gone.append(worker)
        worker.end(number)

    def kill_broker(self, down_seconds: float) -> None:
        """Kill the broker, and start it again after a while."""
        pid = self.broker.status().pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        while self.broker.status().running:
            time.sleep(0.1)
        time.sleep(down_seconds)
        self.broker.start(self._port)

    def done(self) -> int:
        """Count the articles brought to an end, repeats included."""
        return sum(worker.done() for worker in (*self.workers, *self.gone))

    def wait_for(self, condition: Callable[[], bool], complaint: str, *, fail: bool = True) -> None:
        """Wait, and start again whatever ends meanwhile.

        Raises:
            TortureError: It takes too long, where that is a failure.
        """
        deadline = time.monotonic() + (PATIENCE_SECONDS if fail else PATIENCE_SECONDS / 12)
        while not condition():
            for worker in self.workers:
                worker.start_if_ended()
            if time.monotonic() > deadline:
                if fail:
                    raise TortureError(complaint)
                return
            time.sleep(0.1)

    def processes_of(self, worker: Worker) -> list[int]:
        """List the extraction processes of a worker."""
        assert worker.process is not None
        return [pid for pid, parent, _ in processes() if parent == worker.process.pid]

    def stop(self) -> None:
        """End everything that is left."""
        for worker in self.workers:
            if worker.process is not None and worker.process.poll() is None:
                worker.process.kill()
                worker.process.wait()
        self.broker.stop()


@contextmanager
def cluster(folder: Path, *, partitions: int, article_timeout_seconds: float) -> Iterator[Cluster]:
    """Start a cluster, and end it with the block."""
    made = Cluster(folder, partitions=partitions, article_timeout_seconds=article_timeout_seconds)
    try:
        yield made
    finally:
        made.stop()


def processes() -> list[tuple[int, int, int]]:
    """List all processes of this machine: id, parent's id, resident kilobytes."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True
    ).stdout
    return [tuple(map(int, line.split())) for line in listed.splitlines()]  # type: ignore[misc]
