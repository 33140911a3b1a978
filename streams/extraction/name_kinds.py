"""What a name is: a person, a body, a state, a place, a medium; by lexicon, label and company."""

from __future__ import annotations

from typing import Final, NamedTuple

from schemas import Kind
from streams.extraction.lexicon import Lexicon, fold
from streams.extraction.tokens import Doc, Span

_DATELINE_REST_TOKENS: Final = 10
"""How soon after its place a dateline ends: ", 19 oct 2024 (EFE).-"."""
_SHORTEST_MEDIUM: Final = 3
"""Characters of the shortest name in small letters that is a medium's: "Efe"."""
_DATELINE_MARKS: Final = (".-", ".–", ".—", ". -")
_MEDIUM_NOUN_REACH_TOKENS: Final = 6
"""Most words between the noun and the name: "el diario de la capital "El Faro"."""


class NameKind(NamedTuple):
    """Kind, whether it can be a place, and the country that it names or lies in."""

    kind: Kind | None
    place: bool
    country: str | None = None


def classify(text: str, label: str, lexicon: Lexicon) -> NameKind:
    """Classify a name: what the lexicon knows first, then the model's label.

    Args:
        text: The name.
        label: `PER`, `ORG`, `LOC` or `MISC`.
        lexicon: States, capitals, seats, acronyms, places.

    Returns:
        No kind and no place for works, laws and products.
    """
    known = _known(fold(text), lexicon)
    if known is not None:
        return known
    if label == "PER":
        return NameKind(Kind.PERSON, place=False)
    if lexicon.is_place(text) and label != "MISC":
        kind = Kind.ORGANIZATION if label == "ORG" else None
        return NameKind(kind, place=True, country=lexicon.country_of_place(text))
    if label == "ORG":
        return NameKind(Kind.ORGANIZATION, place=False)
    return NameKind(None, place=label == "LOC")


def _known(key: str, lexicon: Lexicon) -> NameKind | None:
    country = lexicon.countries.get(key)
    if country is not None:
        return NameKind(Kind.COUNTRY, place=True, country=country.iso or None)
    if key in lexicon.capitals:
        # No kind of its own: a capital that acts stands for its state (`References` decides).
        return NameKind(None, place=True, country=lexicon.capitals[key].iso or None)
    if key in lexicon.seats:
        return NameKind(Kind.ORGANIZATION, place=True, country=lexicon.seats[key])
    if key in lexicon.acronyms:
        return NameKind(Kind.ORGANIZATION, place=False)
    return None


def is_dateline(doc: Doc, start: int, end: int) -> bool:
    """Whether a name opens a paragraph as the place of a report: "Caracas, 19 oct (EFE).-", "MADRID.- …"."""
    if start > 0 and not doc[start - 1].is_space:
        return False
    ahead = doc.text_of(end, end + _DATELINE_REST_TOKENS)
    if doc[end - 1].text.endswith((".-", ".–")) or ahead.startswith((".-", ".–", ". –", "|", "—")):
        return True
    return ahead.startswith((",", "(")) and any(mark in ahead for mark in _DATELINE_MARKS)


def is_locative(doc: Doc, start: int, lexicon: Lexicon) -> bool:
    """Whether a name stands after "a", "en", "hacia": a town, though the model takes it for somebody."""
    return start > 0 and doc[start - 1].lower_ in lexicon.grammar["locative_prepositions"]


def looks_like_person(span: Span, lexicon: Lexicon) -> bool:
    """Whether capitals that the model left alone are somebody: a given name, or after an office or "don"."""
    if fold(span[0].text) in lexicon.given_names and len(span) > 1:
        return True
    if not span.start:
        return False
    before = fold(span.doc[span.start - 1].text)
    return before in lexicon.offices or before in lexicon.treatments


def gender_of_name(text: str, lexicon: Lexicon) -> str:
    """Gender of a given name, `m` or `f`; "" for one that both bear or that is unknown."""
    gender = lexicon.given_names.get(fold(text.split()[0]), "")
    return gender if gender in ("m", "f") else ""


def is_medium(doc: Doc, start: int, text: str, lexicon: Lexicon) -> bool:
    """Whether a name is that of a news medium: known as one, or after "diario", "agencia", "cadena"."""
    if text[:1].isupper() and lexicon.is_medium(text) and (len(text) >= _SHORTEST_MEDIUM or text.isupper()):
        return True
    for index in range(start - 1, max(-1, start - 1 - _MEDIUM_NOUN_REACH_TOKENS), -1):
        token = doc[index]
        if fold(token.text) in lexicon.media_nouns:
            return True
        skipped = token.is_quote or token.pos_ in ("ADJ", "ADP", "DET")
        if not skipped and token.lower_ not in lexicon.grammar["medium_fillers"]:
            return False
    return False
