"""What the steps of extraction hand to each other: plain values over token positions of one doc.

Positions are token indices, half-open, unless a name ends in `_char`. Nothing here leaves
`streams.extraction`: `assemble` turns it into the contract's spans.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from schemas import Basis, Kind, ResolvedBy

if TYPE_CHECKING:
    from streams.extraction.cue_finder import FoundCue


@dataclass(frozen=True, slots=True)
class Quote:
    """Words between quotation marks; `start` and `end` leave the marks out."""

    start: int
    end: int
    closed: bool = True


@dataclass(slots=True)
class Mention:
    """Words that refer to somebody, some body or some place.

    Attributes:
        head: Syntactic head, one token.
        kind: What it is, None for what takes no part in events (works, laws, products).
        proper: A name, not a description.
        place: Can be where something happens.
        offices: Classes of `offices.yaml` that the words contain or stand beside.
        gender: `m`, `f` or "" when unknown; `plural` is its number.
        country: ISO code of the country that it names or belongs to.
        medium: A news medium, which is a source and never a speaker.
        entity: Position in the list of entities, set by `coreference`.
    """

    start: int
    end: int
    head: int
    text: str
    kind: Kind | None
    proper: bool
    place: bool = False
    offices: frozenset[str] = frozenset()
    gender: str = ""
    plural: bool = False
    country: str | None = None
    medium: bool = False
    name_start: int = -1
    entity: int = -1
    resolved_by: ResolvedBy = ResolvedBy.NAME


@dataclass(slots=True)
class Entity:
    """What mentions share: one person, body, country or group of the article."""

    index: int
    name: str
    kind: Kind
    proper: bool
    mentions: list[Mention] = field(default_factory=list)
    offices: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    gender: str = ""
    plural: bool = False
    country: str | None = None
    medium: bool = False


@dataclass(frozen=True, slots=True)
class Filler:
    """Who fills a role, by which words."""

    role: str
    name: str
    kind: Kind
    entity: int = -1
    country: str | None = None
    mention: tuple[int, int] | None = None
    resolved_by: ResolvedBy = ResolvedBy.NAME


@dataclass(frozen=True, slots=True)
class DateFiller:
    """Calendar value of an event, the characters that say it, and how sure it is (0 to 1)."""

    value: str
    basis: Basis
    start_char: int
    end_char: int
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class PlaceFiller:
    """Place of an event and how sure it is; positions are None when an earlier mention lent it."""

    name: str
    country: str | None
    mention: tuple[int, int] | None = None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class SourceFiller:
    """Whom the article relies on, and the cue that says so."""

    name: str
    kind: Kind
    cue: tuple[int, int] | None = None


@dataclass(slots=True)
class Candidate:
    """One possible event around its triggers, filled step by step.

    Attributes:
        anchor: Token that decides the clause: the verb, or the noun.
        triggers: Token ranges, in text order.
        content: Character ranges of what is said (statements) in text order.
        verdicts: Factuality → score by the judge, added up over the mentions of one happening.
        framed: Fillers that the frame found, before any judge chose others.
        document: Token range of what is signed.
        doubts: What its frame asks for and it lacks (`frame_checks`); a judge decides all the same.
        reading: Complement of the cue that the content is, as in `Cue.takes`.
        content_score: Probability that the content begins right.
        score: Estimated probability that it is an event and right.
    """

    type: str
    anchor: int
    triggers: list[tuple[int, int]]
    fillers: list[Filler] = field(default_factory=list)
    date: DateFiller | None = None
    place: PlaceFiller | None = None
    factuality: str = "asserted"
    fixed_factuality: bool = False
    verdicts: dict[str, float] = field(default_factory=dict)
    framed: tuple[Filler, ...] = ()
    echo: bool = False
    doubts: tuple[str, ...] = ()
    sources: list[SourceFiller] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    act: str = ""
    kind: str = ""
    document: tuple[int, int] | None = None
    document_text: str = ""
    cue: FoundCue | None = None
    reading: str = ""
    content_score: float = 0.5
    score: float = 0.5

    def of_role(self, role: str) -> list[Filler]:
        """Fillers of one role, in text order."""
        return [filler for filler in self.fillers if filler.role == role]
