"""One interface over all formats: a payload in, entries out, its content telling the format."""

import html
import io
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO, Final
from urllib.parse import urljoin

from schemas import ArticleError, ArticleTooLargeError, DecodeError
from streams.article_files import Entry, read_json, unzipped
from streams.feeds.drafts import ReadingOptions
from streams.feeds.europa_press import read_europa_press
from streams.feeds.headed_text import read_headed_text
from streams.feeds.newsml1 import read_newsml1
from streams.feeds.newsml_g2 import read_newsml_g2
from streams.feeds.ninjs import json_entry
from streams.feeds.nitf import read_nitf
from streams.feeds.payloads import Format, Payload
from streams.feeds.rss import FetchText, IsKnown, read_syndication

_HEAD_CHARACTERS: Final = 200_000
_LINK: Final = re.compile(r"<link\b[^<>]{0,2000}>", re.IGNORECASE)
_HREF: Final = re.compile(r"""href\s*=\s*["']([^"'<>]{1,1000})["']""", re.IGNORECASE)
_FEED_TYPE: Final = re.compile(r"application/(?:rss|atom)\+xml", re.IGNORECASE)

_PLAIN_JSON_ENDINGS: Final = (".jsonl", ".json", ".ndjson")
JSON_ENDINGS: Final = tuple(
    ending + packed for packed in ("", ".gz", ".zst") for ending in _PLAIN_JSON_ENDINGS
)

ReadFormat = Callable[[Payload, ReadingOptions], Iterator[Entry]]

_READERS: Final[dict[Format, ReadFormat]] = {
    Format.NEWSML_G2: read_newsml_g2,
    Format.NEWSML_1: read_newsml1,
    Format.NITF: read_nitf,
    Format.EUROPA_PRESS: read_europa_press,
    Format.TEXT: read_headed_text,
}
_REFUSALS: Final = {
    Format.EMPTY: "it is empty",
    Format.HTML: "a web page, not a feed: name the feed that it links to",
    Format.OTHER_XML: "neither RSS nor Atom, NewsML, NewsML-G2 or NITF",
    Format.BINARY: "no text: neither JSON, XML nor plain text",
}


def read_payload(
    payload: Payload,
    options: ReadingOptions,
    *,
    fetch_text: FetchText | None = None,
    is_known: IsKnown = lambda _: False,
) -> Iterator[Entry]:
    """Read the articles of a payload in memory; whatever its bytes are, the result is entries.

    Args:
        payload: JSON, RSS, Atom, NewsML-G2, NewsML 1.2, NITF or text with a header.
        options: Bounds and defaults.
        fetch_text: Asked for the body where a feed gives only a summary.
        is_known: Tells which items of a feed need not be completed again.
    """
    try:
        if payload.format is Format.SYNDICATION:
            _check_size(payload, options)
            yield from read_syndication(payload, options, fetch_text=fetch_text, is_known=is_known)
        else:
            yield from _read(payload, options)
    except ArticleError as error:
        yield Entry(payload.place, error=error, notes=tuple(payload.notes))


def read_open_file(stream: IO[bytes], place: str, options: ReadingOptions) -> Iterator[Entry]:
    """Read the articles of an open file: JSON as it comes, however long, anything else as a payload.

    Args:
        stream: Bytes, gzipped or not.
        place: What to call it in messages; `.json` may be one value over several lines.
        options: Bounds and defaults.
    """
    try:
        inner = unzipped(stream)
        head: bytes = inner.peek(1)  # type: ignore[attr-defined]
        opening = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
        if opening in (b"{", b"[") or place.lower().endswith(JSON_ENDINGS):
            yield from _json(inner, place, options)
        else:
            data = inner.read(options.max_payload_bytes + 1)
            yield from read_payload(Payload(place, data), options)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        yield Entry(place, error=DecodeError(f"cannot be read on: {error}"))


def _read(payload: Payload, options: ReadingOptions) -> Iterator[Entry]:
    _check_size(payload, options)
    kind = payload.format
    if kind is Format.JSON:
        yield from _json(io.BytesIO(payload.text.encode("utf-8", "replace")), payload.place, options)
    elif kind in _READERS:
        yield from _READERS[kind](payload, options)
    else:
        feeds = linked_feeds(payload) if kind is Format.HTML else []
        raise DecodeError(_REFUSALS[kind] + (f": {', '.join(feeds)}" if feeds else ""))


def linked_feeds(payload: Payload) -> list[str]:
    """Give the addresses of the feeds that a web page offers, three at most."""
    found = []
    for tag in _LINK.findall(payload.text[:_HEAD_CHARACTERS]):
        href = _HREF.search(tag)
        if href and _FEED_TYPE.search(tag):
            with suppress(ValueError):
                found.append(urljoin(payload.address or "", html.unescape(href[1])))
    return found[:3]


def _check_size(payload: Payload, options: ReadingOptions) -> None:
    if len(payload.data) > options.max_payload_bytes:
        raise ArticleTooLargeError(f"it has more than {options.max_payload_bytes} bytes")


def _json(stream: IO[bytes], place: str, options: ReadingOptions) -> Iterator[Entry]:
    yield from read_json(
        stream,
        name=place,
        max_bytes=options.max_bytes,
        max_payload_bytes=options.max_payload_bytes,
        to_entry=lambda where, value, _: json_entry(where, value, options),
    )
