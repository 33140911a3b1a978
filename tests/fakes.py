"""Small real stand-ins: an extractor that needs no model, and what drives it from the text."""

import os
import re
import signal
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from schemas import (
    Act,
    Article,
    ArticleReference,
    Event,
    EventDate,
    Extractor,
    Kind,
    Participant,
    Span,
    StatementEvent,
    StatementKind,
    UnsupportedLanguageError,
    VisitEvent,
    stable_id,
)
from schemas.errors import ConfigurationError
from streams.codec import Record
from streams.pool import ExtractedEvent, Extraction

NOW = datetime(2024, 6, 19, 12, 0, tzinfo=UTC)


class FakeExtractor:
    """Finds a visit for each `visitó` and a statement for each `dijo`; the words around are the who.

    The text also commands: `CRASH` ends the process, `HANG` holds it, `BUG` raises, `SLEEP 0.5` waits.
    One that does not obey only reads.
    """

    def __init__(self, version: str = "fake-1", *, obeys: bool = True) -> None:
        self.identity = Extractor(version=version, model="fake")
        self._obeys = obeys

    def extract(self, article: Article) -> list[Event]:
        if not article.language.startswith("es"):
            raise UnsupportedLanguageError(f"language: {article.language} is not installed")
        if self._obeys:
            self._obey(article.text)
        return [
            self._event(article, match) for match in re.finditer(r"(\w+) (visitó|dijo) (\w+)", article.text)
        ]

    def extract_many(self, articles: Iterable[Article]) -> list[list[Event]]:
        return [[] if article.withdrawn else self.extract(article) for article in articles]

    def _obey(self, text: str) -> None:
        if "CRASH" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "HANG" in text:
            time.sleep(3600)
        if "BUG" in text:
            raise KeyError("a bug")
        if found := re.search(r"SLEEP ([\d.]+)", text):
            time.sleep(float(found.group(1)))

    def _event(self, article: Article, match: re.Match[str]) -> Event:
        who, verb, what = match.groups()
        role, kind = ("visitor", "visit") if verb == "visitó" else ("speaker", "statement")
        common = {
            "id": stable_id(article.id, kind, who, what),
            "article": ArticleReference(
                id=article.id, published=article.published, version=article.version, title=article.title
            ),
            "triggers": (Span(text=verb, start=match.start(2), end=match.end(2)),),
            "participants": (Participant(role=role, name=who, kind=Kind.PERSON),),
            "date": EventDate(value=article.published_on.isoformat(), basis="publication"),
            "confidence": 0.5,
            "extractor": self.identity,
        }
        if kind == "visit":
            return VisitEvent(**common)
        return StatementEvent(act=Act.SAY, kind=StatementKind.INDIRECT, **common)


def load_extractor(
    model: str | Path | None = None, *, event_types: Sequence[Path] = (), min_confidence: float = 0.0
) -> FakeExtractor:
    """Load the fake; the model's name is its version."""
    if model == "broken":
        raise ConfigurationError("model: broken is no pipeline")
    return FakeExtractor(str(model or "fake-1"))


class FakeTopics:
    """Topics in memory, with the way to send to them; a topic can be told to refuse."""

    def __init__(self) -> None:
        self.records: list[tuple[str, Record]] = []
        self.refuse: dict[str, Exception] = {}

    async def send(self, *outgoing: tuple[str, Record]) -> None:
        self.records += [(topic, record) for topic, record in outgoing if topic not in self.refuse]
        for topic, _ in outgoing:
            if topic in self.refuse:
                raise self.refuse[topic]

    def on(self, topic: str) -> list[Record]:
        return [record for name, record in self.records if name == topic]

    def compacted(self, topic: str) -> dict[bytes, bytes]:
        """What compaction by key leaves in the end."""
        latest = {record.key: record.value for record in self.on(topic)}
        return {key: value for key, value in latest.items() if key is not None and value is not None}


class FakePool:
    """An extraction pool without processes."""

    def __init__(self, extractor: FakeExtractor | None = None) -> None:
        self.extractor = extractor or FakeExtractor()
        self.taken: list[str] = []

    @property
    def identity(self) -> Extractor:
        return self.extractor.identity

    async def extract(self, article: bytes, *, article_id: str) -> Extraction:
        from streams.codec import decode_article, encode_event

        self.taken.append(article_id)
        found = decode_article(article, max_bytes=10_000_000)
        events = [] if found.withdrawn else self.extractor.extract(found)
        return Extraction(
            tuple(
                ExtractedEvent(
                    event.type, event.id, encode_event(event).value or b"", encode_event(event).headers
                )
                for event in events
            ),
            duration_ms=1.0,
        )
