"""Infinitives of verb forms: regular, irregular, with a changed stem, with clitics."""

import pytest

from streams.extraction.components import LemmasComponent
from streams.extraction.conjugation import load_endings
from streams.extraction.frames import load_event_types
from streams.extraction.infinitives import Infinitives, load_infinitives
from tests.builders import make_parsed_doc


@pytest.fixture(scope="module")
def known() -> Infinitives:
    return Infinitives(load_infinitives(), load_endings())


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("viajará", "viajar"), ("harán", "hacer"), ("iremos", "ir"), ("querrían", "querer"),
        ("firmaron", "firmar"), ("negoció", "negociar"), ("explique", "explicar"), ("exija", "exigir"),
        ("pidiendo", "pedir"), ("siguió", "seguir"), ("durmieron", "dormir"), ("sitúan", "situar"),
        ("sustituyó", "sustituir"), ("conozca", "conocer"), ("resueltas", "resolver"), ("cubierto", "cubrir"),
        ("reunirse", "reunir"), ("firmándolo", "firmar"), ("decírselo", "decir"),
        ("comprometiéndose", "comprometer"),
    ],
)  # fmt: skip
def test_a_form_has_its_infinitive(known: Infinitives, form: str, lemma: str) -> None:
    assert known.of(form) == {lemma}


@pytest.mark.parametrize("word", ["mesa", "ayer", "x", "", "se", "ándolo", "árbol", "…"])
def test_what_is_no_verb_has_none(known: Infinitives, word: str) -> None:
    assert known.of(word) == set()


def test_an_unchanged_stem_comes_before_a_changed_one(known: Infinitives) -> None:
    assert known.of("duren") == {"durar"}  # not "dorar", whose stem is "dor"


@pytest.mark.parametrize("word", ["parte", "muerte", "corte", "perlas", "cuando", "mandos", "lares"])
def test_nouns_are_no_verbs_with_clitics(known: Infinitives, word: str) -> None:
    assert known.with_clitics(word) is None


def test_the_models_lemma_stays_if_the_form_can_be_of_it(known: Infinitives) -> None:
    assert known.choose("siente", "sentir", "sentar") == "sentir"
    assert known.choose("bromeó", "bromeir", "bromear") == "bromear"
    assert known.choose("harán", "har", "har") == "hacer"
    assert known.choose("fui", "xyz", "xyz") == "xyz"


def test_verbs_are_mended_wherever_the_model_goes_wrong() -> None:
    doc = make_parsed_doc(
        """
        Firmaron VERB = ROOT Firmaron pasts
        el DET pacto det
        pacto NOUN Firmaron obj
        , PUNCT firmándolo punct
        firmándolo ADJ Firmaron advcl firmándolo
        ayer ADV firmándolo advmod
        . PUNCT Firmaron punct
        """
    )
    LemmasComponent("es", load_event_types())(doc)
    assert [(doc[i].lemma_, doc[i].pos_) for i in (0, 4)] == [("firmar", "VERB"), ("firmar", "VERB")]
    assert doc[4].morph.get("VerbForm") == ["Ger"]


def test_a_participle_that_describes_stays_an_adjective() -> None:
    doc = make_parsed_doc(
        """
        Ana PROPN mostró nsubj
        se PRON mostró expl
        mostró VERB = ROOT mostrar past
        ilusionada ADJ mostró xcomp ilusionado part
        """
    )
    LemmasComponent("es", load_event_types())(doc)
    assert doc[3].lemma_ == "ilusionado"
