"""Who are two: "ambos mandatarios", "los dos países", "las partes"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from schemas import Kind
from streams.extraction.annotations import Entity, Mention
from streams.extraction.lexicon import fold
from streams.extraction.reference_words import ReferenceWords
from streams.extraction.tokens import Doc, Span

_REACH_TOKENS: Final = 90
"""How far before a pair its members may have been named together."""
_LONGEST_JOINT_TOKENS: Final = 14
"""Most words between the two: "A y el presidente del Gobierno de X, B"."""
_CLAUSAL: Final = frozenset({"VERB", "AUX", "SCONJ", "SPACE"})


def members_of_pair(
    doc: Doc,
    start: int,
    end: int,
    entities: Sequence[Entity],
    mentions: Sequence[Mention],
    words: ReferenceWords,
) -> list[Entity]:
    """Find the members of "ambos mandatarios", "los dos países", "las partes"; empty when there are not two.

    They are the last two that were named together ("A y B") not long before. Else people and bodies are
    the last two that fit; states the two that the article names most, by name or by nationality, since a
    bilateral story is about the same two throughout.

    Args:
        doc: The article.
        start: First token of the phrase ("ambos", "los").
        end: One past its last token.
        entities: All entities of the article.
        mentions: All mentions, for the nationalities that they name.
        words: Which nouns mean a pair of what.
    """
    phrase = doc.span(start, end)
    if not _means_two(phrase, words):
        return []
    kinds = _kinds(phrase, words)
    for kind in (Kind.PERSON, Kind.COUNTRY, Kind.ORGANIZATION):
        if kind.value not in kinds:
            continue
        found = _named_together(doc, start, kind, entities, mentions)
        if not found:
            states = kind is Kind.COUNTRY
            found = _most_named_states(entities, mentions) if states else _last_two(kind, start, entities)
        if len(found) == 2:
            return sorted(found, key=lambda e: e.index)
    return []


def _named_together(
    doc: Doc, start: int, kind: Kind, entities: Sequence[Entity], mentions: Sequence[Mention]
) -> list[Entity]:
    """The two of a kind that "y" joined last, not long before a token."""
    near = [m for m in mentions if start - _REACH_TOKENS <= m.start < start and m.entity >= 0]
    fitting = [m for m in near if entities[m.entity].kind is kind and not m.plural]
    for one, other in reversed(list(pairwise(fitting))):
        if one.entity != other.entity and _joined(doc, one, other):
            return [entities[one.entity], entities[other.entity]]
    return []


def _joined(doc: Doc, one: Mention, other: Mention) -> bool:
    """Whether "y", and at most what describes the second, stands between two mentions."""
    between = doc[one.end : other.start]
    if len(between) > _LONGEST_JOINT_TOKENS or any(token.pos_ in _CLAUSAL for token in between):
        return False
    return sum(token.lower_ in ("y", "e") for token in between) == 1


def _means_two(phrase: Span, words: ReferenceWords) -> bool:
    counted = any(token.lower_ in words.pair_words for token in phrase)
    return counted or any(fold(token.text) in words.always_pairs for token in phrase)


def _kinds(phrase: Span, words: ReferenceWords) -> set[str]:
    """Kinds that the nouns of the phrase allow; people or states where there is none ("ambos")."""
    forms = [form for token in phrase for form in (fold(token.lemma_), fold(token.text))]
    kinds = {kind for form in forms for kind in words.pairs.get(form, ())}
    if not kinds and not any(token.pos_ in ("NOUN", "PROPN") for token in phrase):
        return {"person", "country"}
    return kinds


def _last_two(kind: Kind, start: int, entities: Sequence[Entity]) -> list[Entity]:
    """The two last named before a token; people in full or with an office, or any name would do."""
    fitting = [
        (max(earlier), entity)
        for entity in entities
        if entity.kind is kind and entity.proper and not entity.medium and _is_prominent(entity)
        if (earlier := [m.start for m in entity.mentions if m.start < start])
    ]
    return [entity for _, entity in sorted(fitting, key=lambda pair: -pair[0])[:2]]


def _is_prominent(entity: Entity) -> bool:
    return entity.kind is not Kind.PERSON or bool(entity.offices) or " " in entity.name


def _most_named_states(entities: Sequence[Entity], mentions: Sequence[Mention]) -> list[Entity]:
    counts = Counter(m.country for m in mentions if m.country and (m.kind is not None or m.place))
    by_code = {e.country: e for e in entities if e.kind is Kind.COUNTRY and e.country}
    return [by_code[code] for code, _ in counts.most_common(2) if code in by_code]
