"""Mentions → entities: short names, acronyms, appositions, offices, nationality.

Names are grouped over the whole article first, with the offices that stand beside them, so that a
description can refer to somebody who is named only later. Descriptions then look for the nearest
entity that agrees in office, country, gender and number (hard constraints before recency, as in coreferee).
"""

from __future__ import annotations

from spacy.tokens import Doc

from streams.extraction.annotations import Entity, Mention
from streams.extraction.antecedents import resolve_description
from streams.extraction.appositions import link_acronyms, link_appositions
from streams.extraction.lexicon import Lexicon
from streams.extraction.named_entities import group_names
from streams.extraction.reference_words import ReferenceWords, load_reference_words

__all__ = ["load_reference_words", "resolve_entities"]

if not Doc.has_extension("entities"):
    Doc.set_extension("entities", default=())


def resolve_entities(
    doc: Doc, mentions: list[Mention], lexicon: Lexicon, words: ReferenceWords
) -> list[Entity]:
    """Group mentions into entities; sets `mention.entity` and `mention.resolved_by`.

    Returns:
        Entities in order of first mention; `entity.name` is the fullest name that the article gives.
    """
    entities = group_names(mentions, lexicon, words)
    link_appositions(doc, mentions, entities)
    link_acronyms(doc, mentions, entities)
    for mention in mentions:
        if mention.entity < 0 and not mention.proper and mention.kind is not None:
            resolve_description(doc, mention, entities, words)
    return entities
