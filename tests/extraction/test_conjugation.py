"""Forms of known verbs and their infinitives."""

import pytest

from streams.extraction.conjugation import VerbForms, load_endings
from tests.builders import make_doc

KNOWN = ("decir", "dejar", "pedir", "negar", "zanjar", "tachar", "concluir", "indicar", "sostener", "contar")
FORMS = VerbForms(KNOWN, load_endings())


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("dijo", "decir"),
        ("dejó", "dejar"),
        ("pidió", "pedir"),
        ("niega", "negar"),
        ("indiqué", "indicar"),
        ("concluye", "concluir"),
        ("sostuvo", "sostener"),
    ],
)
def test_infinitive_of_a_form(form: str, lemma: str) -> None:
    token = make_doc(f"{form}  VERB  =  ROOT  otro  past")[0]
    assert FORMS.lemma(token) == lemma


@pytest.mark.parametrize(
    ("table", "missed"),
    [
        ("zanjó  NOUN  =  ROOT", True),
        ("tachan  ADJ  =  ROOT", True),
        ("Zanjó  PROPN  =  ROOT", True),
        ("cuenta  NOUN  =  ROOT", False),
        ("ciudad  NOUN  =  ROOT", False),
    ],
)
def test_a_verb_that_the_tagger_missed(table: str, *, missed: bool) -> None:
    assert (FORMS.missed_features(make_doc(table)[0]) is not None) is missed


def test_a_noun_after_a_quotation_and_its_comma_is_a_verb() -> None:
    doc = make_doc("""
        «       PUNCT  Sí       punct
        Sí      INTJ   =        ROOT
        »       PUNCT  Sí       punct
        ,       PUNCT  Sí       punct
        cuenta  NOUN   Sí       parataxis
        Ana     PROPN  cuenta   nsubj
    """)
    assert FORMS.missed_features(doc[4]) is not None
