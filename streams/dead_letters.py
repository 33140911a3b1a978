"""Dead letters: read them, find one, send them again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from schemas import ContractError, DeadLetter
from schemas.errors import ConfigurationError
from streams.codec import Record, decode_dead_letter, without_dead_letter_headers
from streams.publisher import open_publisher
from streams.records import StoredRecord, open_reader
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


def dead_letters(settings: Settings, *, error: str | None = None) -> Iterator[FoundLetter]:
    """Read every dead letter there is now, those of one code where `error` is given.

    Raises:
        BrokerUnreachableError: No broker answers.
        MissingTopicError: The topic does not exist.
    """
    with open_reader(settings, [TopicNames(settings.topic_prefix).dead_letter]) as reader:
        ends = reader.end_offsets()
        reader.seek_to_beginning()
        for record in reader.until(ends):
            try:
                letter = decode_dead_letter(record.key, record.value, record.headers)
            except ContractError:
                continue  # not written by a worker
            if error is None or letter.error == error:
                yield FoundLetter(letter, record)


def find_letter(settings: Settings, place: str) -> FoundLetter:
    """Find a dead letter by its place.

    Raises:
        ConfigurationError: There is none.
    """
    for found in dead_letters(settings):
        if found.place == place:
            return found
    raise ConfigurationError(f"no dead letter at {place}; `teletipo dead-letters list` shows the places")


def requeue(settings: Settings, letters: list[FoundLetter]) -> tuple[int, int]:
    """Send dead letters to the topic they came from, their attempts counted on.

    Returns:
        How many were sent, and how many left because they had failed too often.
    """
    again = [found for found in letters if found.letter.attempts < MOST_ATTEMPTS]
    with open_publisher(settings) as publisher:
        for found in again:
            headers = without_dead_letter_headers(found.record.headers)
            headers.append(("attempts", str(found.letter.attempts).encode()))
            publisher.send(found.letter.source_topic, Record(found.letter.key, found.letter.value, headers))
    return len(again), len(letters) - len(again)
