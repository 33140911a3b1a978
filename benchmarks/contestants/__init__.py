"""Who runs the same function between the same topics, each written as its own documentation advises.

All of them promise what Teletipo's worker promises: at least once. Outputs are acknowledged by all replicas
before the offset of what they were made of is committed; producers are idempotent; compression is the same.
"""

from __future__ import annotations

import json
import signal
import sys
from dataclasses import dataclass
from types import FrameType


@dataclass(frozen=True)
class Options:
    """What a contestant is told, as JSON in its first argument.

    Attributes:
        servers: host:port of the broker.
        prefix: Of all topics.
        raw: The topic to read.
        outputs: The topics to write.
        group: The consumer group.
        function: `real` or `cheap`.
        compression: Of what is sent.
    """

    servers: str
    prefix: str
    raw: str
    outputs: list[str]
    group: str
    function: str
    compression: str


def read_options() -> Options:
    """Read the first argument."""
    return Options(**json.loads(sys.argv[1]))


class Stop:
    """Becomes true on SIGTERM, for loops that end themselves."""

    def __init__(self) -> None:
        self._asked = False
        signal.signal(signal.SIGTERM, self._ask)

    def __bool__(self) -> bool:
        return self._asked

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self._asked = True
