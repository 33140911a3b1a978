"""What speaks against a word being the trigger that its frame describes: its form, and what it lacks.

Each doubt is named by a word. A type that a judge decides about hands them to it; any other type
takes only what raises none.
"""

from __future__ import annotations

from collections.abc import Iterator

from schemas import Kind
from streams.extraction.annotations import Candidate
from streams.extraction.frames import EventType, Frame
from streams.extraction.references import References
from streams.extraction.subjects import support_verb
from streams.extraction.syntax import (
    VERBAL,
    case_of,
    children,
    dep,
    finite_part,
    has_se,
    is_finite,
    is_passive,
)
from streams.extraction.tokens import Token


def is_verbal(token: Token) -> bool:
    """Whether a word is a form of a verb, participles that the model calls adjectives included."""
    return token.pos_ in VERBAL or (token.pos_ == "ADJ" and "Part" in token.morph.get("VerbForm", []))


def form_doubts(token: Token, frame: Frame, references: References) -> tuple[str, ...]:
    """What the form of a word says against it, before any role is filled."""
    if not is_verbal(token):
        return ("name",) if token.ent_type_ == "PER" or dep(token) == "flat" else ()
    return tuple(_verb_doubts(token, frame, references))


def _verb_doubts(verb: Token, frame: Frame, references: References) -> Iterator[str]:
    if verb.pos_ == "AUX" and (verb.lemma_ in ("haber", "tener") or dep(verb) in ("aux", "cop")):
        yield "auxiliary"
    if frame.reflexive and not has_se(verb):
        yield "reflexive"
    if frame.person_object:
        if not _person_object(verb, references):
            yield "object"
        return
    participle = "Part" in verb.morph.get("VerbForm", [])
    if participle and dep(verb) == "amod" and not any(case_of(child) == "por" for child in verb.rights):
        yield "participle"
    if "Imp" in verb.morph.get("Mood", []):
        yield "imperative"
    if is_finite(verb) and "1" in finite_part(verb).morph.get("Person", []):
        yield "first-person"


def _person_object(verb: Token, references: References) -> bool:
    """Whether somebody is received: "recibió a X", "fue recibido por X"; not a thing."""
    if is_passive(verb) or ("Part" in verb.morph.get("VerbForm", []) and not children(verb, "aux")):
        subject = next(iter(children(verb, "nsubj")), None) or (
            verb.head if dep(verb) in ("acl", "amod") else None
        )
        agent = any(case_of(child) == "por" for child in verb.rights)
        return agent and (subject is None or subject.pos_ == "PRON" or _is_personal(subject, references))
    if any(c.lower_ in ("lo", "la", "le", "los", "las", "les") and c.pos_ == "PRON" for c in verb.lefts):
        return not any(dep(c) == "obj" and c.pos_ == "NOUN" and not case_of(c) for c in verb.rights)
    return any(
        dep(child) in ("obj", "iobj", "obl") and case_of(child) == "a" and _is_personal(child, references)
        for child in verb.children
    )


def _is_personal(token: Token, references: References) -> bool:
    mention = references.by_token.get(token.i)
    return mention is not None and mention.kind in (Kind.PERSON, Kind.GROUP)


def slot_doubts(candidate: Candidate, token: Token, event_type: EventType, frame: Frame) -> tuple[str, ...]:
    """What a filled candidate lacks of what its frame and its type ask for."""
    return tuple(_slot_doubts(candidate, token, event_type, frame))


def _slot_doubts(candidate: Candidate, token: Token, event_type: EventType, frame: Frame) -> Iterator[str]:
    verbal, lemma = is_verbal(token), token.lemma
    if frame.place_required and candidate.place is None:
        yield "place"
    if lemma in frame.partner_required and len(candidate.fillers) < 2:
        yield "partner"
    if frame.document_required and not _has_document(candidate, token, frame):
        yield "document"
    if frame.visitor_kinds and candidate.fillers and candidate.fillers[0].kind not in frame.visitor_kinds:
        yield "kind"
    if frame.proper_visitor and not any(f.entity >= 0 for f in candidate.fillers):
        yield "unknown"
    goes_nowhere = candidate.place is None and not candidate.of_role("host")
    if verbal and not frame.place_required and frame.place == ("object",) and goes_nowhere:
        yield "nowhere"
    if not verbal and not _specific(candidate, token, frame):
        yield "unspecific"
    if event_type.needs and verbal and not _filled(candidate) & set(event_type.needs):
        yield "bare"


def _has_document(candidate: Candidate, token: Token, frame: Frame) -> bool:
    if candidate.document is None:
        return False
    start, end = candidate.document
    return any(t.lemma in frame.document_required for t in token.doc[start:end])


def _filled(candidate: Candidate) -> set[str]:
    filled = {f.role for f in candidate.fillers}
    if candidate.place is not None:
        filled.add("place")
    if candidate.document is not None:
        filled.add("document")
    return filled


def _specific(candidate: Candidate, noun: Token, frame: Frame) -> bool:
    """A noun counts with a filler or a place, or as an echo ("la reunión") that merging decides on."""
    if candidate.fillers or candidate.place is not None or candidate.document is not None:
        return True
    definite = any(
        child.lower_ in ("el", "la", "esta", "este", "dicha", "dicho", "esa", "ese") for child in noun.lefts
    )
    return (definite and "Plur" not in noun.morph.get("Number", [])) or support_verb(noun, frame) is not None
