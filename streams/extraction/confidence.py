"""From what the judges think of a candidate to the probability that the event is right.

A judge weighs single words; an event may have several, and was chosen because a judge liked it. So the
judge's probability is corrected by a curve for each type, fitted by `training/calibration.py` on
training articles that the judges had not seen.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from schemas import ConfigurationError
from streams.extraction.annotations import Candidate
from streams.extraction.lexicon import LANG_FOLDER

LEAST: Final = 0.01
"""Probabilities closer to 0 or 1 say no more: two decimals are published."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Logistic curve over a judge's log-odds (Platt scaling).

    Attributes:
        several: Added where more than one trigger names the event.
    """

    bias: float = 0.0
    slope: float = 1.0
    several: float = 0.0

    def probability(self, score: float, *, triggers: int) -> float:
        """Correct a judge's probability."""
        odds = self.bias + self.slope * log_odds(score) + self.several * (triggers > 1)
        return 1.0 / (1.0 + math.exp(-odds))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Curves by event type.

    Attributes:
        unjudged: For events that frames alone found, as those of a user's types: how many such are right.
    """

    curves: Mapping[str, Curve] = field(default_factory=dict)
    unjudged: float = 0.5

    def confidence(self, candidate: Candidate, *, judged: bool) -> float:
        """Estimate how likely an event is right, 0 to 1."""
        if not judged:
            return self.unjudged
        curve = self.curves.get(candidate.type)
        if curve is None:
            return candidate.score
        return curve.probability(candidate.score, triggers=len(set(candidate.triggers)))


def log_odds(probability: float) -> float:
    """Give ln(p / (1 - p)), within what two decimals can say."""
    held = min(1.0 - LEAST, max(LEAST, probability))
    return math.log(held / (1.0 - held))


@lru_cache(maxsize=4)
def load_calibration(language: str = "es", *, folder: Path = LANG_FOLDER) -> Calibration:
    """Read the curves of a language; without a file, judges are taken at their word.

    Raises:
        ConfigurationError: The file is not what `training/calibration.py` writes.
    """
    path = folder / language / "judges" / "calibration.json"
    if not path.exists():
        return Calibration()
    try:
        data = json.loads(path.read_text("utf-8"))
        curves = {name: Curve(**curve) for name, curve in data["curves"].items()}
        return Calibration(curves, float(data["unjudged"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(f"{path}: {type(error).__name__}: {error}") from error
