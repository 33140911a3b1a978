"""Names that the model cut short, missed or made up."""

from streams.extraction.lexicon import load_lexicon
from streams.extraction.names import find_names
from tests.builders import make_doc


def names(table: str) -> list[str]:
    return [mention.text for mention in find_names(make_doc(table), load_lexicon("es"))]


def test_a_surname_alone_is_found_again_whatever_the_tagger_says() -> None:
    table = """
        Ana       PROPN  volvió  nsubj  _        _     PER
        Ordaz     PROPN  Ana     flat   _        _     PER
        volvió    VERB   =       ROOT   volver   past
        .         PUNCT  volvió  punct
        Ayer      ADV    dijo    advmod
        dijo      VERB   =       ROOT   decir    past
        Ordaz     ADJ    dijo    nsubj
        adiós     INTJ   dijo    obj
        .         PUNCT  dijo    punct
    """
    assert names(table) == ["Ana Ordaz", "Ordaz"]


def test_a_given_name_that_the_model_left_out_belongs_to_the_name() -> None:
    table = """
        La        DET    sudafricana  det
        sudafricana NOUN volvió  nsubj  _        sing
        Themba    VERB   Mkhize  flat
        Mkhize    PROPN  sudafricana appos  _    _     PER
        volvió    VERB   =       ROOT   volver   past
        .         PUNCT  volvió  punct
    """
    assert names(table) == ["Themba Mkhize"]


def test_an_office_in_capitals_is_no_given_name() -> None:
    table = """
        El          DET    Presidente  det
        Presidente  NOUN   volvió  nsubj  _        sing
        Mkhize      PROPN  Presidente appos  _    _     PER
        volvió      VERB   =       ROOT   volver   past
        .           PUNCT  volvió  punct
    """
    assert names(table) == ["Mkhize"]


def test_an_interjection_that_opens_a_sentence_is_no_name() -> None:
    table = """
        Ojalá     ADV    vuelva  advmod  _       _     PER
        vuelva    VERB   =       ROOT    volver  subjunctive
        .         PUNCT  vuelva  punct
    """
    assert names(table) == []
