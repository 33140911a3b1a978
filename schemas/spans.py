"""A piece of the article's text, and where it stands."""

from typing import Self

from pydantic import Field, model_validator

from schemas.base import FrozenModel


class Span(FrozenModel):
    """Text with its place in the article.

    `start` and `end` are Unicode code points into `article.text`, half-open, and
    `article.text[start:end] == text` always holds.
    """

    text: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _length_matches_text(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(
                f"end - start is {self.end - self.start}, but the text has {len(self.text)} characters"
            )
        return self


def span_of(text: str, start: int, end: int) -> Span:
    """Cut the span `text[start:end]`.

    >>> span_of("Putin firmó", 6, 11).text
    'firmó'
    """
    return Span(text=text[start:end], start=start, end=end)
