"""Subjects that the parse does not show: inverted, hung elsewhere, or the body in which "they" speak."""

from __future__ import annotations

from typing import Final

from schemas import Kind
from streams.extraction.layout import Range
from streams.extraction.references import References
from streams.extraction.syntax import case_of, finite_part
from streams.extraction.tokens import Doc, Token

_REACH_AFTER_TOKENS: Final = 16
_REACH_BEFORE_TOKENS: Final = 14
"""How far from its verb a subject is looked for that the parse does not show."""
_LONGEST_INSERTION_TOKENS: Final = 6
_WITHIN_BEFORE: Final = frozenset({"desde"})
_WITHIN_AFTER: Final = frozenset({"desde", "en", "de"})
"""Prepositions that lead to a body whose people speak: "desde la Junta rechazan", "dicen en Palacio"."""


def is_inside(index: int, content: list[Range]) -> bool:
    """Whether a token stands in what is said."""
    return any(start <= index < end for start, end in content)


def subject_after(verb: Token, content: list[Range], references: References) -> Token | None:
    """Inverted subject that the parser missed: "…, espetó desde la tribuna el diputado X".

    It is the first personal noun phrase between the cue and the next comma that no preposition governs.
    """
    limit = min(len(verb.doc), verb.i + _REACH_AFTER_TOKENS)
    index = _after_insertion(verb.doc, verb.i + 1)
    while index < limit:
        token = verb.doc[index]
        if token.is_space or token.text in (",", ";", ":", ".") or token.is_quote or token.lower_ == "que":
            return None
        mention = references.by_token.get(index)
        if mention is None or mention.start > index or is_inside(index, content):
            index += 1
            continue
        before = mention.start - 1
        while before > verb.i and verb.doc[before].pos_ in ("DET", "NUM", "ADJ"):
            before -= 1
        governed = verb.doc[before].pos_ == "ADP" and before > verb.i
        if not governed and verb.doc[before].lower_ not in ("al", "del") and mention.kind is not None:
            return verb.doc[mention.head]
        index = mention.end
    return None


def _after_insertion(doc: Doc, index: int) -> int:
    """One past a short adverbial between commas: "vaticinó, bajo reserva, un ejecutivo"."""
    if (
        index >= len(doc)
        or doc[index].text != ","
        or doc.text_of(index + 1, index + 2).lower() in ("y", "que")
    ):
        return index
    for position in range(index + 1, min(index + _LONGEST_INSERTION_TOKENS, len(doc))):
        token = doc[position]
        if token.text == ",":
            return position + 1
        if token.is_punct or token.is_space or token.pos_ in ("VERB", "AUX", "PROPN"):
            break
    return index


def subject_before(verb: Token, content: list[Range], references: References) -> Token | None:
    """Subject before the verb that the parser hung elsewhere: "La víspera, la embajadora, X, había dicho …".

    It is the nearest name or description before the verb that no preposition governs, with no other verb
    and no relative between, and of the verb's number.
    """
    doc = verb.doc
    index = min(finite_part(verb).i, verb.i) - 1
    plural = "Plur" in finite_part(verb).morph.get("Number", [])
    while index >= verb.sent.start and verb.i - index <= _REACH_BEFORE_TOKENS:
        token = doc[index]
        mention = references.by_token.get(index)
        if mention is not None and mention.kind is not None and mention.start <= index:
            if not _governed(doc, mention.start) and mention.plural == plural:
                inside = is_inside(mention.head, content) or mention.head in references.hidden
                return None if inside else doc[mention.head]
            index = mention.start - 1
            continue
        if token.is_quote or token.text in (";", ":", "(", ")") or token.lower_ in ("que", "quien", "y", "e"):
            return None
        if token.pos_ in ("VERB", "AUX", "SCONJ"):
            return None
        index -= 1
    return None


def _governed(doc: Doc, start: int) -> bool:
    """Whether a preposition leads to the noun phrase that begins at a token."""
    before = start - 1
    while before >= 0 and doc[before].pos_ in ("DET", "NUM", "ADJ"):
        before -= 1
    return before >= 0 and (doc[before].pos_ == "ADP" or doc[before].lower_ in ("al", "del"))


def speaker_within(verb: Token, content: list[Range], references: References) -> Token | None:
    """Body for which a plural without subject speaks: "desde la Junta rechazan …", "dicen en Palacio"."""
    first, sentence = finite_part(verb).i, verb.sent
    for mention in references.mentions:
        if mention.end > verb.i + _LONGEST_INSERTION_TOKENS or mention.start < sentence.start:
            continue
        known = mention.kind in (Kind.ORGANIZATION, Kind.COUNTRY) or (mention.kind is None and mention.place)
        if not known or is_inside(mention.head, content):
            continue
        case = case_of(verb.doc[mention.head])
        if mention.start > verb.i:
            fits = case in _WITHIN_AFTER and mention.start - verb.i <= 3
        else:
            fits = case in _WITHIN_BEFORE and not _has_verb(verb.doc, mention.end, first)
        if fits:
            return verb.doc[mention.head]
    return None


def _has_verb(doc: Doc, start: int, end: int) -> bool:
    return any(token.pos_ in ("VERB", "AUX") for token in doc[start:end])
