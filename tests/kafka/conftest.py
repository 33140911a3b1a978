"""A real broker for the session, and for each test topics of its own on it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.admin import create_topics
from streams.broker import Broker, BrokerStatus, free_port
from streams.broker_files import BrokerError, find_java
from streams.settings import Settings, default_data_dir
from streams.topics import all_topics, event_type_names
from tests.kafka.world import Kafka


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrokerStatus]:
    """A broker of the session's own, on a free port of this machine."""
    try:
        find_java()
    except BrokerError as error:
        pytest.skip(f"no broker can be started here: {error.detail}")
    server = Broker(tmp_path_factory.mktemp("broker"), jars_dir=default_data_dir() / "jars", say=print)
    yield server.start(free_port())
    server.stop()


@pytest.fixture
def kafka(
    broker: BrokerStatus, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Kafka:
    """Topics under a prefix of the test's own, created."""
    prefix = re.sub(r"[^A-Za-z0-9]+", "-", request.node.name)[:60] + "."
    found = Kafka(
        Settings(
            bootstrap_servers=f"127.0.0.1:{broker.port}",
            topic_prefix=prefix,
            partitions=2,
            raw_retention_hours=-1,  # the past that tests write would be swept away while they run
            extractor="tests.fakes:load_extractor",
            worker_processes=2,
            commit_interval_seconds=0.2,
            article_timeout_seconds=5,
            web_port=0,
            data_dir=tmp_path,
            log_format="json",
        ),
        tmp_path,
    )
    create_topics(found.settings, all_topics(found.settings, event_type_names(found.settings)))
    for name, value in found.environment().items():
        monkeypatch.setenv(name, value)
    return found
