"""Articles a second of `teletipo replay`: from an archive, and from a topic, as fast as it goes.

What a replay of a single article takes is taken off: it is the start of the command and the making of topics.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from benchmarks.articles import compose
from benchmarks.contest import ROOT, environment
from benchmarks.kafka import Topics, running_bench
from benchmarks.tables import make_table, say_load
from schemas import Article


def run(console: Console, quick: bool) -> dict[str, float]:
    """Replay an archive into a prefix, then that topic into another."""
    say_load(console)
    articles = compose(300 if quick else 20_000, seed=13, shortest=50, longest=300)
    with running_bench() as bench:
        topics = bench.topics()
        one, many = bench.folder / "one.jsonl.gz", bench.folder / "many.jsonl.gz"
        _write(one, articles[:1])
        _write(many, articles)
        start = _replay(topics, "one.", str(one), expected=1)
        seconds = {
            "an archive (.jsonl.gz)": _replay(topics, "archive.", str(many), expected=len(articles)),
        }
        topics.fill(articles)
        seconds["a topic"] = _replay(topics, "topic.", "--from", "1970-01-01", expected=len(articles))
    table = make_table(f"Replay of {len(articles):,} articles", "from", "articles/s", "s")
    for name, took in seconds.items():
        table.add_row(name, f"{len(articles) / (took - start):,.0f}", f"{took - start:.1f}")
    console.print(table)
    archive, topic = ((len(articles) / (took - start)) for took in seconds.values())
    return {"replay_archive_per_s": archive, "replay_topic_per_s": topic}


def _write(path: Path, articles: Sequence[Article]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(article.model_dump_json(exclude_none=True) + "\n" for article in articles)


def _replay(topics: Topics, prefix: str, *arguments: str, expected: int) -> float:
    """Run the command, and give its seconds.

    Raises:
        RuntimeError: It did not send all.
    """
    prefix = topics.settings.topic_prefix + prefix
    command = [sys.executable, "-m", "streams.cli", "replay", *arguments, "--prefix", prefix, "--json"]
    started = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment() | topics.environment(),
        check=True,
        capture_output=True,
        text=True,
    )
    took = time.perf_counter() - started
    if (sent := json.loads(done.stdout)["sent"]) != expected:
        raise RuntimeError(f"{sent} of {expected} articles were replayed")
    return took
