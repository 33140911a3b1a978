"""Who takes part in an event, and how we know."""

from enum import StrEnum

from pydantic import Field

from schemas.base import FrozenModel
from schemas.spans import Span


class Kind(StrEnum):
    """What sort of participant it is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    COUNTRY = "country"
    GROUP = "group"


class ResolvedBy(StrEnum):
    """How the words in the sentence led to the name."""

    NAME = "name"
    ALIAS = "alias"
    COREFERENCE = "coreference"
    METONYMY = "metonymy"
    DROPPED_SUBJECT = "dropped-subject"
    DESCRIPTION = "description"


class Participant(FrozenModel):
    """One filler of one role of an event.

    Attributes:
        role: As the event type names it: `visitor`, `signatory`, `speaker` …
        name: The fullest name that the article gives, or the description without its article.
        country: ISO 3166-1 alpha-2 of a country, or of the country that the participant stands for.
        wikidata: QID where it is certain.
        mentions: Where the article refers to the participant in this event; empty for a dropped subject.
    """

    role: str = Field(min_length=1)
    name: str = Field(min_length=1)
    kind: Kind
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    wikidata: str | None = Field(default=None, pattern=r"^Q[1-9]\d*$")
    mentions: tuple[Span, ...] = ()
    resolved_by: ResolvedBy = ResolvedBy.NAME


class Source(FrozenModel):
    """Person, body or medium that the article relies on for an event.

    Attributes:
        cue: Words that say so ("según", "informó").
    """

    name: str = Field(min_length=1)
    kind: Kind
    cue: Span | None = None
