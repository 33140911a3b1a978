"""Judges that rank the options of a question: conditional logit, fitted over whole questions.

The options of a question compete (McFadden 1974): the probability of an option is its exponentiated score
over the sum of all, and weights maximise the probability of the right ones. Unlike a yes or no for each
option alone, what all options share has no influence.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer

from training.example import Example, article_of

FOLDS: Final = 5
_PENALTIES: Final = (2.0, 5.0, 12.0)
"""Strengths of the L2 penalty that are tried."""
_ITERATIONS: Final = 150


@dataclass(frozen=True)
class Ranking:
    """Weights by feature, and how many questions were answered right out of fold."""

    weights: dict[str, float]
    right: int
    questions: int
    penalty: float


def fold_of(article: str) -> int:
    """Fold of an article, the same in every run."""
    return int(hashlib.md5(article_of(article).encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def fit_ranking(examples: Sequence[Example]) -> Ranking:
    """Fit weights with the penalty that answers most questions right on articles not seen."""
    table = _Table(examples)
    answered = [(table.right_out_of_fold(penalty), penalty) for penalty in _PENALTIES]
    right, penalty = max(answered)
    return Ranking(table.named(table.fit(np.ones(len(examples), bool), penalty)), right, table.count, penalty)


def fit_weights(examples: Sequence[Example], penalty: float) -> dict[str, float]:
    """Fit weights with a given penalty."""
    table = _Table(examples)
    return table.named(table.fit(np.ones(len(examples), bool), penalty))


class _Table:
    """Examples as a sparse matrix, with the number of each one's question."""

    def __init__(self, examples: Sequence[Example]) -> None:
        counts = Counter(feature for e in examples for feature in set(e.features))
        self.vectorizer = DictVectorizer()
        rows = [{f: 1.0 for f in e.features if counts[f] > 1} for e in examples]
        self.matrix = self.vectorizer.fit_transform(rows).tocsr()
        self.truth = np.array([e.label == "yes" for e in examples], float)
        numbers: dict[str, int] = {}
        self.question = np.array([numbers.setdefault(e.question, len(numbers)) for e in examples])
        self.folds = np.array([fold_of(e.article) for e in examples])
        self.count = len(numbers)

    def right_out_of_fold(self, penalty: float) -> int:
        scores = np.zeros(len(self.truth))
        for fold in range(FOLDS):
            held = self.folds == fold
            if held.any() and not held.all():
                scores[held] = self.matrix[held] @ self.fit(~held, penalty)
        order = np.lexsort((-scores, self.question))
        first = np.unique(self.question[order], return_index=True)[1]
        return int(self.truth[order[first]].sum())

    def fit(self, rows: Any, penalty: float) -> Any:
        matrix, truth = self.matrix[rows], self.truth[rows]
        groups = np.unique(self.question[rows], return_inverse=True)[1]
        size = int(groups.max()) + 1

        def loss(weights: Any) -> tuple[float, Any]:
            scores = matrix @ weights
            top = np.full(size, -np.inf)
            np.maximum.at(top, groups, scores)
            odds = np.exp(scores - top[groups])
            total, right = np.bincount(groups, odds, size), np.bincount(groups, odds * truth, size)
            known = right > 0
            share = np.where(known[groups], odds * truth / np.where(known, right, 1.0)[groups], 0.0)
            slope = np.where(known[groups], odds / total[groups] - share, 0.0)
            value = -float(np.log(right[known] / total[known]).sum()) + penalty / 2 * float(weights @ weights)
            return value, matrix.T @ slope + penalty * weights

        start = np.zeros(matrix.shape[1])
        return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ITERATIONS}).x

    def named(self, weights: Any) -> dict[str, float]:
        names = self.vectorizer.get_feature_names_out()
        return {str(name): float(w) for name, w in zip(names, weights, strict=True)}
