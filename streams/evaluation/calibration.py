"""Whether confidences are what they say: of events at 0.8, about eight in ten should be right.

Source:
    Expected calibration error: Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities
    Using Bayesian Binning", AAAI 2015; ten bins of equal width, as is usual.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Events whose confidences are close.

    Attributes:
        events: How many.
        confidence: Their mean confidence.
        right: Share of them that are right.
    """

    events: int
    confidence: float
    right: float


def reliability(judged: Sequence[tuple[float, bool]]) -> list[Bin]:
    """Sort events by confidence into bins, the empty ones left out.

    Args:
        judged: Confidence of an event, 0 to 1, and whether it is right.
    """
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in judged:
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    return [
        Bin(
            events=len(members),
            confidence=sum(confidence for confidence, _ in members) / len(members),
            right=sum(right for _, right in members) / len(members),
        )
        for members in bins
        if members
    ]


def calibration_error(judged: Sequence[tuple[float, bool]]) -> float:
    """Give the expected calibration error, 0 (as good as it says) to 1; 0 where there is no event.

    >>> round(calibration_error([(0.9, True), (0.9, True), (0.9, False), (0.1, False)]), 3)
    0.2
    """
    total = len(judged)
    return sum(abs(b.confidence - b.right) * b.events for b in reliability(judged)) / total if total else 0.0
