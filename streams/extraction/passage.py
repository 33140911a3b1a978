"""Where things stand in an article: sentence and paragraph numbers of its tokens, asked for often."""

from __future__ import annotations

from dataclasses import dataclass

from streams.extraction.syntax import dep
from streams.extraction.tokens import Doc, Token

_LONGEST_PATH = 4
"""Steps of a dependency path that are told apart; longer ones are all "far"."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Numbers of the sentence and the paragraph that each token is in."""

    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]

    @classmethod
    def of(cls, doc: Doc) -> Passage:
        """Number the sentences and paragraphs of a doc."""
        sentences, paragraphs = [], []
        sentence = paragraph = 0
        for token in doc:
            sentence += bool(token.is_sent_start) and token.i > 0
            sentences.append(sentence)
            paragraphs.append(paragraph)
            paragraph += token.is_space and "\n" in token.text
        return cls(tuple(sentences), tuple(paragraphs))

    def sentences_between(self, start: int, end: int) -> int:
        """How many sentences further a token stands than another."""
        return self.sentences[end] - self.sentences[start]

    def same_paragraph(self, one: int, other: int) -> bool:
        """Whether no line ends between two tokens."""
        return self.paragraphs[one] == self.paragraphs[other]


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
