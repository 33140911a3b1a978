"""What a name is – person, organization, place, other – decided over the whole article.

The recogniser finds names well (span F1 90 on the treebank's development articles) but types them by a few
words around; "Valencia" the team and Valencia the town need the article. A small network over
`entity_features` decides again; it is trained by `training/entity_types.py` on the treebank.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from spacy.vocab import Vocab

from schemas import ConfigurationError
from streams.extraction.entity_features import DocHints, Floats, type_features
from streams.extraction.lexicon import Lexicon
from streams.extraction.tokens import Doc, Span

FILE: Final = Path(__file__).parent / "models" / "es_entity_types.npz"


@dataclass(frozen=True, slots=True)
class EntityTyper:
    """One hidden layer of rectified units over named features and vectors.

    Attributes:
        types: Names of the classes, (types,).
        features: Feature → its row in `named`.
        named: Weights of the named features, (features, units).
        dense: Weights of the vectors, (vector width, units), standardisation included.
        bias: (units,).
        out: (units, types).
        out_bias: (types,).
        vectors: Name of the vector table that `dense` was trained on.
    """

    types: tuple[str, ...]
    features: Mapping[str, int]
    named: Floats
    dense: Floats
    bias: Floats
    out: Floats
    out_bias: Floats
    vectors: str

    def fits(self, vocab: Vocab) -> bool:
        """Whether a pipeline has the word vectors that this was trained on."""
        return str(vocab.vectors.name) == self.vectors

    def best(self, features: Sequence[Iterable[str]], vectors: Floats) -> list[str]:
        """Most probable types of names.

        Args:
            features: Of each name.
            vectors: Of each name, (names, vector width).
        """
        hidden = self.bias + vectors @ self.dense
        for row, found in enumerate(features):
            known = [self.features[feature] for feature in set(found) if feature in self.features]
            hidden[row] += np.add.reduce(self.named[known], axis=0)
        best = np.argmax(np.maximum(hidden, 0.0) @ self.out + self.out_bias, axis=1)
        return [self.types[index] for index in best.tolist()]


@lru_cache(maxsize=2)
def load_entity_typer(path: Path = FILE) -> EntityTyper:
    """Read a network.

    Raises:
        ConfigurationError: The file is not what `training/entity_types.py` writes.
    """
    try:
        with np.load(path, allow_pickle=False) as data:
            about = json.loads(str(data["about"]))
            weights = {
                name: data[name].astype(np.float32) for name in ("named", "dense", "bias", "out", "out_bias")
            }
        return EntityTyper(
            types=tuple(about["types"]),
            features={feature: row for row, feature in enumerate(about["features"])},
            vectors=about["vectors"],
            **weights,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(f"{path}: {type(error).__name__}: {error}") from error


def retype(doc: Doc, typer: EntityTyper, lexicon: Lexicon) -> list[Span]:
    """Entities of a doc with their types decided again; spans stay as they are."""
    names = list(doc.ents)
    if not names:
        return []
    hints = DocHints(doc, names, lexicon)
    features = [[*type_features(name, hints, lexicon), f"label={name.label_}"] for name in names]
    types = typer.best(features, np.stack([hints.vectors_of(name) for name in names]))
    return [Span(doc, name.start, name.end, label) for name, label in zip(names, types, strict=True)]
