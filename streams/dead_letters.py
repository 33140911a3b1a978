"""Dead letters: read them, find one, send them again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from schemas import ContractError, DeadLetter
from schemas.errors import ArticleError, ConfigurationError
from streams.admin import require_topics
from streams.codec import Record, decode_article, decode_dead_letter, without_dead_letter_headers
from streams.publisher import open_publisher
from streams.records import StoredRecord, TopicReader, open_reader
from streams.settings import Settings
from streams.topics import TopicNames

MOST_ATTEMPTS: Final = 5
"""A record that failed so often is not sent again: it would go round for ever."""


@dataclass(frozen=True)
class FoundLetter:
    """A dead letter with its place on the topic, `partition:offset`."""

    letter: DeadLetter
    record: StoredRecord

    @property
    def place(self) -> str:
        """How it is named on the command line."""
        return f"{self.record.partition}:{self.record.offset}"

    @property
    def origin(self) -> str:
        """Where the record stood: `topic/partition:offset`."""
        return f"{self.letter.source_topic}/{self.letter.source_partition}:{self.letter.source_offset}"

    @property
    def outlet(self) -> str | None:
        """The `source` that the article names, None where the bytes are no article."""
        try:
            return decode_article(self.letter.value, max_bytes=len(self.letter.value or b"")).source
        except ArticleError:
            return None


@dataclass(frozen=True)
class LetterFilter:
    """Which dead letters are meant; what is None does not matter.

    Attributes:
        error: Code of the reason.
        since, until: When it failed; `until` itself is not in it.
        source: The outlet as the article names it, or the topic, `topic/partition` or
            `topic/partition:offset` that the record came from.
    """

    error: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    source: str | None = None

    def accepts(self, found: FoundLetter) -> bool:
        """Decide on one dead letter."""
        letter = found.letter
        return (
            (self.error is None or letter.error == self.error)
            and (self.since is None or letter.failed_at >= self.since)
            and (self.until is None or letter.failed_at < self.until)
            and (self.source is None or self._came_from(found, self.source))
        )

    @staticmethod
    def _came_from(found: FoundLetter, source: str) -> bool:
        letter = found.letter
        places = (letter.source_topic, f"{letter.source_topic}/{letter.source_partition}", found.origin)
        return source in places or source == found.outlet


EVERY_LETTER: Final = LetterFilter()


def dead_letters(settings: Settings, wanted: LetterFilter = EVERY_LETTER) -> Iterator[FoundLetter]:
    """Read the dead letters that there are now and that are wanted.

    Raises:
        BrokerUnreachableError: No broker answers.
        MissingTopicError: The topic does not exist.
    """
    with open_reader(settings, [TopicNames(settings.topic_prefix).dead_letter]) as reader:
        ends = reader.end_offsets()
        reader.seek_to_beginning()
        for record in reader.until(ends):
            found = _read(record)
            if found is not None and wanted.accepts(found):
                yield found


def find_letters(settings: Settings, places: Iterable[str]) -> list[FoundLetter]:
    """Find dead letters by their places, `partition:offset`.

    Raises:
        ConfigurationError: There is none at one of them.
    """
    with open_reader(settings, [TopicNames(settings.topic_prefix).dead_letter]) as reader:
        return [_find(reader, place) for place in places]


def _find(reader: TopicReader, place: str) -> FoundLetter:
    record = reader.read_one(*_numbers(place))
    found = _read(record) if record is not None else None
    if found is None:
        raise ConfigurationError(f"no dead letter at {place}; `teletipo dead-letters list` shows the places")
    return found


def _numbers(place: str) -> tuple[int, int]:
    partition, _, offset = place.partition(":")
    if not (partition.isdecimal() and offset.isdecimal()):
        raise ConfigurationError(f"{place!r} is no place; write partition:offset, as in 2:17")
    return int(partition), int(offset)


def _read(record: StoredRecord) -> FoundLetter | None:
    try:
        return FoundLetter(decode_dead_letter(record.key, record.value, record.headers), record)
    except ContractError:
        return None  # not written by a worker


def latest_failures(letters: Iterable[FoundLetter]) -> list[FoundLetter]:
    """Keep of each record only its last failure, the one that counts all attempts.

    A letter stays on its topic after it was requeued. Sending the older ones again too would
    double the record with every requeue, and its count of attempts would never rise.
    """
    latest: dict[tuple[bytes | None, bytes | None], FoundLetter] = {}
    for found in letters:
        same = (found.letter.key, found.letter.value)
        before = latest.get(same)
        if before is None or found.letter.attempts >= before.letter.attempts:
            latest[same] = found
    return list(latest.values())


def requeue(settings: Settings, letters: Iterable[FoundLetter]) -> tuple[int, int]:
    """Send dead letters to the topic they came from, each record once, its attempts counted on.

    Returns:
        How many were sent, and how many left because they had failed too often.

    Raises:
        MissingTopicError: A topic that they came from is no longer there.
    """
    failures = latest_failures(letters)
    again = [found for found in failures if found.letter.attempts < MOST_ATTEMPTS]
    require_topics(settings, sorted({found.letter.source_topic for found in again}))
    with open_publisher(settings) as publisher:
        for found in again:
            headers = without_dead_letter_headers(found.record.headers)
            headers.append(("attempts", str(found.letter.attempts).encode()))
            publisher.send(found.letter.source_topic, Record(found.letter.key, found.letter.value, headers))
    return len(again), len(failures) - len(again)
