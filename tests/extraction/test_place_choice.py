"""Place names that are offered to a trigger, and what the judge learns of them."""

from spacy.tokens import Doc

from streams.extraction.annotations import Candidate
from streams.extraction.coreference import load_reference_words, resolve_entities
from streams.extraction.lexicon import load_lexicon
from streams.extraction.mentions import find_mentions
from streams.extraction.place_choice import place_features, place_options
from streams.extraction.references import References
from streams.extraction.scene import Scene
from tests.builders import make_doc

MET = """
    Ana        PROPN  voló       nsubj  _         _     PER
    Rubio      PROPN  Ana        flat   _         _     PER
    voló       VERB   =          ROOT   volar     past
    a          ADP    San        case
    San        PROPN  voló       obl    _         _     LOC
    José       PROPN  San        flat   _         _     LOC
    .          PUNCT  voló       punct
    Allí       ADV    reunió     advmod
    se         PRON   reunió     obj
    reunió     VERB   =          ROOT   reunir    past
    con        ADP    Mora       case
    Luis       PROPN  reunió     obl    _         _     PER
    Mora       PROPN  Luis       flat   _         _     PER
    en         ADP    Congreso   case
    el         DET    Congreso   det
    Congreso   PROPN  reunió     obl    _         _     ORG
    .          PUNCT  reunió     punct
"""


def references(doc: Doc) -> References:
    lexicon, words = load_lexicon(), load_reference_words()
    doc._.mentions = find_mentions(doc, lexicon)
    doc._.entities = resolve_entities(doc, doc._.mentions, lexicon, words)
    return References(doc, lexicon, words, doc._.mentions, doc._.entities)


def test_the_town_named_before_and_the_body_that_something_is_in_are_offered() -> None:
    doc = make_doc(MET)
    known = references(doc)
    options = place_options(doc, Candidate("meeting", 9, [(9, 10)]), known)
    assert [option.text for option in options] == ["San José", "Congreso"]


def test_the_judge_sees_a_word_that_points_back() -> None:
    doc = make_doc(MET)
    known, candidate = references(doc), Candidate("meeting", 9, [(9, 10)])
    options = place_options(doc, candidate, known)
    features = place_features(Scene(doc, [candidate]), candidate, options[0], options, known)
    assert "points=event-far|allí|1" in features


def test_what_is_said_offers_no_place() -> None:
    doc = make_doc(MET)
    candidate = Candidate("statement", 2, [(2, 3)], content=[(3, 6)])
    assert place_options(doc, candidate, references(doc)) == []
