"""Datelines: "Caracas, 19 oct (EFE).-" and its kin, as sentences of their own.

The treebank has none, modern agencies and newspapers open with them. A dateline is annotated as a sentence of
its own, rooted in its city, so that it does not disturb the sentence behind it.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from training.names import NAMES
from training.treebank import Sentence, Token

ENDINGS = (".-", ".-", ".–", ".—", ".", " -", " –", " —", " |", ":")
SHAPES = (
    "city",
    "city",
    "city date agency",
    "city date agency",
    "city date",
    "city agency",
    "city agency date",
)


class _Line:
    """Tokens of a dateline while it is written; the first token is the root."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []

    def add(
        self,
        form: str,
        pos: str,
        dep: str,
        *,
        head: int = 0,
        entity: str = "O",
        morph: str = "",
        glued: bool = False,
    ) -> int:
        """Append a token, and give its index."""
        if self.tokens and glued:
            self.tokens[-1] = replace(self.tokens[-1], space="")
        self.tokens.append(Token(form, form, pos, morph, head, dep, " ", entity))
        return len(self.tokens) - 1

    def name(self, words: list[str], label: str, dep: str) -> None:
        """Append a name, flat under its first word."""
        first = self.add(words[0], "PROPN", dep, entity=f"B-{label}")
        for word in words[1:]:
            self.add(word, "PROPN", "flat", head=first, entity=f"I-{label}")

    def punct(self, form: str, *, head: int = 0, glued: bool = True) -> None:
        """Append a mark."""
        self.add(form, "PUNCT", "punct", head=head, glued=glued)


def make_dateline(document: str, rng: Random) -> Sentence:
    """Write a dateline at random: city, perhaps date and agency, closing mark."""
    line, shape = _Line(), rng.choice(SHAPES)
    city = rng.choice(NAMES.cities)
    line.name((city.upper() if rng.random() < 0.4 else city).split(), "LOC", "ROOT")
    for part in shape.split()[1:]:
        (_add_date if part == "date" else _add_agency)(line, rng)
    _add_ending(line, rng)
    return Sentence(document, tuple(line.tokens))


def _add_date(line: _Line, rng: Random) -> None:
    line.punct(",")
    day, month = str(rng.randint(1, 31)), rng.choice(NAMES.months)
    head = line.add(day, "NUM", "nmod", morph="NumForm=Digit|NumType=Card")
    if len(month) > 3 and rng.random() < 0.7:
        line.add("de", "ADP", "case", head=head + 2)
        line.add(month, "NOUN", "compound", head=head)
    else:
        line.add(month, "NOUN", "compound", head=head)


def _add_agency(line: _Line, rng: Random) -> None:
    head = len(line.tokens) + 1
    line.add("(", "PUNCT", "punct", head=head, morph="PunctSide=Ini|PunctType=Brck")
    line.name(rng.choice(NAMES.agencies).split(), "ORG", "appos")
    line.tokens[head - 1] = replace(line.tokens[head - 1], space="")
    line.punct(")", head=head)


def _add_ending(line: _Line, rng: Random) -> None:
    ending = rng.choice(ENDINGS)
    for i, mark in enumerate(ending.strip()):
        line.punct(mark, glued=i > 0 or not ending.startswith(" "))
