"""Articles in files: JSON, JSONL and plain text, gzip, zstd or neither, one article after the other.

An article that cannot be read is a value here, with its place, so that the rest goes on.
"""

import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

from schemas import Article, ArticleError, ArticleTooLargeError, DecodeError
from streams.codec import decode_article
from streams.zstd_file import ZstdFile

STDIN_NAME: Final = "-"
MAX_PAYLOAD_BYTES: Final = 256 * 1024 * 1024
"""An array of articles is held in memory whole; larger archives are JSON lines."""

_LISTS: Final = ("items", "_items", "articles", "data", "results")
"""Names under which interfaces list articles."""

_GZIP_MAGIC: Final = b"\x1f\x8b"
_ZSTD_MAGIC: Final = b"\x28\xb5\x2f\xfd"


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a file, or why it is none.

    Attributes:
        place: File and line, as editors understand it: `news.jsonl:17`.
        skipped: Why it is passed over although nothing is wrong with it: a picture, an embargo.
        notes: What had to be guessed to read it, in words that can be counted.
        fixed_version: The version is the newsroom's own, not a default or a guess.
        recall: Of an article that is skipped for an embargo, its withdrawal, for it may have been sent.
        key: Digest of a feed's item before its page was asked, to know it again.
    """

    place: str
    article: Article | None = None
    error: ArticleError | None = None
    skipped: str | None = None
    notes: tuple[str, ...] = ()
    fixed_version: bool = False
    recall: Article | None = None
    key: bytes | None = None


ToEntry = Callable[[str, bytes, int], Entry]
"""Makes an entry of a place, the bytes of one JSON value and the largest size of an article."""


def own_entry(place: str, value: bytes, max_bytes: int) -> Entry:
    """Read an article in our own format."""
    try:
        article = decode_article(value, max_bytes=max_bytes)
    except ArticleError as error:
        return Entry(place, error=error)
    return Entry(place, article=article, fixed_version="version" in article.model_fields_set)


def _plain_name(name: str) -> str:
    return name.lower().removesuffix(".gz").removesuffix(".zst")


def is_plain_text(name: str) -> bool:
    """Tell whether a file holds plain text by its name, and so needs a day of publication."""
    return _plain_name(name).endswith(".txt")


def read_file(path: Path, *, max_bytes: int, published: str | None = None) -> Iterator[Entry]:
    """Read the articles of a file; see `read_stream`."""
    with path.open("rb") as stream:
        yield from read_stream(stream, name=str(path), max_bytes=max_bytes, published=published)


def read_stream(
    stream: IO[bytes], *, name: str, max_bytes: int, published: str | None = None
) -> Iterator[Entry]:
    """Read articles as they come, a line at a time where there is one a line.

    Args:
        stream: Bytes, gzipped or not.
        name: What to call it; its ending tells plain text. Standard input is plain text where
            `published` is given and no JSON begins it.
        max_bytes: A longer article is refused, and never held in memory.
        published: Day or moment of publication of a plain text.
    """
    articles = 0
    try:
        for entry in _read_plain(unzipped(stream), name, max_bytes, published):
            articles += 1
            yield entry
    except (OSError, EOFError, zlib.error) as error:
        yield Entry(name, error=DecodeError(f"cannot be read on after {articles} articles: {error}"))


def unzipped(stream: IO[bytes]) -> IO[bytes]:
    """Give the bytes within gzip or zstd, or the stream itself; each can be peeked into."""
    buffered = stream if hasattr(stream, "peek") else io.BufferedReader(cast(io.RawIOBase, stream))
    head = buffered.peek(4)[:4]
    if head[:2] == _GZIP_MAGIC:
        return cast(IO[bytes], gzip.GzipFile(fileobj=buffered))
    if head == _ZSTD_MAGIC:
        return cast(IO[bytes], io.BufferedReader(ZstdFile(buffered)))
    return buffered


def _read_plain(stream: IO[bytes], name: str, max_bytes: int, published: str | None) -> Iterator[Entry]:
    opening = _peek(stream)
    piped_text = name == STDIN_NAME and published is not None and opening[:1] not in (b"{", b"[")
    if is_plain_text(name) or piped_text:
        yield _text_entry(stream.read(), name, max_bytes, published)
    else:
        yield from read_json(stream, name=name, max_bytes=max_bytes)


def _peek(stream: IO[bytes]) -> bytes:
    """Look at the first bytes that say something, without taking them."""
    head: bytes = cast(io.BufferedReader, stream).peek(4096)
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()


def read_json(
    stream: IO[bytes],
    *,
    name: str,
    max_bytes: int,
    max_payload_bytes: int = MAX_PAYLOAD_BYTES,
    to_entry: ToEntry = own_entry,
) -> Iterator[Entry]:
    """Read JSON values: one a line, or one document, which may be an array.

    Args:
        stream: Bytes, not gzipped.
        name: What to call it; `.json` may be one value over several lines.
        max_bytes: A longer line is refused, and never held in memory.
        max_payload_bytes: A larger document is refused.
        to_entry: Makes an entry of each value.
    """
    number, first = 1, stream.readline(max_bytes + 1)
    while first and not first.strip():
        number, first = number + 1, stream.readline(max_bytes + 1)
    opening = first.removeprefix(b"\xef\xbb\xbf").strip()
    if not _is_document(opening, name):
        yield from _line_entries(stream, first, number, name, max_bytes, to_entry)
        return
    value = first + stream.read(max(0, max_payload_bytes - len(first)) + 1)
    if len(value) > max_payload_bytes:
        yield Entry(name, error=ArticleTooLargeError(f"it has more than {max_payload_bytes} bytes"))
    else:
        yield from _document_entries(value, name, number, max_bytes, to_entry)


def _is_document(opening: bytes, name: str) -> bool:
    """Tell a JSON document, one article over several lines or an array of them, from JSON lines."""
    if opening in (b"{", b"[") or opening.startswith(b"["):
        return True
    if _plain_name(name).endswith((".jsonl", ".ndjson")):
        return False
    try:
        value = json.loads(opening)
    except (ValueError, RecursionError):
        return opening.startswith(b"{")
    return _unwrapped(value) is not value


def _text_entry(value: bytes, name: str, max_bytes: int, published: str | None) -> Entry:
    try:
        text = value.decode("utf-8-sig").replace("\r\n", "\n").strip()
    except UnicodeDecodeError as error:
        return Entry(name, error=DecodeError(f"not UTF-8: byte {error.start} is 0x{value[error.start]:02x}"))
    return own_entry(name, json.dumps({"text": text, "published": published}).encode(), max_bytes)


def _document_entries(
    value: bytes, name: str, number: int, max_bytes: int, to_entry: ToEntry
) -> Iterator[Entry]:
    try:
        document = json.loads(value.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        if _looks_like_lines(value):
            stream = io.BytesIO(value)
            yield from _line_entries(
                stream, stream.readline(max_bytes + 1), number, name, max_bytes, to_entry
            )
            return
        line = number + getattr(error, "lineno", 1) - 1
        yield Entry(f"{name}:{line}", error=DecodeError(f"not JSON: {error}"))
        return
    document = _unwrapped(document)
    if isinstance(document, list):
        for position, element in enumerate(document, start=1):
            yield to_entry(f"{name}[{position}]", json.dumps(element).encode(), max_bytes)
    else:
        yield to_entry(f"{name}:{number}", json.dumps(document).encode(), max_bytes)


def _unwrapped(document: object) -> object:
    """Give the list of articles within an answer of an interface such as `{"items": […]}`."""
    if isinstance(document, dict) and "text" not in document:
        for name in _LISTS:
            if isinstance(listed := document.get(name), list):
                return listed
    return document


def _looks_like_lines(value: bytes) -> bool:
    """Tell JSON lines whose first is broken from a broken document: only there all lines begin objects."""
    lines = [line for line in value.split(b"\n", 3)[:3] if line.strip()]
    return len(lines) > 1 and all(line.startswith(b"{") for line in lines)


def _line_entries(
    stream: IO[bytes], line: bytes, number: int, name: str, max_bytes: int, to_entry: ToEntry
) -> Iterator[Entry]:
    while line:
        if len(line) > max_bytes and not line.endswith(b"\n"):
            _skip_rest_of_line(stream)
        if line.strip():
            yield to_entry(f"{name}:{number}", line.rstrip(b"\r\n"), max_bytes)
        number, line = number + 1, stream.readline(max_bytes + 1)


def _skip_rest_of_line(stream: IO[bytes]) -> None:
    piece = stream.readline(64 * 1024)
    while piece and not piece.endswith(b"\n"):
        piece = stream.readline(64 * 1024)
