"""The most memory that a worker's processes ever had while they read articles of up to 2,000 words."""

from __future__ import annotations

from rich.console import Console

from benchmarks.contest import Load, run_worker
from benchmarks.kafka import running_bench
from benchmarks.tables import make_table


def run(console: Console, quick: bool) -> dict[str, float]:
    """Measure one extraction process and the process that feeds it."""
    load = Load("real", 8 if quick else 150, shortest=50, longest=2_000)
    with running_bench() as bench:
        peak = run_worker(bench, load, 1).peak_mb
    table = make_table(f"Most resident memory over {load.count} articles", "process", "MB")
    table.add_row("extraction", f"{peak['extracting']:.0f}")
    table.add_row("stream (Faust)", f"{peak['stream']:.0f}")
    console.print(table)
    return {"worker_process_peak_mb": peak["extracting"], "stream_process_peak_mb": peak["stream"]}
