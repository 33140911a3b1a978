"""The benchmarks run; how fast anything is, no test says."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import PARTS
from benchmarks.articles import compose
from streams.broker_files import BrokerError, find_java
from streams.codec import decode_event, decode_receipt, encode_article

pytest.importorskip("psutil", reason="psutil is in the extra `bench`")


@pytest.mark.parametrize("name", PARTS)
def test_every_part_can_be_run(name: str, root: Path) -> None:
    if not (root / "benchmarks" / f"{name}.py").exists():
        pytest.skip(f"{name} is not here")
    assert callable(importlib.import_module(f"benchmarks.{name}").run)


def test_the_cheap_function_gives_events_and_a_receipt_the_same_ones_each_time() -> None:
    from benchmarks.payload import load_batch_function, load_function

    values = [encode_article(article).value or b"" for article in compose(5, shortest=100, longest=200)]
    one, many = load_function("cheap", "x."), load_batch_function("cheap", "x.")
    records = [one(value) for value in values]
    assert many(values) == records
    assert all(topic.startswith("x.events.") for found in records for topic, _ in found[:-1])
    assert sum(len(found) for found in records) > 2 * len(records)
    for *events, receipt in records:
        assert all(decode_event(record.value or b"") for _, record in events)
        assert sum(decode_receipt(receipt[1].value or b"").counts.values()) == len(events)


def test_the_ceiling_is_measured_in_processes_of_its_own(root: Path) -> None:
    command = "-m benchmarks.contestants.direct cheap --processes 2 --batch 4 --articles 20 1 50 100"
    done = subprocess.run(
        [sys.executable, *command.split()], cwd=root, capture_output=True, text=True, check=True
    )
    seconds, cpu_seconds = map(float, done.stdout.split())
    assert seconds > 0 and cpu_seconds > 0


@pytest.mark.kafka
def test_a_part_writes_its_ratios_beside_those_of_others(root: Path, tmp_path: Path) -> None:
    try:
        find_java()
    except BrokerError as error:
        pytest.skip(f"no broker can be started here: {error.detail}")
    results = tmp_path / "results.json"
    results.write_text('{"of_another": 1.5}', "utf-8")
    command = [sys.executable, "-m", "benchmarks", "replay", "--quick", "--results", str(results)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(json.loads(results.read_text("utf-8"))) == {
        "of_another",
        "replay_archive_per_s",
        "replay_topic_per_s",
    }
