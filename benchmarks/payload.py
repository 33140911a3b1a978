"""The function that every contestant runs: the bytes of an article in, the records that it gives out.

*Real* is Teletipo's own extraction. *Cheap* finds some words by a regular expression and makes events of
them, as many as the real one, so that what remains to be seen is the cost of the stream around the function.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

from benchmarks.articles import compose
from schemas import (
    Act,
    Article,
    ArticleReference,
    Event,
    Extractor,
    Kind,
    MeetingEvent,
    Participant,
    SigningEvent,
    StatementEvent,
    StatementKind,
    VisitEvent,
    span_of,
    stable_id,
)
from streams.codec import Record, decode_article, encode_event, encode_receipt
from streams.corrections import make_receipt
from streams.topics import TopicNames

MARKS: Final = "TELETIPO_BENCHMARK_MARKS"
"""Environment variable: the folder where each process notes when it was first called."""
_MAX_BYTES: Final = 4 * 1024 * 1024
_THEN: Final = datetime(2025, 1, 1, tzinfo=UTC)
_WARM_UP_ARTICLES: Final = 3
_MOST_EVENTS: Final = 20
_WORD: Final = re.compile(
    r"\b(?:(?P<visit>visit|lleg|viaj)|(?P<signing>firm|acuerd|convenio)|(?P<meeting>reun|encuentr)"
    r"|(?P<statement>dij|afirm|asegur|declar))\w*"
)


class _Extractor(Protocol):
    @property
    def identity(self) -> Extractor: ...

    def extract(self, article: Article) -> list[Event]: ...

    def extract_many(self, articles: Iterable[Article]) -> Iterator[list[Event]]: ...


class CheapExtractor:
    """An event for each word that looks like one, twenty at most."""

    identity = Extractor(version="cheap", model="none")

    def extract(self, article: Article) -> list[Event]:
        """Give the events of one article."""
        found = list(_WORD.finditer(article.text))[:_MOST_EVENTS]
        return [self._event(article, match) for match in found]

    def extract_many(self, articles: Iterable[Article]) -> Iterator[list[Event]]:
        """Give the events of each article, in order."""
        return map(self.extract, articles)

    def _event(self, article: Article, match: re.Match[str]) -> Event:
        kind = match.lastgroup or ""
        trigger = span_of(article.text, *match.span())
        model = {"visit": VisitEvent, "signing": SigningEvent, "meeting": MeetingEvent}.get(kind)
        role = {"visit": "visitor", "signing": "signatory", "meeting": "attendee"}.get(kind, "speaker")
        fields = {
            "id": stable_id(article.id, kind, str(trigger.start)),
            "article": ArticleReference(id=article.id, published=article.published, title=article.title),
            "triggers": (trigger,),
            "participants": (
                Participant(role=role, name=trigger.text, kind=Kind.PERSON, mentions=(trigger,)),
            ),
            "evidence": (trigger,),
            "confidence": 0.5,
            "extractor": self.identity,
        }
        if model is None:
            return StatementEvent(act=Act.SAY, kind=StatementKind.INDIRECT, content=(trigger,), **fields)
        return model(**fields)


class Marked:
    """An extractor that notes when it was first called; what loading and warming up took is before that."""

    def __init__(self, extractor: _Extractor) -> None:
        self._extractor = extractor
        self.identity = extractor.identity
        for _ in extractor.extract_many(compose(_WARM_UP_ARTICLES, seed=99, shortest=50, longest=200)):
            pass
        self._noted = False

    def extract(self, article: Article) -> list[Event]:
        """Give the events of one article."""
        self._note()
        return self._extractor.extract(article)

    def extract_many(self, articles: Iterable[Article]) -> Iterator[list[Event]]:
        """Give the events of each article, in order."""
        self._note()
        return iter(self._extractor.extract_many(articles))

    def _note(self) -> None:
        if not self._noted and (folder := os.environ.get(MARKS)):
            Path(folder, f"{os.getpid()}").write_text(repr(time.time()), encoding="utf-8")
        self._noted = True


def load_real(
    model: str | Path | None = None, *, event_types: Sequence[Path] = (), min_confidence: float = 0.0
) -> Marked:
    """Load what Teletipo ships, for the setting `extractor`."""
    from streams.extraction import load_extractor

    return Marked(load_extractor(model, event_types=event_types, min_confidence=min_confidence))


def load_cheap(
    model: str | Path | None = None, *, event_types: Sequence[Path] = (), min_confidence: float = 0.0
) -> Marked:
    """Load the cheap one, for the setting `extractor`."""
    return Marked(CheapExtractor())


LOADERS: Final = {"real": load_real, "cheap": load_cheap}
Function = Callable[[bytes], list[tuple[str, Record]]]
"""An article's bytes → topics and records: its events, then its receipt."""


def load_function(kind: str, prefix: str) -> Function:
    """Load the function for those who run it in their own process."""
    many = load_batch_function(kind, prefix)
    return lambda value: many([value])[0]


def load_batch_function(kind: str, prefix: str) -> Callable[[list[bytes]], list[list[tuple[str, Record]]]]:
    """Load the function for several articles at once."""
    extractor = LOADERS[kind]()
    names = TopicNames(prefix)

    def run(values: list[bytes]) -> list[list[tuple[str, Record]]]:
        articles = [decode_article(value, max_bytes=_MAX_BYTES) for value in values]
        if len(articles) == 1:  # as a user would call it
            found = [extractor.extract(articles[0])]
        else:
            found = list(extractor.extract_many(articles))
        return [_records(article, events) for article, events in zip(articles, found, strict=True)]

    def _records(article: Article, events: list[Event]) -> list[tuple[str, Record]]:
        ids: dict[str, list[str]] = {}
        for event in events:
            ids.setdefault(event.type, []).append(event.id)
        receipt = make_receipt(article, extractor.identity, ids, duration_ms=0, finished_at=_THEN)
        records = [(names.events(event.type), encode_event(event)) for event in events]
        return [*records, (names.receipts, encode_receipt(receipt))]

    return run
