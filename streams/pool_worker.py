"""The process that extracts: loads the model once, then answers one article at a time.

Run by `streams.pool` as `python -m streams.pool_worker`; it imports no Faust and no Kafka client.
Frames of four bytes of length and as many of content: articles come in on stdin as raw bytes,
answers go out on what was stdout as JSON. The end of stdin is the end of the parent, however it
died, and ends this process at once, also in the middle of an article.
"""

import json
import os
import queue
import signal
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

from schemas import Article, ConfigurationError, Event, ExtractionError, Extractor, TeletipoError
from streams.codec import decode_article, encode_event

_LENGTH: Final = struct.Struct(">I")
_ORPHANED: Final = 3


class ArticleExtractor(Protocol):
    """What this process needs of an extractor."""

    @property
    def identity(self) -> Extractor:
        """Program, version, model."""

    def extract(self, article: Article) -> list[Event]:
        """Find the events of an article."""


def load_extractor(
    path: str, *, model: str | None, event_types: list[str], min_confidence: float
) -> ArticleExtractor:
    """Load an extractor by its `module:function`.

    Raises:
        ConfigurationError: There is none, or it cannot load its model.
    """
    module, _, name = path.partition(":")
    try:
        load: Callable[..., ArticleExtractor] = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise ConfigurationError(f"extractor: {path} cannot be imported: {error}") from error
    return load(model, event_types=[Path(file) for file in event_types], min_confidence=min_confidence)


def extract_bytes(extractor: ArticleExtractor, value: bytes, *, max_bytes: int) -> dict[str, Any]:
    """Turn the bytes of an article into the answer that goes back: events, or an error by its code."""
    started = time.perf_counter()
    article_id = ""
    try:
        article = decode_article(value, max_bytes=max_bytes)
        article_id = article.id
        events = [] if article.withdrawn else extractor.extract(article)
        records = [(event.type, *encode_event(event)) for event in events]
    except TeletipoError as error:
        return _failure(error)
    except Exception as error:
        # Anything else is a bug of ours in one article; the next ones must not wait for it.
        detail = f"{type(error).__name__}: {error}"
        failure = _failure(ExtractionError(detail, step="extract", article_id=article_id))
        return {**failure, "trace": traceback.format_exc()}
    return {
        "events": [
            {
                "type": event_type,
                "id": key.decode(),
                "value": value.decode(),
                "headers": [(header, text.decode()) for header, text in headers],
            }
            for event_type, key, value, headers in records
            if key is not None and value is not None
        ],
        "duration_ms": round((time.perf_counter() - started) * 1000, 3),
    }


def _failure(error: TeletipoError) -> dict[str, Any]:
    return {
        "error": error.code,
        "detail": error.detail,
        "step": getattr(error, "step", ""),
        "article_id": getattr(error, "article_id", ""),
    }


def read_frame(stream: BinaryIO) -> bytes | None:
    """Read one frame; None at the end."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


def write_frame(stream: BinaryIO, content: bytes) -> None:
    """Write one frame."""
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def main() -> None:
    """Load the extractor that the first argument describes, then answer until stdin ends."""
    # Ctrl-C reaches the whole group; the parent decides when we stop, by closing stdin.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever a library prints must not get between the frames.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    options = json.loads(sys.argv[1])
    articles: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read_until_orphaned, args=(sys.stdin.buffer, articles), daemon=True).start()
    try:
        extractor = load_extractor(**options["extractor"])
    except TeletipoError as error:
        write_frame(answers, json.dumps(_failure(error)).encode())
        return
    write_frame(answers, json.dumps({"identity": extractor.identity.model_dump()}).encode())
    while True:
        answer = extract_bytes(extractor, articles.get(), max_bytes=options["max_bytes"])
        write_frame(answers, json.dumps(answer, ensure_ascii=False).encode())


def _read_until_orphaned(stream: BinaryIO, articles: "queue.SimpleQueue[bytes]") -> None:
    while (frame := read_frame(stream)) is not None:
        articles.put(frame)
    os._exit(_ORPHANED)


if __name__ == "__main__":
    main()
