"""Who fills the roles of a candidate: read from the positions that its frame names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spacy.tokens import Token

from schemas import Kind, ResolvedBy
from streams.extraction.annotations import Filler
from streams.extraction.frames import EventType, Frame
from streams.extraction.references import References, Subject
from streams.extraction.syntax import (
    SUBJECTS,
    VERBAL,
    case_of,
    children,
    dep,
    finite_part,
    governing_verb,
    is_finite,
    is_passive,
    subject_of,
)

_ARGUMENTS: Final = frozenset(
    {"obj", "iobj", "obl", "nmod", "dep", "advmod", "xcomp", "acl", "appos", "conj"}
)
_LED: Final = frozenset(
    [
        "encabezado",
        "encabezada",
        "encabezados",
        "encabezadas",
        "encabezar",
        "presidido",
        "presidida",
        "presidir",
        "liderado",
        "liderada",
        "liderar",
        "integrado",
        "integrada",
        "integrar",
        "dirigido",
        "dirigida",
    ]
)
_ALONG: Final = frozenset({"acompañado", "acompañada", "acompañados", "acompañadas", "junto", "compañía"})
_CLITICS: Final = frozenset({"lo", "la", "le", "los", "las", "les"})
_POSSESSIVES: Final = frozenset({"su", "sus"})


def fill_roles(
    token: Token, event_type: EventType, frame: Frame, references: References, speakers: Sequence[Subject]
) -> list[Filler]:
    """Fill every role of a trigger from its syntactic neighbours, in the order of the frame."""
    fillers: list[Filler] = []
    for role, positions in frame.roles.items():
        kinds = event_type.roles[role].kinds
        for position in positions:
            for filler in _at(token, role, position, frame, references, speakers):
                known = (
                    filler.entity >= 0
                    or filler.resolved_by is not ResolvedBy.DESCRIPTION
                    or (position == "with:con" and _is_plural(filler, references))
                ) and not _is_document(filler, event_type, references)
                if known and filler.kind in kinds and not _is_medium(filler, references):
                    if all((f.name, f.role) != (filler.name, filler.role) for f in fillers):
                        fillers.append(filler)
    if frame.possessive and token.pos_ not in VERBAL and not any(f.role == frame.possessive for f in fillers):
        fillers.extend(_possessor(token, frame.possessive, references, speakers))
    fillers = _with_leaders(fillers, references)
    names = [f for f in fillers if f.role != "host"]
    return [f for f in fillers if f.role != "host" or all(f.name != other.name for other in names)]


def _is_plural(filler: Filler, references: References) -> bool:
    """Whether the words are a plural noun phrase: "con los vecinos", not "con el propósito"."""
    if filler.mention is None:
        return False
    root = references.doc[filler.mention[0] : filler.mention[1]].root
    return root.pos_ == "NOUN" and "Plur" in root.morph.get("Number", [])


def _companions(token: Token, role: str, references: References) -> list[Filler]:
    """ "acompañado de X", "junto a X", "en compañía de X": who comes along."""
    found: list[Filler] = []
    for word in token.sent:
        if word.lower_ not in _ALONG or not token.i < word.i < token.i + 25:
            continue
        for child in [*word.rights, *word.head.rights]:
            if case_of(child) in ("de", "por", "a", "con") and word.i < child.i < word.i + 12:
                found.extend(f for f in references.fillers(child, role) if f.entity >= 0)
    return found


def _is_document(filler: Filler, event_type: EventType, references: References) -> bool:
    """Whether the words name what is signed, which the parser may take for the subject ("el tratado lo firmaron …")."""
    if not event_type.document or filler.mention is None:
        return False
    start, end = filler.mention
    head = references.doc[start:end].root
    return head.lemma_.lower() in event_type.document_nouns


def _with_leaders(fillers: list[Filler], references: References) -> list[Filler]:
    """Add who leads or makes up a delegation: "una delegación encabezada por X"."""
    found: list[Filler] = []
    for filler in fillers:
        found.append(filler)
        if filler.mention is None or filler.kind is Kind.PERSON:
            continue
        start, end = filler.mention
        for token in references.doc[start : min(end + 3, len(references.doc))]:
            if token.lemma_.lower() in _LED or token.lower_ in _LED:
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
            _subject(token, role, references, speakers)
            if verbal
            else _supported(token, role, frame, references, speakers)
        )
    if position == "object":
        return _objects(token, role, references, personal=False)
    if position == "clitic":
        return _clitic_object(token, role, references, speakers)
    if position == "object_person":
        found = _objects(token, role, references, personal=True)
        return found or (_clitic_object(token, role, references, speakers) if frame.person_object else [])
    if position == "companions":
        return _companions(token, role, references)
    if position == "agent":
        return _with_case(token, role, "por", references) if verbal else []
    if position.startswith("with:"):
        return _with_case(token, role, position.removeprefix("with:"), references)
    return _with_case(token, role, position, references)


def _subject(token: Token, role: str, references: References, speakers: Sequence[Subject]) -> list[Filler]:
    """Subject of a verb: explicit, the noun that a participle or relative stands by, or dropped."""
    if is_passive(token) and any(case_of(child) == "por" for child in token.rights):
        subject = subject_of(token) or (token.head if dep(token) in ("acl", "amod") else None)
        return (
            references.fillers(subject, role)
            if subject is not None and _personal(subject, references)
            else []
        )
    subject = subject_of(token)
    if (
        subject is not None
        and subject.i < token.i
        and subject.head.i == token.i
        and _fronted_object(token, references)
    ):
        subject = _inverted_subject(token, references)
    if subject is not None:
        found = references.fillers(subject, role)
        if found or subject.pos_ != "PRON":
            return found
    if is_passive(token) or _is_se_passive(token):
        return []
    if (
        dep(token) == "acl"
        and token.head.pos_ in ("NOUN", "PROPN")
        and any(c.lower_ in ("que", "quien") for c in token.lefts)
    ):
        return references.fillers(token.head, role)
    verb = token
    if not is_finite(token):
        verb = governing_verb(token) or token
        subject = subject_of(verb)
        if subject is not None and subject.i != token.i:
            return references.fillers(subject, role)
    plural = "Plur" in finite_part(verb).morph.get("Number", [])
    return references.dropped_subject(token.i, role, plural=plural, speakers=list(speakers))


def _fronted_object(verb: Token, references: References) -> bool:
    """ "El acta la firmaron X e Y": an accusative clitic repeats what stands before, the subject stands after."""
    clitic = any(c.pos_ == "PRON" and c.lower_ in ("lo", "la", "los", "las") for c in verb.lefts)
    return clitic and _inverted_subject(verb, references) is not None


def _inverted_subject(verb: Token, references: References) -> Token | None:
    """Subject after the verb that the parser took for an object: "viajará una delegación"."""
    if not is_finite(verb):
        return None
    number = finite_part(verb).morph.get("Number", [])
    for child in verb.rights:
        if dep(child) in ("obj", "conj", "appos") and not case_of(child) and child.pos_ in ("NOUN", "PROPN"):
            mention = references.by_token.get(child.i)
            fits = not child.morph.get("Number", []) or child.morph.get("Number", []) == number
            if mention is not None and mention.kind is not None and fits and mention.kind is not Kind.COUNTRY:
                return child
    return None


def _clitic_object(
    token: Token, role: str, references: References, speakers: Sequence[Subject]
) -> list[Filler]:
    """ "lo recibirá X": the clitic is whoever the text was about."""
    if token.pos_ not in VERBAL or not any(c.lower_ in _CLITICS for c in token.lefts if c.pos_ == "PRON"):
        return []
    subject = subject_of(token)
    taken = {f.name for f in references.fillers(subject, role)} if subject is not None else set()
    found = references.dropped_subject(token.i, role, plural=False, speakers=list(speakers))
    return [f for f in found if f.name not in taken]


def _personal(token: Token, references: References) -> bool:
    mention = references.by_token.get(token.i)
    return mention is not None and mention.kind is not None


def _is_se_passive(verb: Token) -> bool:
    """ "se firmó el acuerdo": "se" with a subject or object that is a thing."""
    return any(c.lower_ == "se" and c.dep_ in ("expl:pass", "expl:impers") for c in verb.children)


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


def _with_case(token: Token, role: str, preposition: str, references: References) -> list[Filler]:
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
    """ "de acuerdo con los medios": a source, not a partner."""
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


def support_verb(noun: Token, frame: Frame) -> Token | None:
    """Verb that carries a noun: "realizó una visita", "prosiguió su gira"; None when there is none."""
    head = noun.head
    if dep(noun) in ("obj", "obl", "nsubj", "iobj") and head.pos_ in VERBAL and head.lemma_ in frame.support:
        return head
    if dep(noun) == "acl" or head.pos_ not in VERBAL:
        relative = next((c for c in noun.children if dep(c) == "acl" and c.lemma_ in frame.support), None)
        return relative
    return None


def _supported(
    noun: Token, role: str, frame: Frame, references: References, speakers: Sequence[Subject]
) -> list[Filler]:
    verb = support_verb(noun, frame)
    if verb is None:
        return []
    subject = subject_of(verb)
    if subject is not None and subject.i == noun.i:
        return []
    if subject is not None:
        return references.fillers(subject, role)
    inverted = _inverted_subject(verb, references)
    if inverted is not None and inverted.i != noun.i:
        return references.fillers(inverted, role)
    if is_passive(verb) or _is_se_passive(verb):
        return [
            f for child in verb.rights if case_of(child) == "por" for f in references.fillers(child, role)
        ]
    plural = "Plur" in finite_part(verb).morph.get("Number", [])
    return references.dropped_subject(noun.i, role, plural=plural, speakers=list(speakers))


def _possessor(noun: Token, role: str, references: References, speakers: Sequence[Subject]) -> list[Filler]:
    """ "su visita": the subject of the clause, else whoever was last subject or speaker."""
    if not any(child.lower_ in _POSSESSIVES for child in noun.lefts):
        return []
    verb = governing_verb(noun)
    if verb is not None:
        subject = next((c for c in children(verb, *SUBJECTS) if c.i != noun.i), None)
        if subject is not None and subject.i < noun.i:
            found = references.fillers(subject, role)
            if found:
                return found
    found = references.dropped_subject(noun.i, role, plural=False, speakers=list(speakers))
    return [Filler(f.role, f.name, f.kind, f.entity, f.country, None, ResolvedBy.COREFERENCE) for f in found]
