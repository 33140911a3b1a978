"""Which dead letters a filter means, and which are sent again; the topics themselves are in tests/kafka."""

from datetime import timedelta

import pytest

from schemas import DeadLetter
from streams.codec import encode_article
from streams.dead_letters import FoundLetter, LetterFilter, latest_failures
from streams.records import StoredRecord
from tests.builders import make_article
from tests.fakes import NOW


def letter(value: bytes | None = b"nada", *, attempts: int = 1, error: str = "decode") -> FoundLetter:
    found = DeadLetter(
        key=b"k",
        value=value,
        error=error,
        detail="why",
        source_topic="articles.raw",
        source_partition=2,
        source_offset=17,
        failed_at=NOW,
        attempts=attempts,
    )
    return FoundLetter(found, StoredRecord("articles.dead-letter", 1, 5, 0, b"k", value, []))


@pytest.mark.parametrize(
    ("wanted", "accepted"),
    [
        (LetterFilter(), True),
        (LetterFilter(error="decode"), True),
        (LetterFilter(error="timeout"), False),
        (LetterFilter(since=NOW), True),
        (LetterFilter(until=NOW), False),
        (LetterFilter(since=NOW - timedelta(hours=1), until=NOW + timedelta(hours=1)), True),
        (LetterFilter(source="articles.raw"), True),
        (LetterFilter(source="articles.raw/2"), True),
        (LetterFilter(source="articles.raw/2:17"), True),
        (LetterFilter(source="articles.raw/1"), False),
        (LetterFilter(source="Agencia"), False),
        (LetterFilter(error="decode", source="otro"), False),
    ],
)
def test_dead_letters_filter_by_reason_time_and_source(wanted: LetterFilter, accepted: bool) -> None:
    assert wanted.accepts(letter()) is accepted


def test_dead_letters_know_the_outlet_where_the_bytes_are_an_article() -> None:
    value = encode_article(make_article("Ana visitó Roma.", source="Agencia Callao")).value
    assert LetterFilter(source="Agencia Callao").accepts(letter(value))
    assert letter(None).outlet is None


def test_dead_letters_of_one_record_count_as_their_last_failure() -> None:
    first, again, other = letter(), letter(attempts=2, error="crash"), letter(b"otra")
    assert latest_failures([first, again, other]) == [again, other]
    assert latest_failures([again, first]) == [again]
