"""Every topic once: its name, key, partitions, clean-up and settings."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from streams.settings import Settings

RAW_TOPIC: Final = "articles.raw"
DEAD_LETTER_TOPIC: Final = "articles.dead-letter"
RECEIPTS_TOPIC: Final = "articles.receipts"
EVENTS_PREFIX: Final = "events."

HEADROOM_BYTES: Final = 64 * 1024
"""What a dead letter is larger than its record: our headers, the longest being the reason."""


@dataclass(frozen=True)
class Topic:
    """A topic as it is to be created.

    Attributes:
        name: With the prefix.
        key: What the key of its records is.
        cleanup: `delete` or `compact`, or both.
        settings: Kafka's topic settings, names and values as Kafka spells them.
    """

    name: str
    key: str
    cleanup: str
    partitions: int
    replication: int
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TopicNames:
    """Names of all topics under a prefix."""

    prefix: str = ""

    @property
    def raw(self) -> str:
        """Articles as newsrooms send them."""
        return self.prefix + RAW_TOPIC

    @property
    def dead_letter(self) -> str:
        """Records that cannot be processed."""
        return self.prefix + DEAD_LETTER_TOPIC

    @property
    def receipts(self) -> str:
        """Latest outcome of each article."""
        return self.prefix + RECEIPTS_TOPIC

    def events(self, event_type: str) -> str:
        """Events of one type."""
        return f"{self.prefix}{EVENTS_PREFIX}{event_type}"

    def event_type(self, topic: str) -> str:
        """Tell the event type from the topic's name."""
        return topic.removeprefix(self.prefix).removeprefix(EVENTS_PREFIX)


def event_type_names(settings: Settings) -> tuple[str, ...]:
    """List the event types known: the built-in ones and the user's.

    Raises:
        ConfigurationError: A file of event types is missing or wrong.
    """
    from streams.extraction.frames import load_event_types

    return tuple(event_type.name for event_type in load_event_types(settings.event_types))


def all_topics(settings: Settings, event_types: Sequence[str]) -> tuple[Topic, ...]:
    """Describe every topic that the settings call for, raw first."""
    names = TopicNames(settings.topic_prefix)
    largest = str(settings.max_record_bytes + HEADROOM_BYTES)

    def topic(name: str, key: str, cleanup: str, **configs: str) -> Topic:
        return Topic(
            name,
            key,
            cleanup,
            settings.partitions,
            settings.replication,
            {
                "cleanup.policy": cleanup,
                "min.insync.replicas": str(settings.min_insync_replicas),
                "max.message.bytes": largest,
                **{name.replace("_", "."): value for name, value in configs.items()},
            },
        )

    event_cleanup = "compact" if settings.event_retention_hours < 0 else "compact,delete"
    return (
        topic(names.raw, "article id", "delete", retention_ms=_milliseconds(settings.raw_retention_hours)),
        topic(
            names.dead_letter,
            "as received",
            "delete",
            retention_ms=_milliseconds(settings.dead_letter_retention_hours),
        ),
        topic(names.receipts, "article id", "compact"),
        *(
            topic(
                names.events(event_type),
                "event id",
                event_cleanup,
                retention_ms=_milliseconds(settings.event_retention_hours),
            )
            for event_type in event_types
        ),
    )


def _milliseconds(hours: float) -> str:
    return "-1" if hours < 0 else str(int(hours * 3_600_000))
