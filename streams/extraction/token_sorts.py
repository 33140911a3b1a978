"""Sorts of tokens that a doc counts, and their morphology by feature."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from streams.extraction.tokens import Token

COUNTED: Final[Mapping[str, Callable[[Token], bool]]] = {
    "white space": lambda token: token.is_space,
    "line ends": lambda token: token.breaks,
    "sentence starts": lambda token: token.is_sent_start,
    "verbs and auxiliaries": lambda token: token.pos_ == "VERB" or token.pos_ == "AUX",
    "finite verbs": lambda token: token.pos_ in ("VERB", "AUX") and "Fin" in token.morph.get("VerbForm", ()),
    "nouns": lambda token: token.pos_ == "NOUN" or token.pos_ == "PROPN",
    "verbs": lambda token: token.pos_ == "VERB",
    "commas": lambda token: token.text in (",", ";", ":"),
    "breaks": lambda token: token.text in (";", ":", ".") or token.is_quote,
}
"""What `Doc.tally` counts."""


@lru_cache(maxsize=4096)
def morph_of(features: str) -> Mapping[str, list[str]]:
    """Morphology as spaCy writes it, by feature: "Mood=Ind|Number=Sing"."""
    if features in ("", "_"):
        return {}
    pairs = (pair.partition("=") for pair in features.split("|"))
    return {name: values.split(",") for name, _, values in pairs}
