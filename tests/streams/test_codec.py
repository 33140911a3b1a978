"""Bytes and headers ↔ models, without a broker."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import ArticleError, ArticleTooLargeError, ContractError, DeadLetter, DecodeError, Receipt
from streams.codec import (
    MAX_DETAIL_CHARACTERS,
    attempts_so_far,
    cloud_event_attributes,
    decode_article,
    decode_dead_letter,
    decode_event,
    decode_receipt,
    encode_article,
    encode_dead_letter,
    encode_event,
    encode_receipt,
    encode_tombstone,
    without_dead_letter_headers,
)
from tests.builders import make_article
from tests.fakes import NOW, FakeExtractor

MAX = 4 * 1024 * 1024
ARTICLE = make_article("Ana visitó Roma. Luis dijo nada.", id="a-1", title="Título")


@pytest.mark.parametrize(
    ("value", "error", "named"),
    [
        (None, ContractError, "null"),
        (b"nada", DecodeError, "not JSON"),
        (b"", DecodeError, "not JSON"),
        (b"\xff\xfe", DecodeError, "byte 0 is 0xff"),
        (b"[1]", ContractError, "list"),
        (b"[" * 100_000, DecodeError, "nested"),
        (b'{"text": "a", "published": NaN}', DecodeError, "NaN"),
        (b'{"text": "a", "published": "2024-05-10", "n": 1' + b"0" * 5000 + b"}", DecodeError, "not JSON"),
        (b'{"published": "2024-05-10"}', ContractError, "text: field required"),
        (b'{"text": "a", "published": "2024-13-01"}', ContractError, "published"),
        (b'{"text": 3, "published": "2024-05-10", "version": -1}', ContractError, "text.*version"),
        (b'{"text": "\\ud800", "published": "2024-05-10"}', ContractError, "'text': holds half"),
        (b'{"text": "a", "\\uDC00": 1, "published": "2024-05-10"}', ContractError, "udc00.*half"),
        (b'{"text": "  ", "published": "2024-05-10"}', ContractError, "text is empty"),
    ],
)
def test_codec_says_what_is_wrong_with_an_article(
    value: bytes, error: type[ArticleError], named: str
) -> None:
    with pytest.raises(error, match=named):
        decode_article(value, max_bytes=MAX)


def test_codec_refuses_large_records_and_large_texts() -> None:
    with pytest.raises(ArticleTooLargeError, match="record"):
        decode_article(b"x" * 11, max_bytes=10)
    text = json.dumps({"text": "ñ" * (600 * 1024), "published": "2024-05-10"}).encode()
    with pytest.raises(ArticleTooLargeError, match="text"):
        decode_article(text, max_bytes=MAX)


def test_codec_takes_a_text_of_exactly_one_mebibyte_with_every_letter_escaped() -> None:
    value = json.dumps({"text": "ñ" * (512 * 1024), "published": "2024-05-10"}).encode()
    assert len(value) > 3 * 1024 * 1024
    assert len(decode_article(value, max_bytes=MAX).text) == 512 * 1024


def test_codec_article_there_and_back_keeps_unknown_fields() -> None:
    article = make_article(extra={"a": 1})
    record = encode_article(article)
    assert record.key == b"a-1"
    assert decode_article(record.value, max_bytes=MAX) == article


@given(st.binary(max_size=200))
def test_codec_any_bytes_are_an_article_or_an_error_of_ours(value: bytes) -> None:
    try:
        decode_article(value, max_bytes=100)
    except ArticleError as error:
        assert error.detail


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
FIELDS = ["text", "published", "id", "title", "url", "version", "withdrawn", "authors", "language", "updated"]


@given(st.dictionaries(st.sampled_from(FIELDS), JSON | st.just("2024-05-10")))
def test_codec_any_object_is_an_article_or_an_error_of_ours(data: dict[str, object]) -> None:
    try:
        article = decode_article(json.dumps(data).encode(), max_bytes=MAX)
    except ArticleError as error:
        assert error.detail
    else:
        assert decode_article(encode_article(article).value, max_bytes=MAX) == article


def test_codec_event_there_and_back_always_the_same_bytes() -> None:
    for event in FakeExtractor().extract(ARTICLE):
        record = encode_event(event)
        assert record == encode_event(event)
        assert record.key == event.id.encode()
        assert decode_event(record.value or b"") == event


def test_codec_events_carry_cloudevents_headers() -> None:
    event = FakeExtractor().extract(ARTICLE)[0]
    record = encode_event(event)
    assert cloud_event_attributes(record.headers) == {
        "specversion": "1.0",
        "id": event.id,
        "source": "/teletipo/extract",
        "type": "teletipo.event.visit.v1",
        "time": "2024-05-10T00:00:00Z",
        "subject": "a-1",
        "dataschema": "urn:teletipo:schema:event.visit:v1",
    }
    assert dict(record.headers)["content-type"] == b"application/json"


def test_codec_a_tombstone_says_which_article_it_belongs_to() -> None:
    record = encode_tombstone("resignation", "e-1", ARTICLE)
    assert (record.key, record.value) == (b"e-1", None)
    attributes = cloud_event_attributes(record.headers)
    assert (attributes["subject"], attributes["type"]) == ("a-1", "teletipo.event.resignation.v1")
    assert attributes["dataschema"].endswith("event.custom:v1")


def test_codec_refuses_what_is_no_event_and_no_receipt() -> None:
    with pytest.raises(ContractError):
        decode_event(b"{}")
    with pytest.raises(ContractError, match="article_id"):
        decode_receipt(b"{}")


def test_codec_receipt_there_and_back() -> None:
    receipt = Receipt(
        article_id="á", version=1, extractor=FakeExtractor().identity, duration_ms=2.5, finished_at=NOW
    )
    record = encode_receipt(receipt)
    assert record.key == "á".encode()
    assert decode_receipt(record.value or b"") == receipt


def make_letter(**fields: object) -> DeadLetter:
    values = {
        "key": b"\xff",
        "value": b"\x00\xfe",
        "error": "decode",
        "detail": "no — ñ",
        "source_topic": "articles.raw",
        "source_partition": 1,
        "source_offset": 17,
        "failed_at": datetime(2024, 1, 1, tzinfo=UTC),
        "attempts": 2,
    }
    return DeadLetter.model_validate(values | fields)


def test_codec_dead_letter_keeps_bytes_and_headers() -> None:
    letter = make_letter()
    record = encode_dead_letter(letter, [("origin", b"\xff"), ("attempts", b"1")])
    assert decode_dead_letter(record.key, record.value, record.headers) == letter
    assert without_dead_letter_headers(record.headers) == [("origin", b"\xff")]
    assert attempts_so_far(record.headers) == 2
    assert attempts_so_far([]) == 0


def test_codec_dead_letter_cuts_a_long_reason_and_survives_any_text() -> None:
    record = encode_dead_letter(make_letter(detail="\ud800" + "x" * 10_000, key=None, value=None))
    assert len(dict(record.headers)["error-detail"]) <= MAX_DETAIL_CHARACTERS


def test_codec_refuses_a_record_that_is_no_dead_letter() -> None:
    with pytest.raises(ContractError, match="source_topic"):
        decode_dead_letter(None, b"x", [("error", b"decode")])
