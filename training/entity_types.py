"""Train the network of `streams/extraction/entity_types.py` on the names of the treebank.

    python -m training.entity_types MODEL --treebank ../shared/data/treebank

Names are the gold ones of the training articles, read whole. The recogniser's own label is a feature too.
Its labels on articles that it was trained on are too good to learn from, so they are drawn, with a fixed
seed, from how it confuses types on articles that it has not seen: the development articles (`CONFUSION`).
That does not favour the scores on them: rates from one half of them, scored on the other, give the same mean.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import spacy
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler
from spacy.vocab import Vocab

from streams.extraction.entity_features import DocHints, Floats, type_features
from streams.extraction.entity_types import FILE
from streams.extraction.lexicon import load_lexicon
from streams.extraction.plain import plain
from training.convert import group_sentences, make_doc
from training.treebank import read_sentences

MIN_COUNT = 4
"""Names that have a feature for it to count."""
UNITS = 32
NETWORKS = 2
"""Trained from different seeds; their mean is again one network, with all their units."""
DENSE_SCALE = 0.1
"""Weight of the standardised vectors beside the named features (0.05 and 0.15 do no better)."""
SEED = 20
CONFUSION = {
    "LOC": {"LOC": 0.82, "ORG": 0.10, "PER": 0.06, "MISC": 0.02},
    "ORG": {"ORG": 0.62, "LOC": 0.22, "PER": 0.11, "MISC": 0.05},
    "PER": {"PER": 0.92, "LOC": 0.04, "MISC": 0.02, "ORG": 0.02},
    "MISC": {"MISC": 0.70, "ORG": 0.16, "LOC": 0.09, "PER": 0.05},
}
"""Gold type → how often the recogniser says what, of names that it finds; rounded."""


@dataclass(frozen=True, slots=True)
class Example:
    """One name: features, vectors (8 × width,), gold type."""

    features: list[str]
    vectors: Floats
    label: str


def examples(treebank: Path, vocab: Vocab, *, without: Container[str] = ()) -> Iterator[Example]:
    """Give every name of the training articles, but for those of the documents `without`."""
    lexicon = load_lexicon()
    rng = Random(SEED)
    for group in group_sentences(read_sentences(treebank / "train.conllu.gz")):
        if group[0].document in without:
            continue
        doc = plain(make_doc(vocab, group))
        names = list(doc.ents)
        hints = DocHints(doc, names, lexicon)
        for name in names:
            said = CONFUSION[name.label_]
            label = rng.choices(list(said), list(said.values()))[0]
            features = [*type_features(name, hints, lexicon), f"label={label}"]
            yield Example(features, hints.vectors_of(name), name.label_)


def fit(found: Sequence[Example]) -> dict[str, Any]:
    """Fit the networks and join them into one: feature names, types and arrays by name.

    Training stops early, on a tenth of the names, after ten rounds without gain.
    """
    counts = Counter(feature for example in found for feature in set(example.features))
    vectorizer = DictVectorizer()
    named = vectorizer.fit_transform(
        [{f: 1.0 for f in example.features if counts[f] >= MIN_COUNT} for example in found]
    )
    scaler = StandardScaler()
    dense = scaler.fit_transform(np.array([example.vectors for example in found])) * DENSE_SCALE
    matrix = hstack([named, csr_matrix(dense)]).tocsr()
    labels = np.array([example.label for example in found])
    networks = [
        MLPClassifier(
            (UNITS,), alpha=1e-3, learning_rate_init=5e-4, max_iter=40, early_stopping=True, random_state=seed
        ).fit(matrix, labels)
        for seed in range(NETWORKS)
    ]
    first = np.hstack([network.coefs_[0] for network in networks])
    split = named.shape[1]
    scale = DENSE_SCALE / scaler.scale_
    weights = first[split:] * scale[:, None]
    return {
        "features": list(vectorizer.get_feature_names_out()),
        "types": [str(label) for label in networks[0].classes_],
        "named": first[:split],
        "dense": weights,
        "bias": np.hstack([network.intercepts_[0] for network in networks]) - scaler.mean_ @ weights,
        "out": np.vstack([network.coefs_[1] for network in networks]) / NETWORKS,
        "out_bias": np.mean([network.intercepts_[1] for network in networks], axis=0),
    }


def train(vocab: Vocab, treebank: Path, output: Path, *, without: Container[str] = ()) -> str:
    """Collect, fit and write; give a line that says how large it became.

    Args:
        vocab: Has the word vectors.
        treebank: Directory of the treebank.
        output: The `.npz` file.
        without: Ids of documents to leave out.
    """
    found = list(examples(treebank, vocab, without=without))
    fitted = fit(found)
    about = {name: fitted.pop(name) for name in ("features", "types")}
    about["vectors"] = str(vocab.vectors.name)
    arrays = {name: array.astype(np.float16) for name, array in fitted.items()}
    np.savez_compressed(output, about=np.array(json.dumps(about, ensure_ascii=False)), **arrays)
    return f"{len(found)} names, {len(about['features'])} features, {output.stat().st_size / 1e6:.2f} MB"


def main() -> None:
    """Train on the whole training part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", help="the pipeline whose word vectors are used")
    parser.add_argument("--treebank", type=Path, default=Path("../shared/data/treebank"))
    parser.add_argument("--output", type=Path, default=FILE)
    arguments = parser.parse_args()
    print(train(spacy.load(arguments.model).vocab, arguments.treebank, arguments.output))


if __name__ == "__main__":
    main()
