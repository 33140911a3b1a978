"""Names to vary the training data with, read from `names.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from random import Random


@dataclass(frozen=True)
class Names:
    """Lists of names, each a string as the press writes it."""

    given: list[str]
    surnames: list[str]
    foreign: list[str]
    countries: list[str]
    cities: list[str]
    agencies: list[str]
    months: list[str]

    def person(self, words: int, rng: Random) -> list[str]:
        """Draw a person's name of one to four words: surname alone, or given names and surnames."""
        if words <= 2 and rng.random() < 0.35:
            foreign = rng.choice(self.foreign).split()
            return foreign[-1:] if words == 1 else foreign
        if words == 1:
            return [rng.choice(self.surnames)]
        given = 2 if words == 4 else 1
        return rng.sample(self.given, given) + rng.sample(self.surnames, words - given)


def load_names(path: Path) -> Names:
    """Read the lists; a string is a list of words."""
    with path.open("rb") as file:
        table = tomllib.load(file)
    return Names(**{key: value.split() if isinstance(value, str) else value for key, value in table.items()})


NAMES = load_names(Path(__file__).with_name("names.toml"))
