"""Mentions → entities: short names, acronyms, appositions, offices, nationality.

Names are grouped over the whole article first, with the offices that stand beside them, so that a
description can refer to somebody who is named only later. Descriptions then look for the nearest
entity that agrees in office, country, gender and number (hard constraints before recency, as in coreferee).
"""

from __future__ import annotations

from streams.extraction.annotations import Entity, Mention
from streams.extraction.antecedents import Descriptions
from streams.extraction.appositions import link_acronyms, link_appositions
from streams.extraction.judges import Judge
from streams.extraction.lexicon import Lexicon
from streams.extraction.named_entities import group_names
from streams.extraction.reference_words import ReferenceWords, load_reference_words
from streams.extraction.tokens import Doc
from streams.extraction.told import Setting

__all__ = ["load_reference_words", "resolve_entities"]


def resolve_entities(
    doc: Doc,
    mentions: list[Mention],
    lexicon: Lexicon,
    words: ReferenceWords,
    judge: Judge | None = None,
) -> list[Entity]:
    """Group mentions into entities; sets `mention.entity` and `mention.resolved_by`.

    Args:
        doc: The article.
        mentions: Names and descriptions, in text order.
        lexicon: Names of states, verbs of saying.
        words: How descriptions refer.
        judge: Chooses whom a description means; hand-written preferences do without it.

    Returns:
        Entities in order of first mention; `entity.name` is the fullest name that the article gives.
    """
    entities = name_entities(doc, mentions, lexicon, words)
    descriptions = Descriptions(Setting(doc, lexicon, words), entities, judge)
    for mention in unresolved(mentions):
        descriptions.resolve(mention)
    return entities


def name_entities(doc: Doc, mentions: list[Mention], lexicon: Lexicon, words: ReferenceWords) -> list[Entity]:
    """Entities of the names, with the descriptions and acronyms that stand beside them."""
    entities = group_names(mentions, lexicon, words)
    link_appositions(doc, mentions, entities, lexicon)
    link_acronyms(doc, mentions, entities)
    return entities


def unresolved(mentions: list[Mention]) -> list[Mention]:
    """Descriptions that belong to nobody yet."""
    return [m for m in mentions if m.entity < 0 and not m.proper and m.kind is not None]
