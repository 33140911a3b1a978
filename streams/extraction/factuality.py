"""Whether a candidate is told as fact, planned, possible or denied.

Composition as in PETRARCH's transformations: the verb form of the trigger first, then the verbs that
govern it, then the date ("se reúnen el jueves" is planned while Thursday lies ahead).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from streams.extraction.annotations import Candidate
from streams.extraction.frame_checks import is_verbal
from streams.extraction.syntax import VERBAL, children, dep, finite_part, is_finite, is_negated
from streams.extraction.tokens import Token

Grammar = Mapping[str, frozenset[str]]
_COMPLEMENTS: Final = frozenset({"obj", "nsubj", "ccomp", "xcomp", "csubj", "obl", "advcl"})
_MAX_CLIMB: Final = 4
"""Governors looked at above a trigger, and links of a chain of verbs followed."""


def judge_factuality(token: Token, candidate: Candidate, grammar: Grammar, *, published: date | None) -> str:
    """Judge one candidate: `asserted`, `planned`, `possible` or `denied`."""
    verdict = _verb(token, grammar) if is_verbal(token) else _noun(token, grammar)
    if (
        verdict == "asserted"
        and published is not None
        and candidate.date is not None
        and candidate.date.value[:10] > published.isoformat()
    ):
        first = candidate.date.value.partition("/")[0]
        if (len(first) == 10 and first > published.isoformat()) or first[:4] > str(published.year):
            return "planned"
        if len(first) == 7 and first > published.isoformat()[:7]:
            return "planned"
    return verdict


def _verb(verb: Token, grammar: Grammar, *, relation: str = "", depth: int = 0) -> str:
    """Verdict of a verb group on itself, or on what hangs on it by a relation."""
    conditional = any(mark.lower_ == "si" for mark in children(verb, "mark"))
    if is_negated(verb) and _reaches(verb, relation, grammar):
        return "possible" if conditional else "denied"
    finite = finite_part(verb)
    for aux in children(verb, "aux"):
        if aux.lemma_ in ("poder", "deber"):
            return "denied" if is_negated(aux) else "possible"
    if any(mark.lower_ == "sin" for mark in children(verb, "mark", "case", "advmod")):
        return "denied"
    if not is_finite(verb):
        return _governed(verb, grammar, default="asserted", depth=depth)
    tense, mood = finite.morph.get("Tense", []), finite.morph.get("Mood", [])
    if conditional:
        return "possible"
    if "Fut" in tense or (finite.lemma_ == "ir" and finite.i != verb.i):
        return "planned"
    if "Cnd" in mood:
        return "planned" if dep(verb) in ("ccomp", "conj", "acl", "advcl") else "possible"
    if "Sub" in mood:
        return _governed(verb, grammar, default="planned", depth=depth)
    return "asserted"


def _reaches(verb: Token, relation: str, grammar: Grammar) -> bool:
    """Whether a negation denies what hangs on its verb: "no celebró la cita", not "no habló en la cita"."""
    if not relation or relation in ("obj", "xcomp", "ccomp", "csubj"):
        return True
    return relation == "nsubj" and verb.lemma in grammar["occurrence_verbs"]


def _noun(noun: Token, grammar: Grammar) -> str:
    for child in noun.children:
        lemma = child.lemma
        for verdict in ("planned", "possible", "denied"):
            if lemma in grammar[f"{verdict}_adjectives"]:
                return verdict
        if child.pos_ in VERBAL and lemma in grammar["denied_verbs"]:
            return "denied"
        if child.pos_ in VERBAL and lemma in grammar["scheduling_verbs"]:
            return "planned"
    return _governed(noun, grammar, default="asserted")


def _governed(token: Token, grammar: Grammar, *, default: str, depth: int = 0) -> str:
    """Verdict of the words above a trigger, nearest first; a chain of them is followed a few links only."""
    current = token
    for _ in range(_MAX_CLIMB):
        head, relation = current.head, dep(current)
        if head.i == current.i or depth > _MAX_CLIMB:
            return default
        verdict = _embedding(head, relation, grammar)
        if verdict is not None:
            return verdict
        if head.pos_ in VERBAL:
            return _verb(head, grammar, relation=relation, depth=depth + 1)
        current = head
    return default


def _embedding(head: Token, relation: str, grammar: Grammar) -> str | None:
    """What a word makes of the event that it takes: "prevé firmar", "canceló la visita", "el deseo de ir"."""
    lemma = head.lemma
    if head.pos_ == "NOUN":
        taken = relation in ("nmod", "acl", "obl")
        return next((v for v in ("planned", "possible") if taken and lemma in grammar[f"{v}_nouns"]), None)
    if head.pos_ not in (*VERBAL, "ADJ"):
        return None
    if lemma in grammar["denied_verbs"] and relation in _COMPLEMENTS | {"iobj"}:
        return "possible" if is_negated(head) else "denied"
    if lemma in grammar["possible_verbs"] and relation != "nsubj":
        return "denied" if is_negated(head) and lemma in ("querer", "aceptar", "poder") else "possible"
    settled = relation == "nsubj" and lemma in grammar["settling_verbs"]
    if lemma in grammar["planned_verbs"] and lemma != "ir" and relation in _COMPLEMENTS and not settled:
        return "planned"
    if lemma in grammar["planned_adjectives"]:
        return "planned"
    if head.pos_ == "ADJ" and lemma in grammar["possible_nouns"]:
        return "possible"
    return None
