"""Vary training sentences so that the pipeline meets the typography of newsrooms and of the web.

The treebank knows one quotation mark (`"`), one dash (`-`) and careful spelling. Articles come with «», “”,
dialogue dashes, headlines without a stop, text in capitals, datelines. Each function takes a sentence and a
random generator and gives a sentence; lemmas that a change of form makes unlearnable become unknown ("").
Everything is drawn from the generator: the same seed gives the same corpus.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from random import Random

from training.reinflect import reinflect
from training.treebank import Sentence, Token

QUOTE_STYLES = (("«", "»"), ("“", "”"), ("''", "''"), ("‘", "’"), ("'", "'"), ("„", "“"), ('"', '"'))
QUOTE_WEIGHTS = (6, 6, 1, 2, 2, 0.5, 3)
DASHES = ("–", "—", "―")
STRAIGHT_QUOTES = {'"', "''", "'"}

Change = Callable[[Sentence, Random], Sentence]


def typographic_quotes(sentence: Sentence, rng: Random) -> Sentence:
    """Write the sentence's quotation marks in another style, opening and closing told apart by spaces."""
    if not any(token.form == '"' for token in sentence.tokens):
        return sentence
    opening, closing = rng.choices(QUOTE_STYLES, QUOTE_WEIGHTS)[0]
    inside, tokens = False, []
    for i, token in enumerate(sentence.tokens):
        if token.form == '"':
            glued_left = i > 0 and not sentence.tokens[i - 1].space
            inside = not (inside or (glued_left and token.space))
            token = replace(token, form=opening if inside else closing, lemma=opening if inside else closing)
        tokens.append(token)
    return sentence.with_tokens(tokens)


def typographic_dashes(sentence: Sentence, rng: Random) -> Sentence:
    """Write free-standing hyphens as dashes; half the time glue pairs to what they enclose."""
    places = [i for i, token in enumerate(sentence.tokens) if token.form == "-"]
    if not places:
        return sentence
    dash, glue, tokens = rng.choice(DASHES), rng.random() < 0.5, list(sentence.tokens)
    for order, i in enumerate(places):
        tokens[i] = replace(tokens[i], form=dash, lemma=dash)
        if not glue or len(places) % 2:
            continue
        if order % 2 == 0:
            tokens[i] = replace(tokens[i], space="")
        elif i:
            tokens[i - 1] = replace(tokens[i - 1], space="")
    return sentence.with_tokens(tokens)


def dialogue_dash(sentence: Sentence, rng: Random) -> Sentence:
    """Open the sentence with a dash, as a line of dialogue or an item of a list."""
    root = _root(sentence)
    space = "" if rng.random() < 0.6 else " "
    return insert(sentence, 0, _punct(rng.choice(("—", "–", "-", "―")), root, "PunctType=Dash", space))


def quoted_span(sentence: Sentence, rng: Random) -> Sentence:
    """Put quotation marks around a clause or phrase: a run of tokens that hangs on one of its members."""
    candidates = [
        (start, end, head)
        for head, (start, end) in enumerate(_subtrees(sentence))
        if start > 0 and 1 <= end - start <= 30 and sentence.tokens[head].dep in QUOTABLE
        if not any(token.form in STRAIGHT_QUOTES for token in sentence.tokens[start:end])
    ]
    if not candidates:
        return sentence
    start, end, head = rng.choice(candidates)
    while start < head and sentence.tokens[start].pos in {"ADP", "DET", "SCONJ", "PUNCT", "CCONJ"}:
        start += 1
    while end - 1 > head and sentence.tokens[end - 1].pos == "PUNCT":
        end -= 1
    opening, closing = rng.choices(QUOTE_STYLES, QUOTE_WEIGHTS)[0]
    last = sentence.tokens[end - 1]
    tokens = list(sentence.tokens)
    tokens[end - 1] = replace(last, space="")
    sentence = sentence.with_tokens(tokens)
    sentence = insert(sentence, end, _punct(closing, head, "PunctType=Quot", last.space))
    return insert(sentence, start, _punct(opening, head, "PunctType=Quot", ""))


QUOTABLE = {"ccomp", "xcomp", "nmod", "obj", "amod", "appos", "obl", "advcl", "acl", "nsubj"}


def odd_spaces(sentence: Sentence, rng: Random) -> Sentence:
    """Put a double, a no-break or a line-breaking space somewhere inside the sentence."""
    tokens = list(sentence.tokens)
    places = [i for i, token in enumerate(tokens[:-1]) if token.space == " "]
    for i in rng.sample(places, min(len(places), rng.choice((1, 1, 2)))):
        tokens[i] = replace(tokens[i], space=rng.choice(("  ", "\xa0", "\xa0", " \n", "\n")))
    return sentence.with_tokens(tokens)


def upper_case(sentence: Sentence, rng: Random) -> Sentence:
    """Write everything in capitals, as headlines are."""
    return _respelled(sentence, str.upper)


def lower_case(sentence: Sentence, rng: Random) -> Sentence:
    """Write everything in lower case, names too."""
    return _respelled(sentence, str.lower)


def title_case(sentence: Sentence, rng: Random) -> Sentence:
    """Capitalise longer words, as some headlines do."""
    return _respelled(sentence, lambda form: form[:1].upper() + form[1:] if len(form) > 3 else form)


def without_accents(sentence: Sentence, rng: Random) -> Sentence:
    """Drop all accents, ñ kept; or only those on capitals, as old wires did."""
    capitals_only = rng.random() < 0.5
    return _respelled(sentence, lambda form: strip_accents(form, capitals_only=capitals_only))


def without_stop(sentence: Sentence, rng: Random) -> Sentence:
    """Leave out the final stop."""
    *front, last = sentence.tokens
    if last.form != "." or len(front) < 2 or any(token.head == len(front) for token in front):
        return sentence
    front[-1] = replace(front[-1], space=last.space)
    return sentence.with_tokens(front)


def capital_verb(sentence: Sentence, rng: Random) -> Sentence:
    """Capitalise a random content word: verbs that open sentences are rare in the treebank."""
    places = [i for i, token in enumerate(sentence.tokens) if token.pos in {"VERB", "AUX", "NOUN", "ADJ"}]
    if not places:
        return sentence
    tokens, i = list(sentence.tokens), rng.choice(places)
    tokens[i] = replace(tokens[i], form=tokens[i].form[:1].upper() + tokens[i].form[1:])
    return sentence.with_tokens(tokens)


CHANGES: tuple[tuple[float, Change], ...] = (
    (0.12, reinflect),
    (0.7, typographic_quotes),
    (0.5, typographic_dashes),
    (0.05, quoted_span),
    (0.03, dialogue_dash),
    (0.04, without_stop),
    (0.02, upper_case),
    (0.015, lower_case),
    (0.01, title_case),
    (0.03, without_accents),
    (0.03, capital_verb),
    (0.06, odd_spaces),
)
"""Chance of each change, in the order in which they are tried; several can meet in one sentence."""


def vary(sentence: Sentence, rng: Random) -> Sentence:
    """Apply each change with its chance."""
    for chance, change in CHANGES:
        if rng.random() < chance:
            sentence = change(sentence, rng)
    return sentence


def strip_accents(form: str, *, capitals_only: bool = False) -> str:
    """Take acute accents and diaereses off vowels.

    >>> strip_accents("Él viajará a España")
    'El viajara a España'
    """
    accented = "ÁÉÍÓÚÜ" if capitals_only else "áéíóúüÁÉÍÓÚÜ"
    return "".join(unicodedata.normalize("NFD", char)[0] if char in accented else char for char in form)


def insert(sentence: Sentence, position: int, token: Token) -> Sentence:
    """Insert a token; `token.head` counts in the old numbering, as do all heads before."""

    def moved(head: int) -> int:
        return head + (head >= position)

    tokens = [replace(old, head=moved(old.head)) for old in sentence.tokens]
    entity = None if not sentence.has_entities else "O"
    if 0 < position < len(tokens) and (tokens[position].entity or "").startswith("I-"):
        entity = tokens[position].entity
    tokens.insert(position, replace(token, head=moved(token.head), entity=entity))
    return sentence.with_tokens(tokens)


def _respelled(sentence: Sentence, spell: Callable[[str], str]) -> Sentence:
    """Spell every form anew; where that changes a form its lemma becomes unknown."""
    return sentence.with_tokens(
        [
            token if (form := spell(token.form)) == token.form else replace(token, form=form, lemma="")
            for token in sentence.tokens
        ]
    )


def _punct(form: str, head: int, morph: str, space: str) -> Token:
    return Token(form=form, lemma=form, pos="PUNCT", morph=morph, head=head, dep="punct", space=space)


def _root(sentence: Sentence) -> int:
    return next(i for i, token in enumerate(sentence.tokens) if token.head == i)


def _subtrees(sentence: Sentence) -> list[tuple[int, int]]:
    """Give each token's span of descendants, (0, 0) where the descendants do not stand together."""
    members: list[list[int]] = [[] for _ in sentence.tokens]
    for i in range(len(sentence.tokens)):
        node = i
        members[node].append(i)
        while sentence.tokens[node].head != node:
            node = sentence.tokens[node].head
            members[node].append(i)
    return [
        (nodes[0], nodes[-1] + 1) if nodes[-1] - nodes[0] + 1 == len(nodes) else (0, 0)
        for nodes in map(sorted, members)
    ]
