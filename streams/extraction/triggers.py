"""Frames matched against the tree: verbs and nouns that may name a visit, a signing, a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Token

from schemas import Kind
from streams.extraction.annotations import Candidate
from streams.extraction.frames import EventType, Frame
from streams.extraction.participants import fill_roles
from streams.extraction.places import find_place
from streams.extraction.references import References, Subject
from streams.extraction.subjects import support_verb
from streams.extraction.syntax import VERBAL, children, dep, finite_part, has_se, is_finite, is_passive

_DOCUMENT_STOPS: Final = frozenset({",", ";", ":", ".", "(", "-", "–", "—"})
_DOCUMENT_LIMITS: Final = frozenset({"que", "cuyo", "cuya", "quien", "con", "en", "durante", "tras", "entre"})


@dataclass(frozen=True, slots=True)
class FrameIndex:
    """Lemma → (type, frame), verbs and nouns apart."""

    verbs: dict[str, list[tuple[EventType, Frame]]]
    nouns: dict[str, list[tuple[EventType, Frame]]]


def index_frames(event_types: Sequence[EventType]) -> FrameIndex:
    """Index all frames by lemma."""
    verbs: dict[str, list[tuple[EventType, Frame]]] = {}
    nouns: dict[str, list[tuple[EventType, Frame]]] = {}
    for event_type in event_types:
        for table, frames in ((verbs, event_type.verbs), (nouns, event_type.nouns)):
            for frame in frames:
                for lemma in frame.lemmas:
                    table.setdefault(lemma, []).append((event_type, frame))
    return FrameIndex(verbs, nouns)


def find_candidates(
    doc: Doc, index: FrameIndex, references: References, speakers: Sequence[Subject]
) -> list[Candidate]:
    """Find candidates with participants and place, in text order; what lacks its needs is left out."""
    found = []
    for token in doc:
        table = (
            index.verbs if token.pos_ in VERBAL else index.nouns if token.pos_ in ("NOUN", "PROPN") else None
        )
        if table is None:
            continue
        for event_type, frame in table.get(token.lemma_.lower(), ()):
            candidate = _match(token, event_type, frame, references, speakers)
            if candidate is not None:
                found.append(candidate)
                break
    return found


def _match(
    token: Token, event_type: EventType, frame: Frame, references: References, speakers: Sequence[Subject]
) -> Candidate | None:
    verbal = token.pos_ in VERBAL or token.pos_ == "ADJ"
    if verbal and not _verb_fits(token, frame, references):
        return None
    if not verbal and not _noun_fits(token):
        return None
    candidate = Candidate(type=event_type.name, anchor=token.i, triggers=[(token.i, token.i + 1)])
    candidate.fillers = fill_roles(token, event_type, frame, references, speakers)
    candidate.place = find_place(token, frame, references)
    if event_type.document:
        candidate.document = find_document(token, event_type, frame)
    candidate.echo = frame.echo
    if frame.factuality is not None:
        candidate.factuality = frame.factuality.value
        candidate.fixed_factuality = True
    if frame.trigger == "place" and candidate.place is not None and candidate.place.mention is not None:
        candidate.triggers = [candidate.place.mention]
    return candidate if _complete(candidate, token, event_type, frame) else None


def _verb_fits(verb: Token, frame: Frame, references: References) -> bool:
    if verb.pos_ == "AUX" and verb.lemma_ in ("ir", "venir", "volver", "haber", "tener"):
        return False
    if frame.reflexive and not has_se(verb):
        return False
    if frame.person_object:
        return _person_object(verb, references)
    form = verb.morph.get("VerbForm", [])
    if "Part" in form and dep(verb) == "amod" and not any(_case(child) == "por" for child in verb.rights):
        return False
    if "Imp" in verb.morph.get("Mood", []):
        return False
    return not (is_finite(verb) and "1" in finite_part(verb).morph.get("Person", []))


def _person_object(verb: Token, references: References) -> bool:
    """Whether somebody is received: "recibió a X", "fue recibido por X"; not a thing."""
    if is_passive(verb) or ("Part" in verb.morph.get("VerbForm", []) and not children(verb, "aux")):
        subject = next(iter(children(verb, "nsubj")), None) or (
            verb.head if dep(verb) in ("acl", "amod") else None
        )
        agent = any(_case(child) == "por" for child in verb.rights)
        return agent and (subject is None or subject.pos_ == "PRON" or _is_personal(subject, references))
    if any(c.lower_ in ("lo", "la", "le", "los", "las", "les") and c.pos_ == "PRON" for c in verb.lefts):
        return not any(dep(c) == "obj" and c.pos_ == "NOUN" and not _case(c) for c in verb.rights)
    return any(
        dep(child) in ("obj", "iobj", "obl") and _case(child) == "a" and _is_personal(child, references)
        for child in verb.children
    )


def _is_personal(token: Token, references: References) -> bool:
    mention = references.by_token.get(token.i)
    return mention is not None and mention.kind in (Kind.PERSON, Kind.GROUP)


def _case(token: Token) -> str:
    for child in token.lefts:
        if dep(child) == "case":
            return {"al": "a", "del": "de"}.get(child.lower_, child.lower_)
    return ""


def _noun_fits(noun: Token) -> bool:
    return noun.ent_type_ not in ("PER",) and dep(noun) != "flat"


def find_document(token: Token, event_type: EventType, frame: Frame) -> tuple[int, int] | None:
    """Token range of what is signed: object, passive subject, or the complement of the noun."""
    if frame.document is None:
        return None
    if token.pos_ in VERBAL or token.pos_ == "ADJ":
        head = _signed(token, event_type)
    else:
        head = next(
            (c for c in token.rights if _case(c) == frame.document and _names_document(c, event_type)), None
        )
    if head is None:
        return None
    return _document_range(head)


def _names_document(token: Token, event_type: EventType) -> bool:
    return token.lemma_.lower() in event_type.document_nouns or any(
        dep(child) == "nmod" and child.lemma_.lower() in event_type.document_nouns for child in token.children
    )


def _signed(verb: Token, event_type: EventType) -> Token | None:
    passive = is_passive(verb)
    options = [c for c in verb.children if dep(c) in ("obj", "nsubj", "obl", "ccomp") and not _case(c)]
    if (
        (passive or "Part" in verb.morph.get("VerbForm", []))
        and dep(verb) in ("acl", "amod")
        and verb.head.pos_ in ("NOUN", "PROPN")
    ):
        options.insert(0, verb.head)
    for child in options:
        if child.lower_ in ("que", "cual", "cuales") and dep(verb) == "acl":
            child = verb.head
        if _names_document(child, event_type):
            return child
    return None


def _document_range(head: Token) -> tuple[int, int]:
    doc = head.doc
    end = head.i + 1
    limit = min(head.right_edge.i + 1, head.i + 25)
    while end < limit:
        token = doc[end]
        if token.text in _DOCUMENT_STOPS or token.is_space or token.pos_ in VERBAL or token.is_quote:
            break
        if token.lower_ in _DOCUMENT_LIMITS:
            break
        end += 1
    while end > head.i + 1 and doc[end - 1].pos_ in ("ADP", "DET", "CCONJ", "SCONJ", "ADV", "AUX", "PRON"):
        end -= 1
    start = head.i
    while (
        start > head.left_edge.i and doc[start - 1].pos_ in ("ADJ", "NUM") and doc[start - 1].head.i == head.i
    ):
        start -= 1
    return start, end


def _complete(candidate: Candidate, token: Token, event_type: EventType, frame: Frame) -> bool:
    verbal = token.pos_ in VERBAL or token.pos_ == "ADJ"
    lemma = token.lemma_.lower()
    if frame.place_required and candidate.place is None:
        return False
    if lemma in frame.partner_required and len(candidate.fillers) < 2:
        return False
    if frame.document_required:
        if candidate.document is None:
            return False
        head = token.doc[candidate.document[0] : candidate.document[1]]
        if not any(t.lemma_.lower() in frame.document_required for t in head):
            return False
    if frame.visitor_kinds and candidate.fillers and candidate.fillers[0].kind not in frame.visitor_kinds:
        return False
    if frame.proper_visitor and not any(f.entity >= 0 for f in candidate.fillers):
        return False
    filled = {f.role for f in candidate.fillers}
    if candidate.place is not None:
        filled.add("place")
    if candidate.document is not None:
        filled.add("document")
    goes_nowhere = candidate.place is None and not candidate.of_role("host")
    if verbal and not frame.place_required and frame.place == ("object",) and goes_nowhere:
        return False
    if not verbal and not _specific(candidate, token, frame):
        return False
    return not event_type.needs or bool(filled & set(event_type.needs)) or not verbal


def _specific(candidate: Candidate, noun: Token, frame: Frame) -> bool:
    """A noun counts with a filler or a place, or as an echo ("la reunión") that merging decides on."""
    if candidate.fillers or candidate.place is not None or candidate.document is not None:
        return True
    definite = any(
        child.lower_ in ("el", "la", "esta", "este", "dicha", "dicho", "esa", "ese") for child in noun.lefts
    )
    return (definite and "Plur" not in noun.morph.get("Number", [])) or support_verb(noun, frame) is not None
