"""Acknowledgements released in offset order, whatever order the work is done in.

Faust commits past a hole of one record, and past any hole before its first commit (measured,
`docs/delivery.md`). So a record is acknowledged only when every one before it on its partition is done.
"""

from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass


@dataclass
class Slot:
    """A record's place in the queue of its partition; the reference to it must be kept until acked."""

    lane: Hashable
    acknowledge: Callable[[], object]
    done: bool = False


class OrderedAcks:
    """A queue of slots for each lane, a lane being a partition in one generation of the group."""

    def __init__(self) -> None:
        self._lanes: dict[Hashable, deque[Slot]] = {}

    def open(self, lane: Hashable, acknowledge: Callable[[], object]) -> Slot:
        """Take the next place in a lane; call in the order of offsets."""
        slot = Slot(lane, acknowledge)
        self._lanes.setdefault(lane, deque()).append(slot)
        return slot

    def close(self, slot: Slot) -> None:
        """Mark a slot done, and acknowledge every done one at the head of its lane."""
        slot.done = True
        lane = self._lanes[slot.lane]
        while lane and lane[0].done:
            lane.popleft().acknowledge()
        if not lane:
            del self._lanes[slot.lane]

    def held(self) -> int:
        """Count the records that are not acknowledged yet."""
        return sum(len(lane) for lane in self._lanes.values())
