"""What can be said about a name in its article: named features and vectors, for `entity_types`.

Vectors are those of the pipeline's own table; the same words as in a town's name mean a team in an article
about sports, so the article's subject and the name's other mentions are described too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from streams.extraction.features import bucket
from streams.extraction.lexicon import Lexicon, fold
from streams.extraction.syntax import case_of, dep
from streams.extraction.tokens import Doc, Span, Token

Floats = NDArray[np.float32]

_WINDOW: Final = 4
"""Words on each side whose vectors describe the neighbourhood."""
_LINKING: Final = frozenset({"ADP", "DET", "PUNCT", "SPACE"})
_MIN_SPORT_WORDS: Final = 4
"""Words of the sports vocabulary from which an article is taken to be about sports."""


class DocHints:
    """What the article as a whole says about its names."""

    def __init__(self, doc: Doc, names: Sequence[Span], lexicon: Lexicon) -> None:
        words = Counter(token.lemma for token in doc)
        self._table: Floats = np.asarray(doc.vocab.vectors.data, np.float32)
        self._rows_by_key: Mapping[int, int] = doc.vocab.vectors.key2row
        self._strings = doc.vocab.strings
        self._rows: dict[str, int | None] = {}
        self._beside: dict[int, Floats] = {}
        self.sports = sum(words[word] for word in lexicon.grammar["sports"])
        self.same: dict[str, list[Span]] = {}
        self.longer: dict[str, set[str]] = {}
        for name in names:
            self.same.setdefault(fold(name.text), []).append(name)
        for name in names:
            if len(name) > 1:
                for token in name:
                    self.longer.setdefault(fold(token.text), set()).add(fold(name[0].text))
        self._subject = self._mean(token.text for token in doc if token.pos_ in ("NOUN", "VERB"))

    def vectors_of(self, name: Span) -> Floats:
        """Vectors around a name, (8 × width,).

        They are of itself, its head, the word before, both sides (2), the article, both sides of its other
        mentions (2).
        """
        doc, root = name.doc, name.root
        before = name.start - 1
        while before > 0 and doc[before].pos_ in _LINKING:
            before -= 1
        elsewhere = [self._sides(other) for other in self.same[fold(name.text)] if other.start != name.start]
        return np.concatenate(
            [
                self._mean(token.text for token in name),
                self._mean([root.head.text]),
                self._mean([doc[before].text] if before >= 0 else []),
                self._sides(name),
                self._subject,
                np.mean(elsewhere, axis=0) if elsewhere else np.zeros(2 * self._width, np.float32),
            ]
        )

    @property
    def _width(self) -> int:
        return int(self._table.shape[1])

    def _sides(self, name: Span) -> Floats:
        if name.start not in self._beside:
            self._beside[name.start] = self._vectors_beside(name)
        return self._beside[name.start]

    def _vectors_beside(self, name: Span) -> Floats:
        doc = name.doc
        left = doc[max(0, name.start - _WINDOW) : name.start]
        right = doc[name.end : min(len(doc), name.end + _WINDOW)]
        return np.concatenate(
            [
                self._mean(token.text for token in side if token.pos_ not in ("PUNCT", "SPACE"))
                for side in (left, right)
            ]
        )

    def _mean(self, words: Iterable[str]) -> Floats:
        """Mean vector; a word without one counts as zeros."""
        rows = [self._row(word) for word in words]
        known = [row for row in rows if row is not None]
        if not known:
            return np.zeros(self._width, np.float32)
        total: Floats = np.add.reduce(self._table[known], axis=0) / np.float32(len(rows))
        return total

    def _row(self, word: str) -> int | None:
        """Row of a word in the table of vectors, or else of its lower case."""
        if word not in self._rows:
            found = self._rows_by_key.get(self._strings[word])
            if found is None or not self._table[found].any():
                found = self._rows_by_key.get(self._strings[word.lower()])
            self._rows[word] = found
        return self._rows[word]


def _word(token: Token | None) -> str:
    """Word of a neighbour; "^" where the article begins or ends."""
    return token.lower_ if token is not None else "^"


def type_features(name: Span, hints: DocHints, lexicon: Lexicon) -> list[str]:
    """Features of one name: its words, its neighbours, its place in the sentence, the rest of the article."""
    doc, root = name.doc, name.root
    key = fold(name.text)
    before = doc[name.start - 1] if name.start else None
    before2 = doc[name.start - 2] if name.start > 1 else None
    after = doc[name.end] if name.end < len(doc) else None
    gaz = "+".join(_gazetteers(name, key, lexicon)) or "none"
    case = case_of(root) or "-"
    article = (
        before.lower_
        if before is not None and before.lower_ in ("el", "la", "los", "las", "al", "del")
        else "-"
    )
    sport = "sport" if hints.sports >= _MIN_SPORT_WORDS else "other"
    relation = dep(root)
    features = [
        f"text={key}",
        f"first={fold(name[0].text)}",
        f"last={fold(name[-1].text)}",
        f"length={bucket(len(name))}",
        f"shape={'caps' if name.text.isupper() else 'mixed'}|{bucket(len(name.text))}",
        f"gaz={gaz}",
        f"gaz+case={gaz}|{case}",
        f"gaz+article={gaz}|{article}",
        f"gaz+dep={gaz}|{relation}",
        f"gaz+sport={gaz}|{sport}",
        f"gaz+sport+case={gaz}|{sport}|{case}",
        f"gaz+sport+article={gaz}|{sport}|{article}",
        f"case={case}",
        f"article={article}",
        f"before={_word(before)}",
        f"before2={_word(before2)}|{_word(before)}",
        f"after={after.lower_ if after is not None else '$'}",
        f"after+gaz={after.lower_ if after is not None else '$'}|{gaz}",
        f"around={before.pos_ if before is not None else '^'}|{after.pos_ if after is not None else '$'}",
        f"dep={relation}",
        f"head={root.head.lemma}",
        f"dep+head={relation}|{root.head.lemma}",
        f"head-pos={root.head.pos_}|{relation}",
        f"length+gaz={bucket(len(name))}|{gaz}",
        f"suffix={key[-3:]}",
        f"sport={sport}|{bucket(len(name))}",
        *(f"word={fold(token.text)}" for token in name),
        *(f"lower={token.text}" for token in name if token.is_lower),
    ]
    return features + _elsewhere(name, key, gaz, hints)


def _gazetteers(name: Span, key: str, lexicon: Lexicon) -> list[str]:
    tables = {
        "country": lexicon.countries,
        "capital": lexicon.capitals,
        "place": lexicon.places,
        "acronym": lexicon.acronyms,
        "seat": lexicon.seats,
    }
    first = fold(name[0].text)
    words = {
        "given": first in lexicon.given_names,
        "head": first in lexicon.organization_heads,
        "medium": lexicon.is_medium(name.text),
        "office": lexicon.office_of(name[0].text) is not None,
    }
    return [label for label, table in tables.items() if key in table] + [
        w for w, known in words.items() if known
    ]


def _elsewhere(name: Span, key: str, gaz: str, hints: DocHints) -> list[str]:
    """How the same words stand in the rest of the article."""
    others = [other for other in hints.same[key] if other.start != name.start]
    cases = Counter(case_of(other.root) or "-" for other in others)
    subjects = sum(dep(other.root) == "nsubj" for other in others)
    with_article = sum(
        other.start > 0 and other.doc[other.start - 1].lower_ in ("el", "del", "al") for other in others
    )
    features = [f"mentions={bucket(len(others))}|{gaz}"]
    features += [f"other-case={case}|{gaz}" for case in cases]
    if subjects:
        features.append(f"other-subject={gaz}")
    if with_article:
        features.append(f"other-article={gaz}")
    if len(name) == 1 and key in hints.longer:
        features.append("part-of-longer")
        features.append(f"part-of-longer={gaz}")
    return features
