"""Payloads of a few lines, read as a file of them would be."""

from datetime import UTC, datetime
from typing import Any

from schemas import Article
from streams.article_files import Entry
from streams.feeds import ReadingOptions, read_payload
from streams.feeds.payloads import Payload

NOW = datetime(2026, 3, 10, tzinfo=UTC)
OPTIONS = ReadingOptions(max_bytes=4 * 1024 * 1024, now=NOW)


def read(content: str | bytes, options: ReadingOptions = OPTIONS, **more: Any) -> list[Entry]:
    """The entries of a payload."""
    data = content if isinstance(content, bytes) else content.encode()
    return list(read_payload(Payload("doc", data), options, **more))


def article_of(content: str | bytes, options: ReadingOptions = OPTIONS) -> Article:
    """The one article of a payload."""
    (entry,) = read(content, options)
    assert entry.article is not None, entry
    return entry.article


def reason_of(content: str | bytes, options: ReadingOptions = OPTIONS) -> str:
    """Why a payload is refused."""
    (entry,) = read(content, options)
    assert entry.error is not None, entry
    return f"{entry.error.code}: {entry.error.detail}"


def notes_of(content: str | bytes, options: ReadingOptions = OPTIONS) -> tuple[str, ...]:
    """What was guessed for the one entry of a payload."""
    (entry,) = read(content, options)
    return entry.notes
