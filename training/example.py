"""What a judge is trained on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SECOND_READING: Final = "~again"
"""Ends the id of an article that was read a second time, by a pipeline that had not seen it."""


def article_of(identifier: str) -> str:
    """Give an article's own id: its readings belong in one fold.

    >>> article_of("a1~again")
    'a1'
    """
    return identifier.removesuffix(SECOND_READING)


@dataclass(frozen=True)
class Example:
    """Features of one proposal and what the gold says of it.

    Attributes:
        article: Id, so that folds never split an article.
        question: Proposals with one question are alternatives.
        label: A class; of a choice "yes", "no", or "lost": wrong, and no option may be right, but the
            gold has an answer.
    """

    article: str
    question: str
    label: str
    features: tuple[str, ...]
