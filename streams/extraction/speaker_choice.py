"""Who goes on speaking where the sentence names nobody: people of the passage, ranked by a judge."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from schemas import Kind, ResolvedBy
from streams.extraction.annotations import Entity, Filler, Quote
from streams.extraction.features import bucket
from streams.extraction.judges import Judge
from streams.extraction.quotes import quote_at
from streams.extraction.references import References, Subject
from streams.extraction.syntax import SUBJECTS, dep

_REACH_TOKENS = 260
"""How far back somebody may have been mentioned last; fewer than 1 in 50 of the gold's are farther."""


def speaker_options(references: References, index: int) -> list[Entity]:
    """Entities mentioned not long before a cue that can speak; news media cannot."""
    found = []
    for entity in references.entities:
        if entity.medium or (entity.kind is Kind.COUNTRY and not entity.proper):
            continue
        if any(index - _REACH_TOKENS <= m.start < index for m in entity.mentions):
            found.append(entity)
    return found


def speaker_features(
    doc: Doc,
    index: int,
    entity: Entity,
    references: References,
    speakers: Sequence[Subject],
    quotes: Sequence[Quote],
    *,
    rule: Sequence[Filler],
    plural: bool,
) -> list[str]:
    """How an entity stands to a cue without subject: last speaker, subject before, distance, kind."""
    before = [m for m in entity.mentions if m.start < index]
    last = max(before, key=lambda m: m.start)
    sent = doc[index].sent
    gap = _sentences_between(doc, last.start, index)
    recent = [s for s in speakers if s.index < index][::-1]
    turn = next((i for i, s in enumerate(recent[:4]) if any(f.entity == entity.index for f in s.fillers)), 9)
    main = [s for s in references.subjects if s.index < index and references.is_main_subject(s)]
    was_subject = next(
        (i for i, s in enumerate(main[::-1][:3]) if any(f.entity == entity.index for f in s.fillers)), 9
    )
    chosen = any(f.entity == entity.index or f.name == entity.name for f in rule)
    quoted = quote_at(list(quotes), last.start) is not None
    paragraph = any("\n" in t.text for t in doc[last.start : index] if t.is_space)
    return [
        f"rule={chosen}",
        f"rule+how={chosen}|{turn}|{was_subject}",
        f"turn={turn}",
        f"turn+gap={turn}|{bucket(gap)}",
        f"subject={was_subject}",
        f"gap={bucket(gap)}",
        f"gap+subject={bucket(gap)}|{dep(doc[last.head]) in SUBJECTS}",
        f"kind={entity.kind.value}|{entity.proper}",
        f"kind+plural={entity.kind.value}|{plural}",
        f"office={bool(entity.offices)}",
        f"mentions={bucket(len(before))}",
        f"all-mentions={bucket(len(entity.mentions))}",
        f"quoted={quoted}",
        f"hidden={last.start in references.hidden}",
        f"paragraph={paragraph}",
        f"own-sentence={last.start >= sent.start}",
        f"dep={dep(doc[last.head])}",
        f"first-in-article={before[0].start < 25}",
    ]


def _sentences_between(doc: Doc, start: int, end: int) -> int:
    return sum(1 for token in doc[start + 1 : end + 1] if token.is_sent_start)


def choose_speaker(
    doc: Doc,
    index: int,
    references: References,
    speakers: Sequence[Subject],
    quotes: Sequence[Quote],
    *,
    rule: Sequence[Filler],
    plural: bool,
    judge: Judge,
) -> list[Filler]:
    """The most probable speaker of a cue without subject; the rule's where several speak or none is left."""
    if len(rule) > 1:
        return list(rule)
    options = speaker_options(references, index)
    if not options:
        return list(rule)
    scored = [
        (
            judge.probability(
                speaker_features(doc, index, e, references, speakers, quotes, rule=rule, plural=plural)
            ),
            e,
        )
        for e in options
    ]
    score, entity = max(scored, key=lambda pair: pair[0])
    if score < judge.threshold:
        return list(rule)
    how = ResolvedBy.DROPPED_SUBJECT
    return [Filler("speaker", entity.name, entity.kind, entity.index, entity.country, None, how)]
