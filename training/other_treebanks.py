"""Bring the sentences of newer UD treebanks (GSD, PUD) to the conventions of ours.

Ours follows UD_Spanish-AnCora of 2021 with its quirks: prepositional objects and agents are `obj`, there are
no subtypes for the passive or for relative clauses, participles of a noun are adjectives, `que` of a relative
clause is a pronoun. Heads are taken from the other treebank. Where ours would label differently, a first
pipeline, trained on ours alone, is asked: its tag and relation count where it agrees about the part of speech
or the head, or differs only as the conventions do. What stays open is left out of tagging (no tag, no lemma)
and mapped by the most usual relation. Names are not annotated there, and stay missing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Token as Read

from training.treebank import Sentence, Token

SURE_LEMMA = frozenset({"VERB", "AUX", "NOUN", "ADJ"})
"""Parts of speech whose lemma is taken from the other treebank where the first pipeline has another."""

OTHER_TAGS = frozenset(
    {
        ("PRON", "DET"), ("VERB", "ADJ"), ("VERB", "AUX"), ("SCONJ", "PRON"), ("NOUN", "PROPN"),
        ("PROPN", "NOUN"), ("ADP", "SCONJ"), ("NUM", "NOUN"), ("PROPN", "ADJ"), ("ADJ", "PROPN"),
    }
)  # fmt: skip
"""Part of speech there and here, where conventions differ."""

RARE = 0.03
"""Share of a relation among what another one becomes, below which the first pipeline is taken to be wrong."""

Kind = tuple[str, str]
"""Relation and part of speech."""


def harmonise(sentences: Sequence[Sentence], nlp: Language) -> list[Sentence]:
    """Give the sentences our relations and tags.

    Args:
        sentences: Of the other treebanks.
        nlp: Pipeline that was trained on our treebank.
    """
    read = [_read(sentence, nlp) for sentence in sentences]
    relations: dict[Kind, Counter[str]] = defaultdict(Counter)
    for sentence, doc in zip(sentences, read, strict=True):
        for token, found in zip(sentence.tokens, doc, strict=True):
            if found.head.i == token.head:
                relations[token.dep, token.pos][found.dep_] += 1
    return [
        sentence.with_tokens(
            [_harmonised(token, found, relations) for token, found in zip(sentence.tokens, doc, strict=True)]
        )
        for sentence, doc in zip(sentences, read, strict=True)
    ]


def _read(sentence: Sentence, nlp: Language) -> Doc:
    """Read a sentence with the first pipeline, tokens as they are in the treebank."""
    tokens = sentence.tokens
    doc = Doc(
        nlp.vocab,
        words=[token.form for token in tokens],
        spaces=[token.space == " " for token in tokens],
        sent_starts=[i == 0 for i in range(len(tokens))],
    )
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return doc


def _harmonised(token: Token, found: Read, relations: dict[Kind, Counter[str]]) -> Token:
    token = replace(token, dep=_relation(token, found, relations[token.dep, token.pos]))
    if found.pos_ != token.pos and (token.pos, found.pos_) not in OTHER_TAGS:
        return replace(token, pos="", morph="", lemma="")
    return replace(token, pos=found.pos_, morph=str(found.morph), lemma=_lemma(token, found))


def _relation(token: Token, found: Read, usual: Counter[str]) -> str:
    if token.dep == "ROOT" or not usual:
        return token.dep.partition(":")[0]
    agrees = found.head.i == token.head and found.dep_ != "ROOT"
    if agrees and usual[found.dep_] > RARE * usual.total():
        return found.dep_
    return next((dep for dep, _ in usual.most_common() if dep != "ROOT"), token.dep.partition(":")[0])


def _lemma(token: Token, found: Read) -> str:
    """Give the lemma that both have, ours for names and function words, theirs for verbs and nouns."""
    theirs = token.lemma
    if theirs == found.lemma_ or found.pos_ not in SURE_LEMMA:
        return found.lemma_
    return theirs if token.pos == found.pos_ else ""
