"""The past again on a real broker."""

from datetime import UTC, datetime, timedelta

import pytest

from streams.codec import Record
from streams.replay import Stretch, replay
from tests.builders import make_article
from tests.kafka.world import Kafka

pytestmark = pytest.mark.kafka

ALL = Stretch(datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def _publish_history(kafka: Kafka) -> None:
    kafka.publish(*(make_article(f"Ana visitó Roma{n}.", id=f"r-{n}") for n in range(30)))
    kafka.publish_records(Record(b"bad", b"nada", []))
    kafka.publish(make_article("Luis dijo nada.", id="r-3", version=1))


def test_replay_into_a_prefix_equals_live(kafka: Kafka) -> None:
    _publish_history(kafka)
    kafka.run_worker_until_done()
    other = kafka.under("replay-" + kafka.settings.topic_prefix)
    assert replay(kafka.settings, ALL, prefix=other.settings.topic_prefix) == 32
    other.run_worker_until_done()
    assert other.events() == kafka.events()
    assert len(other.read(other.names.dead_letter)) == 1


def test_replay_twice_gives_the_same_records(kafka: Kafka) -> None:
    _publish_history(kafka)
    found = []
    for prefix in ("one-", "two-"):
        other = kafka.under(prefix + kafka.settings.topic_prefix)
        replay(kafka.settings, ALL, prefix=other.settings.topic_prefix)
        found.append(
            [
                (r.partition, r.offset, r.timestamp_ms, r.key, r.value, r.headers)
                for r in other.read(other.names.raw)
            ]
        )
    assert found[0] == found[1]
    original = [(r.partition, r.key, r.value, r.timestamp_ms) for r in kafka.read(kafka.names.raw)]
    assert [(p, key, value, ms) for p, _, ms, key, value, _ in found[0]] == original


def test_replay_is_in_time_order_and_keeps_to_its_stretch(kafka: Kafka) -> None:
    _publish_history(kafka)
    times = sorted(record.timestamp_ms for record in kafka.read(kafka.names.raw))
    seen: list[int] = []
    replay(
        kafka.settings,
        ALL,
        prefix="order-" + kafka.settings.topic_prefix,
        on_record=lambda r: seen.append(r.timestamp_ms),
    )
    assert seen == times
    later = datetime.fromtimestamp(times[-1] / 1000, UTC) + timedelta(seconds=1)
    assert replay(kafka.settings, Stretch(later, ALL.end), prefix="none-" + kafka.settings.topic_prefix) == 0


def test_replay_into_the_live_topics_changes_nothing_after_compaction(kafka: Kafka) -> None:
    _publish_history(kafka)
    kafka.run_worker_until_done()
    before = kafka.events()
    assert replay(kafka.settings, ALL) == 32
    kafka.run_worker_until_done()
    assert kafka.events() == before
