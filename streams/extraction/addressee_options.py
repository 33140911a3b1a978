"""To whom words may be said, or of whom: whom the rule proposes, and whoever else is near the cue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from streams.extraction.annotations import Entity, Filler, Mention
from streams.extraction.speaker_scene import CueScene

_REACH_TOKENS: Final = 40
"""How far from its cue an addressee may be named in the sentence."""
_AHEAD_TOKENS: Final = 14
"""How far past the end of a sentence, which the parser may set too soon."""
_EARLIER_TOKENS: Final = 90
_EARLIER_ENTITIES: Final = 4
"""Whom a clitic may mean: the last few who were named not long before."""
_LOCAL_MENTIONS: Final = 2


@dataclass(frozen=True, slots=True)
class AddresseeOption:
    """Somebody to whom, or of whom, words may be said.

    Attributes:
        entity: Who, None for a place that stands for its state.
        filler: What the rule proposed, None when it did not propose this one.
        mention: The words in the sentence, None for somebody named before it.
        rank: Position among those named before, the latest 0.
    """

    entity: Entity | None
    filler: Filler | None
    mention: Mention | None
    rank: int = 0


def addressee_options(
    at: CueScene, speakers: Sequence[Filler], rule: Sequence[Filler]
) -> list[AddresseeOption]:
    """Those mentioned in the cue's sentence, and the last few before it; news media by name never."""
    taken = {filler.entity for filler in speakers if filler.entity >= 0}
    proposed = {filler.entity: filler for filler in rule if filler.entity >= 0}
    found = [AddresseeOption(None, filler, None) for filler in rule if filler.entity < 0]
    local = _mentions_near(at, taken)
    found += [_option(at, mention, proposed) for mention in local]
    here = {mention.entity for mention in local} | taken
    start = at.scene.doc[at.cue.anchor].sent.start
    before = at.scene.references.timeline.between(start - _EARLIER_TOKENS, start)
    earlier = [m for m in before if _can_be_addressed(at, m) and m.entity not in here]
    latest = list(dict.fromkeys(m.entity for m in reversed(earlier)))[:_EARLIER_ENTITIES]
    entities = at.scene.references.entities
    latest += [entity for entity in proposed if entity not in latest and entity not in here]
    found += [AddresseeOption(entities[e], proposed.get(e), None, rank) for rank, e in enumerate(latest)]
    return found


def _option(at: CueScene, mention: Mention, proposed: dict[int, Filler]) -> AddresseeOption:
    entity = at.scene.references.entities[mention.entity]
    return AddresseeOption(entity, proposed.get(entity.index), mention)


def _mentions_near(at: CueScene, taken: set[int]) -> list[Mention]:
    """Mentions in the cue's sentence, the nearest two of each, of nobody who speaks."""
    sentence = at.scene.doc[at.cue.anchor].sent
    end = max(sentence.end, at.cue.end + _AHEAD_TOKENS)
    counts: dict[int, int] = {}
    found = []
    start = at.cue.start
    around = at.scene.references.timeline.between(start - _REACH_TOKENS, start + _REACH_TOKENS + 1)
    for mention in sorted(around, key=lambda m: abs(m.start - start)):
        inside = sentence.start <= mention.head < end and mention.entity not in taken
        if inside and _can_be_addressed(at, mention) and counts.get(mention.entity, 0) < _LOCAL_MENTIONS:
            counts[mention.entity] = counts.get(mention.entity, 0) + 1
            found.append(mention)
    return found


def _can_be_addressed(at: CueScene, mention: Mention) -> bool:
    if mention.entity < 0 or mention.kind is None:
        return False
    entity = at.scene.references.entities[mention.entity]
    return not ((entity.medium or mention.medium) and entity.proper)
