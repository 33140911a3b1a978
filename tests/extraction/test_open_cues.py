"""Cues that no list has, and those that only a judge may accept."""

import pytest

from streams.extraction.cue_finder import find_cues
from streams.extraction.lexicon import load_lexicon
from streams.extraction.open_cues import governs_que
from streams.extraction.quotes import find_quotes
from streams.extraction.statements import StatementReader
from tests.builders import make_doc
from tests.extraction.sentences import read

UNLISTED = """
    Ana      PROPN  rumia    nsubj  _         _        PER
    rumia    VERB   =        ROOT   {lemma}   present
    que      SCONJ  llueve   mark
    llueve   VERB   rumia    ccomp  llover    present
    .        PUNCT  rumia    punct
"""


@pytest.mark.parametrize(("lemma", "found"), [("olfatear", True), ("parecer", False)])
def test_a_verb_with_a_clause_is_a_cue_unless_it_is_silent(lemma: str, *, found: bool) -> None:
    doc = make_doc(UNLISTED.format(lemma=lemma))
    assert governs_que(doc[1], load_lexicon().cues.silent_verbs) is found


def test_rules_alone_do_not_accept_what_is_not_sure() -> None:
    sentence = read(UNLISTED.format(lemma="olfatear"))
    assert [cue.sure for cue in sentence.layout.cues] == [False]
    assert StatementReader(sentence.doc, load_lexicon(), sentence.references, sentence.quotes).read() == []


@pytest.mark.parametrize(("form", "sure"), [("past", True), ("conditional", False), ("subjunctive", False)])
def test_forms_that_may_report_are_cues_for_a_judge(form: str, *, sure: bool) -> None:
    doc = make_doc(f"""
        Ana     PROPN  dijo    nsubj  _      _       PER
        dijo    VERB   =       ROOT   decir  {form}
        que     SCONJ  llueve  mark
        llueve  VERB   dijo    ccomp  llover  present
    """)
    assert [cue.sure for cue in find_cues(doc, load_lexicon(), find_quotes(doc))] == [sure]


@pytest.mark.parametrize("form", ["future", "imperative"])
def test_what_is_yet_to_be_said_is_none(form: str) -> None:
    doc = make_doc(f"""
        Ana     PROPN  dirá    nsubj  _      _       PER
        dirá    VERB   =       ROOT   decir  {form}
        que     SCONJ  llueve  mark
        llueve  VERB   dirá    ccomp  llover  present
    """)
    assert find_cues(doc, load_lexicon(), find_quotes(doc)) == []


@pytest.mark.parametrize(("words", "found"), [("no", False), ("no sólo", True)])
def test_what_was_not_said_is_none_but_not_only_said_is(words: str, *, found: bool) -> None:
    rows = "\n".join(f"{word} ADV dijo advmod" for word in words.split())
    doc = make_doc(f"""
        Ana PROPN dijo nsubj _ _ PER
        {rows}
        dijo VERB = ROOT decir past
        que SCONJ llueve mark
        llueve VERB dijo ccomp llover present
    """)
    assert bool(find_cues(doc, load_lexicon(), find_quotes(doc))) is found
