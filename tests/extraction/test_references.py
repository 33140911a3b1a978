"""Whom words in a role mean: names, left-out subjects, seats of government, both of two."""

from schemas import Kind, ResolvedBy
from tests.extraction.reading import only, roles

DROPPED = """
    Ana      PROPN  llegó   nsubj   _        _     PER
    Rubio    PROPN  Ana     flat    _        _     PER
    llegó    VERB   =       ROOT    llegar   past
    tarde    ADV    llegó   advmod
    .        PUNCT  llegó   punct
    Después  ADV    visitó  advmod
    visitó   VERB   =       ROOT    visitar  past
    Quito    PROPN  visitó  obj     _        _     LOC
    .        PUNCT  visitó  punct
"""
METONYM = """
    Moscú    PROPN  firmó    nsubj  _       _                        LOC
    firmó    VERB   =        ROOT   firmar  past
    el       DET    acuerdo  det    _       Gender=Masc|Number=Sing
    acuerdo  NOUN   firmó    obj    _       Gender=Masc|Number=Sing
    con      ADP    Ana      case
    Ana      PROPN  firmó    obl    _       _                        PER
    Rubio    PROPN  Ana      flat   _       _                        PER
    .        PUNCT  firmó    punct
"""
BOTH = """
    Ana          PROPN  visitó     nsubj    _        _                        PER
    Rubio        PROPN  Ana        flat     _        _                        PER
    visitó       VERB   =          ROOT     visitar  past
    a            ADP    Luis       case
    Luis         PROPN  visitó     obj      _        _                        PER
    Soto         PROPN  Luis       flat     _        _                        PER
    .            PUNCT  visitó     punct
    Ambos        NUM    políticos  nummod   ambos    Gender=Masc|Number=Plur
    políticos    NOUN   reunieron  nsubj    político  Gender=Masc|Number=Plur
    se           PRON   reunieron  expl:pv  él
    reunieron    VERB   =          ROOT     reunir   pasts
    en           ADP    Lima       case
    Lima         PROPN  reunieron  obl      _        _                        LOC
    .            PUNCT  reunieron  punct
"""


def test_a_dropped_subject_is_who_the_text_was_about() -> None:
    [visitor] = only(DROPPED, "visit").of_role("visitor")
    assert (visitor.name, visitor.resolved_by) == ("Ana Rubio", ResolvedBy.DROPPED_SUBJECT)


def test_a_capital_that_acts_is_its_country() -> None:
    signatory = only(METONYM, "signing").of_role("signatory")[0]
    assert (signatory.name, signatory.kind, signatory.country) == ("Rusia", Kind.COUNTRY, "RU")
    assert signatory.resolved_by is ResolvedBy.METONYMY


def test_both_are_the_two_named_before() -> None:
    assert roles(only(BOTH, "meeting")) == [("attendee", "Ana Rubio"), ("attendee", "Luis Soto")]
