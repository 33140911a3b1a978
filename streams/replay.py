"""The past again, in order of time: from a topic or an archive, into the live topics or those of a prefix."""

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

from schemas.errors import ConfigurationError
from streams.admin import create_topics, record_lifetime
from streams.archive import Refused
from streams.checkpoint import Checkpoint, Plan
from streams.codec import Record
from streams.past import Past, open_source
from streams.publisher import open_publisher
from streams.records import open_reader
from streams.settings import Settings
from streams.topics import TopicNames, all_topics, event_type_names


@dataclass(frozen=True)
class Stretch:
    """What is to be replayed: from `first` until just before `end`."""

    first: datetime
    end: datetime


def plan_replay(
    settings: Settings,
    *,
    archive: tuple[Path, ...] = (),
    stretch: Stretch | None = None,
    prefix: str | None = None,
) -> Plan:
    """Put down what is to be replayed.

    Args:
        settings: Their prefix is where the articles come from, unless from an archive.
        archive: Files with articles; none: the raw topic.
        stretch: By the time at which records were written, or articles came out; None: all.
        prefix: Topics to publish into, created where missing; None: the live ones.

    Raises:
        ConfigurationError: A file of the archive is not there.
    """
    prefix = None if prefix == settings.topic_prefix else prefix
    return Plan(
        target=TopicNames(settings.topic_prefix if prefix is None else prefix).raw,
        source="" if archive else TopicNames(settings.topic_prefix).raw,
        archive=tuple(str(file.resolve()) for file in archive),
        archive_bytes=_size_of(archive),
        prefix=prefix,
        first=stretch.first if stretch else None,
        end=stretch.end if stretch else None,
    )


def checkpoint_file(settings: Settings, prefix: str | None) -> Path:
    """Say where the checkpoint of a replay into a prefix, or the live topics, is kept."""
    target = TopicNames(settings.topic_prefix if prefix is None else prefix).raw
    return settings.data_dir / "replay" / f"{target}.json"


def replay(
    settings: Settings,
    checkpoint: Checkpoint,
    *,
    resume: bool = False,
    speed: float | None = None,
    stop: threading.Event | None = None,
    despite_retention: bool = False,
    on_start: Callable[[int, int], None] = lambda total, done: None,
    on_record: Callable[[Past], None] = lambda _: None,
    on_refused: Refused = lambda place, error: None,
) -> int:
    """Publish the past again, and wait until the broker has it.

    Into the live topics a record gets a new time, else the same stretch would hold it twice next
    time. Into a prefix it keeps its time and its partition, so that twice the same stretch gives the same.

    Args:
        settings: Where the broker is.
        checkpoint: The plan, and how far it has come.
        resume: Go on from there. What arrived after the last save is found on the target, not sent again.
        speed: How many times faster than it was; None: as fast as it goes.
        stop: Once set, no more is sent, what is on its way arrives, and the checkpoint is not finished.
        despite_retention: Send also what is older than the target keeps, and may be gone before it is read.
        on_start: Told how many records there are at most, and how many are done already.
        on_record: Told of each record sent.
        on_refused: Told of what is no article in an archive.

    Returns:
        How many records were sent now.

    Raises:
        BrokerUnreachableError, DeliveryError: The broker is away; the checkpoint tells how far it came.
        MissingTopicError: There are no articles to replay from.
        ConfigurationError: An archive is not there, or is not what it was; or the broker would sweep away
            what is sent.
    """
    plan, stop = checkpoint.plan, stop or threading.Event()
    if resume and plan.archive_bytes != _size_of(tuple(map(Path, plan.archive))):
        raise ConfigurationError("the archive is not the same as when the replay began; begin anew")
    partitions = _prepare_target(settings, plan)
    pace = _Pace(speed, stop.wait)
    sent = 0
    with open_source(settings, checkpoint, partitions=partitions, on_refused=on_refused) as source:
        oldest = next(source.records, None)
        if oldest is not None and plan.prefix is not None and not despite_retention:
            check_lifetime(plan.target, record_lifetime(settings, plan.target), oldest.timestamp_ms)
        arrived = _find_arrived(settings, checkpoint, resume=resume)
        on_start(source.total, checkpoint.sent)
        try:
            with open_publisher(settings) as publisher:
                for past in chain([] if oldest is None else [oldest], source.records):
                    if _take(arrived, past):
                        continue
                    pace.wait_for(past.timestamp_ms / 1000)
                    if stop.is_set():
                        break
                    publisher.send(
                        plan.target,
                        past.record,
                        partition=past.target,
                        timestamp_ms=past.timestamp_ms if plan.prefix is not None else None,
                        arrived=_note_in(checkpoint, past),
                    )
                    sent += 1
                    on_record(past)
        finally:
            checkpoint.save()
    if not stop.is_set():
        checkpoint.finished = True
        checkpoint.save()
    return sent


def check_lifetime(topic: str, lifetime: timedelta | None, oldest_ms: int) -> None:
    """Make sure that a topic keeps a record until a worker has read it.

    Args:
        topic: Its name, for the error.
        lifetime: Age at which its records go; None: never.
        oldest_ms: When the oldest record was, in milliseconds since 1970.

    Raises:
        ConfigurationError: It is so old already that the broker may sweep it away at once.
    """
    oldest = datetime.fromtimestamp(oldest_ms / 1000, UTC)
    if lifetime is None or datetime.now(UTC) - oldest < lifetime:
        return
    raise ConfigurationError(
        f"{topic} keeps records for {lifetime / timedelta(hours=1):g} hours, and the replay begins at "
        f"{oldest:%Y-%m-%d %H:%M}: the broker may sweep articles away before a worker reads them. Set the "
        "topic's retention.ms to -1, take a prefix that has no topics yet, or add --despite-retention"
    )


def _note_in(checkpoint: Checkpoint, past: Past) -> Callable[[int], None]:
    return lambda offset: checkpoint.acknowledge(
        source=past.source, position=past.position, target=past.target, offset=offset
    )


def _prepare_target(settings: Settings, plan: Plan) -> int:
    """Create the topics of a prefix, and give the number of partitions that the target has."""
    if plan.prefix is not None:
        partitions = settings.partitions
        if plan.source:
            with open_reader(settings, [plan.source]) as reader:
                partitions = len(reader.partitions)
        target = settings.model_copy(
            update={
                "topic_prefix": plan.prefix,
                "partitions": partitions,
                # Records keep their old time: with the usual retention Kafka would delete them at once.
                "raw_retention_hours": -1.0,
            }
        )
        create_topics(target, all_topics(target, event_type_names(target)))
    with open_reader(settings, [plan.target]) as reader:
        return len(reader.partitions)


Arrived = Counter[tuple[int, bytes]]
"""Partition and digest of records that arrived after the last acknowledgement noted → how many."""


def _find_arrived(settings: Settings, checkpoint: Checkpoint, *, resume: bool) -> Arrived:
    """Note where the target ends before the first record; on resuming, see what came after the last."""
    found: Arrived = Counter()
    with open_reader(settings, [checkpoint.plan.target]) as reader:
        ends = reader.end_offsets()
        if not resume:
            checkpoint.arrived = {tp.partition: end for tp, end in ends.items()}
            checkpoint.save()
            return found
        for tp in reader.partitions:
            reader.seek(tp, checkpoint.arrived.get(tp.partition, ends[tp]))
        for record in reader.until(ends):
            found[record.partition, _digest(Record(record.key, record.value, record.headers))] += 1
    return found


def _take(arrived: Arrived, past: Past) -> bool:
    """Look whether a record is there already, each of those found counting once."""
    if not arrived:
        return False
    place = (past.target, _digest(past.record))
    if not arrived[place]:
        return False
    arrived[place] -= 1
    return True


def _digest(record: Record) -> bytes:
    """Tell records apart by what they hold, in 16 bytes: many may have to be remembered."""
    digest = hashlib.blake2b(repr((record.key, record.value is None)).encode(), digest_size=16)
    digest.update(record.value or b"")
    return digest.digest()


def _size_of(archive: tuple[Path, ...]) -> int:
    try:
        return sum(file.stat().st_size for file in archive)
    except OSError as error:
        raise ConfigurationError(f"{error.filename}: {error.strerror}") from error


class _Pace:
    """Holds records back so that they come `speed` times as fast as they were written."""

    def __init__(self, speed: float | None, sleep: Callable[[float], object]) -> None:
        self._speed = speed
        self._sleep = sleep
        self._origin: tuple[float, float] | None = None

    def wait_for(self, written: float) -> None:
        if self._speed is None:
            return
        if self._origin is None:
            self._origin = (written, time.monotonic())
        due = self._origin[1] + (written - self._origin[0]) / self._speed
        left = due - time.monotonic()
        if left > 0:
            self._sleep(left)
