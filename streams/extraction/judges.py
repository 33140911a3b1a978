"""Small linear models that decide between what the rules propose; running them needs nothing but a dict.

A judge is a logistic regression over named features, trained by `training/judges.py` on the training
articles and kept as readable JSON: feature → weight (or class → weight). An absent judge accepts what
the rules prefer, so extraction works, less well, without any.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from typing import Final

from schemas import ConfigurationError
from streams.extraction.lexicon import LANG_FOLDER

NAMES: Final = (
    "opening",
    "end",
    "statement",
    "event",
    "role",
    "same",
    "antecedent",
    "speaker",
    "addressee",
    "date",
    "place",
    "factuality",
    "medium",
    "teller",
)


@dataclass(frozen=True, slots=True)
class Judge:
    """One model: weights by class, then feature; a binary judge has the one class "yes".

    Attributes:
        threshold: Least probability that counts as a yes, chosen by cross-validation.
    """

    weights: Mapping[str, Mapping[str, float]]
    threshold: float = 0.5
    _under: dict[str, dict[str, float]] = field(default_factory=dict, compare=False, repr=False)

    def probability(self, features: Iterable[str]) -> float:
        """Probability of "yes", 0 to 1."""
        return _logistic(self._score("yes", features))

    def probability_under(self, prefixes: Sequence[str], features: Sequence[str]) -> float:
        """Probability of "yes" for features that each prefix stands before: "host|path=nsubj".

        As `probability` of the full names, which are never written out.
        """
        score = 0.0
        for prefix in prefixes:
            score = sum(map(self._table(prefix).get, features, repeat(0.0)), score)
        return _logistic(self.weights["yes"].get("bias", 0.0) + score)

    def _table(self, prefix: str) -> dict[str, float]:
        if prefix not in self._under:
            start = f"{prefix}|"
            own = self.weights["yes"].items()
            self._under[prefix] = {n.removeprefix(start): w for n, w in own if n.startswith(start)}
        return self._under[prefix]

    def score(self, features: Iterable[str]) -> float:
        """Log odds of "yes", to rank options by."""
        return self._score("yes", features)

    def scores(self, features: Iterable[str]) -> dict[str, float]:
        """Score of every class; the scores of several mentions add up to those of what they share."""
        found = list(features)
        return {name: self._score(name, found) for name in sorted(self.weights)}

    def _score(self, name: str, features: Iterable[str]) -> float:
        table = self.weights[name]
        return table.get("bias", 0.0) + sum(map(table.get, features, repeat(0.0)))


def _logistic(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


@lru_cache(maxsize=4)
def load_judges(language: str = "es", *, folder: Path = LANG_FOLDER) -> dict[str, Judge]:
    """Read the judges of a language; those without a file are left out.

    Raises:
        ConfigurationError: A file is not what `training/judges.py` writes.
    """
    judges = {}
    for name in NAMES:
        path = folder / language / "judges" / f"{name}.json"
        if not path.exists():
            continue
        try:
            data = json.loads(path.read_text("utf-8"))
            judges[name] = Judge(weights=data["weights"], threshold=float(data["threshold"]))
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigurationError(f"{path}: {type(error).__name__}: {error}") from error
    return judges
