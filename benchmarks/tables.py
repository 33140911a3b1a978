"""Tables of figures, and the lines around them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from statistics import median
from typing import Final

from rich.console import Console
from rich.table import Table

_BUSY: Final = 0.5
"""Load of others, for each core, from which on a table warns."""


def make_table(title: str, *columns: str) -> Table:
    """Make a table whose first column is text and whose others are numbers."""
    made = Table(title=title, title_justify="left", header_style="bold")
    for number, name in enumerate(columns):
        made.add_column(name, justify="right" if number else "left")
    return made


def figures(values: Sequence[float], form: str = ".1f") -> str:
    """Write the median of several runs, and how far they lie apart."""
    low, high = min(values), max(values)
    spread = f" ({low:{form}}–{high:{form}})" if len(values) > 1 else ""
    return f"{median(values):{form}}{spread}"


def say_load(console: Console) -> None:
    """Tell how many processes wanted the cores lately: a busy machine measures itself."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    warning = " – others are at work, take times as upper bounds" if load > _BUSY * cores else ""
    console.print(f"{cores} cores, load {load:.1f} at the beginning{warning}")
