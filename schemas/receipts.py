"""Proof that an article was processed, and what it gave."""

from datetime import datetime

from pydantic import Field

from schemas.base import FrozenModel
from schemas.events import Extractor


class Receipt(FrozenModel):
    """Latest outcome for one article, keyed by its id on `articles.receipts`.

    Attributes:
        event_ids: Event type → ids that now stand; what a correction must tombstone.
        counts: Event type → how many.
        duration_ms: Milliseconds of extraction.
        finished_at: When all events were acknowledged by the broker.
    """

    article_id: str
    version: int = Field(ge=0)
    withdrawn: bool = False
    extractor: Extractor
    event_ids: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    counts: dict[str, int] = Field(default_factory=dict)
    duration_ms: float = Field(ge=0)
    finished_at: datetime
