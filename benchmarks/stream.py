"""Articles a second from topic to topic: Teletipo's worker, the function alone, and what others make of it.

All run the same function in the same number of processes between the same topics (`contestants/`), turn by
turn; a round has every contestant once, and the best round of each is compared: the one that other work on
the machine disturbed least. Time is from the first call of the function to the last output that the broker
has; loading is not in it. The worker has one process more, which extracts nothing: what it costs is in the
table. CPU time hardly depends on what else the machine does, so there are ratios of it too.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from statistics import median
from typing import Final

from rich.console import Console

from benchmarks.contest import FRAMEWORKS, Load, Run, run_directly, run_framework, run_worker
from benchmarks.kafka import Bench, running_bench
from benchmarks.tables import make_table, say_load

PROCESSES: Final = 2
_MODULES: Final = {"confluent_kafka": "confluent_kafka", "kafka_python": "kafka"}
_CEILING: Final = "the function alone"
_OURS: Final = "teletipo worker"
_OF_A_CONTESTANT: Final = ("extracting", "stream")

Contestant = Callable[[], Run]


def run(console: Console, quick: bool) -> dict[str, float]:
    """Measure with the real function and with a cheap one."""
    say_load(console)
    real = Load("real", 12 if quick else 160, shortest=50, longest=300, keep_events=True)
    cheap = Load("cheap", 100 if quick else 3_000, shortest=50, longest=300, keep_events=True)
    rounds = 1 if quick else 4
    with running_bench(join_seconds=3) as bench:
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
        "best and median; CPU in ms an article of the function, the stream, the broker; start in s",
        "",
        "articles/s",
        "of ours",
        "CPU",
        "stream",
        "broker",
        "start",
    )
    ours = _rate(runs[_OURS])
    for name, several in runs.items():
        starts = [one.start_seconds for one in several if one.start_seconds]
        table.add_row(
            name.replace("_", "-"),
            f"{_rate(several):.1f}, {median(one.rate for one in several):.1f}",
            f"{_rate(several) / ours:.2f}",
            *(f"{_cpu_ms(several, whom):.1f}" for whom in ("extracting", "stream", "broker")),
            f"{min(starts):.1f}" if starts else "",
        )
    return table


def _ratios(runs: dict[str, list[Run]], prefix: str) -> dict[str, float]:
    ours = _rate(runs[_OURS])
    ratios = {f"{prefix}_vs_ceiling": ours / _rate(runs[_CEILING])}
    others = {name: ours / _rate(several) for name, several in runs.items() if name in FRAMEWORKS}
    ratios |= {f"{prefix}_vs_{name}": ratio for name, ratio in others.items()}
    if others:
        ratios[f"{prefix}_vs_fastest_framework"] = min(others.values())
    cost = {name: _cpu_ms(several, *_OF_A_CONTESTANT) for name, several in runs.items()}
    ratios[f"{prefix}_cpu_vs_ceiling"] = cost[_CEILING] / cost[_OURS]
    if others:
        ratios[f"{prefix}_cpu_vs_cheapest_framework"] = min(cost[name] for name in others) / cost[_OURS]
    return ratios


def _rate(several: Sequence[Run]) -> float:
    return max(one.rate for one in several)


def _cpu_ms(several: Sequence[Run], *whose: str) -> float:
    """CPU time of an article, in ms, in the round that took least."""
    return min(1000 * sum(one.cpu_seconds.get(whom, 0.0) for whom in whose) / one.articles for one in several)
