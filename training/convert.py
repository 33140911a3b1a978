"""Turn sentences of the treebank into spaCy documents of several sentences.

Sentences of an article are grouped, so that the parser learns where sentences end. Between them stands a
space or, as in our articles, one or two newlines, which spaCy sees as a white-space token.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from random import Random

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from training.treebank import Sentence

LONGEST_GROUP = 8
"""Sentences in a training document at most; longer ones add nothing and cost memory."""

Row = tuple[str, bool, str, str, str, int, str, str | None]
"""Word, space after, lemma, part of speech, features, head, relation, entity."""

SEPARATORS = (" ", "\n", "\n\n")
SEPARATOR_WEIGHTS = (6, 3, 1)


def group_sentences(sentences: Iterable[Sentence], rng: Random | None = None) -> Iterator[list[Sentence]]:
    """Cut each article into groups of consecutive sentences.

    Args:
        sentences: In the order of the treebank.
        rng: Draws the sizes, 1 to `LONGEST_GROUP`; None keeps whole articles.
    """
    for _, members in groupby(sentences, key=lambda sentence: sentence.document):
        rest = list(members)
        while rest:
            size = rng.randint(1, LONGEST_GROUP) if rng else len(rest)
            yield rest[:size]
            rest = rest[size:]


def with_separators(group: list[Sentence], rng: Random) -> list[Sentence]:
    """Draw what stands between the sentences of a group: mostly a space, else newlines."""
    separators = rng.choices(SEPARATORS, SEPARATOR_WEIGHTS, k=len(group))
    return [separated(sentence, by) for sentence, by in zip(group, separators, strict=True)]


def separated(sentence: Sentence, by: str) -> Sentence:
    """Set the white space after the last token of a sentence."""
    return sentence.with_tokens([*sentence.tokens[:-1], replace(sentence.tokens[-1], space=by)])


def make_doc(vocab: Vocab, group: Iterable[Sentence]) -> Doc:
    """Build the annotated document that spaCy's tokeniser would see for these sentences.

    White space other than a single space becomes a token of its own (SPACE, `dep`, hung on the token before),
    as spaCy's models have it. A sentence without entity annotation stays *missing*, it is not `O`.
    """
    columns: list[Row] = []
    for sentence in group:
        _append(columns, sentence)
    if not columns:
        return Doc(vocab)
    words, spaces, lemmas, poses, morphs, heads, deps, entities = map(list, zip(*columns, strict=True))
    return Doc(
        vocab,
        words=words,
        spaces=spaces,
        lemmas=lemmas,
        pos=poses,
        tags=["_SP" if pos == "SPACE" else pos for pos in poses],
        morphs=morphs,
        heads=heads,
        deps=deps,
        ents=entities,
    )


def _append(columns: list[Row], sentence: Sentence) -> None:
    """Append the rows of one sentence, white-space tokens included; heads count from its start."""
    positions, position = [], len(columns)
    for token in sentence.tokens:
        positions.append(position)
        position += 1 + bool(_space_token(token.space))
    tokens = sentence.tokens
    for i, token in enumerate(tokens):
        blank = _space_token(token.space)
        row = (token.form, token.space.startswith(" "), token.lemma, token.pos, token.morph)
        columns.append((*row, positions[token.head], token.dep, token.entity))
        if blank:
            inside = i + 1 < len(tokens) and (tokens[i + 1].entity or "").startswith("I-")
            outside = None if token.entity is None else "O"
            entity = tokens[i + 1].entity if inside else outside
            columns.append((blank, False, blank, "SPACE", "", positions[i], "dep", entity))


def _space_token(space: str) -> str:
    """Give the part of white space that spaCy makes a token of: all but one leading blank."""
    return space[1:] if space.startswith(" ") else space


def make_docbin(vocab: Vocab, groups: Iterable[list[Sentence]]) -> DocBin:
    """Pack documents for `spacy train`."""
    return DocBin(docs=[make_doc(vocab, group) for group in groups], store_user_data=False)
