"""Swap names in training sentences for others of the same type.

The treebank tells of Clinton and Aznar some hundred times; the pipeline should learn what stands around a
name, not the name. Only plain names are swapped: a run of proper nouns, flat under its first word, nothing
else hanging inside. The type stays, because the sentence around decides it (a country that acts is ORG).
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from training.names import NAMES
from training.treebank import Sentence, Token

SWAP_CHANCE = 0.5
"""Of a name, in a sentence that is to be varied."""

COUNTRIES, CITIES = frozenset(NAMES.countries), frozenset(NAMES.cities)
ARTICLES = {"el", "la", "los", "las", "un", "una", "del", "al"}


def swap_names(sentence: Sentence, rng: Random) -> Sentence:
    """Replace some of a sentence's names; sentences without entity annotation stay as they are."""
    for start, end, label in reversed(find_spans(sentence)):
        if rng.random() < SWAP_CHANCE and (words := _substitute(sentence, start, end, label, rng)):
            sentence = _replace(sentence, start, end, words)
    return sentence


def find_spans(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Give start, end and label of each entity, in order."""
    spans: list[tuple[int, int, str]] = []
    for i, token in enumerate(sentence.tokens):
        mark, _, label = (token.entity or "O").partition("-")
        if mark == "B":
            spans.append((i, i + 1, label))
        elif mark == "I" and spans and spans[-1][1] == i:
            spans[-1] = (spans[-1][0], i + 1, label)
    return spans


def _substitute(sentence: Sentence, start: int, end: int, label: str, rng: Random) -> list[str] | None:
    """Draw words to stand for the name, None if it is not one that can be swapped."""
    tokens = sentence.tokens[start:end]
    proper = all(token.pos == "PROPN" and token.form[:1].isupper() for token in tokens)
    if not proper or not _is_flat(sentence, start, end):
        return None
    if label == "PER" and len(tokens) <= 4 and all(token.form.isalpha() for token in tokens):
        return NAMES.person(len(tokens), rng)
    name = " ".join(token.form for token in tokens)
    after_article = start > 0 and sentence.tokens[start - 1].form.lower() in ARTICLES
    if label in {"LOC", "ORG"} and not after_article:
        if name in COUNTRIES:
            return [rng.choice(NAMES.countries)]
        if name in CITIES:
            return rng.choice(NAMES.cities).split()
    return None


def _is_flat(sentence: Sentence, start: int, end: int) -> bool:
    """Whether all words hang on the first, and nothing from outside hangs on a later one."""
    inside = all(sentence.tokens[i].head == start for i in range(start + 1, end))
    return inside and not any(
        start < token.head < end for i, token in enumerate(sentence.tokens) if not start <= i < end
    )


def _replace(sentence: Sentence, start: int, end: int, words: list[str]) -> Sentence:
    """Put words in place of the tokens start..end and renumber the heads behind."""
    shift = len(words) - (end - start)

    def moved(head: int) -> int:
        return head + shift if head >= end else head

    first, last = sentence.tokens[start], sentence.tokens[end - 1]
    label = (first.entity or "").partition("-")[2]
    outer = start if first.head == start else moved(first.head)
    new = [Token(words[0], words[0], "PROPN", first.morph, outer, first.dep, " ", first.entity)]
    new += [Token(word, word, "PROPN", "", start, "flat", " ", f"I-{label}") for word in words[1:]]
    new[-1] = replace(new[-1], space=last.space)
    before = [replace(token, head=moved(token.head)) for token in sentence.tokens[:start]]
    after = [replace(token, head=moved(token.head)) for token in sentence.tokens[end:]]
    return sentence.with_tokens(before + new + after)
