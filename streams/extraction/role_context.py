"""What the judge of roles looks at that is the same for all triggers of an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas import Kind
from streams.extraction.annotations import Candidate, Entity, Quote
from streams.extraction.holders import Statements
from streams.extraction.references import References, Subject
from streams.extraction.tokens import Doc


@dataclass(frozen=True, slots=True)
class RoleContext:
    """What the features of all roles of an article look at.

    Attributes:
        speakers: Subjects that statements left behind.
        speaking: Entities that speak somewhere, and how often.
        ranks: Entity → place among those of its kind by number of mentions.
        filled: Entity → (type, role) → anchors of the candidates in which the rules filled it so.
    """

    doc: Doc
    references: References
    quotes: Sequence[Quote]
    statements: Statements
    speakers: Sequence[Subject]
    speaking: dict[int, int] = field(default_factory=dict)
    ranks: dict[int, int] = field(default_factory=dict)
    filled: dict[int, dict[tuple[str, str], list[int]]] = field(default_factory=dict)

    def tellers_of(self, index: int) -> frozenset[int] | None:
        """Entities that speak in the first statement whose words hold a token; None where there is none."""
        first = next(iter(self.statements.at(index)), None)
        return None if first is None else frozenset(f.entity for f in first.of_role("speaker"))


def role_context(
    doc: Doc,
    references: References,
    quotes: Sequence[Quote],
    statements: Statements,
    others: Sequence[Candidate],
    speakers: Sequence[Subject],
) -> RoleContext:
    """Look at an article once for the roles of all its triggers."""
    context = RoleContext(doc, references, quotes, statements, speakers)
    for statement in statements:
        for filler in statement.of_role("speaker"):
            context.speaking[filler.entity] = context.speaking.get(filler.entity, 0) + 1
    by_kind: dict[Kind, list[Entity]] = {}
    for entity in references.entities:
        by_kind.setdefault(entity.kind, []).append(entity)
    for entities in by_kind.values():
        ordered = sorted(entities, key=lambda e: (-len(e.mentions), e.index))
        context.ranks.update({e.index: rank for rank, e in enumerate(ordered)})
    for candidate in others:
        for filler in candidate.fillers:
            key = (candidate.type, filler.role)
            context.filled.setdefault(filler.entity, {}).setdefault(key, []).append(candidate.anchor)
    return context
