"""What every fit of a judge needs: features as a matrix, regularisation by cross-validation, weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import GroupKFold

from training.example import Example, article_of

FOLDS = 5
STRENGTHS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
PRUNE_BELOW = 0.02


@dataclass(frozen=True)
class Fitted:
    """A judge and how it did on articles that it had not seen."""

    weights: dict[str, dict[str, float]]
    threshold: float
    report: str


def best_strength(
    matrix: Any,
    truth: Any,
    groups: Any,
    strengths: Sequence[float] = STRENGTHS,
    *,
    solver: str = "lbfgs",
) -> tuple[float, Any]:
    """Regularisation of least log loss out of fold, and the probabilities that it gave there."""
    best: tuple[float, float, Any] | None = None
    for strength in strengths:
        scores = np.zeros(len(truth))
        for train, test in GroupKFold(FOLDS).split(matrix, truth, groups):
            model = LogisticRegression(C=strength, max_iter=2000, solver=solver).fit(
                matrix[train], truth[train]
            )
            scores[test] = model.predict_proba(matrix[test])[:, 1]
        loss = float(log_loss(truth, scores))
        if best is None or loss < best[0]:
            best = (loss, strength, scores)
    assert best is not None
    return best[1], best[2]


def matrix_of(examples: Sequence[Example], *, least: int = 2) -> tuple[DictVectorizer, Any, Any, Any]:
    """Features, labels and articles of examples; a feature counts with `least` examples or more."""
    vectorizer = DictVectorizer()
    counts = Counter(feature for e in examples for feature in set(e.features))
    matrix = vectorizer.fit_transform([{f: 1.0 for f in e.features if counts[f] >= least} for e in examples])
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    groups = np.array([article_of(e.article) for e in examples])
    return vectorizer, matrix, np.array([e.label for e in examples]), groups


def weights_of(vectorizer: DictVectorizer, row: Any, bias: float) -> dict[str, float]:
    """Weights by feature, rounded and pruned."""
    names = vectorizer.get_feature_names_out()
    found = {name: round(float(w), 3) for name, w in zip(names, row, strict=True) if abs(w) >= PRUNE_BELOW}
    return {"bias": round(float(bias), 3), **dict(sorted(found.items()))}
