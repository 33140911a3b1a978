"""Events, told apart by `type`: the four built-in types and an open one for types that users add."""

from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import AfterValidator, Discriminator, Field, Tag, TypeAdapter, model_validator

from schemas.article import Moment
from schemas.base import SCHEMA_VERSION, FrozenModel
from schemas.participants import Participant, Source
from schemas.places import Place
from schemas.spans import Span
from schemas.temporal import EventDate

BUILT_IN_TYPES: Final = frozenset({"visit", "signing", "meeting", "statement"})

TYPE_NAME: Final = r"^[a-z][a-z0-9_-]*$"
"""A type's name becomes part of a topic's name and of a CloudEvents type."""


class Factuality(StrEnum):
    """Whether the event is told as fact."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"


class Act(StrEnum):
    """What a speaker does by saying it."""

    SAY = "say"
    ANNOUNCE = "announce"
    PROMISE = "promise"
    PRAISE = "praise"
    ACCUSE = "accuse"
    DENY = "deny"
    DEMAND = "demand"
    WARN = "warn"
    INVITE = "invite"
    SUPPORT = "support"
    ADMIT = "admit"
    PROPOSE = "propose"


class StatementKind(StrEnum):
    """How much of the content stands within quotation marks: all, some or none."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class ArticleReference(FrozenModel):
    """The article that an event was read in."""

    id: str
    published: Moment
    url: str | None = None
    title: str | None = None
    source: str | None = None
    version: int = 0


class Extractor(FrozenModel):
    """Who read the event: program, its version, the model it used."""

    name: str = "teletipo"
    version: str
    model: str


def _two_decimals(value: float) -> float:
    return round(value, 2)


Confidence = Annotated[float, Field(ge=0.0, le=1.0), AfterValidator(_two_decimals)]
"""Estimated probability that an event is right; more than two decimals would claim too much."""


class EventBase(FrozenModel):
    """One real-world happening, as one article tells it.

    Attributes:
        id: UUIDv5 from what the event is: same input, same id, always.
        triggers: Every mention of the event in the article, in text order.
        evidence: The sentences that carry the triggers.
        confidence: Estimated probability that the event is right.
        codes: PLOVER and CAMEO codes derived from type, act and factuality.
    """

    roles: ClassVar[frozenset[str] | None] = None

    id: str
    type: str = Field(pattern=TYPE_NAME)
    schema_version: str = SCHEMA_VERSION
    article: ArticleReference
    triggers: tuple[Span, ...] = Field(min_length=1)
    participants: tuple[Participant, ...] = ()
    date: EventDate | None = None
    place: Place | None = None
    factuality: Factuality = Factuality.ASSERTED
    attribution: tuple[Source, ...] = ()
    evidence: tuple[Span, ...] = ()
    confidence: Confidence
    codes: dict[str, str] = Field(default_factory=dict)
    extractor: Extractor

    @model_validator(mode="after")
    def _roles_are_known(self) -> Self:
        if self.roles is not None:
            unknown = {p.role for p in self.participants} - self.roles
            if unknown:
                raise ValueError(f"participants: a {self.type} has no role {', '.join(sorted(unknown))}")
        return self


class VisitEvent(EventBase):
    """Someone travels to, arrives at or stays in a place on official or public business."""

    roles = frozenset({"visitor", "host"})
    type: Literal["visit"] = "visit"


class SigningEvent(EventBase):
    """A document is signed; `document` is the words that name it most fully."""

    roles = frozenset({"signatory"})
    type: Literal["signing"] = "signing"
    document: Span | None = None


class MeetingEvent(EventBase):
    """Parties meet or talk."""

    roles = frozenset({"attendee"})
    type: Literal["meeting"] = "meeting"


class StatementEvent(EventBase):
    """A claim, promise or demand communicated by a speaker who is not a news medium."""

    roles = frozenset({"speaker", "addressee"})
    type: Literal["statement"] = "statement"
    act: Act
    kind: StatementKind
    content: tuple[Span, ...] = ()


class CustomEvent(EventBase):
    """An event of a type that a user defined in YAML; its roles are that file's."""

    type: str = Field(
        pattern=TYPE_NAME,
        json_schema_extra={"not": {"enum": [*sorted(BUILT_IN_TYPES)]}},  # else `oneOf` would match twice
    )

    @model_validator(mode="after")
    def _type_is_not_built_in(self) -> Self:
        if self.type in BUILT_IN_TYPES:
            raise ValueError(f"type: {self.type} is built in and has a model of its own")
        return self


def _event_tag(value: Any) -> str:
    kind = value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return kind if kind in BUILT_IN_TYPES else "custom"


Event = Annotated[
    Annotated[VisitEvent, Tag("visit")]
    | Annotated[SigningEvent, Tag("signing")]
    | Annotated[MeetingEvent, Tag("meeting")]
    | Annotated[StatementEvent, Tag("statement")]
    | Annotated[CustomEvent, Tag("custom")],
    Discriminator(_event_tag),
]
"""Any event; validate with `EVENT_ADAPTER`."""

EVENT_ADAPTER: TypeAdapter[Event] = TypeAdapter(Event)

EVENT_MODELS: Final[dict[str, type[EventBase]]] = {
    "visit": VisitEvent,
    "signing": SigningEvent,
    "meeting": MeetingEvent,
    "statement": StatementEvent,
}
"""Built-in type → model; every other type is a `CustomEvent`."""
