"""How the rate grows with processes, and stays with partitions and with the length of the backlog.

Processes are measured with real extraction; partitions and backlogs with a cheap function, so that the stream
has to do all it can. The best round of each is compared: the one that others disturbed least. Every rate is
that of the middle of a run, between its first and its last tenth: what it takes to begin and to end is the
same for a short backlog and for a long one.
"""

from __future__ import annotations

from statistics import median
from typing import Final

from rich.console import Console

from benchmarks.contest import Load, Run, run_worker
from benchmarks.kafka import Bench, running_bench
from benchmarks.tables import figures, make_table, say_load

_SHORT: Final = {"shortest": 50, "longest": 300}
_BACKLOGS: Final = (1_000, 10_000, 100_000)
_PARTITIONS: Final = (1, 4, 16)


def run(console: Console, quick: bool) -> dict[str, float]:
    """Measure all three."""
    say_load(console)
    with running_bench(join_seconds=3) as bench:
        return {
            **_processes(console, bench, quick=quick),
            **_partitions(console, bench, quick=quick),
            **_backlogs(console, bench, quick=quick),
        }


def _processes(console: Console, bench: Bench, *, quick: bool) -> dict[str, float]:
    load = Load("real", 12 if quick else 200, **_SHORT)
    ways = {
        "one process": (1, 1),
        "two processes": (2, 1),
        "two workers of one process": (1, 2),
    }
    runs: dict[str, list[Run]] = {name: [] for name in ways}
    for _ in range(1 if quick else 3):
        for name, (processes, workers) in ways.items():
            runs[name].append(run_worker(bench, load, processes, workers=workers))
    one = _best(runs["one process"])
    table = make_table(f"Processes: {load.count} articles, real extraction", "", "articles/s", "times one")
    for name, several in runs.items():
        rates = [each.rate for each in several]
        table.add_row(name, figures(rates), f"{max(rates) / one:.2f}")
    console.print(table)
    return {
        "two_processes_vs_one": _best(runs["two processes"]) / one,
        "two_workers_vs_one": _best(runs["two workers of one process"]) / one,
    }


def _best(several: list[Run]) -> float:
    """Give the rate of the round that others disturbed least."""
    return max(each.rate for each in several)


def _partitions(console: Console, bench: Bench, *, quick: bool) -> dict[str, float]:
    load = Load("cheap", 200 if quick else 2_000, **_SHORT)
    rates: dict[int, list[float]] = {partitions: [] for partitions in _PARTITIONS}
    for _ in range(1 if quick else 3):
        for partitions in _PARTITIONS:
            rates[partitions].append(run_worker(bench, load, 2, partitions=partitions).steady_rate)
    one = max(rates[1])
    table = make_table(f"Partitions: {load.count} articles, cheap function", "", "articles/s", "times one")
    for partitions, several in rates.items():
        table.add_row(str(partitions), figures(several, ".0f"), f"{max(several) / one:.2f}")
    console.print(table)
    return {"sixteen_partitions_vs_one": max(rates[16]) / one}


def _backlogs(console: Console, bench: Bench, *, quick: bool) -> dict[str, float]:
    backlogs = (100, 200, 400) if quick else _BACKLOGS
    table = make_table(
        "Backlog, cheap function", "articles", "articles/s", "times the shortest", "worker, MB"
    )
    rates: dict[int, list[float]] = {backlog: [] for backlog in backlogs}
    peaks: dict[int, float] = {}
    for backlog in _in_turn(backlogs, quick=quick):
        done = run_worker(bench, Load("cheap", backlog, shortest=50, longest=120), 2)
        rates[backlog].append(done.steady_rate)
        peaks[backlog] = done.peak_mb["stream"]
    shortest = median(rates[backlogs[0]])
    for backlog, several in rates.items():
        ratio = median(several) / shortest
        table.add_row(f"{backlog:,}", figures(several, ".0f"), f"{ratio:.2f}", f"{peaks[backlog]:.0f}")
    console.print(table)
    return {"backlog_100k_vs_1k": median(rates[backlogs[-1]]) / shortest}


def _in_turn(backlogs: tuple[int, ...], *, quick: bool) -> list[int]:
    """Order the runs so that the short ones lie before and after the long one, in the same load of others."""
    short, middle, long = backlogs
    return list(backlogs) if quick else [short, short, middle, short, long, short, short, middle, short]
