"""The broker goes away in the middle of the work, for a moment and for too long."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.admin import create_topics
from streams.broker import Broker, BrokerStatus, free_port
from streams.settings import Settings, default_data_dir
from streams.topics import all_topics, event_type_names
from tests.builders import make_article
from tests.kafka.world import Kafka, expected_events

pytestmark = pytest.mark.kafka


class Outage:
    """A broker of the test's own, with topics on it, that can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self._port = free_port()
        self._broker = Broker(folder / "own-broker", jars_dir=default_data_dir() / "jars")
        self.start()
        settings = Settings(
            bootstrap_servers=f"127.0.0.1:{self._port}",
            partitions=2,
            extractor="tests.fakes:load_extractor",
            worker_processes=2,
            commit_interval_seconds=0.2,
            session_timeout_seconds=6,
            web_port=0,
            data_dir=folder,
            log_format="json",
        )
        self.kafka = Kafka(settings, folder)
        create_topics(settings, all_topics(settings, event_type_names(settings)))

    def start(self) -> None:
        self._broker.start(self._port)

    def stop(self) -> None:
        self._broker.stop()


@pytest.fixture
def outage(broker: BrokerStatus, tmp_path: Path) -> Iterator[Outage]:
    found = Outage(tmp_path)
    yield found
    found.stop()


def test_a_broker_that_comes_back_costs_nothing_and_one_that_stays_away_stops_the_worker(
    outage: Outage,
) -> None:
    kafka = outage.kafka
    sent = [make_article(f"Ana visitó Roma{n}. SLEEP 0.1", id=f"o-{n}") for n in range(80)]
    kafka.publish(*sent)
    with kafka.worker() as worker:
        worker.wait_for("article.extracted", 10)
        outage.stop()
        outage.start()
        worker.wait_for("article.extracted", 30)
        assert worker.process.poll() is None
        assert worker.stop() == 0
    with kafka.worker(delivery_timeout_seconds=3) as worker:
        worker.wait_for("article.extracted", 5)
        outage.stop()
        assert worker.process.wait(timeout=60) == 1
    assert worker.count("worker.crashed") == 1
    outage.start()
    kafka.run_worker_until_done()
    assert kafka.receipts().keys() == {article.id for article in sent}
    assert kafka.events() == expected_events(sent)
    assert kafka.read(kafka.names.dead_letter) == []
