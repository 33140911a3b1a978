"""What is signed: the words that name the document of a signing."""

from __future__ import annotations

from typing import Final

from streams.extraction.frames import EventType, Frame
from streams.extraction.syntax import VERBAL, case_of, dep, is_passive
from streams.extraction.tokens import Token

_DOCUMENT_STOPS: Final = frozenset({",", ";", ":", ".", "(", "-", "–", "—"})


def find_document(
    token: Token, event_type: EventType, frame: Frame, *, ends: frozenset[str]
) -> tuple[int, int] | None:
    """Token range of what is signed: object, passive subject, or the complement of the noun."""
    if frame.document is None:
        return None
    if token.pos_ in VERBAL or token.pos_ == "ADJ":
        head = _signed(token, event_type)
    else:
        head = next(
            (c for c in token.rights if case_of(c) == frame.document and _names_document(c, event_type)), None
        )
    if head is None:
        return None
    return _document_range(head, ends)


def _names_document(token: Token, event_type: EventType) -> bool:
    return token.lemma in event_type.document_nouns or any(
        dep(child) == "nmod" and child.lemma in event_type.document_nouns for child in token.children
    )


def _signed(verb: Token, event_type: EventType) -> Token | None:
    passive = is_passive(verb)
    options = [c for c in verb.children if dep(c) in ("obj", "nsubj", "obl", "ccomp") and not case_of(c)]
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


def _document_range(head: Token, ends: frozenset[str]) -> tuple[int, int]:
    doc = head.doc
    end = head.i + 1
    limit = min(head.right_edge.i + 1, head.i + 25)
    while end < limit:
        token = doc[end]
        if token.text in _DOCUMENT_STOPS or token.is_space or token.pos_ in VERBAL or token.is_quote:
            break
        if token.lower_ in ends:
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
