"""How long it takes until there is an answer: the help, one article in a file, a worker's first events."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Final

from rich.console import Console

from benchmarks.articles import compose
from benchmarks.contest import ROOT, environment, processes_of, watching
from benchmarks.kafka import Bench, running_bench
from benchmarks.tables import make_table, say_load

_PYTHON: Final = sys.executable
_SAMPLE: Final = str(ROOT / "samples" / "breve.txt")
_COMMANDS: Final = {
    "python -c pass": [_PYTHON, "-c", "pass"],
    "python -c 'import spacy'": [_PYTHON, "-c", "import spacy"],
    "teletipo --help": [_PYTHON, "-m", "streams.cli", "--help"],
    "teletipo extract, one article": [
        *(_PYTHON, "-m", "streams.cli", "extract", _SAMPLE, "--published", "2025-05-14"),
    ],
}


def run(console: Console, quick: bool) -> dict[str, float]:
    """Measure each several times, in turn."""
    say_load(console)
    seconds: dict[str, list[float]] = {name: [] for name in _COMMANDS}
    for _ in range(1 if quick else 7):
        for name, command in _COMMANDS.items():
            seconds[name].append(_run(command))
    with running_bench() as bench:
        seconds["worker, first events"] = [_first_events(bench) for _ in range(1 if quick else 3)]
    table = make_table("Seconds from the start to the answer", "", "best", "median", "times importing spaCy")
    spacy = min(seconds["python -c 'import spacy'"])
    for name, several in seconds.items():
        best = min(several)
        table.add_row(name, f"{best:.2f}", f"{median(several):.2f}", f"{best / spacy:.2f}")
    console.print(table)
    return {
        "help_s": min(seconds["teletipo --help"]),
        "extract_one_s": min(seconds["teletipo extract, one article"]),
        "extract_one_vs_import_spacy": min(seconds["teletipo extract, one article"]) / spacy,
        "worker_first_events_s": min(seconds["worker, first events"]),
    }


def _run(command: Sequence[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment(), check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def _first_events(bench: Bench) -> float:
    """Start a worker on a topic that holds one article, and wait for its events on theirs."""
    topics = bench.topics(worker_processes=1)
    topics.fill(compose(1, seed=3, shortest=100, longest=100))
    started = time.time()
    command = [_PYTHON, "-m", "streams.cli", "worker"]
    with (
        processes_of([command], Path(topics.settings.data_dir), topics.environment()) as mothers,
        watching(topics) as watch,
    ):
        watch.wait_for(1, alive=mothers)
    return topics.read(topics.names.receipts)[0].timestamp_ms / 1000 - started
