"""Articles a second from topic to topic: Teletipo's worker, the function alone, and what others make of it.

All run the same function in the same number of processes between the same topics (`contestants/`), turn by
turn; a round has every contestant once, and medians are compared. Time is from the first call of the function
to the last output that the broker has; loading is not in it. The worker has one process more, which extracts
nothing: what it costs is in the table.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from statistics import median
from typing import Final

from rich.console import Console

from benchmarks.contest import FRAMEWORKS, Load, Run, run_directly, run_framework, run_worker
from benchmarks.kafka import Bench, running_bench
from benchmarks.tables import figures, make_table, say_load

PROCESSES: Final = 2
_MODULES: Final = {"confluent_kafka": "confluent_kafka", "kafka_python": "kafka"}
_CEILING: Final = "the function alone"
_OURS: Final = "teletipo worker"

Contestant = Callable[[], Run]


def run(console: Console, quick: bool) -> dict[str, float]:
    """Measure with the real function and with a cheap one."""
    say_load(console)
    real = Load("real", 12 if quick else 240, shortest=50, longest=300)
    cheap = Load("cheap", 100 if quick else 3_000, shortest=50, longest=300)
    rounds = 1 if quick else 3
    with running_bench() as bench:
        runs = _rounds(console, bench, real, rounds)
        console.print(_describe("Real extraction", runs))
        ratios = _ratios(runs, "stream")
        runs = _rounds(console, bench, cheap, rounds)
        console.print(_describe("A cheap function in its place, to see what the stream costs", runs))
        ratios |= _ratios(runs, "stream_cheap")
    return ratios


def _rounds(console: Console, bench: Bench, load: Load, rounds: int) -> dict[str, list[Run]]:
    contestants: dict[str, Contestant] = {
        _CEILING: lambda: run_directly(load, PROCESSES),
        _OURS: lambda: run_worker(bench, load, PROCESSES),
    }
    for name in FRAMEWORKS:
        if importlib.util.find_spec(_MODULES.get(name, name)) is None:
            console.print(f"{name} is not installed (extra `bench`), so it is left out")
            continue
        contestants[name] = lambda name=name: run_framework(bench, load, name, PROCESSES)  # type: ignore[misc]
    runs: dict[str, list[Run]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, contestant in contestants.items():
            runs[name].append(contestant())
    _compare_outputs(runs)
    return runs


def _compare_outputs(runs: dict[str, list[Run]]) -> None:
    """Make sure that all published the same events, byte for byte.

    Raises:
        RuntimeError: Somebody did not.
    """
    expected = runs[_OURS][0].events
    for name, several in runs.items():
        if name != _CEILING and any(one.events != expected for one in several):
            raise RuntimeError(f"{name} does not publish the same events")


def _describe(title: str, runs: dict[str, list[Run]]) -> object:
    articles = runs[_OURS][0].articles
    table = make_table(
        f"{title}: {articles} articles, {PROCESSES} extracting processes, {len(runs[_OURS])} rounds; "
        "CPU in ms an article, start in s",
        "",
        "articles/s",
        "of ours",
        "CPU: function",
        "stream",
        "broker",
        "start",
    )
    ours = _rate(runs[_OURS])
    for name, several in runs.items():
        starts = [one.start_seconds for one in several if one.start_seconds]
        table.add_row(
            name.replace("_", "-"),
            figures([one.rate for one in several]),
            f"{_rate(several) / ours:.2f}",
            *(
                f"{1000 * median(one.cpu_seconds.get(whom, 0.0) for one in several) / articles:.1f}"
                for whom in ("extracting", "stream", "broker")
            ),
            figures(starts) if starts else "",
        )
    return table


def _ratios(runs: dict[str, list[Run]], prefix: str) -> dict[str, float]:
    ours = _rate(runs[_OURS])
    ratios = {f"{prefix}_vs_ceiling": ours / _rate(runs[_CEILING])}
    others = {name: ours / _rate(several) for name, several in runs.items() if name in FRAMEWORKS}
    ratios |= {f"{prefix}_vs_{name}": ratio for name, ratio in others.items()}
    if others:
        ratios[f"{prefix}_vs_fastest_framework"] = min(others.values())
    spent = [one.cpu_seconds for one in runs[_OURS]]
    ratios[f"{prefix}_cpu_around_extraction"] = median(
        (cpu["stream"] + cpu["broker"]) / cpu["extracting"] for cpu in spent
    )
    return ratios


def _rate(several: Sequence[Run]) -> float:
    return median(one.rate for one in several)
