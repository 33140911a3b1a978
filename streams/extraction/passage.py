"""How far apart things stand in an article: in sentences, paragraphs, and in the tree."""

from __future__ import annotations

from streams.extraction.syntax import dep
from streams.extraction.tokens import Doc, Token

_LONGEST_PATH = 4
"""Steps of a dependency path that are told apart; longer ones are all "far"."""


def sentences_between(doc: Doc, start: int, end: int) -> int:
    """How many sentences further a token stands than one before it."""
    return doc.tally("sentence starts", start + 1, end + 1)


def same_paragraph(doc: Doc, one: int, other: int) -> bool:
    """Whether no line ends between two tokens."""
    return not doc.tally("line ends", min(one, other), max(one, other))


def dependency_path(token: Token, other: Token) -> str:
    """Relations from a token up to where its branch meets another's, then those of the other.

    A subject of the other is "nsubj|", a subject of the verb that the other continues "nsubj|conj".
    """
    ups = [token.i]
    current = token
    while current.head is not current and len(ups) <= _LONGEST_PATH + 1:
        current = current.head
        ups.append(current.i)
    downs: list[str] = []
    current = other
    while current.i not in ups:
        downs.append(dep(current))
        if current.head is current or len(downs) > _LONGEST_PATH:
            return "far"
        current = current.head
    climbed = [dep(token.doc[i]) for i in ups[: ups.index(current.i)]]
    if len(climbed) + len(downs) > _LONGEST_PATH:
        return "far"
    return ".".join(climbed) + "|" + ".".join(downs)
