"""Errors of the stream, and what each one does to the record at hand.

TeletipoError
├─ ConfigurationError ── MissingTopicError · LoginError · CertificateError
├─ ArticleError ──────── RecordRefusedError    the broker takes no record of that size
│                        FeedError             a feed cannot be had
├─ ExtractionError ───── ArticleTimeoutError · ProcessCrashError
└─ DeliveryError ─────── BrokerUnreachableError
"""

from enum import StrEnum
from typing import Final

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


class DeliveryError(TeletipoError, ConnectionError):
    """A record was not acknowledged by the broker in time."""

    code = "delivery"


class BrokerUnreachableError(DeliveryError):
    """No broker answers, or not in our protocol: address, network, or it is still starting."""

    code = "unreachable"


class MissingTopicError(ConfigurationError):
    """A topic that the work needs does not exist."""

    code = "missing-topic"


class LoginError(ConfigurationError):
    """The broker refuses who we say we are; waiting would not help."""

    code = "login"


class CertificateError(ConfigurationError):
    """One side of a TLS connection does not accept the other's certificate."""

    code = "certificate"


class RecordRefusedError(ArticleError):
    """What came out of an article is larger than its topic takes."""

    code = "refused"


class FeedError(ArticleError):
    """A feed or page on the web cannot be had, or must not be asked for."""

    code = "feed"


class ArticleTimeoutError(ExtractionError):
    """An article took longer than its time budget, at every try."""

    code = "timeout"


class ProcessCrashError(ExtractionError):
    """The process that extracts ended while it held the article, at every try."""

    code = "crash"


class Outcome(StrEnum):
    """What becomes of the record whose processing failed."""

    DEAD_LETTER = "dead-letter"
    RETRY_THEN_DEAD_LETTER = "retry, then dead-letter"
    RETRY_THEN_STOP = "retry, then stop"
    STOP = "stop"


POLICY: Final[dict[type[TeletipoError], Outcome]] = {
    DecodeError: Outcome.DEAD_LETTER,
    ContractError: Outcome.DEAD_LETTER,
    ArticleTooLargeError: Outcome.DEAD_LETTER,
    UnsupportedLanguageError: Outcome.DEAD_LETTER,
    RecordRefusedError: Outcome.DEAD_LETTER,
    FeedError: Outcome.DEAD_LETTER,
    ArticleError: Outcome.DEAD_LETTER,
    ArticleTimeoutError: Outcome.RETRY_THEN_DEAD_LETTER,
    ProcessCrashError: Outcome.RETRY_THEN_DEAD_LETTER,
    ExtractionError: Outcome.DEAD_LETTER,
    DeliveryError: Outcome.RETRY_THEN_STOP,
    ConfigurationError: Outcome.STOP,
    TeletipoError: Outcome.STOP,
}
"""Error class → outcome; a class that is not listed takes its nearest ancestor's."""


def outcome_of(error: BaseException) -> Outcome:
    """Give the outcome for an error: its own entry, else its nearest ancestor's; a stranger stops us."""
    for ancestor in type(error).__mro__:
        if ancestor in POLICY:
            return POLICY[ancestor]
    return Outcome.STOP


def error_with_code(code: str, detail: str, *, step: str = "", article_id: str = "") -> TeletipoError:
    """Make the error that a code stands for, as it comes back from another process or from a header."""
    for kind in POLICY:
        if kind.code == code:
            if issubclass(kind, ExtractionError):
                return kind(detail, step=step, article_id=article_id)
            return kind(detail)
    return ExtractionError(f"{code}: {detail}", step=step, article_id=article_id)
