"""The steps of extraction in their order, as components of one spaCy pipeline.

article → doc → quotes, temporal expressions, mentions, entities → candidates → events
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Self

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from schemas import (
    Article,
    ConfigurationError,
    Event,
    ExtractionError,
    Extractor,
    TemporalExpression,
    UnsupportedLanguageError,
)
from streams.extraction import components
from streams.extraction.assemble import assemble
from streams.extraction.confidence import load_calibration
from streams.extraction.doc import article_range, make_doc
from streams.extraction.frames import EventType, load_event_types
from streams.extraction.lexicon import LANG_FOLDER
from streams.extraction.plain import let_go, plain
from streams.extraction.word_memory import remember_words

MODELS_FOLDER: Final = Path(__file__).parent / "models"
DEFAULT_MODEL: Final = MODELS_FOLDER / "es_teletipo_news"
MAX_DOC_CHARS: Final = 2_000_000
"""spaCy's own bound is below the 1 MiB that the contract allows in a text."""


class EventExtractor:
    """Reads events out of articles; built once, used for many, pure: same input, same output."""

    def __init__(
        self,
        nlp: Language,
        event_types: Sequence[EventType],
        *,
        identity: Extractor,
        min_confidence: float = 0.0,
    ) -> None:
        self.nlp = nlp
        self.event_types = tuple(event_types)
        self.identity = identity
        self.min_confidence = min_confidence
        self._types = {event_type.name: event_type for event_type in event_types}
        self._calibration = load_calibration(str(nlp.lang))

    @classmethod
    def load(
        cls, model: str | Path | None = None, *, event_types: Sequence[Path] = (), min_confidence: float = 0.0
    ) -> Self:
        """Load model, lexicon and event types; see `streams.extraction.load_extractor`."""
        types = load_event_types(tuple(Path(p) for p in event_types))
        nlp = load_pipeline(model)
        remember_words(nlp)
        components.add_to(nlp, types)
        identity = Extractor(
            version=_own_version(), model=f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
        )
        return cls(nlp, types, identity=identity, min_confidence=min_confidence)

    def extract(self, article: Article) -> list[Event]:
        """Read the events of one article, in order of their first trigger.

        Raises:
            UnsupportedLanguageError: The article is not in a language with data here.
            ExtractionError: A step failed.
        """
        return next(iter(self.extract_many([article])))

    def extract_many(self, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[list[Event]]:
        """Read many articles, in order; the model works on batches.

        Raises:
            UnsupportedLanguageError: An article is not in a language with data here.
            ExtractionError: A step failed.
        """
        batch: list[Article] = []
        for article in articles:
            batch.append(article)
            if len(batch) == batch_size:
                yield from self._extract_batch(batch)
                batch = []
        yield from self._extract_batch(batch)

    def temporal_expressions(self, text: str, *, published: date) -> list[TemporalExpression]:
        """Find every calendar date in a text, also those of no event."""
        doc = self.nlp(make_doc(self.nlp, text, published=published))
        ranges = ((article_range(doc, m.start, m.end), m) for m in doc._.temporal)
        return [
            TemporalExpression(text=text[start:end], start=start, end=end, value=m.value, basis=m.basis)
            for (start, end), m in ranges
        ]

    def _extract_batch(self, batch: Sequence[Article]) -> Iterator[list[Event]]:
        for article in batch:
            check_language(article)
        readable = [article for article in batch if article.text.strip() and not article.withdrawn]
        docs = (make_doc(self.nlp, article.text, published=article.published_on) for article in readable)
        by_id = iter(self._pipe(docs, readable))
        for article in batch:
            if not article.text.strip() or article.withdrawn:
                yield []
                continue
            doc = next(by_id)
            events = self.assemble(article, doc)
            let_go(doc)
            yield events

    def _pipe(self, docs: Iterator[Doc], articles: Sequence[Article]) -> Iterator[Doc]:
        stream = self.nlp.pipe(docs)
        for article in articles:
            try:
                yield next(stream)
            except Exception as error:
                raise ExtractionError(
                    f"{type(error).__name__}: {error}", step="pipeline", article_id=article.id
                ) from error

    def assemble(self, article: Article, doc: Doc) -> list[Event]:
        """Turn the candidates of a doc that the pipeline has read into the events of its article.

        Raises:
            ExtractionError: The step failed.
        """
        try:
            events = assemble(
                article, plain(doc), doc._.candidates, self._types, self.identity, self._calibration
            )
        except Exception as error:
            raise ExtractionError(
                f"{type(error).__name__}: {error}", step="assemble", article_id=article.id
            ) from error
        return [event for event in events if event.confidence >= self.min_confidence]


def check_language(article: Article) -> None:
    """Refuse an article in a language that has no data folder here.

    Raises:
        UnsupportedLanguageError: Its primary language subtag is not one of ours.
    """
    primary = article.language.replace("_", "-").partition("-")[0].lower()
    if primary not in languages():
        raise UnsupportedLanguageError(
            f"language: {article.language!r} is not supported, only {', '.join(sorted(languages()))}"
        )


@cache
def languages() -> frozenset[str]:
    """Languages that have a folder of data."""
    return frozenset(path.name for path in LANG_FOLDER.iterdir() if path.is_dir())


def load_pipeline(model: str | Path | None) -> Language:
    """Load a Spanish spaCy pipeline by folder or package name; ours by default.

    Raises:
        ConfigurationError: It is not there, not Spanish, or lacks tagger, parser or entities.
    """
    name = model or DEFAULT_MODEL
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", UserWarning
            )  # pipelines trained by an older spaCy load all the same
            nlp = spacy.load(name)
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"model: {str(name)!r} cannot be loaded as a spaCy pipeline: {error}"
        ) from error
    if nlp.lang not in languages():
        raise ConfigurationError(f"model: {str(name)!r} is a pipeline for {nlp.lang!r}, not for Spanish")
    missing = {"parser", "ner"} - set(nlp.pipe_names)
    if missing:
        raise ConfigurationError(f"model: {str(name)!r} lacks {', '.join(sorted(missing))}")
    nlp.max_length = MAX_DOC_CHARS
    return nlp


def _own_version() -> str:
    try:
        return version("teletipo")
    except PackageNotFoundError:
        return "0.0.0"
