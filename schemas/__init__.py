"""The contract of Teletipo: what goes in and what comes out. Knows pydantic and nothing of the rest."""

from schemas.article import MAX_TEXT_BYTES, Article
from schemas.base import SCHEMA_VERSION, stable_id
from schemas.dead_letter import DeadLetter
from schemas.errors import (
    ArticleError,
    ArticleTooLargeError,
    ConfigurationError,
    ContractError,
    DecodeError,
    ExtractionError,
    TeletipoError,
    UnsupportedLanguageError,
)
from schemas.events import (
    BUILT_IN_TYPES,
    EVENT_ADAPTER,
    EVENT_MODELS,
    Act,
    ArticleReference,
    CustomEvent,
    Event,
    EventBase,
    Extractor,
    Factuality,
    MeetingEvent,
    SigningEvent,
    StatementEvent,
    StatementKind,
    VisitEvent,
)
from schemas.participants import Kind, Participant, ResolvedBy, Source
from schemas.places import Place
from schemas.receipts import Receipt
from schemas.spans import Span, span_of
from schemas.temporal import Basis, EventDate, TemporalExpression

__all__ = [
    "BUILT_IN_TYPES",
    "EVENT_ADAPTER",
    "EVENT_MODELS",
    "MAX_TEXT_BYTES",
    "SCHEMA_VERSION",
    "Act",
    "Article",
    "ArticleError",
    "ArticleReference",
    "ArticleTooLargeError",
    "Basis",
    "ConfigurationError",
    "ContractError",
    "CustomEvent",
    "DeadLetter",
    "DecodeError",
    "Event",
    "EventBase",
    "EventDate",
    "ExtractionError",
    "Extractor",
    "Factuality",
    "Kind",
    "MeetingEvent",
    "Participant",
    "Place",
    "Receipt",
    "ResolvedBy",
    "SigningEvent",
    "Source",
    "Span",
    "StatementEvent",
    "StatementKind",
    "TeletipoError",
    "TemporalExpression",
    "UnsupportedLanguageError",
    "VisitEvent",
    "span_of",
    "stable_id",
]
