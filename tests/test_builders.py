"""The table that tests write sentences in says what it seems to say."""

import pytest

from tests.builders import make_doc

TABLE = """
    «       PUNCT  buena  punct
    Es      AUX    buena  cop    ser  present
    buena   ADJ    dijo   ccomp  bueno
    »       PUNCT  buena  punct
    ,       PUNCT  dijo   punct
    dijo    VERB   =      ROOT   decir  past
    Ana     PROPN  dijo   nsubj  _  _  PER
    Rubio   PROPN  Ana    flat   _  _  PER
    .       PUNCT  dijo   punct
    ¶       SPACE  8      dep
    Sonrió  VERB   =      ROOT   sonreír  past
    .       PUNCT  Sonrió punct
"""


def test_make_doc_spaces_words_as_print_does() -> None:
    doc = make_doc(TABLE)
    assert doc.text == '"Es buena", dijo Ana Rubio.\nSonrió.'
    assert doc._.source_text == "«Es buena», dijo Ana Rubio.\nSonrió."


def test_make_doc_has_tree_entities_and_sentences() -> None:
    doc = make_doc(TABLE)
    assert doc[5].lemma_ == "decir"
    assert [child.text for child in doc[5].children if child.dep_ == "nsubj"] == ["Ana"]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Ana Rubio", "PER")]
    assert [sent.root.text for sent in doc.sents] == ["dijo", "Sonrió"]


def test_make_doc_spaces_straight_marks_in_turn() -> None:
    table = """
        "    PUNCT  Sí  punct
        Sí   INTJ   =   ROOT
        "    PUNCT  Sí  punct
        ,    PUNCT  Sí  punct
        "    PUNCT  no  punct
        no   INTJ   Sí  conj
        "    PUNCT  no  punct
    """
    assert make_doc(table).text == '"Sí", "no"'


def test_make_doc_refuses_a_head_that_is_two_words() -> None:
    with pytest.raises(ValueError, match="row 0: head 'a' is 2 words"):
        make_doc("b DET a det\n a NOUN = ROOT\n a NOUN = ROOT")
