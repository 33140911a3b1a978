"""Words that may name an event: what is proposed, what speaks against it, and who decides."""

import pytest

from streams.extraction.annotations import Candidate
from streams.extraction.coreference import load_reference_words, resolve_entities
from streams.extraction.frames import EventType, load_event_types
from streams.extraction.lexicon import load_lexicon
from streams.extraction.mentions import find_mentions
from streams.extraction.reading import EventReader
from streams.extraction.references import References
from streams.extraction.triggers import find_candidates, index_frames
from tests.builders import make_doc

TYPES = load_event_types()
ARRIVES = """
    Ana      PROPN  llegó    nsubj  _         _        PER
    Rubio    PROPN  Ana      flat   _         _        PER
    llegó    VERB   =        ROOT   llegar    past
    a        ADP    {place}  case
    {place}  PROPN  llegó    obl    _         _        LOC
    .        PUNCT  llegó    punct
"""
ARRIVES_NOWHERE = """
    Ana      PROPN  llegó    nsubj  _         _        PER
    Rubio    PROPN  Ana      flat   _         _        PER
    llegó    VERB   =        ROOT   llegar    past
    tarde    ADV    llegó    advmod
    .        PUNCT  llegó    punct
"""
SIGNED = """
    El       DET    acuerdo  det
    acuerdo  NOUN   =        ROOT   _         sing
    firmado  ADJ    acuerdo  amod   firmar    part
    por      ADP    Ana      case
    Ana      PROPN  firmado  obl    _         _        PER
    Rubio    PROPN  Ana      flat   _         _        PER
    .        PUNCT  acuerdo  punct
"""
GOES = """
    Ana      PROPN  fue      nsubj  _         _        PER
    Rubio    PROPN  Ana      flat   _         _        PER
    fue      VERB   =        ROOT   ir        past
    tarde    ADV    fue      advmod
    .        PUNCT  fue      punct
"""


def propose(table: str, types: tuple[EventType, ...] = TYPES) -> list[Candidate]:
    doc = make_doc(table)
    lexicon, words = load_lexicon(), load_reference_words()
    mentions = find_mentions(doc, lexicon)
    references = References(doc, lexicon, words, mentions, resolve_entities(doc, mentions, lexicon, words))
    return find_candidates(doc, index_frames(types), references, [])


def unjudged() -> tuple[EventType, ...]:
    return tuple(t.model_copy(update={"judged": False}) for t in TYPES)


def test_a_filled_frame_raises_no_doubt() -> None:
    assert [(c.type, c.doubts) for c in propose(ARRIVES.format(place="Lima"))] == [("visit", ())]


def test_what_a_frame_lacks_is_named_for_the_judge() -> None:
    assert [(c.type, c.doubts) for c in propose(ARRIVES_NOWHERE)] == [("visit", ("place",))]


@pytest.mark.parametrize("table", [ARRIVES_NOWHERE, GOES])
def test_without_a_judge_doubtful_words_are_no_triggers(table: str) -> None:
    assert propose(table, unjudged()) == []


def test_frequent_words_need_their_whole_frame() -> None:
    assert propose(GOES) == []


def test_a_participle_tagged_as_adjective_is_a_verb() -> None:
    (candidate,) = propose(SIGNED)
    assert candidate.type == "signing"
    assert [f.name for f in candidate.fillers] == ["Ana Rubio"]


def test_a_reader_without_judges_drops_what_raises_doubts() -> None:
    doc = make_doc(ARRIVES_NOWHERE)
    lexicon, words = load_lexicon(), load_reference_words()
    doc._.mentions = find_mentions(doc, lexicon)
    doc._.entities = resolve_entities(doc, doc._.mentions, lexicon, words)
    assert EventReader(doc, "es", TYPES, {}).read() == []
