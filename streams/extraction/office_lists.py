"""Several holders of one office: "los presidentes de Chile, Perú y Bolivia"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from schemas import Kind, ResolvedBy
from streams.extraction.annotations import Entity, Filler, Mention
from streams.extraction.lexicon import Country, Lexicon, fold
from streams.extraction.tokens import Doc

_LONGEST_LIST_TOKENS: Final = 40
_LONGEST_COUNTRY_TOKENS: Final = 4
_JOINTS: Final = frozenset({",", "y", "e", "de", "del", "la", "el", "las", "los"})
"""What stands between the states of a list."""


def holders_of_office(
    doc: Doc, mention: Mention, role: str, entities: Sequence[Entity], lexicon: Lexicon
) -> list[Filler]:
    """One holder for each state that a plural office names; empty when it names fewer than two.

    Whoever the article names with that office and state is the holder; else the office in the singular
    with the state is a description of its own: "presidente de Bolivia".
    """
    if not mention.plural or not mention.offices:
        return []
    states = _states_of(doc, mention, lexicon)
    if len(states) < 2:
        return []
    return [_holder(doc, mention, role, state, entities) for state in states]


def _states_of(doc: Doc, mention: Mention, lexicon: Lexicon) -> list[Country]:
    found: list[Country] = []
    index, end = mention.head + 1, min(len(doc), mention.head + _LONGEST_LIST_TOKENS)
    while index < end:
        state, length = _state_at(doc, index, lexicon)
        if state is not None:
            if state not in found:
                found.append(state)
            index += length
        elif doc[index].lower_ in _JOINTS:
            index += 1
        else:
            break
    return found


def _state_at(doc: Doc, index: int, lexicon: Lexicon) -> tuple[Country | None, int]:
    """State by name or nationality that begins at a token, and its length in tokens."""
    for length in range(_LONGEST_COUNTRY_TOKENS, 0, -1):
        if doc[index].text[:1].isupper():
            named = lexicon.countries.get(fold(doc.text_of(index, index + length)))
            if named is not None and named.iso:
                return named, length
    by_nation = lexicon.demonyms.get(fold(doc[index].text)) if doc[index].text.islower() else None
    return (by_nation, 1) if by_nation is not None and by_nation.iso else (None, 1)


def _holder(doc: Doc, mention: Mention, role: str, state: Country, entities: Sequence[Entity]) -> Filler:
    span = (mention.start, mention.end)
    for entity in entities:
        fits = entity.kind is Kind.PERSON and entity.proper and entity.country == state.iso
        if fits and entity.offices & mention.offices:
            how = ResolvedBy.COREFERENCE
            return Filler(role, entity.name, entity.kind, entity.index, entity.country, span, how)
    name = f"{doc[mention.head].lemma} de {state.name}"
    return Filler(role, name, Kind.PERSON, -1, state.iso, span, ResolvedBy.DESCRIPTION)
