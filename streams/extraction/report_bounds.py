"""Where reported words end: at the sentence's end, or where it goes on about the speaker.

"dijo que A y que B, pero añadió que C": the first report ends before "pero". Agreement in tense, mood,
person and number tells a further act of the speaker from a verb of what is said; where the parser hangs
the verb is evidence, not proof.
"""

from __future__ import annotations

from typing import Final

from streams.extraction.layout import Layout
from streams.extraction.quotes import quote_at
from streams.extraction.syntax import VERBAL, dep, finite_part, sentence_bounds
from streams.extraction.tokens import Doc, Token

_COORDINATORS: Final = frozenset({"y", "e", "pero", "aunque", "mientras", "pues", "porque"})
_PHRASE_STOPS: Final = frozenset({",", ";", ":", ".", "(", "-", "–", "—"})
_CONNECTING: Final = frozenset({"AUX", "PRON", "ADV", "PART", "CCONJ", "PUNCT", "SCONJ"})


def end_of_report(layout: Layout, verb: Token, start: int) -> int:
    """End of reported words that begin at `start`."""
    end = _outer_limit(layout, verb, start)
    for index in range(start, end):
        cut = _next_act(layout, verb, index, start)
        if cut is not None:
            end = cut
            break
    for first, last in layout.inserts:
        if start < first < end <= last + 1 and not first <= verb.i < last:
            end = first
    return end


def end_of_phrase(layout: Layout, verb: Token, head: Token, start: int) -> int:
    """End of a noun phrase used as content: its subtree, and what follows up to the next comma or verb.

    What small parsers hang on the verb ("atribuyó la decisión a …") mostly belongs to what is said.
    """
    doc = layout.doc
    limit = end_of_report(layout, verb, start)
    subtree_end = min(head.right_edge.i + 1, limit)
    for end in range(subtree_end, limit):
        if doc[end].text in _PHRASE_STOPS:
            return end
        if doc[end].pos_ in VERBAL and "Fin" in doc[end].morph.get("VerbForm", []):
            return subtree_end
    return limit


def _next_act(layout: Layout, verb: Token, index: int, start: int) -> int | None:
    """Where to cut before a token that is the speaker's next act; None if it is not."""
    token = layout.doc[index]
    if index in layout.cue_verbs and index > start and _continues_speaker(token, verb):
        return _before_coordinator(layout.doc, index, start)
    if (
        token.pos_ in VERBAL
        and token.head.i == verb.i
        and dep(token) == "conj"
        and _same_subject(token, verb)
    ):
        first = token.left_edge.i
        return _before_coordinator(layout.doc, first if first > start else index, start)
    return None


def _outer_limit(layout: Layout, verb: Token, start: int) -> int:
    """Where the clause of the cue itself must end: quotation or brackets around it, its relative clause."""
    end = sentence_bounds(layout.doc, verb.i)[1]
    quote = quote_at(layout.quotes, verb.i)
    if quote is not None:
        end = min(end, quote.end)
    end = _closing_bracket(layout.doc, start, end)
    clause = _clause_head(verb)
    if dep(clause) in ("acl", "advcl"):
        edge = clause.right_edge.i + 1
        governor = clause.head
        resumes = any(child.i > edge and child.pos_ in VERBAL for child in governor.children)
        if edge > start and (resumes or governor.head.i >= edge):
            return min(end, edge)
    return end


def _clause_head(verb: Token) -> Token:
    """Verb that decides the clause: up over coordination and complements."""
    while dep(verb) in ("conj", "xcomp", "ccomp") and verb.head.pos_ in VERBAL and verb.head.i < verb.i:
        verb = verb.head
    return verb


def _closing_bracket(doc: Doc, start: int, end: int) -> int:
    depth = 0
    for index in range(start, end):
        depth += {"(": 1, ")": -1}.get(doc[index].text, 0)
        if depth < 0:
            return index
    return end


def _continues_speaker(token: Token, verb: Token) -> bool:
    """Whether a later cue verb is the same speaker's next act: "dijo que … y añadió"."""
    if not finite_part(token).morph.get("Tense", []) or not _agree(
        token, verb, "Tense", "Mood", "Person", "Number"
    ):
        return False
    if token.head.i == verb.i and dep(token) in ("conj", "parataxis"):
        return True
    before = _first_of_group(token) - 1
    if before <= verb.i or not _joins(token.doc, before):
        return False
    return not any(dep(child) == "nsubj" and child.i < token.i for child in token.children)


def _same_subject(token: Token, verb: Token) -> bool:
    """Whether a verb coordinated with the cue goes on about the speaker: no subject, no "se" of its own."""
    if any(dep(child) in ("nsubj", "csubj") or child.lower_ == "se" for child in token.children):
        return False
    return _agree(token, verb, "Person", "Number")


def _agree(one: Token, other: Token, *features: str) -> bool:
    a, b = finite_part(one).morph, finite_part(other).morph
    return all(a.get(feature, []) == b.get(feature, []) for feature in features)


def _joins(doc: Doc, index: int) -> bool:
    """Whether a word joins a further act of the same speaker: "y", "por lo que", "al tiempo que", "pues"."""
    word = doc[index].lower_
    if word in _COORDINATORS:
        return True
    return word == "que" and index > 0 and doc[index - 1].lower_ in ("lo", "tiempo", "ya", "mientras")


def _first_of_group(verb: Token) -> int:
    """First token of a verb group: clitics, negation, auxiliaries and an adverb before the verb."""
    index = verb.i
    while index > 0:
        before = verb.doc[index - 1]
        if before.pos_ not in ("AUX", "PRON", "ADV", "PART") or before.lower_ == "que":
            break
        index -= 1
    return index


def _before_coordinator(doc: Doc, index: int, start: int) -> int:
    """Token to cut at before a coordinated verb group: its conjunction, or the comma before it."""
    first = index
    while first > start and doc[first - 1].pos_ in _CONNECTING:
        if doc[first - 1].lower_ == "que" or doc[first - 1].is_quote:
            break
        first -= 1
    for comma in range(first, max(start, first - 5), -1):
        nouns = any(t.pos_ in ("NOUN", "PROPN") and t.lower_ != "tiempo" for t in doc[comma:first])
        if doc[comma].text == "," and not nouns:
            return comma
    return first if first > start else index
