"""The process that extracts: loads the model once, then answers, a few articles at a time.

Run by `streams.pool` as `python -m streams.pool_worker`; it imports no Faust and no Kafka client.
Articles come in on stdin as raw bytes; out on what was stdout go the answers as JSON, and behind them
the events as they will stand on their topics. The end of stdin is the end of the parent, however it
died, and ends this process at once, also in the middle of an article.
"""

import json
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

from schemas import Article, ConfigurationError, Event, ExtractionError, Extractor, TeletipoError
from streams.codec import Record, decode_article, encode_event
from streams.pool_pipe import pack, read_message, unpack, write_message

_ORPHANED: Final = 3


class ArticleExtractor(Protocol):
    """What this process needs of an extractor."""

    @property
    def identity(self) -> Extractor:
        """Program, version, model."""

    def extract(self, article: Article) -> list[Event]:
        """Find the events of an article."""

    def extract_many(self, articles: Iterable[Article]) -> Iterable[list[Event]]:
        """Find the events of each article, in order; the same ones as `extract`."""


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


def reply(extractor: ArticleExtractor, message: bytes, *, max_bytes: int) -> bytes:
    """Turn a message of articles into the message of their answers."""
    answers = answer_all(extractor, unpack(message), max_bytes=max_bytes)
    head = json.dumps([answer for answer, _ in answers], ensure_ascii=False).encode()
    return pack([head, *(event for _, events in answers for event in events)])


Answer = tuple[dict[str, Any], list[bytes]]
"""What goes back for one article: what is said of its events, or an error by its code; and the events."""


def answer_all(extractor: ArticleExtractor, values: Sequence[bytes], *, max_bytes: int) -> list[Answer]:
    """Turn the bytes of some articles into their answers, in order.

    The model reads them together. Where one breaks that, each is read by itself.
    """
    if len(values) > 1:
        started = time.perf_counter()
        try:
            articles = [decode_article(value, max_bytes=max_bytes) for value in values]
            found = list(extractor.extract_many(articles))
            records = [[(event.type, encode_event(event)) for event in events] for events in found]
        except Exception:
            pass  # which one it was, and why, is told below
        else:
            each = _milliseconds_since(started) / len(values)
            return [_answer(events, each) for events in records]
    return [answer_one(extractor, value, max_bytes=max_bytes) for value in values]


def answer_one(extractor: ArticleExtractor, value: bytes, *, max_bytes: int) -> Answer:
    """Turn the bytes of one article into its answer."""
    started = time.perf_counter()
    article_id = ""
    try:
        article = decode_article(value, max_bytes=max_bytes)
        article_id = article.id
        events = [] if article.withdrawn else extractor.extract(article)
        records = [(event.type, encode_event(event)) for event in events]
    except TeletipoError as error:
        return _failure(error), []
    except Exception as error:
        # Anything else is a bug of ours in one article; the next ones must not wait for it.
        detail = f"{type(error).__name__}: {error}"
        failure = _failure(ExtractionError(detail, step="extract", article_id=article_id))
        return {**failure, "trace": traceback.format_exc()}, []
    return _answer(records, _milliseconds_since(started))


def _answer(records: Sequence[tuple[str, Record]], duration_ms: float) -> Answer:
    described, values = [], []
    for event_type, (key, value, headers) in records:
        assert key is not None and value is not None
        texts = [(header, text.decode()) for header, text in headers]
        described.append({"type": event_type, "id": key.decode(), "headers": texts})
        values.append(value)
    return {"events": described, "duration_ms": round(duration_ms, 3)}, values


def _milliseconds_since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


def _failure(error: TeletipoError) -> dict[str, Any]:
    return {
        "error": error.code,
        "detail": error.detail,
        "step": getattr(error, "step", ""),
        "article_id": getattr(error, "article_id", ""),
    }


def main() -> None:
    """Load the extractor that the first argument describes, then answer until stdin ends."""
    # Ctrl-C reaches the whole group; the parent decides when we stop, by closing stdin.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever a library prints must not get between the frames.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    options = json.loads(sys.argv[1])
    messages: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read_until_orphaned, args=(sys.stdin.buffer, messages), daemon=True).start()
    try:
        extractor = load_extractor(**options["extractor"])
    except TeletipoError as error:
        write_message(answers, json.dumps(_failure(error)).encode())
        return
    write_message(answers, json.dumps({"identity": extractor.identity.model_dump()}).encode())
    while True:
        write_message(answers, reply(extractor, messages.get(), max_bytes=options["max_bytes"]))


def _read_until_orphaned(stream: BinaryIO, messages: "queue.SimpleQueue[bytes]") -> None:
    while (message := read_message(stream)) is not None:
        messages.put(message)
    os._exit(_ORPHANED)


if __name__ == "__main__":
    main()
