"""Who fills the roles of a candidate: read from the positions that its frame names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from schemas import Kind, ResolvedBy
from streams.extraction.annotations import Filler
from streams.extraction.frames import EventType, Frame
from streams.extraction.references import References, Subject
from streams.extraction.subjects import (
    clitic_fillers,
    passive_subject_fillers,
    possessor_fillers,
    subject_fillers,
    supported_fillers,
)
from streams.extraction.syntax import (
    VERBAL,
    case_of,
    dep,
    is_passive,
)
from streams.extraction.tokens import Token

_ARGUMENTS: Final = frozenset(
    {"obj", "iobj", "obl", "nmod", "dep", "advmod", "xcomp", "acl", "appos", "conj"}
)


def fill_roles(
    token: Token, event_type: EventType, frame: Frame, references: References, speakers: Sequence[Subject]
) -> list[Filler]:
    """Fill every role of a trigger from its syntactic neighbours, in the order of the frame."""
    fillers: list[Filler] = []
    for role, positions in frame.roles.items():
        kinds = event_type.roles[role].kinds
        for position in positions:
            for filler in _at(token, role, position, frame, references, speakers):
                fits = filler.kind in kinds and _can_take_part(filler, position, event_type, references)
                if fits and all((f.name, f.role) != (filler.name, filler.role) for f in fillers):
                    fillers.append(filler)
    if frame.possessive and token.pos_ not in VERBAL and not any(f.role == frame.possessive for f in fillers):
        fillers.extend(possessor_fillers(token, frame.possessive, references, speakers))
    fillers = _with_leaders(fillers, references)
    names = [f for f in fillers if f.role != "host"]
    return [f for f in fillers if f.role != "host" or all(f.name != other.name for other in names)]


def _can_take_part(filler: Filler, position: str, event_type: EventType, references: References) -> bool:
    """Whether words are somebody: known to the article or a plural partner, no medium, no document."""
    known = filler.entity >= 0 or filler.resolved_by is not ResolvedBy.DESCRIPTION
    partner = position == "with:con" and _is_plural(filler, references)
    if _is_document(filler, event_type, references) or _is_medium(filler, references):
        return False
    return known or partner


def _is_plural(filler: Filler, references: References) -> bool:
    """Whether the words are a plural noun phrase: "con los vecinos", not "con el propósito"."""
    if filler.mention is None:
        return False
    root = references.doc.span(filler.mention[0], filler.mention[1]).root
    return root.pos_ == "NOUN" and "Plur" in root.morph.get("Number", [])


def companions(token: Token, role: str, references: References) -> list[Filler]:
    """Who comes along: "acompañado de X", "junto a X", "en compañía de X"."""
    found: list[Filler] = []
    for word in token.sent:
        if word.lower_ not in references.lexicon.grammar["along"] or not token.i < word.i < token.i + 25:
            continue
        for child in [*word.rights, *word.head.rights]:
            if case_of(child) in ("de", "por", "a", "con") and word.i < child.i < word.i + 12:
                found.extend(f for f in references.fillers(child, role) if f.entity >= 0)
    return found


def _is_document(filler: Filler, event_type: EventType, references: References) -> bool:
    """Whether the words name what is signed: "el tratado lo firmaron …" looks like a subject."""
    if not event_type.document or filler.mention is None:
        return False
    start, end = filler.mention
    head = references.doc.span(start, end).root
    return head.lemma in event_type.document_nouns


def _with_leaders(fillers: list[Filler], references: References) -> list[Filler]:
    """Add who leads or makes up a delegation: "una delegación encabezada por X"."""
    led_by = references.lexicon.grammar["led_by"]
    found: list[Filler] = []
    for filler in fillers:
        found.append(filler)
        if filler.mention is None or filler.kind is Kind.PERSON:
            continue
        start, end = filler.mention
        for token in references.doc[start : min(end + 3, len(references.doc))]:
            if token.lemma in led_by or token.lower_ in led_by:
                for child in token.rights:
                    if case_of(child) == "por":
                        found.extend(
                            f for f in references.fillers(child, filler.role) if f.kind is Kind.PERSON
                        )
    return found


def _is_medium(filler: Filler, references: References) -> bool:
    return filler.entity >= 0 and references.entities[filler.entity].medium


def _at(
    token: Token, role: str, position: str, frame: Frame, references: References, speakers: Sequence[Subject]
) -> list[Filler]:
    verbal = token.pos_ in VERBAL or token.pos_ == "ADJ"
    if position == "subject":
        return (
            subject_fillers(token, role, references, speakers)
            if verbal
            else supported_fillers(token, role, frame, references, speakers)
        )
    if position == "doer":
        active = not (verbal and is_passive(token))
        return _at(token, role, "subject" if active else "agent", frame, references, speakers)
    if position == "patient":
        return (
            passive_subject_fillers(token, role, references)
            or _objects(token, role, references, personal=True)
            or clitic_fillers(token, role, references, speakers)
        )
    if position == "object":
        return _objects(token, role, references, personal=False)
    if position == "clitic":
        return clitic_fillers(token, role, references, speakers)
    if position == "object_person":
        found = _objects(token, role, references, personal=True)
        return found or (clitic_fillers(token, role, references, speakers) if frame.person_object else [])
    if position == "companions":
        return companions(token, role, references)
    if position == "agent":
        return with_case(token, role, "por", references) if verbal else []
    if position.startswith("with:"):
        return with_case(token, role, position.removeprefix("with:"), references)
    return with_case(token, role, position, references)


def _objects(token: Token, role: str, references: References, *, personal: bool) -> list[Filler]:
    found: list[Filler] = []
    for child in token.children:
        if dep(child) not in ("obj", "iobj", "obl") or child.pos_ == "PRON":
            continue
        case = case_of(child)
        if (personal and case != "a") or (not personal and case not in ("", "a")):
            continue
        mention = references.by_token.get(child.i)
        if personal and (mention is None or mention.kind not in (Kind.PERSON, Kind.GROUP)):
            continue
        found.extend(references.fillers(child, role))
    return found


def with_case(token: Token, role: str, preposition: str, references: References) -> list[Filler]:
    """Who stands after a preposition that belongs to a trigger; descriptions only after "con"."""
    found: list[Filler] = []
    for child in _near_arguments(token):
        if case_of(child) == preposition and dep(child) in _ARGUMENTS and not _is_according_to(child):
            if child.lower_ in ("quien", "quienes", "cual", "cuales", "que") and child.pos_ == "PRON":
                found.extend(references.fillers(child, role))
                continue
            mention = references.by_token.get(child.i)
            if (
                mention is not None
                and mention.kind is None
                and (not mention.place or preposition in ("a", "de"))
            ):
                continue
            if mention is None and preposition != "con":
                continue
            found.extend(references.fillers(child, role))
    return found


def _is_according_to(token: Token) -> bool:
    """Whether "con" belongs to "de acuerdo con", which names a source, not a partner."""
    first = token.left_edge.i
    return (first > 0 and token.doc[first - 1].lower_ == "acuerdo") or token.doc[
        max(0, first)
    ].lower_ == "acuerdo"


def _near_arguments(token: Token) -> list[Token]:
    """Dependents, and prepositional phrases that the parser hung one noun too deep."""
    near = list(token.children)
    for child in token.rights:
        if dep(child) in ("nmod", "obl", "obj", "appos", "flat") and child.pos_ in ("NOUN", "PROPN"):
            near.extend(
                c for c in child.rights if dep(c) in ("nmod", "obl") and case_of(c) in ("con", "entre", "a")
            )
    return near
