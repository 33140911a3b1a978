"""Questions about the dependency tree that several steps ask.

Written for Universal Dependencies as Spanish treebanks differ in it: prepositional objects may be
`obl`, `obj` or `iobj`, relative clauses `acl` or `acl:relcl`, passive subjects `nsubj` or `nsubj:pass`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from streams.extraction.tokens import Doc, Token

SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass", "csubj"})
NOMINAL_ARGUMENTS: Final = frozenset(
    {"obj", "iobj", "obl", "obl:arg", "obl:agent", "nmod", "advmod", "dep", "xcomp"}
)
_MARKING: Final = frozenset({"case", "mark"})
_MARKS: Final = frozenset({"ADP", "SCONJ", "ADV"})
_CONTRACTIONS: Final = {"al": "a", "del": "de"}
NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
VERBAL: Final = frozenset({"VERB", "AUX"})
_MAX_CLIMB: Final = 6
"""Governors looked at for a subject; deeper chains are parse errors more often than language."""


def dep(token: Token) -> str:
    """Relation of a token without its subtype: `acl:relcl` → `acl`."""
    return token.relation


def children(token: Token, *deps: str) -> list[Token]:
    """Children by relation without subtype, in text order."""
    return [child for child in token.children if child.relation in deps]


def case_of(token: Token) -> str:
    """Preposition of a nominal, contraction undone: "al país" → "a"; "" for none."""
    if token.case is None:
        found = (c.lower_ for c in token.lefts if c.relation in _MARKING and c.pos_ in _MARKS)
        word = next(found, "")
        token.case = _CONTRACTIONS.get(word, word)
    return token.case


def is_finite(token: Token) -> bool:
    """Whether the verb, or an auxiliary of it, is conjugated."""
    return "Fin" in finite_part(token).morph.get("VerbForm", [])


def finite_part(token: Token) -> Token:
    """The conjugated word of a verb group: the first finite auxiliary, else the verb itself."""
    if token.finite_part is None:
        auxiliaries = (c for c in token.children if c.relation in ("aux", "cop"))
        token.finite_part = next((c for c in auxiliaries if "Fin" in c.morph.get("VerbForm", [])), token)
    return token.finite_part


def is_passive(verb: Token) -> bool:
    """Periphrastic passive: "fue firmado"."""
    if "Part" not in verb.morph.get("VerbForm", []):
        return False
    auxiliaries = children(verb, "aux", "cop")
    return any(aux.lemma_ == "ser" or aux.dep_ == "aux:pass" for aux in auxiliaries) or (
        not auxiliaries and dep(verb) in ("acl", "amod")
    )


def has_se(verb: Token) -> bool:
    """Whether the verb has a reflexive or passive "se"."""
    if any(child.lower_ in ("se", "me", "nos", "te") for child in verb.children if child.pos_ == "PRON"):
        return True
    return (verb.lower_.endswith("se") and "Inf" in verb.morph.get("VerbForm", [])) or verb.lower_.endswith(
        "dose"
    )


def subject_of(verb: Token) -> Token | None:
    """Explicit subject of the verb, or of the verb that governs it or that it continues; None if dropped."""
    current = verb
    for _ in range(_MAX_CLIMB):
        own = children(current, "nsubj")
        if own:
            return own[0]
        governor = current.head
        if governor.i == current.i:
            return None
        if dep(current) == "conj" and governor.pos_ in VERBAL:
            if not _same_agreement(current, governor):
                return None
            current = governor
        elif (
            not is_finite(current) and (governor.pos_ in VERBAL or dep(current) in ("acl", "xcomp", "advcl"))
        ) or (dep(current) == "aux" and governor.pos_ in VERBAL):
            current = governor
        else:
            return None
    return None


def _same_agreement(one: Token, other: Token) -> bool:
    a, b = finite_part(one).morph, finite_part(other).morph
    return all(
        not a.get(feature, []) or not b.get(feature, []) or a.get(feature, []) == b.get(feature, [])
        for feature in ("Person", "Number")
    )


def antecedent_of(pronoun: Token) -> Token | None:
    """Noun that a relative pronoun stands for: head of the relative clause that it is in."""
    current = pronoun
    for _ in range(5):
        if dep(current) == "acl":
            return current.head
        if current.head.i == current.i:
            return None
        current = current.head
    return None


def governing_verb(token: Token) -> Token | None:
    """Nearest verb above a token, None at the root."""
    current = token
    for _ in range(12):
        if current.head.i == current.i:
            return None
        current = current.head
        if current.pos_ in VERBAL:
            return current
    return None


def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated with it, nominal ones only, in text order."""
    found = [token]
    for current in found:
        for child in children(current, "conj"):
            if child.pos_ in NOMINAL and child not in found and not children(child, "nsubj"):
                found.append(child)
    return sorted(found, key=lambda t: t.i)


def is_negated(verb: Token) -> bool:
    """Whether "no", "nunca" or "tampoco" negates the verb group."""
    return any(
        child.lower_ in ("no", "nunca", "jamás", "tampoco") and child.i < verb.i for child in verb.children
    )


def sentence_bounds(doc: Doc, index: int) -> tuple[int, int]:
    """Token range of the sentence that holds a token, newline tokens at its edges left out."""
    sent = doc[index].sent
    start, end = sent.start, sent.end
    while start < end and doc[start].is_space:
        start += 1
    while end > start and doc[end - 1].is_space:
        end -= 1
    return start, end


def ancestors_or_self(token: Token) -> Iterator[Token]:
    """The token, then its heads up to the root."""
    yield token
    yield from token.ancestors
