"""Phrases as a reader sees them: on what the one that begins at a word hangs, and the word by itself."""

from __future__ import annotations

from typing import Final

from streams.extraction.tokens import Doc, Token

_CLOSED: Final = frozenset({"ADP", "CCONJ", "SCONJ", "PRON", "DET", "PUNCT", "AUX", "ADV"})
_MAX_CLIMB: Final = 12
"""Governors climbed at most; deeper chains are parse errors."""


def outer_head(token: Token, start: int) -> int:
    """Token that the phrase beginning at a token hangs on: the first governor before it; itself at a root."""
    current = token
    for _ in range(_MAX_CLIMB):
        if current.head.i < token.i or current.head is current:
            break
        current = current.head
    return int(current.head.i)


def phrase_head(token: Token, start: int) -> Token:
    """Head of the phrase that begins at a token."""
    current = token
    for _ in range(_MAX_CLIMB):
        if current.head.i < start or current.head is current:
            break
        current = current.head
    return current


def word_or_class(doc: Doc, index: int) -> str:
    """A word that a rule could name: function words and marks by themselves, others by their class."""
    if not 0 <= index < len(doc):
        return "$"
    token = doc[index]
    return token.lower_ if is_closed(token) else token.pos_


def is_closed(token: Token) -> bool:
    """Whether a word belongs to a closed class: one that rules may name."""
    return token.is_punct or token.pos_ in _CLOSED
