"""One interface over all formats: a document in, entries out, its content telling the format."""

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
from streams.feeds.documents import Document, Format
from streams.feeds.drafts import ReadingOptions
from streams.feeds.headed_text import read_headed_text
from streams.feeds.newsml1 import read_newsml1
from streams.feeds.newsml_g2 import read_newsml_g2
from streams.feeds.ninjs import json_entry
from streams.feeds.nitf import read_nitf
from streams.feeds.rss import FetchText, IsKnown, read_syndication

_HEAD_CHARACTERS: Final = 200_000
_LINK: Final = re.compile(r"<link\b[^<>]{0,2000}>", re.IGNORECASE)
_HREF: Final = re.compile(r"""href\s*=\s*["']([^"'<>]{1,1000})["']""", re.IGNORECASE)
_FEED_TYPE: Final = re.compile(r"application/(?:rss|atom)\+xml", re.IGNORECASE)

JSON_ENDINGS: Final = (".jsonl", ".json", ".ndjson", ".jsonl.gz", ".json.gz", ".ndjson.gz")

ReadFormat = Callable[[Document, ReadingOptions], Iterator[Entry]]

_READERS: Final[dict[Format, ReadFormat]] = {
    Format.NEWSML_G2: read_newsml_g2,
    Format.NEWSML_1: read_newsml1,
    Format.NITF: read_nitf,
    Format.TEXT: read_headed_text,
}
_REFUSALS: Final = {
    Format.EMPTY: "the document is empty",
    Format.HTML: "a web page, not a feed: name the feed that it links to",
    Format.OTHER_XML: "neither RSS nor Atom, NewsML, NewsML-G2 or NITF",
    Format.BINARY: "no text: neither JSON, XML nor plain text",
}


def read_document(
    document: Document,
    options: ReadingOptions,
    *,
    fetch_text: FetchText | None = None,
    is_known: IsKnown = lambda _: False,
) -> Iterator[Entry]:
    """Read the articles of a document in memory; whatever its bytes are, the result is entries.

    Args:
        document: JSON, RSS, Atom, NewsML-G2, NewsML 1.2, NITF or text with a header.
        options: Bounds and defaults.
        fetch_text: Asked for the body where a feed gives only a summary.
        is_known: Tells which items of a feed need not be completed again.
    """
    try:
        if document.format is Format.SYNDICATION:
            _check_size(document, options)
            yield from read_syndication(document, options, fetch_text=fetch_text, is_known=is_known)
        else:
            yield from _read(document, options)
    except ArticleError as error:
        yield Entry(document.place, error=error, notes=tuple(document.notes))


def read_open_file(stream: IO[bytes], place: str, options: ReadingOptions) -> Iterator[Entry]:
    """Read the articles of an open file: JSON as it comes, however long, anything else as a document.

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
            data = inner.read(options.max_document_bytes + 1)
            yield from read_document(Document(place, data), options)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        yield Entry(place, error=DecodeError(f"cannot be read on: {error}"))


def _read(document: Document, options: ReadingOptions) -> Iterator[Entry]:
    _check_size(document, options)
    kind = document.format
    if kind is Format.JSON:
        yield from _json(io.BytesIO(document.text.encode("utf-8", "replace")), document.place, options)
    elif kind in _READERS:
        yield from _READERS[kind](document, options)
    else:
        feeds = linked_feeds(document) if kind is Format.HTML else []
        raise DecodeError(_REFUSALS[kind] + (f": {', '.join(feeds)}" if feeds else ""))


def linked_feeds(document: Document) -> list[str]:
    """Give the addresses of the feeds that a web page offers, three at most."""
    found = []
    for tag in _LINK.findall(document.text[:_HEAD_CHARACTERS]):
        href = _HREF.search(tag)
        if href and _FEED_TYPE.search(tag):
            with suppress(ValueError):
                found.append(urljoin(document.address or "", html.unescape(href[1])))
    return found[:3]


def _check_size(document: Document, options: ReadingOptions) -> None:
    if len(document.data) > options.max_document_bytes:
        raise ArticleTooLargeError(f"the document has more than {options.max_document_bytes} bytes")


def _json(stream: IO[bytes], place: str, options: ReadingOptions) -> Iterator[Entry]:
    yield from read_json(
        stream,
        name=place,
        max_bytes=options.max_bytes,
        max_document_bytes=options.max_document_bytes,
        to_entry=lambda where, value, _: json_entry(where, value, options),
    )
