"""Descriptions: "la ministra de Salud", "el sindicato", "los vecinos", "el francés"."""

from __future__ import annotations

from typing import Final

from schemas import Kind
from streams.extraction.annotations import Mention
from streams.extraction.lexicon import Lexicon, fold
from streams.extraction.noun_phrases import description_end, is_plural
from streams.extraction.offices import OfficeWords, office_at
from streams.extraction.syntax import dep
from streams.extraction.tokens import Doc, Span, Token

_HEADS: Final = frozenset({"NOUN", "ADJ", "PROPN", "NUM", "PRON"})
_GENDERS: Final = {"Masc": "m", "Fem": "f"}


def find_descriptions(doc: Doc, lexicon: Lexicon, taken: set[int]) -> list[Mention]:
    """Find descriptions in text order whose first word is not taken by a name."""
    heads = (token for token in doc if token.i not in taken and token.pos_ in _HEADS and not token.is_punct)
    return [mention for token in heads if (mention := _description_at(token, lexicon))]


def _description_at(token: Token, lexicon: Lexicon) -> Mention | None:
    if token.pos_ in ("NOUN", "PROPN", "ADJ"):
        office = office_at(token.doc, token.i, len(token.doc), lexicon)
        if office is not None and not (office.length == 1 and _is_body(token, lexicon)):
            return _by_office(token, office, lexicon)
    if token.pos_ in ("NOUN", "PROPN"):
        found = _by_noun(token, lexicon)
        if found is not None:
            return found
    return _by_nationality(token, lexicon)


def _by_office(token: Token, office: OfficeWords, lexicon: Lexicon) -> Mention | None:
    """Whoever holds an office; words with another sense too ("general") need an article and no noun."""
    doc, end = token.doc, token.i + office.length
    unsure = token.pos_ == "ADJ" or fold(doc.text_of(token.i, end)) in lexicon.ambiguous_offices
    if unsure and (not _has_determiner(token, lexicon) or _modifies_noun(token)):
        return None
    mention = _described(token, end, Kind.GROUP if office.plural else Kind.PERSON, lexicon)
    mention.offices = frozenset({office.name})
    mention.plural = office.plural
    mention.gender = _gender(mention, office.gender, doc, lexicon)
    return mention


def _is_body(token: Token, lexicon: Lexicon) -> bool:
    """Whether an article shows that a body is meant, not one of its members: "la policía"."""
    if token.i == 0 or token.lower_ not in lexicon.grammar["feminine_bodies"]:
        return False
    return token.nbor(-1).lower_ in lexicon.grammar["feminine_determiners"]


def _by_noun(token: Token, lexicon: Lexicon) -> Mention | None:
    """A body, group, medium or document that speaks, by its noun."""
    kinds = (
        (lexicon.organization_heads, Kind.ORGANIZATION),
        (lexicon.group_nouns, Kind.GROUP),
        (lexicon.media_nouns, Kind.ORGANIZATION),
        (lexicon.speaking_documents, Kind.ORGANIZATION),
    )
    for nouns, kind in kinds:
        if fold(token.text) in nouns or fold(token.lemma_) in nouns:
            mention = _inflected(token, kind, lexicon)
            mention.medium = nouns is lexicon.media_nouns
            return mention
    return None


def _by_nationality(token: Token, lexicon: Lexicon) -> Mention | None:
    """Whoever is told by nationality alone ("el francés"), with an article and no noun before."""
    if fold(token.text) not in lexicon.demonyms or not token.text[:1].islower():
        return None
    if not _has_determiner(token, lexicon) or _modifies_noun(token):
        return None
    return _inflected(token, Kind.GROUP if is_plural(token) else Kind.PERSON, lexicon)


def _inflected(token: Token, kind: Kind, lexicon: Lexicon) -> Mention:
    """Description whose gender and number are those of its noun."""
    mention = _described(token, token.i + 1, kind, lexicon)
    mention.plural = is_plural(token)
    tagged = (token.morph.get("Gender", []) or [""])[0]
    mention.gender = _gender(mention, _GENDERS.get(tagged, ""), token.doc, lexicon)
    return mention


def _modifies_noun(token: Token) -> bool:
    return dep(token) == "amod" and token.head.pos_ in ("NOUN", "PROPN") and token.head.i < token.i


def _has_determiner(token: Token, lexicon: Lexicon) -> bool:
    if token.i == 0:
        return False
    before = token.nbor(-1)
    return before.pos_ in ("DET", "NUM") or before.lower_ in lexicon.grammar["mention_determiners"]


def _described(head: Token, end: int, kind: Kind, lexicon: Lexicon) -> Mention:
    """Description around a head, with the words before it and its complements."""
    doc = head.doc
    end = description_end(doc, end, head.i)
    start = _first_word(head, lexicon)
    return Mention(
        start=start,
        end=end,
        head=head.i,
        text=doc.text_of(start, end),
        kind=kind,
        proper=False,
        country=_country_in(doc.span(head.i, end), lexicon),
    )


def _first_word(head: Token, lexicon: Lexicon) -> int:
    """First of the words before a head that are no article: "primer ministro", "tres diputados"."""
    first, determiners = head.i, lexicon.grammar["mention_determiners"]
    while first > 0:
        before = head.doc[first - 1]
        if before.pos_ not in ("ADJ", "NUM", "DET") or before.lower_ in determiners:
            break
        first -= 1
    return first


def _gender(mention: Mention, default: str, doc: Doc, lexicon: Lexicon) -> str:
    """Gender that a singular's article shows ("la portavoz"), else that of its noun."""
    article = doc[mention.start - 1].lower_ if mention.start > 0 and not mention.plural else ""
    if article in lexicon.grammar["feminine_determiners"]:
        return "f"
    return "m" if article in lexicon.grammar["masculine_determiners"] else default


def _country_in(span: Span, lexicon: Lexicon) -> str | None:
    """State that a description names, by nationality or by name; None for one that is no more."""
    for token in span:
        key = fold(token.text)
        found = lexicon.demonyms.get(key) or (lexicon.countries.get(key) if token.pos_ == "PROPN" else None)
        if found and found.iso:
            return found.iso
        if found:
            break
    for length in (3, 2):
        for start in range(span.start, span.end - length + 1):
            named = lexicon.countries.get(fold(span.doc.text_of(start, start + length)))
            if named is not None and named.iso:
                return named.iso
    return None
