"""Bytes and headers ↔ the models of the contract. No Kafka client is imported here."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple, NoReturn

from pydantic import ValidationError

from schemas import (
    EVENT_ADAPTER,
    EVENT_MODELS,
    MAX_TEXT_BYTES,
    Article,
    ArticleTooLargeError,
    ContractError,
    DeadLetter,
    DecodeError,
    Event,
    Receipt,
)

Headers = list[tuple[str, bytes]]
"""Kafka's record headers, in order; names may repeat."""

MAX_DETAIL_CHARACTERS: Final = 2000
"""A dead letter's reason is cut there: headers count towards the record's size."""

DEAD_LETTER_HEADERS: Final = (
    "error",
    "error-detail",
    "source-topic",
    "source-partition",
    "source-offset",
    "failed-at",
    "attempts",
)
"""What a dead letter carries beside the headers of its record."""

_CLOUD_EVENT_PREFIX: Final = "ce_"


class Record(NamedTuple):
    """What is sent to a topic: key, value (None is a tombstone) and headers."""

    key: bytes | None
    value: bytes | None
    headers: Headers


# --- articles ---------------------------------------------------------------------------------


def decode_article(value: bytes | None, *, max_bytes: int) -> Article:
    """Read an article.

    Args:
        value: As it stands on `articles.raw`.
        max_bytes: A larger record is refused unread.

    Raises:
        ArticleTooLargeError: The record or its `text` is too large.
        DecodeError: Not UTF-8, or not JSON.
        ContractError: JSON, but no article; the detail lists every field at fault.
    """
    if value is None:
        raise ContractError("value: is null; a withdrawn article is a record with withdrawn: true")
    if len(value) > max_bytes:
        raise ArticleTooLargeError(f"the record has {len(value)} bytes, more than {max_bytes}")
    data = _load_json(value)
    if not isinstance(data, dict):
        raise ContractError(f"the value is a JSON {type(data).__name__}, not an object")
    if b"\\ud" in value.lower():
        _refuse_half_characters(data)
    text = data.get("text")
    if isinstance(text, str):
        size = len(text.encode("utf-8", "surrogatepass"))
        if size > MAX_TEXT_BYTES:
            raise ArticleTooLargeError(f"text: has {size} bytes, more than {MAX_TEXT_BYTES}")
    try:
        return Article.model_validate(data)
    except ValidationError as error:
        raise ContractError(describe_validation(error)) from error


def encode_article(article: Article) -> Record:
    """Write an article as its record; unknown fields are kept, unset ones left out."""
    value = article.model_dump_json(exclude_none=True).encode()
    return Record(article.id.encode(), value, [("content-type", b"application/json")])


def _load_json(value: bytes) -> Any:
    try:
        text = value.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DecodeError(f"not UTF-8: byte {error.start} is 0x{value[error.start]:02x}") from error
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise DecodeError("not JSON that can be read: nested too deeply") from error
    except ValueError as error:
        raise DecodeError(f"not JSON: {error}") from error


def _refuse_half_characters(data: dict[str, Any]) -> None:
    """Refuse what only JSON's escapes can smuggle in: it cannot be written as UTF-8 again."""
    for name, part in data.items():
        try:
            json.dumps({name: part}, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise ContractError(f"{name!a}: holds half of a surrogate pair") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


def describe_validation(error: ValidationError) -> str:
    """List every field at fault with its reason, in one sentence; values are left out."""
    parts = []
    for problem in error.errors(include_input=False, include_url=False):
        field = ".".join(str(part) for part in problem["loc"])
        reason = problem["msg"].removeprefix("Value error, ")
        if not field or reason.startswith(field):
            parts.append(reason)
        else:
            parts.append(f"{field}: {reason[:1].lower()}{reason[1:]}")
    return "; ".join(parts)


# --- events -----------------------------------------------------------------------------------


def encode_event(event: Event) -> Record:
    """Write an event as its record: the same event gives the same bytes and headers, always."""
    headers = cloud_event_headers(
        event_id=event.id,
        event_type=event.type,
        article_id=event.article.id,
        time=event.article.published,
    )
    return Record(event.id.encode(), event.model_dump_json().encode(), headers)


def encode_tombstone(event_type: str, event_id: str, article: Article) -> Record:
    """Write the record that takes an event back, headers telling which and why not from where."""
    headers = cloud_event_headers(
        event_id=event_id, event_type=event_type, article_id=article.id, time=article.published
    )
    return Record(event_id.encode(), None, headers)


def decode_event(value: bytes) -> Event:
    """Read an event.

    Raises:
        ContractError: The value is no event of the contract.
    """
    try:
        return EVENT_ADAPTER.validate_json(value)
    except ValidationError as error:
        raise ContractError(describe_validation(error)) from error


def cloud_event_headers(*, event_id: str, event_type: str, article_id: str, time: date | datetime) -> Headers:
    """Give the CloudEvents 1.0 headers of Kafka's binary mode.

    `ce_time` is the publication of the article: it is what happened then, and a replay
    gives the same bytes.
    """
    schema = event_type if event_type in EVENT_MODELS else "custom"
    attributes = {
        "specversion": "1.0",
        "id": event_id,
        "source": "/teletipo/extract",
        "type": f"teletipo.event.{event_type}.v1",
        "time": _rfc3339(time),
        "subject": article_id,
        "dataschema": f"urn:teletipo:schema:event.{schema}:v1",
    }
    headers = [(_CLOUD_EVENT_PREFIX + name, text.encode()) for name, text in attributes.items()]
    return [*headers, ("content-type", b"application/json")]


def cloud_event_attributes(headers: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """Read CloudEvents attributes back: `specversion`, `id`, `type` …; other headers are passed over."""
    return {
        name.removeprefix(_CLOUD_EVENT_PREFIX): value.decode()
        for name, value in headers
        if name.startswith(_CLOUD_EVENT_PREFIX) and value is not None
    }


def _rfc3339(moment: date | datetime) -> str:
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    return moment.isoformat().replace("+00:00", "Z")


# --- receipts ---------------------------------------------------------------------------------


def encode_receipt(receipt: Receipt) -> Record:
    """Write a receipt as its record, keyed by the article's id."""
    value = receipt.model_dump_json().encode()
    return Record(receipt.article_id.encode(), value, [("content-type", b"application/json")])


def decode_receipt(value: bytes) -> Receipt:
    """Read a receipt.

    Raises:
        ContractError: The value is no receipt.
    """
    try:
        return Receipt.model_validate_json(value)
    except ValidationError as error:
        raise ContractError(describe_validation(error)) from error


# --- dead letters -----------------------------------------------------------------------------


def encode_dead_letter(letter: DeadLetter, headers: Iterable[tuple[str, bytes]] = ()) -> Record:
    """Write a dead letter: key, value and headers as received, and the reason in headers of ours."""
    ours = (
        letter.error,
        letter.detail[:MAX_DETAIL_CHARACTERS],
        letter.source_topic,
        str(letter.source_partition),
        str(letter.source_offset),
        letter.failed_at.isoformat(),
        str(letter.attempts),
    )
    kept = without_dead_letter_headers(headers)
    reason = [
        (name, text.encode("utf-8", "replace")) for name, text in zip(DEAD_LETTER_HEADERS, ours, strict=True)
    ]
    return Record(letter.key, letter.value, kept + reason)


def decode_dead_letter(
    key: bytes | None, value: bytes | None, headers: Iterable[tuple[str, bytes]]
) -> DeadLetter:
    """Read a dead letter.

    Raises:
        ContractError: The headers that tell the reason are missing or wrong.
    """
    found = {name: text.decode("utf-8", "replace") for name, text in headers if text is not None}
    try:
        return DeadLetter.model_validate(
            {
                "key": key,
                "value": value,
                **{
                    name.removeprefix("error-").replace("-", "_"): found.get(name)
                    for name in DEAD_LETTER_HEADERS
                },
            }
        )
    except ValidationError as error:
        raise ContractError(describe_validation(error)) from error


def without_dead_letter_headers(headers: Iterable[tuple[str, bytes]]) -> Headers:
    """Give the headers that the record was first sent with."""
    return [(name, value) for name, value in headers if name not in DEAD_LETTER_HEADERS]


def attempts_so_far(headers: Iterable[tuple[str, bytes]] | Mapping[str, bytes]) -> int:
    """Count the tries before this one: 0 for a fresh record, more for one requeued from dead letters."""
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    for name, value in pairs:
        if name == "attempts" and value and value.isdigit():
            return int(value)
    return 0
