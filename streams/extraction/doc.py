"""Article → Doc: the text as the model reads it, with every character at its place.

The pipeline was trained on one kind of quotation mark and plain spaces, so look-alikes are replaced
one for one. What feeds leave in a text is cleaned away before (`cleaning.py`); `article_range` leads back.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from streams.extraction import plain, tokens  # noqa: F401  plain registers what docs carry
from streams.extraction.capitals import lower_headlines
from streams.extraction.cleaning import CleanText, clean

_SAME_LENGTH: Final = str.maketrans(
    {
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": " ", "\ufeff": " ", "\u2007": " ", "\t": " ",
        "\r": " ", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\x0b": "\n", "\x0c": "\n",
        "•": "-", "▪": "-", "■": "-", "●": "-", "►": "-", "‣": "-", "⁃": "-", "·": "-",
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "\u2011": "-",
    }
)  # fmt: skip

_SINGLE_QUOTED: Final = re.compile(r"(?<![\w'’])['‘](?=[\w¿¡])([^'‘’\n]{1,600}?)['’](?!\w)")
_DOUBLE_QUOTED: Final = re.compile(r"«[^»\n]*»|“[^”\n]*”|„[^“”\n]*[“”]|\"[^\"\n]*\"")
_SHORTEST_SINGLE_QUOTED: Final = 3
"""Words between single marks that are a quotation in a text that uses double marks too."""

_DATELINE_TOKENS: Final = 12
"""Longest dateline: "Santa Cruz de Tenerife, 19 oct 2024 (EFE).-"."""


def normalise(text: str) -> str:
    """Replace look-alike spaces, line ends and quotation marks, one character for one.

    >>> normalise("«Sí»,\u00a0dijo")
    '"Sí", dijo'
    """
    return double_marks(text).translate(_SAME_LENGTH)


def double_marks(text: str) -> str:
    """Write quotations between single marks with double ones, as houses that use single ones mean them.

    Not inside double marks, nor, in a text that has those too, around a word or two, which is a name or term.

    >>> double_marks("Ha dicho que 'no hay prisa'.")
    'Ha dicho que «no hay prisa».'
    """
    if "'" not in text and "’" not in text:
        return text
    doubled = [match.span() for match in _DOUBLE_QUOTED.finditer(text)]
    chars = list(text)
    for match in _SINGLE_QUOTED.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in doubled):
            continue
        if doubled and len(match[1].split()) < _SHORTEST_SINGLE_QUOTED:
            continue
        chars[match.start()], chars[match.end() - 1] = "«", "»"
    return "".join(chars)


def make_doc(nlp: Language, text: str, *, published: date) -> Doc:
    """Clean and tokenise a text, and note what later steps need of its article.

    Set are the day of publication and the cleaned text with the quotation marks that it came with.
    """
    cleaned = clean(text)
    known = nlp.vocab.vectors.key2row

    def knows(word: str) -> bool:
        return not known or nlp.vocab.strings[word] in known

    doc = nlp.make_doc(normalise(lower_headlines(cleaned.text, knows=knows)))
    doc._.published = published
    doc._.source_text = cleaned.text
    doc._.cleaned = cleaned
    return doc


def article_range(doc: Doc | tokens.Doc, start: int, end: int) -> tuple[int, int]:
    """Characters of the article that a range of `doc.text` stands for.

    Args:
        doc: Made by `make_doc`, or any other, whose characters are then the article's.
        start: First character, below `end`.
        end: One past the last.
    """
    cleaned: CleanText | None = doc._.cleaned
    return (start, end) if cleaned is None else cleaned.original(start, end)


@Language.component("teletipo_paragraphs", assigns=["token.is_sent_start"])
def split_paragraphs(doc: Doc) -> Doc:
    """Start a sentence after each line end and each dateline; the parser, which runs later, keeps that."""
    after_break = False
    line_start = 0
    # Set at once: each token alone would have the whole doc searched for whether it is parsed.
    starts: Any = np.zeros(len(doc), np.int64)
    for token in doc:
        if after_break and not token.is_space:
            starts[token.i] = 1
            after_break = False
        if token.is_space and "\n" in token.text:
            after_break = True
            line_start = token.i + 1
            if token.i:
                starts[token.i] = -1
        elif token.i - line_start <= _DATELINE_TOKENS and token.text.endswith((".-", ".–", ".—")):
            after_break = True
    return doc.from_array(["SENT_START"], starts.astype(np.uint64).reshape(-1, 1)) if len(doc) else doc


def original_text(doc: Doc | tokens.Doc) -> str:
    """The text with the quotation marks that it came with, position for position; else the doc's own."""
    text: str | None = doc._.source_text
    return doc.text if text is None else text
