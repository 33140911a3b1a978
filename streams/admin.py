"""Topics and offsets seen from outside: create, list, lag. kafka-python's admin client lives here."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import ConfigFilterType, ConfigResource, ConfigResourceType, OffsetSpec
from kafka.errors import (
    CoordinatorLoadInProgressError,
    CoordinatorNotAvailableError,
    KafkaError,
    NotCoordinatorError,
    TopicAlreadyExistsError,
)

from streams.connection import explain_failure, kafka_python_options
from streams.errors import BrokerUnreachableError, MissingTopicError
from streams.probe import check_connection
from streams.settings import Settings
from streams.topics import Topic


@dataclass(frozen=True)
class TopicState:
    """A topic as it is.

    Attributes:
        records: Last offset minus first; a compacted topic holds fewer.
        lag: Records that our group has not committed yet; None for topics it does not read.
    """

    name: str
    exists: bool
    partitions: int = 0
    records: int = 0
    lag: int | None = None


@contextmanager
def admin_client(settings: Settings) -> Iterator[Any]:
    """Connect as admin.

    Raises:
        BrokerUnreachableError: No broker answers, or not to us.
    """
    check_connection(settings)
    try:
        client = KafkaAdminClient(**kafka_python_options(settings))
    except KafkaError as error:
        raise explain_failure(settings, error) from error
    try:
        yield client
    except KafkaError as error:
        raise BrokerUnreachableError(f"the broker refuses: {type(error).__name__}: {error}") from error
    finally:
        client.close()


def existing_topics(settings: Settings) -> frozenset[str]:
    """List the names of all topics on the broker."""
    with admin_client(settings) as client:
        return frozenset(client.list_topics())


def require_topics(settings: Settings, names: Sequence[str]) -> None:
    """Make sure that topics exist: a send to a missing one would block for minutes.

    Raises:
        MissingTopicError: Some do not; the detail names them.
    """
    missing = sorted(set(names) - existing_topics(settings))
    if missing:
        raise MissingTopicError(f"no topic {', '.join(missing)}; create with `teletipo topics create`")


def create_topics(settings: Settings, topics: Sequence[Topic]) -> list[str]:
    """Create the topics that do not exist yet and return their names; existing ones are left as they are."""
    created = []
    with admin_client(settings) as client:
        present = set(client.list_topics())
        for topic in topics:
            if topic.name in present:
                continue
            wanted = {
                topic.name: {
                    "num_partitions": topic.partitions,
                    "replication_factor": topic.replication,
                    "configs": topic.settings,
                }
            }
            try:
                client.create_topics(wanted, wait_for_metadata=True)
            except TopicAlreadyExistsError:  # another worker was faster
                continue
            created.append(topic.name)
    return created


def topic_states(settings: Settings, topics: Sequence[Topic]) -> list[TopicState]:
    """Tell for each topic whether it exists, how much it holds, and how far behind our group is."""
    with admin_client(settings) as client:
        described = {
            found["name"]: len(found["partitions"])
            for found in client.describe_topics([topic.name for topic in topics])
            if not found.get("error_code")
        }
        partitions = [TopicPartition(name, index) for name, n in described.items() for index in range(n)]
        first = client.list_partition_offsets(dict.fromkeys(partitions, OffsetSpec.EARLIEST))
        last = client.list_partition_offsets(dict.fromkeys(partitions, OffsetSpec.LATEST))
        committed = _group_offsets(client, settings)
    states = []
    for topic in topics:
        ours = [tp for tp in partitions if tp.topic == topic.name]
        read = {tp for tp in ours if tp in committed}
        lag = sum(last[tp].offset - _committed(committed, first, tp) for tp in ours) if read else None
        states.append(
            TopicState(
                name=topic.name,
                exists=topic.name in described,
                partitions=len(ours),
                records=sum(last[tp].offset - first[tp].offset for tp in ours),
                lag=lag,
            )
        )
    return states


def uncommitted(settings: Settings, topic: str) -> dict[int, tuple[int, int]]:
    """Give for each partition of a topic the next offset to commit by our group, and the topic's end.

    A group that has committed nothing yet stands at the beginning.

    Raises:
        BrokerUnreachableError: No broker answers.
        MissingTopicError: The topic does not exist.
    """
    with admin_client(settings) as client:
        (described,) = client.describe_topics([topic])
        if described.get("error_code"):
            raise MissingTopicError(f"no topic {topic}; create with `teletipo topics create`")
        partitions = [TopicPartition(topic, index) for index in range(len(described["partitions"]))]
        first = client.list_partition_offsets(dict.fromkeys(partitions, OffsetSpec.EARLIEST))
        last = client.list_partition_offsets(dict.fromkeys(partitions, OffsetSpec.LATEST))
        committed = _group_offsets(client, settings)
    return {tp.partition: (_committed(committed, first, tp), last[tp].offset) for tp in partitions}


def _group_offsets(client: Any, settings: Settings) -> dict[Any, Any]:
    """Ask for the offsets of our group; a broker that has just started needs a moment to know."""
    deadline = time.monotonic() + settings.connect_timeout_seconds
    while True:
        try:
            offsets: dict[Any, Any] = client.list_group_offsets(settings.group_id)
        except CoordinatorNotAvailableError:  # no group has ever met on this broker
            return {}
        except (NotCoordinatorError, CoordinatorLoadInProgressError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return dict(offsets.get(settings.group_id, {}))


def _committed(committed: dict[Any, Any], first: dict[Any, Any], tp: Any) -> int:
    return int(max(committed[tp].offset if tp in committed else 0, first[tp].offset))


def record_lifetime(settings: Settings, name: str) -> timedelta | None:
    """Tell how old a record of a topic may become, by the time that its sender gave it.

    Returns:
        None where no age ends it: it stays for good, the broker dates it anew, or does not tell.
    """
    with admin_client(settings) as client:
        try:
            found = client.describe_configs(
                [ConfigResource(ConfigResourceType.TOPIC, name)], config_filter=ConfigFilterType.ALL
            )
            configs = {key: entry["value"] for key, entry in found["topic"][name].items()}
        except (KafkaError, KeyError):  # the user may not ask for it
            return None
    milliseconds = int(configs.get("retention.ms") or -1)
    ages = "delete" in configs.get("cleanup.policy", "") and milliseconds >= 0
    own_time = configs.get("message.timestamp.type", "CreateTime") == "CreateTime"
    return timedelta(milliseconds=milliseconds) if ages and own_time else None


def topic_identity(settings: Settings, name: str) -> str:
    """Name a topic so that another one of the same name, made anew or elsewhere, has another name.

    Where the broker does not tell its cluster's and the topic's id, its address stands in.
    """
    with admin_client(settings) as client:
        try:
            cluster = client.describe_cluster().get("cluster_id")
            (topic,) = client.describe_topics([name])
        except (KafkaError, ValueError):
            return f"{settings.bootstrap_servers}/{name}"
    return f"{cluster or settings.bootstrap_servers}/{topic.get('topic_id') or ''}/{name}"
