"""Plain tokens say what spaCy's say."""

from __future__ import annotations

import gc
import random
import weakref

import pytest
import spacy.tokens
from spacy.vocab import Vocab

from streams.extraction import token_sorts
from streams.extraction.doc import make_doc
from streams.extraction.pipeline import load_pipeline
from streams.extraction.plain import let_go, plain
from tests.builders import make_article, make_parsed_doc

SAME = (
    "i", "idx", "text", "lower_", "lemma_", "pos_", "dep_", "ent_type_", "ent_iob_", "whitespace_",
    "is_space", "is_punct", "is_quote", "is_alpha", "is_lower", "is_stop",
)  # fmt: skip
TEXT = """Quito, 3 may (EFE).- La canciller Ana Ruiz, que llegó ayer, dijo: «No firmaremos».

Según Radio Callao, se reunirá hoy con Luis Soto y con el ministro (que la invitó); después volverá."""


@pytest.fixture(scope="module")
def parsed() -> spacy.tokens.Doc:
    nlp = load_pipeline(None)
    return nlp(make_doc(nlp, TEXT, published=make_article().published_on))


@pytest.mark.model
def test_tokens_have_the_same_attributes_and_tree(parsed: spacy.tokens.Doc) -> None:
    for theirs, ours in zip(parsed, plain(parsed), strict=True):
        assert {name: getattr(ours, name) for name in SAME} == {name: getattr(theirs, name) for name in SAME}
        assert ours.morph == {k: v.split(",") for k, v in theirs.morph.to_dict().items()}
        assert ours.is_sent_start == bool(theirs.is_sent_start)
        for name in ("head", "left_edge", "right_edge"):
            assert getattr(ours, name).i == getattr(theirs, name).i
        for name in ("lefts", "rights", "children", "ancestors"):
            assert [t.i for t in getattr(ours, name)] == [t.i for t in getattr(theirs, name)]
        sent = theirs.sent
        assert (ours.sent.start, ours.sent.end, ours.sent.root.i) == (sent.start, sent.end, sent.root.i)


@pytest.mark.model
def test_spans_have_the_same_text_and_root(parsed: spacy.tokens.Doc) -> None:
    ours = plain(parsed)
    for start in range(len(ours)):
        for end in range(start + 1, len(ours) + 1):
            theirs, span = parsed[start:end], ours.span(start, end)
            assert (span.text, span.root.i, len(span)) == (theirs.text, theirs.root.i, len(theirs))
    assert [(e.start, e.end, e.label_) for e in ours.ents] == [
        (e.start, e.end, e.label_) for e in parsed.ents
    ]


@pytest.mark.model
@pytest.mark.parametrize("mode", ["expand", "contract"])
def test_characters_lead_to_the_same_tokens(parsed: spacy.tokens.Doc, mode: str) -> None:
    ours, chance = plain(parsed), random.Random(3)
    for _ in range(2_000):
        start, end = sorted(chance.sample(range(len(parsed.text) + 1), 2))
        theirs = parsed.char_span(start, end, alignment_mode=mode)
        span = ours.char_span(start, end, alignment_mode=mode)
        if theirs is None or not len(theirs):
            assert span is None
        else:
            assert span is not None
            assert (span.start, span.end) == (theirs.start, theirs.end)


def test_tokens_are_made_once() -> None:
    doc = make_parsed_doc("Ana PROPN llegó nsubj\nllegó VERB = ROOT llegar past")
    assert plain(doc) is plain(doc)


def test_an_empty_doc_has_no_tokens() -> None:
    doc = plain(spacy.tokens.Doc(Vocab()))
    assert (len(doc), doc.text, doc.sents, doc.ents) == (0, "", [], [])
    assert doc.char_span(0, 1, alignment_mode="expand") is None


def test_tallies_are_counts() -> None:
    doc = plain(
        make_parsed_doc("Ana PROPN llegó nsubj\n, PUNCT llegó punct\nllegó VERB = ROOT\n¶ SPACE llegó dep")
    )
    for what, is_one in token_sorts.COUNTED.items():
        for start in range(len(doc) + 1):
            for end in range(len(doc) + 2):
                assert doc.tally(what, start, end) == sum(map(is_one, doc[start:end]))


def test_a_mended_verb_forgets_what_was_kept_of_its_old_form() -> None:
    from streams.extraction.syntax import case_of, finite_part

    doc = plain(make_parsed_doc("de ADP irse case\nirse NOUN pensó obl\npensó VERB = ROOT pensar past"))
    assert case_of(doc[1]) == "de"
    assert finite_part(doc[1]) is doc[1]
    doc[1].make_verb("VerbForm=Inf")
    assert doc[1].case is None
    assert doc[1].morph.get("VerbForm") == ["Inf"]


def test_what_was_let_go_is_freed_without_the_garbage_collector() -> None:
    doc = make_parsed_doc("Ana PROPN llegó nsubj\nllegó VERB = ROOT llegar past")
    token = weakref.finalize(plain(doc), lambda: None)
    gc.disable()
    try:
        let_go(doc)
        assert not token.alive
    finally:
        gc.enable()
    assert len(plain(doc)) == 2  # made anew if it is asked for after all
