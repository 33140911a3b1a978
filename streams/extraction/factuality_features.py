"""What the choice among asserted, planned, possible and denied is made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from streams.extraction.annotations import Candidate
from streams.extraction.features import verb_form
from streams.extraction.frame_checks import is_verbal
from streams.extraction.holders import Statements
from streams.extraction.syntax import VERBAL, case_of, children, dep, finite_part, is_negated
from streams.extraction.tokens import Doc, Token

Grammar = Mapping[str, frozenset[str]]
_CHAIN: Final = 3
"""Governors looked at above a trigger."""
_NEAR: Final = 4
"""Words before a trigger that are looked at whatever the tree."""
_LISTS: Final = (
    "planned_verbs",
    "possible_verbs",
    "denied_verbs",
    "planned_adjectives",
    "possible_adjectives",
    "denied_adjectives",
    "planned_nouns",
    "possible_nouns",
    "possible_adverbs",
    "conditional_marks",
)


def factuality_features(
    doc: Doc, candidate: Candidate, rule: str, statements: Statements, grammar: Grammar
) -> list[str]:
    """Features of a trigger: its form, what governs and surrounds it, its date, who tells of it.

    Args:
        doc: The article.
        candidate: With its date.
        rule: Verdict of `factuality.judge_factuality`.
        statements: All statements, for who tells of the event and how.
        grammar: Word lists of what is planned, possible and denied.
    """
    token = doc[candidate.anchor]
    form = verb_form(token) if is_verbal(token) else "noun"
    found = [
        f"rule={rule}",
        f"form={form}",
        f"type={candidate.type}|{form}",
        f"place={candidate.place is not None}",
        *_dated(candidate, rule, form, doc._.published.isoformat() if doc._.published else ""),
        *_told(token, statements, form),
        *_own_words(token, form),
        *_governors(token, form, grammar),
        *_near(token, form, grammar),
    ]
    return list(dict.fromkeys(found))


def _dated(candidate: Candidate, rule: str, form: str, published: str) -> Iterator[str]:
    when = "none"
    if candidate.date is not None:
        first, _, last = candidate.date.value.partition("/")
        today = published[: len(first)]
        when = "same" if first == today else "future" if first > today else "past"
        if last and first <= today <= last:
            when = "now"
    yield f"rule+when={rule}|{when}"
    yield f"form+when={form}|{when}"
    yield f"when={when}|{form == 'noun'}"


def _told(token: Token, statements: Statements, form: str) -> Iterator[str]:
    telling = next(iter(statements.at(token.i)), None)
    act = telling.act if telling is not None else "-"
    yield f"told={act}"
    yield f"told+form={act}|{form}"
    if telling is not None:
        yield f"told+cue={verb_form(token.doc[telling.anchor])}|{act}"


def _own_words(token: Token, form: str) -> Iterator[str]:
    yield f"negated={is_negated(token)}|{is_negated(token.head)}"
    auxiliaries = children(token, "aux", "cop")
    yield f"aux={'|'.join(sorted(a.lemma_ for a in auxiliaries))}"
    for auxiliary in auxiliaries:
        yield f"aux-form={auxiliary.lemma_}|{verb_form(auxiliary)}"
    for word in token.lefts:
        if dep(word) in ("mark", "case"):
            yield f"mark={word.lower_}|{form}"
    for child in token.children:
        if child.pos_ in ("ADJ", "VERB"):
            yield f"adjective={child.lemma}"
        if child.pos_ == "ADV":
            yield f"adverb={child.lower_}"
        if child.pos_ == "DET":
            yield f"determiner={child.lower_}|{form}"
        if child.pos_ == "VERB" and dep(child) == "acl":
            yield f"relative={verb_form(child)}"
            yield f"relative+lemma={verb_form(child)}|{child.lemma}"


def _governors(token: Token, form: str, grammar: Grammar) -> Iterator[str]:
    current, relations = token, ""
    for level in range(_CHAIN):
        head = current.head
        if head.i == current.i:
            yield f"root={level}|{form}"
            return
        relations = f"{relations}<{dep(current)}"
        lemma = head.lemma
        yield f"governor={lemma}|{level}"
        yield f"governor-any={lemma}"
        yield f"governor-case={lemma}|{case_of(current)}"
        yield f"governor-relation={lemma}|{relations}"
        for name in _LISTS:
            if lemma in grammar[name]:
                yield f"governor-list={name}|{level}|{dep(current)}"
                yield f"governor-list={name}"
                yield f"governor-list+form={name}|{verb_form(finite_part(head))}|{is_negated(head)}"
        if head.pos_ in VERBAL:
            yield f"governor-form={verb_form(head)}|{relations}|{form}"
        for mark in children(head, "mark"):
            yield f"governor-mark={mark.lower_}|{level}"
        current = head


def _near(token: Token, form: str, grammar: Grammar) -> Iterator[str]:
    doc, start = token.doc, token.sent.start
    for word in doc[max(start, token.i - _NEAR) : token.i]:
        if word.is_alpha and word.pos_ not in ("PROPN", "DET"):
            yield f"near={word.lemma}"
            yield f"near+form={word.lemma}|{form}"
    for word in token.sent:
        lemma = word.lemma
        for name in _LISTS:
            if lemma in grammar[name] and word.i != token.i:
                yield f"sentence={name}|{'before' if word.i < token.i else 'after'}"
