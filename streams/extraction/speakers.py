"""Whose words a cue reports."""

from __future__ import annotations

from typing import Final

from schemas import Kind
from streams.extraction.annotations import Filler
from streams.extraction.cue_finder import FoundCue
from streams.extraction.layout import Range
from streams.extraction.references import References, Subject
from streams.extraction.subject_search import is_inside, speaker_within, subject_after, subject_before
from streams.extraction.syntax import (
    case_of,
    dep,
    finite_part,
    governing_verb,
    is_finite,
    subject_of,
)
from streams.extraction.tokens import Token

_SUPPORT: Final = frozenset(
    "hacer realizar lanzar formular presentar dirigir emitir cumplir reiterar efectuar".split()  # noqa: SIM905
)
"""Verbs that carry a noun cue: "X hizo un llamamiento"."""


def find_speakers(
    cue: FoundCue, references: References, speakers: list[Subject], content: list[Range]
) -> list[Filler]:
    """Find who speaks: after "según", the subject, the agent, the antecedent, or whoever spoke last."""
    doc = references.doc
    if cue.source == "preposition":
        token = _nominal_after(cue, references)
        return references.fillers(token, "speaker") if token is not None else []
    if cue.source == "colon":
        return _before_colon(cue, references)
    if cue.source == "possessive":
        return references.dropped_subject(cue.start, "speaker", plural=False, speakers=speakers)
    verb = doc[cue.anchor]
    if cue.source == "noun":
        return _speaker_of_noun(verb, content, references, speakers)
    if cue.source == "passive":
        return _agent(verb, references)
    subject = _subject(verb, content, references)
    if subject is not None:
        found = references.fillers(subject, "speaker")
        if found or subject.pos_ != "PRON":
            return found
    governor = governing_verb(verb)
    if not is_finite(verb) and governor is not None and subject is None:
        plural = "Plur" in finite_part(governor).morph.get("Number", [])
    else:
        plural = "Plur" in finite_part(verb).morph.get("Number", [])
    body = speaker_within(verb, content, references) if plural and subject is None else None
    if body is not None:
        return references.fillers(body, "speaker")
    return references.dropped_subject(cue.start, "speaker", plural=plural, speakers=speakers)


def _speaker_of_noun(
    noun: Token, content: list[Range], references: References, speakers: list[Subject]
) -> list[Filler]:
    """Whose words a noun names: "la promesa de X", "su promesa", "X hizo un llamamiento"; else nobody."""
    for child in noun.rights:
        if case_of(child) in ("de", "por") and not any(start <= child.i < end for start, end in content):
            mention = references.by_token.get(child.i)
            if mention is not None and (mention.kind is not None or mention.place):
                return references.fillers(child, "speaker")
    verb = noun.head
    if dep(noun) in ("obj", "obl", "nsubj") and verb.lemma_ in _SUPPORT:
        subject = subject_of(verb)
        if subject is not None and subject.i != noun.i:
            return references.fillers(subject, "speaker")
        plural = "Plur" in finite_part(verb).morph.get("Number", [])
        return references.dropped_subject(noun.i, "speaker", plural=plural, speakers=speakers)
    if any(child.lower_ in ("su", "sus") for child in noun.lefts):
        return references.dropped_subject(noun.i, "speaker", plural=False, speakers=speakers)
    return []


def _subject(verb: Token, content: list[Range], references: References) -> Token | None:
    """Subject of the cue: none that lies in what is said now, or in what somebody said before."""
    subject = subject_of(verb)
    hidden = references.hidden if verb.i not in references.hidden else frozenset()
    if subject is not None and not is_inside(subject.i, content) and subject.i not in hidden:
        return subject
    return subject_after(verb, content, references) or subject_before(verb, content, references)


def _nominal_after(cue: FoundCue, references: References) -> Token | None:
    doc = references.doc
    if (
        cue.end < len(doc)
        and doc[cue.end].lower_ in ("quien", "quienes", "el", "la")
        and cue.end + 1 < len(doc)
    ):
        relative = doc[cue.end] if doc[cue.end].lower_.startswith("quien") else doc[cue.end + 1]
        if relative.lower_ in ("quien", "quienes", "cual"):
            return _noun_before(cue.start, references)
    for index in range(cue.end, min(cue.end + 8, len(doc))):
        token = doc[index]
        mention = references.by_token.get(index)
        if mention is not None and mention.start <= index:
            return doc[mention.head]
        if token.pos_ in ("NOUN", "PROPN"):
            return token
        if token.is_punct and not token.is_quote:
            return None
    return None


def _noun_before(index: int, references: References) -> Token | None:
    """Antecedent of ", para quien" and ", según el cual": what stands before the comma."""
    for position in range(index - 1, max(-1, index - 4), -1):
        mention = references.by_token.get(position)
        if mention is not None and mention.kind is not None:
            return references.doc[mention.head]
    return None


def _before_colon(cue: FoundCue, references: References) -> list[Filler]:
    start = references.doc[cue.anchor].sent.start
    for mention in references.mentions:
        if start <= mention.start and mention.end <= cue.start and mention.kind is Kind.PERSON:
            return references.fillers(references.doc[mention.head], "speaker")
    return []


def _agent(verb: Token, references: References) -> list[Filler]:
    for child in verb.rights:
        if case_of(child) == "por":
            return references.fillers(child, "speaker")
    return []
