"""What `articles.dead-letter` carries: the untouched record and why it failed."""

from datetime import datetime

from pydantic import Field

from schemas.base import FrozenModel


class DeadLetter(FrozenModel):
    """A record that could not be processed. Key and value are the bytes as received.

    Attributes:
        error: Code of the error tree, a heading of `docs/errors.md`.
        detail: One sentence that names the field and the reason.
        attempts: How often processing was tried, requeues included.
    """

    key: bytes | None
    value: bytes | None
    error: str
    detail: str
    source_topic: str
    source_partition: int
    source_offset: int
    failed_at: datetime
    attempts: int = Field(default=1, ge=1)
