"""Extraction without a broker: articles in, events out, in order, in this process."""

import importlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Protocol, cast

from schemas import Article, ConfigurationError, Event, TeletipoError
from streams.article_files import Entry

BATCH_ARTICLES: Final = 16
"""Articles given to the model at once: it gains little from more, and a pipe waits for a full batch."""


class Extractor(Protocol):
    """What the extraction library offers."""

    def extract(self, article: Article) -> list[Event]:
        """Give the events of one article."""

    def extract_many(self, articles: Iterable[Article]) -> Iterable[list[Event]]:
        """Give the events of each article, in order."""


class ExtractorLoader(Protocol):
    """How an extractor is loaded: `streams.extraction.load_extractor`."""

    def __call__(
        self, model: str | Path | None, *, event_types: Sequence[Path], min_confidence: float
    ) -> Extractor:
        """Load it."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """One article with its events, or why there are none.

    Attributes:
        place: Where the article was read.
        article: None where it could not even be read.
    """

    place: str
    article: Article | None
    events: tuple[Event, ...] = ()
    error: TeletipoError | None = None


def load_named_extractor(
    named: str, *, model: str | None, event_types: Sequence[Path], min_confidence: float
) -> Extractor:
    """Load the extractor that a setting names as `module:function`.

    Raises:
        ConfigurationError: There is no such function, or what it loads is missing or wrong.
    """
    module, _, function = named.partition(":")
    try:
        loader = cast(ExtractorLoader, getattr(importlib.import_module(module), function))
    except (ImportError, AttributeError) as error:
        raise ConfigurationError(f"extractor: {named} cannot be loaded: {error}") from error
    return loader(model, event_types=event_types, min_confidence=min_confidence)


def extract_entries(
    extractor: Extractor, entries: Iterable[Entry], *, batch_articles: int = BATCH_ARTICLES
) -> Iterator[Extracted]:
    """Extract the events of every entry, in order; an entry that fails holds up no other.

    The first events come when `batch_articles` entries were read.
    """
    pending = iter(entries)
    while batch := list(islice(pending, batch_articles)):
        articles = [entry.article for entry in batch if entry.article and not entry.article.withdrawn]
        results = iter(_extract_batch(extractor, articles))
        for entry in batch:
            if entry.article is None or entry.article.withdrawn:
                yield Extracted(entry.place, entry.article, error=entry.error)
            else:
                events, error = next(results)
                yield Extracted(entry.place, entry.article, events, error)


_Result = tuple[tuple[Event, ...], TeletipoError | None]


def _extract_batch(extractor: Extractor, articles: Sequence[Article]) -> list[_Result]:
    """Take the fast way, and where one article breaks the batch, each by itself."""
    try:
        return [(tuple(events), None) for events in extractor.extract_many(articles)]
    except TeletipoError:
        return [_extract_one(extractor, article) for article in articles]


def _extract_one(extractor: Extractor, article: Article) -> _Result:
    try:
        return tuple(extractor.extract(article)), None
    except TeletipoError as error:
        return (), error
