"""Whom the subject of a trigger means: explicit, inverted, behind a clitic or a possessive, dropped."""

from __future__ import annotations

from collections.abc import Sequence

from schemas import Kind, ResolvedBy
from streams.extraction.annotations import Filler
from streams.extraction.frames import Frame
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
from streams.extraction.tokens import Token


def subject_fillers(
    token: Token, role: str, references: References, speakers: Sequence[Subject]
) -> list[Filler]:
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


def passive_subject_fillers(token: Token, role: str, references: References) -> list[Filler]:
    """To whom a passive or participle happens: "X fue nombrada", "X, nombrada ministra"; [] in the active."""
    if not is_passive(token):
        return []
    subject = subject_of(token) or (token.head if dep(token) in ("acl", "amod") else None)
    return references.fillers(subject, role) if subject is not None and _personal(subject, references) else []


def _fronted_object(verb: Token, references: References) -> bool:
    """Whether a clitic repeats what stands before, so that the subject follows: "el acta la firmaron X"."""
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


def clitic_fillers(
    token: Token, role: str, references: References, speakers: Sequence[Subject]
) -> list[Filler]:
    """Whom a clitic object means, whoever the text was about: "lo recibirá X"."""
    clitics = references.lexicon.grammar["object_clitics"]
    if token.pos_ not in VERBAL or not any(c.lower_ in clitics for c in token.lefts if c.pos_ == "PRON"):
        return []
    subject = subject_of(token)
    taken = {f.name for f in references.fillers(subject, role)} if subject is not None else set()
    found = references.dropped_subject(token.i, role, plural=False, speakers=list(speakers))
    return [f for f in found if f.name not in taken]


def _personal(token: Token, references: References) -> bool:
    mention = references.by_token.get(token.i)
    return mention is not None and mention.kind is not None


def _is_se_passive(verb: Token) -> bool:
    """Whether "se" has a thing for its subject: "se firmó el acuerdo"."""
    return any(c.lower_ == "se" and c.dep_ in ("expl:pass", "expl:impers") for c in verb.children)


def support_verb(noun: Token, frame: Frame) -> Token | None:
    """Verb that carries a noun: "realizó una visita", "prosiguió su gira"; None when there is none."""
    head = noun.head
    if dep(noun) in ("obj", "obl", "nsubj", "iobj") and head.pos_ in VERBAL and head.lemma_ in frame.support:
        return head
    if _after_infinitive(noun, frame):
        return governing_verb(noun)
    if dep(noun) == "acl" or head.pos_ not in VERBAL:
        relative = next((c for c in noun.children if dep(c) == "acl" and c.lemma_ in frame.support), None)
        return relative
    return None


def _after_infinitive(noun: Token, frame: Frame) -> bool:
    """Whether an infinitive that carries the noun was read as part of its preposition.

    "antes de partir a las negociaciones" looks like "a partir de"; who leaves is the main clause's subject.
    """
    return any(
        word.lower_.endswith("r") and word.lemma in frame.support
        for case in children(noun, "case", "mark")
        for word in children(case, "fixed")
    )


def supported_fillers(
    noun: Token, role: str, frame: Frame, references: References, speakers: Sequence[Subject]
) -> list[Filler]:
    """Subject of the verb that carries a noun: "X realizó una visita"."""
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


def possessor_fillers(
    noun: Token, role: str, references: References, speakers: Sequence[Subject]
) -> list[Filler]:
    """Whose it is, the clause's subject or else whoever was last subject or speaker: "su visita"."""
    if not any(child.lower_ in references.lexicon.grammar["possessives"] for child in noun.lefts):
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
