"""The error tree of Teletipo, from its root to what is wrong with one article.

    TeletipoError (code, detail)
    ├─ ConfigurationError                  cannot work at all              → do not start
    ├─ ArticleError                        this record never will work     → dead letter, go on
    │  ├─ DecodeError · ContractError      not JSON · not an Article
    │  └─ ArticleTooLargeError · UnsupportedLanguageError
    └─ ExtractionError (step, article_id)  our bug or a broken model       → dead letter, go on

Errors of delivery live with the stream, in `streams.errors`. Every code is a heading of
`docs/errors.md` and the value of the header `error` of a dead letter.
"""

from typing import ClassVar


class TeletipoError(Exception):
    """Root of everything that Teletipo raises on purpose.

    Attributes:
        code: Short word for headers, logs and documentation.
        detail: One sentence that names the field and the reason.
    """

    code: ClassVar[str] = "teletipo"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class ConfigurationError(TeletipoError, ValueError):
    """Settings, a data file or a model make work impossible."""

    code = "configuration"


class ArticleError(TeletipoError, ValueError):
    """One article cannot be accepted, now or later."""

    code = "article"


class DecodeError(ArticleError):
    """The bytes are not UTF-8 or not JSON."""

    code = "decode"


class ContractError(ArticleError):
    """The JSON is not an article; the detail lists every field at fault."""

    code = "contract"


class ArticleTooLargeError(ArticleError):
    """The article exceeds the size that the contract allows."""

    code = "too-large"


class UnsupportedLanguageError(ArticleError):
    """No language data and pipeline are installed for the article's language."""

    code = "language"


class ExtractionError(TeletipoError, RuntimeError):
    """A step of extraction failed: a bug of ours or a broken model.

    Attributes:
        step: Name of the step that failed.
        article_id: Article that it failed on.
    """

    code = "extraction"

    def __init__(self, detail: str, *, step: str, article_id: str) -> None:
        super().__init__(detail)
        self.step = step
        self.article_id = article_id
