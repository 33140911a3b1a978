"""Whether a candidate is told as fact, planned, possible or denied.

Composition as in PETRARCH's transformations: the verb form of the trigger first, then the verbs that
govern it, then the date ("se reúnen el jueves" is planned while Thursday lies ahead).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from spacy.tokens import Doc, Token

from streams.extraction.annotations import Candidate
from streams.extraction.features import verb_form
from streams.extraction.syntax import VERBAL, children, dep, finite_part, is_finite, is_negated

Grammar = Mapping[str, frozenset[str]]
_COMPLEMENTS: Final = frozenset({"obj", "nsubj", "ccomp", "xcomp", "csubj", "obl", "advcl"})
_MAX_CLIMB: Final = 4
"""Governors looked at above a trigger, and links of a chain of verbs followed."""


def judge_factuality(token: Token, candidate: Candidate, grammar: Grammar, *, published: date) -> str:
    """Judge one candidate: `asserted`, `planned`, `possible` or `denied`."""
    verdict = _verb(token, grammar) if token.pos_ in VERBAL else _noun(token, grammar)
    if (
        verdict == "asserted"
        and candidate.date is not None
        and candidate.date.value[:10] > published.isoformat()
    ):
        first = candidate.date.value.partition("/")[0]
        if (len(first) == 10 and first > published.isoformat()) or first[:4] > str(published.year):
            return "planned"
        if len(first) == 7 and first > published.isoformat()[:7]:
            return "planned"
    return verdict


def factuality_features(
    doc: Doc, candidate: Candidate, rule: str, statements: Sequence[Candidate], *, published: date
) -> list[str]:
    """What the choice among asserted, planned, possible and denied is made from."""
    token = doc[candidate.anchor]
    head = token.head
    verbal = token.pos_ in VERBAL
    form = verb_form(token) if verbal else "noun"
    governor = head if head.pos_ in VERBAL else head.head
    telling = next((s for s in statements if any(a <= token.i < b for a, b in s.content)), None)
    when = "none"
    if candidate.date is not None:
        first = candidate.date.value.partition("/")[0]
        today = published.isoformat()[: len(first)]
        when = "same" if first == today else "future" if first > today else "past"
    marks = [c.lower_ for c in token.lefts if dep(c) in ("mark", "case")]
    return [
        f"rule={rule}",
        f"rule+when={rule}|{when}",
        f"form={form}",
        f"form+when={form}|{when}",
        f"when={when}|{verbal}",
        f"type={candidate.type}|{form}",
        f"governor={governor.lemma_.lower()}",
        f"governor-form={verb_form(governor)}|{dep(token)}",
        f"dep={dep(token)}|{verbal}",
        f"negated={is_negated(token)}|{is_negated(governor)}",
        f"told={telling.act if telling is not None else '-'}",
        f"told+form={telling.act if telling is not None else '-'}|{form}",
        f"aux={'|'.join(sorted(a.lemma_ for a in children(token, 'aux')))}",
        *(f"mark={m}|{form}" for m in marks),
        *(f"adj={c.lemma_.lower()}" for c in token.children if c.pos_ in ("ADJ", "VERB")),
        *(f"adverb={c.lower_}" for c in token.children if c.pos_ == "ADV"),
        f"place={candidate.place is not None}",
    ]


def _verb(verb: Token, grammar: Grammar, *, depth: int = 0) -> str:
    if is_negated(verb):
        return "denied"
    finite = finite_part(verb)
    for aux in children(verb, "aux"):
        if aux.lemma_ in ("poder", "deber"):
            return "denied" if is_negated(aux) else "possible"
    if not is_finite(verb):
        return _governed(verb, grammar, default="asserted", depth=depth)
    tense, mood = finite.morph.get("Tense", []), finite.morph.get("Mood", [])
    if "Fut" in tense or (finite.lemma_ == "ir" and finite.i != verb.i):
        return "planned"
    if "Cnd" in mood:
        return "planned" if dep(verb) in ("ccomp", "conj", "acl", "advcl") else "possible"
    if "Sub" in mood:
        return _governed(verb, grammar, default="planned", depth=depth)
    if any(mark.lower_ == "si" for mark in children(verb, "mark")):
        return "possible"
    return "asserted"


def _noun(noun: Token, grammar: Grammar) -> str:
    for child in noun.children:
        lemma = child.lemma_.lower()
        for verdict in ("planned", "possible", "denied"):
            if lemma in grammar[f"{verdict}_adjectives"]:
                return verdict
        if child.pos_ in VERBAL and lemma in grammar["denied_verbs"]:
            return "denied"
        if child.pos_ in VERBAL and lemma in grammar["scheduling_verbs"]:
            return "planned"
    return _governed(noun, grammar, default="asserted")


def _governed(token: Token, grammar: Grammar, *, default: str, depth: int = 0) -> str:
    """Verdict of the verbs above a trigger, nearest first; a chain of verbs is followed a few links only."""
    current = token
    for _ in range(_MAX_CLIMB):
        head = current.head
        if head is current or depth > _MAX_CLIMB:
            return default
        if head.pos_ in VERBAL or head.pos_ == "ADJ":
            verdict = _embedding(head, dep(current), grammar)
            if verdict is not None:
                return verdict
            if head.pos_ in VERBAL:
                return _verb(head, grammar, depth=depth + 1)
        current = head
    return default


def _embedding(head: Token, relation: str, grammar: Grammar) -> str | None:
    """What a verb or adjective makes of the event that it takes: "prevé firmar", "canceló la visita"."""
    lemma = head.lemma_.lower()
    if lemma in grammar["denied_verbs"] and relation in _COMPLEMENTS | {"iobj"}:
        return "possible" if is_negated(head) else "denied"
    if lemma in grammar["possible_verbs"] and relation != "nsubj":
        return "denied" if is_negated(head) and lemma in ("querer", "aceptar", "poder") else "possible"
    settled = relation == "nsubj" and lemma in grammar["settling_verbs"]
    if lemma in grammar["planned_verbs"] and lemma != "ir" and relation in _COMPLEMENTS and not settled:
        return "planned"
    if lemma in grammar["planned_adjectives"]:
        return "planned"
    if head.pos_ in VERBAL and is_negated(head) and relation in ("obj", "nsubj", "xcomp", "ccomp"):
        return "denied"
    return None
