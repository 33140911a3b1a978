"""An extractor without a model: every "firmó" is a signing, every "«…», dijo X" a statement."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from schemas import (
    Act,
    Article,
    ArticleReference,
    Event,
    ExtractionError,
    Extractor,
    Kind,
    Participant,
    SigningEvent,
    StatementEvent,
    StatementKind,
    UnsupportedLanguageError,
    span_of,
    stable_id,
)

_SIGNING = re.compile(r"\bfirmó\b")
_STATEMENT = re.compile(r"«([^»]*)», (dijo) (\w+)")


class FakeExtractor:
    """Fails on what real ones fail on: another language, and a text that says "rompe"."""

    identity = Extractor(version="0", model="fake 0")

    def __init__(self, min_confidence: float) -> None:
        self.min_confidence = min_confidence

    def extract(self, article: Article) -> list[Event]:
        """Give the events of one article."""
        if not article.language.startswith("es"):
            raise UnsupportedLanguageError(f"language: {article.language} is not installed")
        if re.search(r"\brompe\b", article.text):
            raise ExtractionError("broken on purpose", step="triggers", article_id=article.id)
        found = [*self._signings(article), *self._statements(article)]
        return [event for event in found if event.confidence >= self.min_confidence]

    def extract_many(self, articles: Iterable[Article]) -> Iterator[list[Event]]:
        """Give the events of each article, in order."""
        for article in articles:
            yield self.extract(article)

    def _signings(self, article: Article) -> Iterator[Event]:
        for match in _SIGNING.finditer(article.text):
            trigger = span_of(article.text, *match.span())
            yield SigningEvent(
                id=stable_id(article.id, "signing", str(trigger.start)),
                article=_reference(article),
                triggers=(trigger,),
                confidence=0.5,
                extractor=self.identity,
            )

    def _statements(self, article: Article) -> Iterator[Event]:
        for match in _STATEMENT.finditer(article.text):
            mention = span_of(article.text, *match.span(3))
            speaker = Participant(role="speaker", name=mention.text, kind=Kind.PERSON, mentions=(mention,))
            yield StatementEvent(
                id=stable_id(article.id, "statement", str(mention.start)),
                article=_reference(article),
                triggers=(span_of(article.text, *match.span(2)),),
                participants=(speaker,),
                act=Act.SAY,
                kind=StatementKind.DIRECT,
                content=(span_of(article.text, *match.span(1)),),
                confidence=0.9,
                extractor=self.identity,
            )


def _reference(article: Article) -> ArticleReference:
    return ArticleReference(
        id=article.id, published=article.published, title=article.title, source=article.source
    )


def load_fake(
    model: str | Path | None = None, *, event_types: Sequence[Path] = (), min_confidence: float = 0.0
) -> FakeExtractor:
    """Load it, as `load_extractor` does."""
    return FakeExtractor(min_confidence)
