"""Words are embedded once, and as the layer itself embeds them."""

from __future__ import annotations

import numpy as np
import pytest
import spacy

from streams.extraction import word_memory
from streams.extraction.pipeline import load_pipeline
from streams.extraction.word_memory import remember_words

pytestmark = pytest.mark.model
TEXTS = ("Ana Ruiz llegó a Lima el 3 de mayo de 2024.", "EE.UU. firmó; Ana no.", "Ana, Ana y Ana (pág. 3) ")


@pytest.fixture(scope="module")
def plain() -> spacy.Language:
    return load_pipeline(None)


@pytest.fixture
def remembering() -> spacy.Language:
    nlp = load_pipeline(None)
    remember_words(nlp)
    return nlp


def test_vectors_are_those_of_the_layer(plain: spacy.Language, remembering: spacy.Language) -> None:
    for _ in range(2):  # the second time all words are known
        for text in (*TEXTS, ""):
            one, other = (
                nlp.get_pipe("tok2vec").predict([nlp.make_doc(text)]) for nlp in (plain, remembering)
            )
            np.testing.assert_array_equal(one[0], other[0])


def test_too_many_words_are_forgotten(
    plain: spacy.Language, remembering: spacy.Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_memory, "MOST_WORDS", 3)
    for text in (*TEXTS, *TEXTS):
        one, other = (nlp.get_pipe("tok2vec").predict([nlp.make_doc(text)]) for nlp in (plain, remembering))
        np.testing.assert_array_equal(one[0], other[0])


def test_the_pipeline_reads_the_same(plain: spacy.Language, remembering: spacy.Language) -> None:
    for one, other in zip(plain.pipe(TEXTS), remembering.pipe(TEXTS), strict=True):
        assert one.to_json() == other.to_json()


def test_a_pipeline_without_a_shared_network_is_left_alone() -> None:
    nlp = spacy.blank("es")
    remember_words(nlp)
    assert nlp.pipe_names == []
