"""From which probability on a judge says yes."""

from __future__ import annotations

from typing import Final

EVENTS_FOUND: Final = 0.8
"""F1 of visits, signings and meetings out of fold: how many slots can be right at all."""


def even_threshold(f1: float) -> float:
    """Threshold of probabilities that maximises F1: half of what it reaches; the curve itself is too noisy.

    Source:
        Lipton, Elkan and Naryanaswamy 2014, "Optimal Thresholding of Classifiers to Maximize F1 Measure".
    """
    return round(f1 / 2, 2)
