"""Where: the place that a frame or the clause names, with its country."""

import pytest

from tests.extraction.reading import TWO_MET, only

TO = """
    Ana    PROPN  viajó   nsubj  _       _       PER
    Rubio  PROPN  Ana     flat   _       _       PER
    viajó  VERB   =       ROOT   viajar  past
    a      ADP    {town}  case
    {town} PROPN  viajó   obl    _       _       LOC
    .      PUNCT  viajó   punct
"""
CAPITAL = """
    Ana      PROPN  viajó    nsubj  _       _                       PER
    Rubio    PROPN  Ana      flat   _       _                       PER
    viajó    VERB   =        ROOT   viajar  past
    a        ADP    capital  case
    la       DET    capital  det    el      Gender=Fem|Number=Sing
    capital  NOUN   viajó    obl    _       Gender=Fem|Number=Sing
    chilena  ADJ    capital  amod   chileno Gender=Fem|Number=Sing
    .        PUNCT  viajó    punct
"""
NOWHERE = """
    Ana        PROPN  reunieron  nsubj    _       _      PER
    Rubio      PROPN  Ana        flat     _       _      PER
    y          CCONJ  Luis       cc
    Luis       PROPN  Ana        conj     _       _      PER
    Soto       PROPN  Luis       flat     _       _      PER
    se         PRON   reunieron  expl:pv  él
    reunieron  VERB   =          ROOT     reunir  pasts
    .          PUNCT  reunieron  punct
"""


@pytest.mark.parametrize(("town", "country"), [("Lima", "PE"), ("Moscú", "RU"), ("Quito", "EC")])
def test_a_visit_goes_to_its_complement(town: str, country: str) -> None:
    place = only(TO.format(town=town), "visit").place
    assert place is not None
    assert (place.name, place.country, place.mention) == (town, country, (4, 5))


def test_the_capital_of_a_country_is_named() -> None:
    place = only(CAPITAL, "visit").place
    assert place is not None
    assert (place.name, place.country) == ("Santiago", "CL")


def test_a_meeting_is_where_its_clause_says() -> None:
    place = only(TWO_MET, "meeting").place
    assert place is not None
    assert (place.name, place.country) == ("Quito", "EC")


def test_no_place_is_none() -> None:
    assert only(NOWHERE, "meeting").place is None
