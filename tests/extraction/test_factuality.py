"""Told as fact, planned, possible or denied: what the rules read from verb, governor and date."""

import pytest

from tests.extraction.reading import only

VERB = """
    Ana    PROPN  {verb}  nsubj  _       _       PER
    Rubio  PROPN  Ana     flat   _       _       PER
    {before}
    {verb} VERB   =       ROOT   viajar  {form}
    a      ADP    Lima    case
    Lima   PROPN  {verb}  obl    _       _       LOC
    {after}
    .      PUNCT  {verb}  punct
"""
GOVERNED = """
    Ana      PROPN  {verb}   nsubj  _       _       PER
    Rubio    PROPN  Ana      flat   _       _       PER
    {verb}   VERB   =        ROOT   {lemma} past
    su       DET    visita   det    _       sing
    visita   NOUN   {verb}   obj    _       Gender=Fem|Number=Sing
    a        ADP    Lima     case
    Lima     PROPN  visita   nmod   _       _       LOC
    .        PUNCT  {verb}   punct
"""


def told(verb: str, form: str, *, before: str = "", after: str = "") -> str:
    table = VERB.format(verb=verb, form=form, before=before.format(verb=verb), after=after.format(verb=verb))
    return only(table, "visit").factuality


@pytest.mark.parametrize(
    ("verb", "form", "before", "after", "factuality"),
    [
        ("viajó", "past", "", "", "asserted"),
        ("viaja", "present", "", "", "asserted"),
        ("viajará", "future", "", "", "planned"),
        ("viajó", "past", "no ADV {verb} advmod", "", "denied"),
        ("viajará", "future", "no ADV {verb} advmod", "", "denied"),
        ("viajar", "inf", "podría AUX {verb} aux poder conditional", "", "possible"),
        ("viajar", "inf", "va AUX {verb} aux ir present\n    a ADP {verb} mark", "", "planned"),
        ("viaja", "present", "", "mañana ADV {verb} advmod", "planned"),
        ("viajó", "past", "", "ayer ADV {verb} advmod", "asserted"),
    ],
)
def test_the_verb_its_negation_its_auxiliary_and_its_date_decide(
    verb: str, form: str, before: str, after: str, factuality: str
) -> None:
    assert told(verb, form, before=before, after=after) == factuality


@pytest.mark.parametrize(
    ("verb", "lemma", "factuality"),
    [
        ("canceló", "cancelar", "denied"),
        ("descartó", "descartar", "denied"),
        ("preparó", "preparar", "planned"),
        ("propuso", "proponer", "possible"),
        ("concluyó", "concluir", "asserted"),
    ],
)
def test_the_governing_verb_decides_for_a_noun(verb: str, lemma: str, factuality: str) -> None:
    assert only(GOVERNED.format(verb=verb, lemma=lemma), "visit").factuality == factuality
