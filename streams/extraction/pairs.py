"""Who are two: "ambos mandatarios", "los dos países", "las partes"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Doc, Span

from schemas import Kind
from streams.extraction.annotations import Entity, Mention
from streams.extraction.lexicon import fold
from streams.extraction.reference_words import ReferenceWords


def members_of_pair(
    doc: Doc,
    start: int,
    end: int,
    entities: Sequence[Entity],
    mentions: Sequence[Mention],
    words: ReferenceWords,
) -> list[Entity]:
    """Find the members of "ambos mandatarios", "los dos países", "las partes"; empty when there are not two.

    People and bodies are the last two that fit; states the two that the article names most, by
    name or by nationality, since a bilateral story is about the same two throughout.

    Args:
        doc: The article.
        start: First token of the phrase ("ambos", "los").
        end: One past its last token.
        entities: All entities of the article.
        mentions: All mentions, for the nationalities that they name.
        words: Which nouns mean a pair of what.
    """
    phrase = doc[start:end]
    if not _means_two(phrase, words):
        return []
    kinds = _kinds(phrase, words)
    for kind in (Kind.PERSON, Kind.COUNTRY, Kind.ORGANIZATION):
        if kind.value not in kinds:
            continue
        states = kind is Kind.COUNTRY
        found = _most_named_states(entities, mentions) if states else _last_two(kind, start, entities)
        if len(found) == 2:
            return sorted(found, key=lambda e: e.index)
    return []


def _means_two(phrase: Span, words: ReferenceWords) -> bool:
    counted = any(token.lower_ in words.pair_words for token in phrase)
    return counted or any(fold(token.text) in words.always_pairs for token in phrase)


def _kinds(phrase: Span, words: ReferenceWords) -> set[str]:
    """Kinds that the nouns of the phrase allow; people or states where no noun says ("ambos")."""
    forms = [form for token in phrase for form in (fold(token.lemma_), fold(token.text))]
    return {kind for form in forms for kind in words.pairs.get(form, ())} or {"person", "country"}


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
