"""Remember what the model's embedding layer makes of each word: it depends on nothing but the word.

The layer hashes a word's norm, prefix, suffix and shape, looks its vector up and mixes them, some nine µs a
token; news repeats its words, so one in fifty tokens is new (docs/performance.md). The rows that come out are
the same, but for the order in which floats are added.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab
from thinc.api import Model, get_current_ops

MOST_WORDS: Final = 50_000
"""Words kept, about 20 MB at 96 numbers each; when there are more, all are forgotten."""

Floats = NDArray[np.float32]
Key = tuple[int, ...]
"""Hashes of a word and its norm, and whether a space follows."""


def remember_words(nlp: Language) -> None:
    """Put a memory before the embedding layer of a pipeline, where it has one that its components share."""
    if "tok2vec" not in nlp.pipe_names:
        return
    model = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    if not model.has_ref("embed") or model.layers[0] is not model.get_ref("embed"):
        return
    embed = model.get_ref("embed")
    memory = _Memory(embed)
    remembering: Model[Sequence[Doc], list[Floats]] = Model(
        "remembered_embed", memory.forward, layers=[embed], dims={"nO": embed.maybe_get_dim("nO")}
    )
    model.layers[0] = remembering
    model.set_ref("embed", remembering)


class _Memory:
    """Rows of words met so far."""

    def __init__(self, embed: Model[Sequence[Doc], list[Floats]]) -> None:
        self._embed = embed
        self._rows: dict[Key, int] = {}
        self._table: Floats = np.zeros((0, 0), np.float32)

    def forward(
        self, model: Model[Sequence[Doc], list[Floats]], docs: Sequence[Doc], is_train: bool
    ) -> tuple[list[Floats], Callable[..., Any]]:
        """Look the words of docs up, after the embedding layer has read those not met before."""
        if is_train or get_current_ops().name != "numpy":
            return self._embed(docs, is_train)
        if len(self._rows) > MOST_WORDS:
            self._rows, self._table = {}, self._table[:0]
        keys = [list(map(tuple, doc.to_array(["ORTH", "NORM", "SPACY"]).tolist())) for doc in docs]
        new = {
            key: token
            for doc, row in zip(docs, keys, strict=True)
            for key, token in zip(row, doc, strict=True)
            if key not in self._rows
        }
        if new:
            self._learn(docs[0].vocab, new)
        return [self._table[[self._rows[key] for key in row]] for row in keys], _no_training

    def _learn(self, vocab: Vocab, new: Mapping[Key, Token]) -> None:
        words = [token.text for token in new.values()]
        doc = Doc(vocab, words=words, spaces=[bool(token.whitespace_) for token in new.values()])
        for copy, token in zip(doc, new.values(), strict=True):
            if copy.norm != token.norm:  # the tokenizer gives abbreviations another
                copy.norm_ = token.norm_
        [rows] = self._embed.predict([doc])
        first = len(self._rows)
        self._table = np.concatenate([self._table, rows]) if first else np.asarray(rows)
        self._rows.update({key: first + n for n, key in enumerate(new)})


def _no_training(gradient: Any) -> list[Any]:
    raise NotImplementedError("rows that were remembered cannot be trained")
