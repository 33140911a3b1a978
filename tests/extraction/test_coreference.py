"""Mentions of one person or body are one entity, those of two are not."""

import pytest

from tests.extraction.reading import doc_of, entities_of, texts_of

SURNAME = """
    La        DET    ministra  det    el       Gender=Fem|Number=Sing
    ministra  NOUN   llegó     nsubj  _        Gender=Fem|Number=Sing
    Ana       PROPN  ministra  appos  _        _                       PER
    Rubio     PROPN  Ana       flat   _        _                       PER
    llegó     VERB   =         ROOT   llegar   past
    .         PUNCT  llegó     punct
    {name}    PROPN  firmó     nsubj  _        _                       PER
    firmó     VERB   =         ROOT   firmar   past
    el        DET    pacto     det    _        Gender=Masc|Number=Sing
    pacto     NOUN   firmó     obj    _        Gender=Masc|Number=Sing
    .         PUNCT  firmó     punct
"""
AGAIN = """
    La        DET    1         det    el       Gender=Fem|Number=Sing
    ministra  NOUN   llegó     nsubj  _        Gender=Fem|Number=Sing
    Ana       PROPN  1         appos  _        _                       PER
    Rubio     PROPN  Ana       flat   _        _                       PER
    llegó     VERB   =         ROOT   llegar   past
    .         PUNCT  llegó     punct
    La        DET    7         det    el       Gender=Fem|Number=Sing
    ministra  NOUN   calló     nsubj  _        Gender=Fem|Number=Sing
    calló     VERB   =         ROOT   callar   past
    .         PUNCT  calló     punct
"""
ACRONYM = """
    La       DET    Unión    det    el       Gender=Fem|Number=Sing
    Unión    PROPN  firmó    nsubj  _        _                       ORG
    de       ADP    Puertos  case   _        _                       ORG
    Puertos  PROPN  Unión    flat   _        _                       ORG
    (        PUNCT  5        punct
    UP       PROPN  Unión    appos  _        _                       ORG
    )        PUNCT  5        punct
    firmó    VERB   =        ROOT   firmar   past
    .        PUNCT  firmó    punct
    La       DET    10       det    el       Gender=Fem|Number=Sing
    UP       PROPN  calló    nsubj  _        _                       ORG
    calló    VERB   =        ROOT   callar   past
    .        PUNCT  calló    punct
"""


def test_a_surname_is_the_person_named_before() -> None:
    table = SURNAME.format(name="Rubio")
    assert "Rubio" in texts_of(doc_of(table), entities_of(table)["Ana Rubio"])


@pytest.mark.parametrize("name", ["Soto", "Rubia"])
def test_another_surname_is_somebody_else(name: str) -> None:
    assert {"Ana Rubio", name} <= entities_of(SURNAME.format(name=name)).keys()


def test_an_office_told_again_is_who_holds_it() -> None:
    words = " · ".join(texts_of(doc_of(AGAIN), entities_of(AGAIN)["Ana Rubio"]))
    assert words.count("ministra") == 2


def test_an_acronym_in_brackets_is_the_body() -> None:
    doc = doc_of(ACRONYM)
    [body] = [entity for entity in doc._.entities if "UP" in texts_of(doc, entity)]
    assert "Puertos" in body.name
    assert texts_of(doc, body).count("UP") >= 1


def test_every_mention_of_an_entity_points_back_to_it() -> None:
    doc = doc_of(AGAIN)
    for entity in doc._.entities:
        assert all(mention.entity == entity.index for mention in entity.mentions)
