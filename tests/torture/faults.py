"""The faults of a torture, from a seed: which, in which order, on whom."""

import random
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What happens to the cluster."""

    KILL = "kill -9 of a worker, started again"
    TERM = "SIGTERM to a worker, started again"
    JOIN = "a third worker joins, and leaves"
    BROKER = "kill -9 of the broker, started again"
    PROCESS = "kill -9 of an extraction process"


@dataclass(frozen=True)
class Strike:
    """One fault at one moment.

    Attributes:
        after: Share of the articles sent since the last one that are done by then, 0 to 1.
        luck: Decides on whom, and for how long; 0 to 1.
    """

    fault: Fault
    after: float
    luck: float


def plan_faults(seed: int, counts: dict[Fault, int]) -> list[Strike]:
    """Put so many faults of each kind into an order of chance."""
    chance = random.Random(seed)
    faults = [fault for fault, count in counts.items() for _ in range(count)]
    chance.shuffle(faults)
    return [Strike(fault, chance.uniform(0.1, 0.8), chance.random()) for fault in faults]
