"""Who may be speaking at a cue: whom the rule proposes, and everybody mentioned near it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Final

from schemas import Kind
from streams.extraction.annotations import Entity, Filler, Mention
from streams.extraction.references import References
from streams.extraction.timeline import LONGEST_TOKENS
from streams.extraction.tokens import Doc

_AHEAD_TOKENS: Final = 14
"""How far ahead a speaker may stand where the parser ends the sentence too soon."""
_LOCAL_MENTIONS: Final = 3
"""Mentions of one entity in the cue's sentence that are options of their own."""


@dataclass(frozen=True, slots=True)
class SpeakerOption:
    """Somebody who may speak.

    Attributes:
        entity: Who, None for words that mean nobody known ("fuentes del sector").
        filler: What the rule proposed, None when it did not propose this one.
        local: One of its mentions in the cue's own sentence, None where there are none.
        last: The last mention before the cue, if there is one.
    """

    entity: Entity | None
    filler: Filler | None
    local: Mention | None
    last: Mention | None


def speaker_options(
    references: References, index: int, rule: Sequence[Filler], latest: Set[int]
) -> list[SpeakerOption]:
    """The rule's proposals, entities mentioned in a cue's sentence, and whoever acted last before it.

    News media and states told by nationality alone are options only where the rule proposes them. Others who
    were mentioned not long before were options too, six in ten of all; the judge chose 2 of 35,663.

    Args:
        references: The article's names.
        index: First token of the cue.
        rule: What `speakers.find_speakers` proposes.
        latest: Entities that spoke, or were subjects, last before the cue.
    """
    doc = references.doc
    sentence = doc[index].sent
    end = max(sentence.end, index + _AHEAD_TOKENS)
    proposed = {filler.entity: filler for filler in rule if filler.entity >= 0}
    found = [SpeakerOption(None, filler, None, None) for filler in rule if filler.entity < 0]
    timeline = references.timeline
    here = timeline.entities_between(sentence.start - LONGEST_TOKENS, end)
    for number in sorted(here | proposed.keys() | latest):
        entity = references.entities[number]
        if not entity.mentions or (entity.index not in proposed and not _can_speak(entity)):
            continue
        last = timeline.last_of(entity, index)
        around = timeline.of(entity, sentence.start - LONGEST_TOKENS, end)
        near = [m for m in around if sentence.start <= m.head < end]
        if entity.index in proposed or near or entity.index in latest:
            filler = proposed.get(entity.index)
            nearest = sorted(near, key=lambda m: _remoteness(doc, m, index))[:_LOCAL_MENTIONS]
            found.extend(SpeakerOption(entity, filler, local, last) for local in nearest)
            if not nearest:
                found.append(SpeakerOption(entity, filler, None, last))
    return found


def _can_speak(entity: Entity) -> bool:
    return not entity.medium and (entity.kind is not Kind.COUNTRY or entity.proper)


def _remoteness(doc: Doc, mention: Mention, index: int) -> tuple[bool, int]:
    """Sort key of mentions in one sentence: those that hang on the cue, then the nearest."""
    return doc[mention.head].head.i != index, abs(mention.head - index)
