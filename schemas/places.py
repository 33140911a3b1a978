"""Where an event happens."""

from pydantic import Field

from schemas.base import FrozenModel
from schemas.spans import Span


class Place(FrozenModel):
    """The most specific place that the text names for an event.

    Attributes:
        country: ISO 3166-1 alpha-2 where it is known, else None.
    """

    name: str = Field(min_length=1)
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    mention: Span | None = None
