"""The article as newsrooms send it."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from schemas.base import stable_id

MAX_TEXT_BYTES: Final = 1024 * 1024
"""Upper bound of `text` in UTF-8 bytes (1 MiB), from the contract."""


def _parse_published(value: Any) -> Any:
    """Tell a bare date from a date-time and give a time without zone its zone, UTC."""
    if isinstance(value, str):
        text = value.strip()
        try:
            value = (
                date.fromisoformat(text) if len(text) <= len("2000-10-13") else datetime.fromisoformat(text)
            )
        except ValueError as error:
            raise ValueError(
                f"{value!r} is no date (YYYY-MM-DD) and no RFC 3339 date-time: {error}"
            ) from error
    elif not isinstance(value, date):
        raise ValueError("must be a string: a date (YYYY-MM-DD) or an RFC 3339 date-time")
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value


Moment = Annotated[datetime | date, BeforeValidator(_parse_published)]
"""A day, or an aware point in time."""


class Article(BaseModel):
    """One news article, as it stands on `articles.raw`.

    Unknown fields are kept and passed over: feeds carry more than we use.

    Attributes:
        text: Plain text of the body, paragraphs separated by newlines; at most 1 MiB.
        published: A bare date means that day; a time without zone is UTC.
        id: Default: UUIDv5 of `url`, else of source, published and text.
        title: Helps resolution; spans never point into it.
        source: Name of the outlet.
        language: BCP 47.
        version: A correction is the same `id` with a higher version.
        withdrawn: The newsroom killed the article; `text` may then be empty.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    text: str
    published: Moment
    id: str = ""
    title: str | None = None
    url: str | None = None
    source: str | None = None
    language: str = "es"
    authors: tuple[str, ...] = ()
    updated: Moment | None = None
    version: int = Field(default=0, ge=0)
    withdrawn: bool = False

    @model_validator(mode="after")
    def _text_is_bounded(self) -> Self:
        size = len(self.text.encode("utf-8", "surrogatepass"))
        if size > MAX_TEXT_BYTES:
            raise ValueError(f"text has {size} bytes, more than {MAX_TEXT_BYTES}")
        if not self.text.strip() and not self.withdrawn:
            raise ValueError("text is empty, which only a withdrawn article may be")
        return self

    @model_validator(mode="before")
    @classmethod
    def _withdrawn_needs_no_text(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("withdrawn") is True and data.get("text") is None:
            return {**data, "text": ""}
        return data

    @model_validator(mode="after")
    def _id_by_default(self) -> Self:
        if not self.id:
            # Frozen for callers; the default needs the other fields, so it is set once, here.
            object.__setattr__(self, "id", self._default_id())
        return self

    def _default_id(self) -> str:
        if self.url:
            return stable_id("article", self.url)
        return stable_id("article", self.source or "", self.published.isoformat(), self.text)

    @property
    def published_on(self) -> date:
        """Day of publication, in the zone that the newsroom wrote."""
        return self.published.date() if isinstance(self.published, datetime) else self.published
