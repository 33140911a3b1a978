"""What a judge is trained on."""

from __future__ import annotations

from dataclasses import dataclass


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
