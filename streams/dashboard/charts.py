"""Geometry of the timeline and of the network, in the units of an SVG view box; templates draw it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from streams.dashboard.overview import Day, Pair

TIMELINE_WIDTH: Final = 600
TIMELINE_HEIGHT: Final = 120
NETWORK_SIZE: Final = 320
_RADIUS: Final = 95
_MOST_NODES: Final = 12


@dataclass(frozen=True)
class Bar:
    """A piece of a day's bar: one type."""

    day: date
    type: str
    events: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Node:
    """Somebody on the circle; `side` is where the label stands: start, middle or end."""

    name: str
    x: float
    y: float
    label_x: float
    label_y: float
    side: str


@dataclass(frozen=True)
class Edge:
    """A line between two nodes."""

    one: Node
    other: Node
    events: int
    width: float


def timeline(days: Sequence[Day], types: Sequence[str]) -> list[Bar]:
    """Stack each day's types on one another.

    Args:
        days: In their order.
        types: From the bottom up; a type that is not among them is left out.
    """
    most = max((sum(day.types.values()) for day in days), default=0)
    if not most:
        return []
    step = TIMELINE_WIDTH / len(days)
    width = min(max(step * 0.8, 1.0), 40.0)
    bars = []
    for index, day in enumerate(days):
        top = float(TIMELINE_HEIGHT)
        for name in types:
            events = day.types.get(name, 0)
            if events:
                height = events / most * (TIMELINE_HEIGHT - 4)
                top -= height
                x = index * step + (step - width) / 2
                bars.append(
                    Bar(day.day, name, events, round(x, 1), round(top, 1), round(width, 1), round(height, 1))
                )
    return bars


def network(pairs: Sequence[Pair]) -> tuple[list[Node], list[Edge]]:
    """Put those who meet most on a circle, most connected first, and join them."""
    weight: dict[str, int] = {}
    for pair in pairs:
        for name in (pair.one, pair.other):
            weight[name] = weight.get(name, 0) + pair.events
    names = sorted(weight, key=lambda name: (-weight[name], name))[:_MOST_NODES]
    nodes = {name: _node(name, index, len(names)) for index, name in enumerate(names)}
    drawn = [pair for pair in pairs if pair.one in nodes and pair.other in nodes]
    most = max((pair.events for pair in drawn), default=1)
    edges = [
        Edge(nodes[pair.one], nodes[pair.other], pair.events, round(1 + 4 * pair.events / most, 1))
        for pair in drawn
    ]
    linked = {node.name for edge in edges for node in (edge.one, edge.other)}
    return [node for node in nodes.values() if node.name in linked], edges


def _node(name: str, index: int, count: int) -> Node:
    angle = 2 * math.pi * index / count - math.pi / 2
    centre = NETWORK_SIZE / 2
    cos, sin = math.cos(angle), math.sin(angle)
    side = "middle" if abs(cos) < 0.2 else "start" if cos > 0 else "end"
    return Node(
        name,
        round(centre + _RADIUS * cos, 1),
        round(centre + _RADIUS * sin, 1),
        round(centre + (_RADIUS + 10) * cos, 1),
        round(centre + (_RADIUS + 12) * sin + 4, 1),
        side,
    )
