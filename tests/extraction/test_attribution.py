"""Whom the article relies on: who reports an event, person or medium."""

from tests.extraction.reading import candidates_of, only

ACCORDING = """
    Según   ADP    Radio  case
    Radio   PROPN  viajó  obl    _       _     ORG
    Callao  PROPN  Radio  flat   _       _     ORG
    ,       PUNCT  Ana    punct
    Ana     PROPN  viajó  nsubj  _       _     PER
    Rubio   PROPN  Ana    flat   _       _     PER
    viajó   VERB   =      ROOT   viajar  past
    a       ADP    Lima   case
    Lima    PROPN  viajó  obl    _       _     LOC
    .       PUNCT  viajó  punct
"""
REPORTED = """
    Ana      PROPN  viajó    nsubj  _         _     PER
    Rubio    PROPN  Ana      flat   _         _     PER
    viajó    VERB   informó  ccomp  viajar    past
    a        ADP    Lima     case
    Lima     PROPN  viajó    obl    _         _     LOC
    ,        PUNCT  viajó    punct
    informó  VERB   =        ROOT   informar  past
    Luis     PROPN  informó  nsubj  _         _     PER
    Soto     PROPN  Luis     flat   _         _     PER
    .        PUNCT  informó  punct
"""
PLAIN = """
    Ana     PROPN  viajó  nsubj  _       _     PER
    Rubio   PROPN  Ana    flat   _       _     PER
    viajó   VERB   =      ROOT   viajar  past
    a       ADP    Lima   case
    Lima    PROPN  viajó  obl    _       _     LOC
    .       PUNCT  viajó  punct
"""


def test_a_medium_is_a_source_and_says_nothing() -> None:
    assert [source.name for source in only(ACCORDING, "visit").sources] == ["Radio Callao"]
    assert [candidate.type for candidate in candidates_of(ACCORDING)] == ["visit"]


def test_who_reports_an_event_is_its_source() -> None:
    assert [source.name for source in only(REPORTED, "visit").sources] == ["Luis Soto"]
    assert [filler.name for filler in only(REPORTED, "statement").of_role("speaker")] == ["Luis Soto"]


def test_what_the_article_vouches_for_has_no_source() -> None:
    assert only(PLAIN, "visit").sources == []
