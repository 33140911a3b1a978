"""Assemble the training and development corpora out of the treebank."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path
from random import Random

from spacy.language import Language
from spacy.tokens import DocBin
from spacy.vocab import Vocab

from training.augment import vary
from training.convert import group_sentences, make_docbin, separated, with_separators
from training.datelines import make_dateline
from training.other_treebanks import harmonise
from training.swaps import swap_names
from training.treebank import Sentence, read_sentences

VARIED_COPIES = 4
"""Varied copies beside the plain one."""

DATELINE_CHANCE = 0.12
"""Of a group of sentences in a varied copy."""


def training_corpus(
    treebank: Path,
    vocab: Vocab,
    *,
    seed: int,
    first: Language | None = None,
    copies: int = VARIED_COPIES,
    without: Container[str] = (),
) -> DocBin:
    """Build the training documents: the treebank as it is, then varied copies, each cut and spelt anew.

    Args:
        treebank: Directory with `train.conllu.gz` and `extra.conllu.gz`.
        vocab: Where strings go.
        seed: The same seed gives the same corpus.
        first: Pipeline trained on our treebank alone; with it the other UD treebanks are added, harmonised
            by what it reads (no entities).
        copies: Number of varied copies.
        without: Ids of documents to leave out.
    """
    everything = read_sentences(treebank / "train.conllu.gz")
    sentences = [sentence for sentence in everything if sentence.document not in without]
    if first is not None:
        sentences += harmonise(list(read_sentences(treebank / "extra.conllu.gz")), first)
    rng = Random(seed)
    groups = list(_plain(sentences, rng))
    for _ in range(copies):
        groups += _varied(sentences, rng)
    return make_docbin(vocab, groups)


def development_corpus(treebank: Path, vocab: Vocab, *, separator: str = " ") -> DocBin:
    """Build the development documents: whole articles, unchanged, sentences joined by `separator`."""
    groups = group_sentences(read_sentences(treebank / "dev.conllu.gz"))
    return make_docbin(vocab, [[separated(sentence, separator) for sentence in group] for group in groups])


def _plain(sentences: list[Sentence], rng: Random) -> Iterator[list[Sentence]]:
    for group in group_sentences(sentences, rng):
        yield with_separators(group, rng)


def _varied(sentences: list[Sentence], rng: Random) -> Iterator[list[Sentence]]:
    for group in group_sentences(sentences, rng):
        varied = with_separators([vary(swap_names(sentence, rng), rng) for sentence in group], rng)
        if rng.random() < DATELINE_CHANCE:
            varied.insert(0, make_dateline(group[0].document, rng))
        yield varied
