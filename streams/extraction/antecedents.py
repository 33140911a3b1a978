"""Whom a description means: somebody the article names, or else an entity of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from schemas import Kind, ResolvedBy
from streams.extraction.annotations import Entity, Mention
from streams.extraction.antecedent_features import (
    antecedent_features,
    is_likely,
    no_antecedent_features,
    set_scene,
)
from streams.extraction.judges import Judge
from streams.extraction.lexicon import fold
from streams.extraction.named_entities import attach
from streams.extraction.reference_words import ReferenceWords
from streams.extraction.tokens import Doc
from streams.extraction.told import Setting, head_noun

_NAMED_LATER: Final = 100_000
"""Added to the distance of who is named only later, so that whoever was named before comes first."""
_SENTENCES_BACK: Final = 2
"""How far back somebody without a known office is still at hand."""
_AGAIN: Final = frozenset({"mismos", "mismas", "dichos", "dichas", "citados", "citadas"})
"""Words that take up a group told before."""
_ANTECEDENT_KINDS: Final[Mapping[Kind, frozenset[Kind]]] = {
    Kind.PERSON: frozenset({Kind.PERSON}),
    Kind.ORGANIZATION: frozenset({Kind.ORGANIZATION, Kind.COUNTRY}),
    Kind.GROUP: frozenset({Kind.PERSON, Kind.ORGANIZATION, Kind.GROUP}),
    Kind.COUNTRY: frozenset({Kind.COUNTRY}),
}
"""Kinds that a description of a kind may turn out to mean."""


@dataclass(slots=True)
class Descriptions:
    """Attaches descriptions to entities, in text order.

    Attributes:
        entities: Those named, with their offices; grows by whom the article only describes.
        judge: Chooses among those who fit; without it hand-written preferences decide.
    """

    setting: Setting
    entities: list[Entity]
    judge: Judge | None = None

    def resolve(self, mention: Mention) -> None:
        """Attach a description to whom it means; adds an entity when that is nobody known."""
        doc = self.setting.doc
        definite = mention.start > 0 and doc[mention.start - 1].lower_ in self.setting.words.definite
        known = preferred(self.setting, mention, self.entities) if definite else None
        if definite and not mention.plural and not self._is_document(mention):
            known = self._choose(mention, known)
        same = _same_description(mention, self.entities) if known is None else None
        if known is None and same is None and mention.plural:
            same = _same_again(self.setting.doc, mention, self.entities)
        mention.resolved_by = ResolvedBy.DESCRIPTION if known is None else ResolvedBy.COREFERENCE
        attach(mention, known or same or _new_entity(mention, self.entities))

    def _is_document(self, mention: Mention) -> bool:
        """Whether the description is of a text, which speaks for itself: "la nota"."""
        return head_noun(self.setting.doc, mention) in self.setting.lexicon.speaking_documents

    def _choose(self, mention: Mention, rule: Entity | None) -> Entity | None:
        if self.judge is None:
            return rule
        options = possible_antecedents(mention, self.entities)
        if not options:
            return rule
        at = set_scene(self.setting, mention, options, rule.index if rule else None)
        options = [entity for entity in options if is_likely(at, entity)]
        scored = [(self.judge.score(antecedent_features(at, e)), -i) for i, e in enumerate(options)]
        if not scored:
            return None
        best, position = max(scored)
        if best <= self.judge.score(no_antecedent_features(at)):
            return None
        return options[-position]


def possible_antecedents(mention: Mention, entities: Sequence[Entity]) -> list[Entity]:
    """Entities of a kind and gender that a singular description may mean."""
    kinds = _ANTECEDENT_KINDS[mention.kind] if mention.kind is not None else frozenset()
    return [
        entity
        for entity in entities
        if entity.kind in kinds
        and entity.mentions
        and not entity.medium
        and not entity.plural
        and not (entity.kind is Kind.PERSON and _clash(mention.gender, entity.gender))
        and not any(mention.start <= m.start < mention.end for m in entity.mentions)
    ]


def preferred(setting: Setting, mention: Mention, entities: Sequence[Entity]) -> Entity | None:
    """Whom hand-written preferences choose: agreement first, then recency; the same words; who is near."""
    doc, words = setting.doc, setting.words
    known = _somebody_known(doc, mention, possible_antecedents(mention, entities), words)
    if known is None and _same_description(mention, entities) is None:
        known = _somebody_near(doc, mention, entities, words)
    return known


def _new_entity(mention: Mention, entities: list[Entity]) -> Entity:
    assert mention.kind is not None
    entity = Entity(len(entities), mention.text, mention.kind, proper=False, plural=mention.plural)
    entities.append(entity)
    return entity


def _same_description(mention: Mention, entities: Sequence[Entity]) -> Entity | None:
    """The same words used before."""
    for entity in reversed(entities):
        if not entity.proper and entity.kind is mention.kind and fold(entity.name) == fold(mention.text):
            return entity
    return None


def _same_again(doc: Doc, mention: Mention, entities: Sequence[Entity]) -> Entity | None:
    """The group that "las mismas fuentes" or "dichos vecinos" takes up: the last told by that noun."""
    words = {doc[i].lower_ for i in range(max(0, mention.start - 1), mention.head)}
    if not words & _AGAIN:
        return None
    noun = head_noun(doc, mention)
    told = (e for e in reversed(entities) if not e.proper and e.plural and e.mentions)
    return next((e for e in told if head_noun(doc, e.mentions[0]) == noun), None)


def _somebody_known(
    doc: Doc, mention: Mention, entities: Sequence[Entity], words: ReferenceWords
) -> Entity | None:
    """Nearest person that agrees in office, country and gender: hard constraints before recency."""
    if mention.kind is not Kind.PERSON:
        return None
    fitting = [entity for entity in entities if _may_be(doc, mention, entity, words)]
    return min(fitting, key=lambda entity: _remoteness(mention, entity), default=None)


def _may_be(doc: Doc, mention: Mention, entity: Entity, words: ReferenceWords) -> bool:
    if entity.kind is not Kind.PERSON or not entity.mentions or entity.medium:
        return False
    if _clash(mention.gender, entity.gender) or _clash(mention.country, entity.country):
        return False
    head = head_noun(doc, mention)
    if mention.offices and head not in words.counterpart:
        classes = words.generic.get(head, frozenset()) | mention.offices
        fits = bool(classes & entity.offices) or "any" in classes
    else:
        fits = _same_nation(mention, entity)
    return fits and (entity.proper or _described_before(doc, mention, entity))


def _clash(one: str | None, other: str | None) -> bool:
    return bool(one) and bool(other) and one != other


def _same_nation(mention: Mention, entity: Entity) -> bool:
    return bool(mention.country) and mention.country == entity.country


def _described_before(doc: Doc, mention: Mention, entity: Entity) -> bool:
    """Whether somebody without a name was told earlier by the same noun."""
    earlier = any(m.end <= mention.start for m in entity.mentions)
    return earlier and head_noun(doc, entity.mentions[0]) == head_noun(doc, mention)


def _remoteness(mention: Mention, entity: Entity) -> tuple[bool, int]:
    """Sort key: those of the nation that is named first, then the nearest before, then who comes later."""
    foreign = bool(mention.country) and not _same_nation(mention, entity)
    before = [m.end for m in entity.mentions if m.end <= mention.start]
    return foreign, mention.start - max(before) if before else _NAMED_LATER + entity.mentions[0].start


def _somebody_near(
    doc: Doc, mention: Mention, entities: Sequence[Entity], words: ReferenceWords
) -> Entity | None:
    """Body or person that vague words can only mean: "la compañía", "el zaguero"."""
    if mention.kind is Kind.ORGANIZATION and head_noun(doc, mention) in words.generic_organizations:
        return _last_organization(mention, entities)
    if mention.kind is Kind.PERSON and head_noun(doc, mention) not in words.counterpart:
        return _only_person_at_hand(doc, mention, entities)
    return None


def _last_organization(mention: Mention, entities: Sequence[Entity]) -> Entity | None:
    """The body named most, and last, if the words add nothing of their own: "el sindicato"."""
    if mention.end - mention.start > 1:
        return None
    named = [
        ((len(entity.mentions), last), entity)
        for entity in entities
        if entity.kind is Kind.ORGANIZATION and entity.proper and not entity.medium
        for last in [max((m.start for m in entity.mentions if m.end <= mention.start), default=-1)]
        if last >= 0
    ]
    return max(named, key=lambda pair: pair[0])[1] if named else None


def _only_person_at_hand(doc: Doc, mention: Mention, entities: Sequence[Entity]) -> Entity | None:
    """The one person of fitting gender, office unknown, named in this sentence or the two before it."""
    if mention.country:
        return None
    earliest = doc[mention.start].sent.start
    for _ in range(_SENTENCES_BACK):
        earliest = doc[max(0, earliest - 1)].sent.start
    found = [
        entity
        for entity in entities
        if entity.kind is Kind.PERSON
        and entity.proper
        and not entity.offices
        and not _clash(entity.gender, mention.gender)
        and any(earliest <= m.start < mention.start for m in entity.mentions)
    ]
    return found[0] if len(found) == 1 else None
