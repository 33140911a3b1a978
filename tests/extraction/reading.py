"""Sentences as tables, read by the steps that need no trained model; judges are left out."""

from __future__ import annotations

from datetime import date
from typing import Final

from spacy.tokens import Doc

from streams.extraction.annotations import Candidate, Entity
from streams.extraction.coreference import load_reference_words, resolve_entities
from streams.extraction.frames import load_event_types
from streams.extraction.lexicon import LANG_FOLDER, load_lexicon
from streams.extraction.mentions import find_mentions
from streams.extraction.quotes import find_quotes
from streams.extraction.reading import EventReader
from streams.extraction.temporal import find_temporal_expressions, load_calendar
from tests.builders import make_doc

PUBLISHED = date(2024, 5, 10)
"""A Friday."""

TWO_MET: Final = """
    Ana        PROPN  reunieron  nsubj    _       _      PER
    Rubio      PROPN  Ana        flat     _       _      PER
    y          CCONJ  Luis       cc
    Luis       PROPN  Ana        conj     _       _      PER
    Soto       PROPN  Luis       flat     _       _      PER
    se         PRON   reunieron  expl:pv  él
    reunieron  VERB   =          ROOT     reunir  pasts
    en         ADP    Quito      case
    Quito      PROPN  reunieron  obl      _       _      LOC
    .          PUNCT  reunieron  punct
"""
"""Two people meet in a town."""

TYPES = load_event_types()


def doc_of(table: str) -> Doc:
    """A doc with quotations, dates, mentions and entities."""
    doc = make_doc(table, published=PUBLISHED)
    lexicon, words = load_lexicon(), load_reference_words()
    doc._.quotes = find_quotes(doc)
    calendar = load_calendar(LANG_FOLDER / "es")
    doc._.temporal = find_temporal_expressions(doc, published=PUBLISHED, calendar=calendar)
    doc._.mentions = find_mentions(doc, lexicon)
    doc._.entities = resolve_entities(doc, doc._.mentions, lexicon, words)
    return doc


def entities_of(table: str) -> dict[str, Entity]:
    """Entities by name."""
    return {entity.name: entity for entity in doc_of(table)._.entities}


def texts_of(doc: Doc, entity: Entity) -> list[str]:
    """Words of each mention of an entity."""
    return [doc.text_of(mention.start, mention.end) for mention in entity.mentions]


def candidates_of(table: str) -> list[Candidate]:
    """What rules alone make events, merged."""
    return EventReader(doc_of(table), "es", TYPES, {}).read()


def only(table: str, name: str) -> Candidate:
    """The one candidate of a type."""
    [candidate] = [found for found in candidates_of(table) if found.type == name]
    return candidate


def roles(candidate: Candidate) -> list[tuple[str, str]]:
    """Role and name of each filler."""
    return [(filler.role, filler.name) for filler in candidate.fillers]
