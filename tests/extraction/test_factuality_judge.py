"""Fact, plan, possibility or denial: from the trigger's form and from what governs it."""

from datetime import date

import pytest

from streams.extraction.annotations import Candidate
from streams.extraction.factuality import judge_factuality
from streams.extraction.factuality_features import factuality_features
from streams.extraction.frames import EventType
from streams.extraction.holders import Statements
from streams.extraction.lexicon import load_lexicon
from streams.extraction.merge import merge_candidates, most_likely
from tests.builders import make_doc

GRAMMAR = load_lexicon().grammar
OTHER = EventType(name="other", description="Anything.", roles={})
VERDICTS = [{"asserted": 1.0, "planned": 0.5}, {"asserted": 0.0, "planned": 2.0}]
WITHOUT = """
    Volvió    VERB  =         ROOT   volver   past
    sin       ADP   firmar    mark
    firmar    VERB  Volvió    advcl  firmar   inf
    nada      PRON  firmar    obj
"""
CONDITION = """
    Si        SCONJ recibe    mark
    no        ADV   recibe    advmod
    nos       PRON  recibe    obj
    recibe    VERB  pararemos advcl  recibir  present
    pararemos VERB  =         ROOT   parar    future
"""
WISH = """
    Subrayó   VERB  =         ROOT   subrayar past
    su        DET   voluntad  det
    voluntad  NOUN  Subrayó   obj    _        sing
    de        ADP   viajar    mark
    viajar    VERB  voluntad  acl    viajar   inf
"""
FAILED = """
    La        DET   reunión   det
    reunión   NOUN  logró     nsubj  _        sing
    no        ADV   logró     advmod
    logró     VERB  =         ROOT   lograr   past
    nada      PRON  logró     obj
"""
NOT_HELD = """
    La        DET   reunión   det
    reunión   NOUN  celebró   nsubj  _        sing
    no        ADV   celebró   advmod
    se        PRON  celebró   expl
    celebró   VERB  =         ROOT   celebrar past
"""


@pytest.mark.parametrize(
    ("table", "trigger", "expected"),
    [
        (WITHOUT, "firmar", "denied"),
        (CONDITION, "recibe", "possible"),
        (WISH, "viajar", "possible"),
        (FAILED, "reunión", "asserted"),
        (NOT_HELD, "reunión", "denied"),
    ],
)
def test_rules(table: str, trigger: str, expected: str) -> None:
    doc = make_doc(table)
    token = next(t for t in doc if t.text == trigger)
    candidate = Candidate("meeting", token.i, [(token.i, token.i + 1)])
    assert judge_factuality(token, candidate, GRAMMAR, published=date(2024, 5, 10)) == expected


def test_features_name_rule_form_and_governors() -> None:
    doc = make_doc(WISH)
    found = factuality_features(doc, Candidate("visit", 4, [(4, 5)]), "possible", Statements(), GRAMMAR)
    assert {"rule=possible", "form=Inf", "governor-any=voluntad", "near=voluntad"} <= set(found)


def test_mentions_of_one_happening_are_judged_together() -> None:
    mentions = [Candidate("other", i, [(i, i + 1)], verdicts=v) for i, v in enumerate(VERDICTS)]
    (merged,) = merge_candidates(mentions, {"other": OTHER})
    assert merged.factuality == "planned"
    assert most_likely({"asserted": 1.0, "denied": 1.0}) == "asserted"
