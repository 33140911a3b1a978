"""The past again on a real broker."""

import gzip
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from schemas import Article
from streams.admin import create_topics, record_lifetime
from streams.checkpoint import Checkpoint
from streams.cli import build_app
from streams.codec import Record, encode_article
from streams.publisher import open_publisher
from streams.replay import Stretch, checkpoint_file, plan_replay, replay
from streams.topics import all_topics
from tests.builders import make_article
from tests.kafka.world import ROOT, Kafka, expected_events, wait_until

pytestmark = pytest.mark.kafka

ALL = Stretch(datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def again(
    kafka: Kafka,
    prefix: str | None = None,
    *,
    stretch: Stretch = ALL,
    archive: tuple[Path, ...] = (),
    **options: Any,
) -> int:
    plan = plan_replay(kafka.settings, archive=archive, stretch=stretch, prefix=prefix)
    return replay(kafka.settings, Checkpoint(checkpoint_file(kafka.settings, prefix), plan), **options)


def _publish_history(kafka: Kafka) -> None:
    kafka.publish(*(make_article(f"Ana visitó Roma{n}.", id=f"r-{n}") for n in range(30)))
    kafka.publish_records(Record(b"bad", b"nada", []))
    kafka.publish(make_article("Luis dijo nada.", id="r-3", version=1))


def contents(kafka: Kafka) -> list[tuple[Any, ...]]:
    """Everything on the raw topic, byte for byte."""
    return [
        (r.partition, r.offset, r.timestamp_ms, r.key, r.value, r.headers)
        for r in kafka.read(kafka.names.raw)
    ]


def test_replay_into_a_prefix_equals_live(kafka: Kafka) -> None:
    _publish_history(kafka)
    kafka.run_worker_until_done()
    other = kafka.under("replay-" + kafka.settings.topic_prefix)
    assert again(kafka, other.settings.topic_prefix) == 32
    other.run_worker_until_done()
    assert other.events() == kafka.events()
    assert len(other.read(other.names.dead_letter)) == 1


def test_replay_twice_gives_the_same_records(kafka: Kafka) -> None:
    """What went in and what came out: the same, byte for byte, but for the times of processing."""
    _publish_history(kafka)
    raw, events, receipts = [], [], []
    for prefix in ("one-", "two-"):
        other = kafka.under(prefix + kafka.settings.topic_prefix)
        again(kafka, other.settings.topic_prefix)
        raw.append(contents(other))
        other.run_worker_until_done()
        events.append(other.events())
        times = {"finished_at", "duration_ms"}
        receipts.append({key: value.model_dump(exclude=times) for key, value in other.receipts().items()})
    assert raw[0] == raw[1]
    assert events[0] == events[1]
    assert receipts[0] == receipts[1]
    original = [(r.partition, r.key, r.value, r.timestamp_ms) for r in kafka.read(kafka.names.raw)]
    assert [(p, key, value, ms) for p, _, ms, key, value, _ in raw[0]] == original


def test_replay_is_in_time_order_and_keeps_to_its_stretch(kafka: Kafka) -> None:
    _publish_history(kafka)
    times = sorted(record.timestamp_ms for record in kafka.read(kafka.names.raw))
    seen: list[int] = []
    again(
        kafka,
        "order-" + kafka.settings.topic_prefix,
        on_record=lambda past: seen.append(past.timestamp_ms),
    )
    assert seen == times
    later = datetime.fromtimestamp(times[-1] / 1000, UTC) + timedelta(seconds=1)
    nothing = Stretch(later, ALL.end)
    assert again(kafka, "none-" + kafka.settings.topic_prefix, stretch=nothing) == 0


def test_replay_of_many_records_comes_to_an_end(kafka: Kafka) -> None:
    """What was fetched of a partition that is far ahead, and so is paused, is not forgotten."""
    words = " ".join(f"palabra{n}" for n in range(120))
    for half in range(2):
        kafka.publish(*(make_article(f"{words} {n}.", id=f"m-{half}-{n}") for n in range(6_000)))
    other = kafka.under("many-" + kafka.settings.topic_prefix)
    assert again(kafka, other.settings.topic_prefix) == 12_000


def test_replay_into_the_live_topics_changes_nothing_after_compaction(kafka: Kafka) -> None:
    _publish_history(kafka)
    kafka.run_worker_until_done()
    before = kafka.events()
    assert again(kafka) == 32
    kafka.run_worker_until_done()
    assert kafka.events() == before


def _publish_over_a_minute(kafka: Kafka) -> int:
    """Six hundred records, ten a second, as if they had come just now."""
    began = datetime(2024, 5, 10, tzinfo=UTC).timestamp() * 1000
    with open_publisher(kafka.settings) as publisher:
        for number in range(600):
            record = encode_article(make_article(f"Ana visitó Roma{number}.", id=f"m-{number}"))
            publisher.send(kafka.names.raw, record, timestamp_ms=int(began) + 100 * number)
    return 600


def _start(kafka: Kafka, *options: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "streams.cli", "replay", *options],
        cwd=ROOT,
        env={**os.environ, **kafka.environment()},
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_replay_that_is_cut_off_goes_on_without_gap_or_repeat(kafka: Kafka, number: signal.Signals) -> None:
    total = _publish_over_a_minute(kafka)
    other = kafka.under(f"cut-{number}-" + kafka.settings.topic_prefix)
    prefix = ("--prefix", other.settings.topic_prefix)
    file = checkpoint_file(kafka.settings, other.settings.topic_prefix)
    process = _start(kafka, "--from", "2024-05-10", "--to", "2024-05-11", "--speed", "20", *prefix)

    def sent() -> int:
        return Checkpoint.load(file).sent if file.exists() else 0

    wait_until(lambda: sent() > total // 10, lambda: f"only {sent()} sent")
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == (-signal.SIGKILL if number == signal.SIGKILL else 1)
    assert (b"--resume" in said) == (number != signal.SIGKILL)
    assert total // 10 <= len(contents(other)) < total
    done = CliRunner().invoke(build_app(), ["replay", "--resume", *prefix, "--json"])
    assert json.loads(done.stdout)["finished"] is True
    assert [row[2:] for row in contents(other)] == [row[2:] for row in contents(kafka)]
    again = CliRunner().invoke(build_app(), ["replay", "--resume", *prefix, "--json"])
    assert json.loads(again.stdout)["sent"] == 0


def test_replay_of_an_archive_is_in_order_and_goes_on_too(kafka: Kafka, tmp_path: Path) -> None:
    articles: list[Article] = [
        make_article(f"Ana visitó Roma{n}.", id=f"z-{n}", published=f"2024-05-{1 + n * 7 % 28:02}")
        for n in range(60)
    ]
    file = tmp_path / "archivo.jsonl.gz"
    lines = b"".join((encode_article(article).value or b"") + b"\n" for article in articles)
    file.write_bytes(gzip.compress(lines + b"roto\n"))
    one = kafka.under("one-" + kafka.settings.topic_prefix)
    refused: list[str] = []
    seen: list[int] = []
    count = again(
        kafka,
        one.settings.topic_prefix,
        archive=(file,),
        on_refused=lambda place, _: refused.append(place),
        on_record=lambda past: seen.append(past.timestamp_ms),
    )
    assert (count, refused) == (60, [f"{file}:61"])
    assert seen == sorted(seen)
    one.run_worker_until_done()
    assert one.events() == expected_events(articles)
    two = kafka.under("two-" + kafka.settings.topic_prefix)
    plan = plan_replay(kafka.settings, archive=(file,), prefix=two.settings.topic_prefix)
    broken = Checkpoint(tmp_path / "c.json", plan)

    class Cut(Exception):
        pass

    def cut(past: Any) -> None:
        if past.position == 20:
            raise Cut

    with pytest.raises(Cut):
        replay(kafka.settings, broken, on_record=cut, on_refused=lambda *_: None)
    replay(kafka.settings, Checkpoint.load(broken.file), resume=True, on_refused=lambda *_: None)
    assert contents(two) == contents(one)
    file.write_bytes(gzip.compress(lines))
    changed = CliRunner().invoke(build_app(), ["replay", "--resume", "--prefix", one.settings.topic_prefix])
    assert (changed.exit_code, "not the same" in changed.output) == (1, True)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 2),
        (["--resume", "--from", "2024-01-01"], 2),
        (["--from", "2024-01-02", "--to", "2024-01-01"], 2),
        (["--from", "2024-01-01", "--speed", "0"], 2),
        (["--resume", "--prefix", "nunca."], 1),
    ],
)
def test_replay_says_what_is_missing(kafka: Kafka, options: list[str], code: int) -> None:
    assert CliRunner().invoke(build_app(), ["replay", *options]).exit_code == code


def test_replay_refuses_what_the_broker_would_sweep_away(kafka: Kafka, tmp_path: Path) -> None:
    old = make_article("Ana visitó Roma.", id="r-0", published="2000-10-13")
    archive = tmp_path / "archive.jsonl"
    archive.write_bytes(encode_article(old).value or b"")
    made = kafka.under("kept-" + kafka.settings.topic_prefix)
    usual = made.settings.model_copy(update={"raw_retention_hours": 2160.0})  # tests' own topics keep all
    create_topics(usual, all_topics(usual, ()))
    replaying = ["replay", str(archive), "--json", "--prefix"]
    prefix = made.settings.topic_prefix
    refused = CliRunner().invoke(build_app(), [*replaying, prefix])
    assert refused.exit_code == 1
    assert "2160 hours" in refused.stderr and "2000-10-13" in refused.stderr
    assert not checkpoint_file(kafka.settings, prefix).exists(), "nothing began that could be resumed"
    assert contents(made) == []
    assert CliRunner().invoke(build_app(), [*replaying, prefix, "--despite-retention"]).exit_code == 0
    # A prefix without topics gets such as keep everything, and the live topics date records anew.
    assert record_lifetime(made.settings, made.names.raw) == timedelta(hours=2160)
    fresh = "fresh-" + kafka.settings.topic_prefix
    assert CliRunner().invoke(build_app(), [*replaying, fresh]).exit_code == 0
    assert record_lifetime(kafka.settings, kafka.under(fresh).names.raw) is None
    assert record_lifetime(kafka.settings, kafka.names.receipts) is None, "compacted"
    assert CliRunner().invoke(build_app(), replaying[:-1]).exit_code == 0
