"""Small things that tests build by hand."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from schemas import Article

if TYPE_CHECKING:
    import spacy.tokens
    from spacy.vocab import Vocab

    from streams.extraction.tokens import Doc

TEXT = (
    "La presidenta de Chile, Carla Rojas, firmó ayer en Lima un acuerdo pesquero. "
    "«Es un buen día», dijo Rojas."
)
MORPHS = {
    "past": "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin",
    "pasts": "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin",
    "present": "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
    "future": "Mood=Ind|Number=Sing|Person=3|Tense=Fut|VerbForm=Fin",
    "conditional": "Mood=Cnd|Number=Sing|Person=3|VerbForm=Fin",
    "subjunctive": "Mood=Sub|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
    "imperative": "Mood=Imp|Number=Sing|Person=2|VerbForm=Fin",
    "i-past": "Mood=Ind|Number=Sing|Person=1|Tense=Past|VerbForm=Fin",
    "i-present": "Mood=Ind|Number=Sing|Person=1|Tense=Pres|VerbForm=Fin",
    "inf": "VerbForm=Inf",
    "ger": "VerbForm=Ger",
    "part": "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part",
    "sing": "Number=Sing",
    "plur": "Number=Plur",
}
"""Short names for the morphology that tests need most; any other is written out."""
_NO_SPACE_BEFORE = frozenset(",.;:!?)»”…\n")
_NO_SPACE_AFTER = frozenset("(¿¡«“\n")


def make_article(text: str = TEXT, **fields: Any) -> Article:
    """An article that needs no more than what the test is about."""
    return Article.model_validate({"text": text, "published": "2024-05-10", "id": "a-1", **fields})


def make_doc(table: str, *, published: date = date(2024, 5, 10)) -> Doc:
    """Plain tokens of `make_parsed_doc`, as the steps of extraction read them."""
    from streams.extraction.plain import plain

    return plain(make_parsed_doc(table, published=published))


def make_parsed_doc(table: str, *, published: date = date(2024, 5, 10)) -> spacy.tokens.Doc:
    """A parsed doc of spaCy's from a table, without a trained model.

    A row is a token, its columns `word pos head dep lemma morph entity`; the last three may be left out,
    `_` is an empty one. The head is a word of the table, its row number (from 0) where the word is not
    unique, or `=` for a root; each root makes a sentence. `¶` is a line end. The lemma is the word in
    lower case unless given, morphology a key of `MORPHS` or written out, an entity `PER`, `LOC`, `ORG` or
    `MISC` on each of its words.
    """
    import spacy.tokens

    from streams.extraction import plain  # registers what docs carry
    from streams.extraction.doc import normalise

    assert plain

    rows = [(line.split() + ["_"] * 3)[:7] for line in table.strip().splitlines() if line.strip()]
    words = [row[0].replace("¶", "\n") for row in rows]
    spaces = _spaces(words)
    doc = spacy.tokens.Doc(
        _vocab(),
        words=[normalise(word) for word in words],
        spaces=spaces,
        pos=[row[1] for row in rows],
        heads=[_head(row[2], index, words) for index, row in enumerate(rows)],
        deps=[row[3] for row in rows],
        lemmas=[word.lower() if row[4] == "_" else row[4] for word, row in zip(words, rows, strict=True)],
        morphs=["" if row[5] == "_" else MORPHS.get(row[5], row[5]) for row in rows],
        ents=_iob([row[6] for row in rows]),
    )
    doc._.published = published
    doc._.source_text = "".join(word + " " * space for word, space in zip(words, spaces, strict=True))
    return doc


@lru_cache(maxsize=1)
def _vocab() -> Vocab:
    """Spanish look of words (`is_punct`, `is_quote`), shared as making it takes long."""
    import spacy

    return spacy.blank("es").vocab


def _head(column: str, index: int, words: list[str]) -> int:
    if column == "=":
        return index
    if words.count(column) == 1:
        return words.index(column)
    if not column.isdigit():
        raise ValueError(f"row {index}: head {column!r} is {words.count(column)} words, give its number")
    return int(column)


def _spaces(words: list[str]) -> list[bool]:
    """Spaces as print sets them; straight quotation marks open and close in turn."""
    spaces = []
    inside = False
    for word, following in zip(words, [*words[1:], "\n"], strict=True):
        opens = word == '"' and not inside
        closes_next = following == '"' and inside != (word == '"')
        inside ^= word == '"'
        spaces.append(not (opens or closes_next or word in _NO_SPACE_AFTER or following in _NO_SPACE_BEFORE))
    return spaces


def _iob(labels: list[str]) -> list[str]:
    before = ["_", *labels]
    return [
        "O" if label == "_" else f"{'I' if label == last else 'B'}-{label}"
        for last, label in zip(before, labels, strict=False)
    ]
