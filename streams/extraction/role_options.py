"""Who may fill the roles of a trigger: everybody named or described around it, or all over the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas import ResolvedBy
from streams.extraction.annotations import Candidate, Entity, Filler, Mention
from streams.extraction.lexicon import fold
from streams.extraction.positions import Position, find_positions
from streams.extraction.references import References, Subject
from streams.extraction.timeline import Timeline
from streams.extraction.tokens import Doc

_SENTENCES_BACK = 2
_SENTENCES_ON = 1


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody who may take part.

    Attributes:
        filler: What becomes the participant; its role is left empty unless the rules filled it.
        entity: None for words that no entity stands for.
        near: Mentions in the trigger's sentence, in text order.
        back: Closest mention in the sentences before, if any.
        ahead: Closest mention in the sentence after, if any.
        proposed: What the rules filled with it, by role.
        positions: Where it stands around the trigger.
    """

    filler: Filler
    entity: Entity | None
    near: tuple[Mention, ...]
    back: Mention | None
    ahead: Mention | None
    proposed: tuple[Filler, ...]
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Token ranges around a trigger: sentences before, its own, sentence after."""

    start: int
    own_start: int
    own_end: int
    end: int


def window_of(doc: Doc, index: int) -> Window:
    """Own sentence of a token, two before it and one after it."""
    sent = doc[index].sent
    start, end = sent.start, sent.end
    for _ in range(_SENTENCES_BACK):
        start = doc[start - 1].sent.start if start else start
    for _ in range(_SENTENCES_ON):
        end = doc[end].sent.end if end < len(doc) else end
    return Window(start, sent.start, sent.end, end)


def role_options(candidate: Candidate, references: References, speakers: Sequence[Subject]) -> list[Option]:
    """Whoever may fill a role: entities in their order, then words that no entity stands for.

    Those named most were options everywhere; far from the trigger the judge chose 1 of 1,850.
    """
    window = window_of(references.doc, candidate.anchor)
    positions = find_positions(references.doc[candidate.anchor], references, speakers)
    timeline = references.timeline
    filling = {f.entity for f in (*candidate.fillers, *(f for _, f in positions)) if f.entity >= 0}
    found = []
    for index in sorted(timeline.entities_between(window.start, window.end) | filling):
        entity = references.entities[index]
        if not entity.mentions or entity.medium:
            continue
        proposed = tuple(f for f in candidate.fillers if f.entity == entity.index)
        placed = tuple((name, f) for name, f in positions if f.entity == entity.index)
        found.append(_option(entity, timeline, window, proposed, placed, candidate.anchor))
    return found + list(_unknown(references.doc, window, candidate.fillers, positions))


def _unknown(
    doc: Doc, window: Window, fillers: Sequence[Filler], positions: Sequence[Position]
) -> Iterator[Option]:
    """Options that are no entity, one a name, with the words that describe them as their mention."""
    names = dict.fromkeys(f.name for f in (*fillers, *(f for _, f in positions)) if f.entity < 0)
    for name in names:
        proposed = tuple(f for f in fillers if f.name == name and f.entity < 0)
        placed = tuple((where, f) for where, f in positions if f.name == name and f.entity < 0)
        filler = proposed[0] if proposed else placed[0][1]
        near = tuple(_described(doc, filler, window))
        yield Option(filler, None, near, None, None, proposed, placed)


def _described(doc: Doc, filler: Filler, window: Window) -> Iterator[Mention]:
    if filler.mention is not None and window.own_start <= filler.mention[0] < window.own_end:
        start, end = filler.mention
        words = doc.span(start, end)
        yield Mention(start, end, words.root.i, words.text, filler.kind, proper=False)


def _option(
    entity: Entity,
    timeline: Timeline,
    window: Window,
    proposed: tuple[Filler, ...],
    positions: tuple[Position, ...],
    anchor: int,
) -> Option:
    near = tuple(timeline.of(entity, window.own_start, window.own_end))
    before = timeline.of(entity, window.start, window.own_start)
    after = timeline.of(entity, window.own_end, window.end)
    back, ahead = (before[-1] if before else None), (after[0] if after else None)
    known = [*proposed, *(f for _, f in positions)]
    filler = known[0] if known else _filler(entity, near, back or ahead, anchor)
    return Option(filler, entity, near, back, ahead, proposed, positions)


def _filler(entity: Entity, near: Sequence[Mention], other: Mention | None, anchor: int) -> Filler:
    """The entity by its words closest to the trigger; words of another sentence are an antecedent."""
    closest = min(near, key=lambda m: abs(m.head - anchor)) if near else other or entity.mentions[0]
    how = ResolvedBy.COREFERENCE
    if near and closest.proper:
        how = ResolvedBy.NAME if fold(closest.text) == fold(entity.name) else ResolvedBy.ALIAS
    elif near:
        how = closest.resolved_by
    return Filler(
        "", entity.name, entity.kind, entity.index, entity.country, (closest.start, closest.end), how
    )
