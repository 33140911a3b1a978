"""Types of names decided over the whole article: the network, and what it does in the pipeline."""

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from schemas import ConfigurationError
from streams.extraction.components import add_to
from streams.extraction.entity_features import DocHints, type_features
from streams.extraction.entity_types import load_entity_typer, retype
from streams.extraction.frames import load_event_types
from streams.extraction.lexicon import load_lexicon
from streams.extraction.pipeline import DEFAULT_MODEL, load_pipeline
from streams.extraction.plain import plain
from training.evaluate import score


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    pipeline = load_pipeline(DEFAULT_MODEL)
    add_to(pipeline, load_event_types())
    return pipeline


def test_scores_on_the_treebank_hold(nlp: spacy.Language, gold: Path) -> None:
    """Floors for a model to be published: attachment, and entities typed over the article."""
    treebank = gold / "treebank"
    if not treebank.exists():
        pytest.skip("the treebank is not here")
    scores = score(nlp, treebank, separator=" ")
    assert scores["dep_las"] >= 0.80
    assert scores["ents_f"] >= 0.75


def test_spans_stay_as_they_were(nlp: spacy.Language) -> None:
    text = "El canciller Raúl Ccori llegó ayer a Lima y visitó la sede de la OEA."
    bare = load_pipeline(DEFAULT_MODEL)(text)
    assert [(e.start, e.end) for e in nlp(text).ents] == [(e.start, e.end) for e in bare.ents]


def test_a_doc_without_names_has_none() -> None:
    doc = Doc(load_pipeline(DEFAULT_MODEL).vocab, words=["Llueve", "."])
    assert retype(plain(doc), load_entity_typer(), load_lexicon()) == []


def test_a_pipeline_with_other_vectors_keeps_its_types() -> None:
    assert not load_entity_typer().fits(spacy.blank("es").vocab)


def test_features_tell_the_words_and_the_rest_of_the_article() -> None:
    vocab = load_pipeline(DEFAULT_MODEL).vocab
    doc = plain(Doc(vocab, words=["Ana", "Ruiz", "habló", ".", "Ruiz", "calló", "."]))
    names = [doc.span(0, 2, "PER"), doc.span(4, 5, "PER")]
    hints = DocHints(doc, names, load_lexicon())
    short = type_features(names[1], hints, load_lexicon())
    assert {"text=ruiz", "part-of-longer", "before=.", "after=calló"} <= set(short)
    assert hints.vectors_of(names[0]).shape == (8 * vocab.vectors_length,)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "network.npz"
    broken.write_bytes(b"no archive")
    with pytest.raises(ConfigurationError, match=r"network\.npz"):
        load_entity_typer(broken)
    np.savez(broken, about=np.array("{}"))
    with pytest.raises(ConfigurationError, match=r"network\.npz"):
        load_entity_typer(broken)
